"""A line `address:password` of the lists that go from hand to hand after a leak; the password once normal."""

from __future__ import annotations

import random

from tocsin.kinds.any import email
from tocsin.kinds.any.password import CNIL, LONGEST, clear, unhashed
from tocsin.kinds.any.password import fake as invented
from tocsin.kinds.checks import Called
from tocsin.kinds.kind import Boundary, Category, Example, Kind, Swap

# No slash, for `git@host.example:folder/name` is written the same way.
SECRET = f"[!-.0-~]{{4,{LONGEST}}}"


def fake(rng: random.Random) -> str:
    """An address of nobody and an invented password."""
    return f"{email.fake(rng)}:{invented(rng)}x"


KIND = Kind(
    name="any.mail_password",
    face_of="any.password",
    label={"fr": "couple adresse et mot de passe en clair", "en": "pair of address and password in clear"},
    category=Category.CREDENTIAL,
    pattern=f"{email.ALIAS}@{email.DOMAIN}:{SECRET}",
    boundary=Boundary.LINE,
    normalise=(Swap(f"^{email.ALIAS}@{email.DOMAIN}:", ""),),
    check=Called(unhashed),
    fake=fake,
    valid=(
        Example(value="chris@example.com:Tr0ub4dor&3", source="RFC 6068, section 6.1, and XKCD 936"),
        Example(value="infobot@example.com:pencil", source="RFC 6068, section 6.1, and RFC 7677, section 3"),
    ),
    invalid=("chris@example.com", "chris@example.com:abc", "chris@example.com:a/b/c/d", "chris@example:Tr0ub4dor&3"),
    in_text=(
        ("Voici la liste\nlou@example.org:Menhir2020\nfin", ("lou@example.org:Menhir2020",)),
        ("zoe@example.net:galet!77\n", ("zoe@example.net:galet!77",)),
        ("Clone git@example.org:lilas/menhir or write to lou@example.org: thanks.", ()),
    ),
    citations=(CNIL,),
    dpv="https://w3id.org/dpv/pd#Password",
    grade=clear,
    family=clear,
)
