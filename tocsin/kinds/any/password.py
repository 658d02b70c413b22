"""A password in clear in a column: whatever stands under a header that says so and is no hash."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.kind import Category, Example, Kind, Needs
from tocsin.kinds.lists.plain import common_passwords
from tocsin.kinds.stored import format_of

LONGEST = 72
CNIL = Citation(
    title="CNIL, délibération n° 2022-100 du 21 juillet 2022, recommandation sur les mots de passe",
    url="https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000046432885",
    verification=Verification.SECONDARY,
    checked_on=date(2026, 11, 21),
)


def clear(value: str) -> str | None:
    """The grade and the family of a password that anybody can read."""
    return "clear"


def unhashed(value: str) -> bool:
    """Whether `value` is none of the known forms of a stored password (13 letters or digits may be a word)."""
    found = format_of(value)
    return found is None or found.family == "descrypt"


def fake(rng: random.Random) -> str:
    """Invented syllables with a number and a sign, now and then one of the commonest passwords."""
    if rng.random() < 0.1:
        return rng.choice(common_passwords()[:20])
    word = "".join(rng.choice("bcdfglmnprstv") + rng.choice("aeiou") for _ in range(rng.randrange(2, 5)))
    return f"{word.capitalize()}{rng.randrange(1, 3000)}{rng.choice(('', '!', '*', '$', '?', '#'))}"


KIND = Kind(
    name="any.password",
    label={"fr": "mot de passe en clair", "en": "password in clear"},
    category=Category.CREDENTIAL,
    pattern=f"[!-~]{{1,{LONGEST}}}",
    prior=-0.5,
    needs=Needs.HEADER,
    headers=(
        "mot de passe", "motdepasse", "mdp", "password", "passwd", "pwd", "pass", "passe", "user pass", "userpass",
        "user password", "userpassword", "pass word", "passphrase", "passcode", "code secret", "mot passe",
        "password clear", "clear password", "cleartext password", "plain password", "password plain",
        "plaintext password", "mdp clair", "mot de passe clair", "mot de passe provisoire", "temporary password",
        "login password", "account password", "pin code", "code pin", "wifi password", "cle wifi",
        "ancien mot de passe", "old password", "new password", "contrasena", "passwort", "kennwort", "senha",
    ),
    fake=fake,
    valid=(
        Example(value="Tr0ub4dor&3", source="XKCD 936, Password Strength"),
        Example(value="pencil", source="RFC 7677, section 3: the password of the example"),
        Example(value="hashcat", source="hashcat, example hashes: the password of all of them"),
    ),
    invalid=("", "x" * 73, "deux mots", "été"),
    in_text=(("Le mot de passe est à changer tous les ans.", ()), ("Enter your password below.", ())),
    citations=(CNIL,),
    note={
        "fr": "un mot de passe a toutes les formes : seul l’en-tête le prouve",
        "en": "a password has every form: only a header proves it",
    },
    dpv="https://w3id.org/dpv/pd#Password",
    grade=clear,
    family=clear,
)
