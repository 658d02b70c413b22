"""A password in clear in a text: what follows `mot de passe :`, `password=` or their like."""

from __future__ import annotations

import random

from tocsin.kinds.any.password import CNIL, clear, unhashed
from tocsin.kinds.any.password import fake as invented
from tocsin.kinds.checks import Called
from tocsin.kinds.kind import Category, Example, Kind, Swap
from tocsin.kinds.lists.plain import common_passwords

WORDS = (
    "mot de passe", "mot_de_passe", "mot-de-passe", "motdepasse", "mdp", "password", "passwd", "pwd", "passphrase",
    "passcode", "code secret",
)
SAID = "|".join(dict.fromkeys(way for word in WORDS for way in (word, word.capitalize(), word.upper())))
AFTER = "[\"']?(?: ?(?:=>|:=|:|=) {0,2}| (?:est|is) :? ?| )[\"']?"
# A word alone could be prose ("mot de passe : voir…"): a number or sign is asked for, or one of the commonest.
MARK = "[0-9@#$%&*+^~=_!?]"
ANY, LAST = "[!-~]", "[A-Za-z0-9@#$%&*+^~=_!?-]"
MIXED = f"{ANY}{{2,40}}{MARK}{LAST}|{ANY}{{0,2}}{MARK}{ANY}{{0,40}}{LAST}{{2}}|{ANY}{{3,40}}{MARK}"
PLAIN = sorted(word for word in common_passwords() if word.isalpha() and len(word) > 4 and word not in WORDS)


def fake(rng: random.Random) -> str:
    """An announcement and an invented password."""
    return f"{rng.choice(('mot de passe : ', 'mdp: ', 'password=', 'Password: ', 'pwd='))}{invented(rng)}7!"


KIND = Kind(
    name="any.announced_password",
    face_of="any.password",
    label={"fr": "mot de passe en clair annoncé dans un texte", "en": "password in clear announced in a text"},
    category=Category.CREDENTIAL,
    pattern=f"(?:{SAID}){AFTER}(?:{MIXED}|{'|'.join(PLAIN)})",
    normalise=(Swap(f"^(?:{SAID}){AFTER}", ""),),
    check=Called(unhashed),
    fake=fake,
    valid=(
        Example(value="password: Tr0ub4dor&3", source="XKCD 936, Password Strength, announced"),
        Example(value="mdp : Tr0ub4dor&3", source="XKCD 936, Password Strength, announced"),
    ),
    invalid=(
        "mot de passe : 8743b52063cd84097a65d1633f5c74f5", "mot de passe oublié", "mot de passe : voir", "password: required", "Tr0ub4dor&3", "mdp: abc",
    ),
    in_text=(
        ("Le mot de passe : Tr0ub4dor&3, à changer.", ("mot de passe : Tr0ub4dor&3",)),
        ("user=lilas password=Colline77! host=db", ("password=Colline77!",)),
        ("Ton mdp est azerty, garde-le.", ("mdp est azerty",)),
        ("Mot de passe oublié ? Password: required. Le mot de passe : voir le classeur.", ()),
    ),
    citations=(CNIL,),
    dpv="https://w3id.org/dpv/pd#Password",
    grade=clear,
    family=clear,
)
