"""The name under which a person signs in; nothing but its column header says that it is one."""

from __future__ import annotations

import random

from tocsin.citation import Citation
from tocsin.kinds.kind import Category, Example, Kind, Lower, Needs

WORDS = ("pecheur", "lilas", "sapin", "etoile", "menhir", "colline", "renard", "galet", "phare", "mesange")


def fake(rng: random.Random) -> str:
    """A word with a letter before or a number behind."""
    word = rng.choice(WORDS)
    ways = (f"{rng.choice('abcdefjlmnprst')}{word}", f"{word}{rng.randrange(1, 3000)}", f"{word}.{rng.choice(WORDS)}")
    return rng.choice(ways)


KIND = Kind(
    name="any.user_name",
    label={"fr": "nom d’utilisateur", "en": "user name"},
    category=Category.IDENTITY,
    pattern="[A-Za-z0-9_][A-Za-z0-9._@+-]{1,63}",
    normalise=(Lower(),),
    needs=Needs.HEADER,
    headers=(
        "user name", "username", "login", "user login", "nom utilisateur", "nom d utilisateur", "identifiant connexion",
        "identifiant utilisateur", "pseudo", "pseudonyme", "nickname", "nick", "screen name", "screenname", "logon",
        "account name", "user account", "compte utilisateur", "nom compte", "sam account name", "samaccountname", "uid",
        "utilisateur", "handle", "user logon name", "display login", "cn login", "skype", "twitter", "instagram",
        "telegram",
    ),
    fake=fake,
    valid=(
        Example(value="bjensen", source="RFC 2798, section 6 (uid: bjensen)"),
        Example(value="jsmith", source="RFC 7644, section 3.4.2.2 (filter on userName)"),
        Example(value="bjensen@example.com", source="RFC 7643, section 8.2 (userName)"),
    ),
    invalid=("a", "deux mots", "-tiret", "x" * 80, "été"),
    in_text=(
        ("Le nom d’utilisateur du patient n’est pas connu.", ()),
        ("The login page asks for a user name.", ()),
        ("Identifiant : lilas42", ()),
    ),
    citations=(
        Citation(
            title="RFC 7643, section 4.1.1: userName", url="https://www.rfc-editor.org/rfc/rfc7643#section-4.1.1"
        ),
    ),
    note={
        "fr": "aucune règle publique : seul l’en-tête le prouve",
        "en": "no public rule: only a header proves it",
    },
    dpv="https://w3id.org/dpv/pd#Username",
    show=(1, 0),
)
