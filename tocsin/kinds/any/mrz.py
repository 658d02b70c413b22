"""The machine-readable zone of a travel document (ICAO 9303) or of the older French identity card: the line with the dates."""

from __future__ import annotations

import random

from tocsin.kinds.checks import Called
from tocsin.kinds.cited import examples, read
from tocsin.kinds.kind import Category, Kind
from tocsin.kinds.making import born, digits

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PERSON = "[0-9]{6}[0-9][MFX<][0-9]{6}[0-9]"
# A shorter number ends with fillers; a digit is among its first three characters.
SHORT = "(?:[0-9][0-9A-Z]{7}|[A-Z][0-9][0-9A-Z]{6}|[A-Z]{2}[0-9][0-9A-Z]{5})<|(?:[0-9][0-9A-Z]{6}|[A-Z][0-9][0-9A-Z]{5}|[A-Z]{2}[0-9][0-9A-Z]{4})<<"
NUMBER = f"(?:[0-9A-Z]{{9}}|{SHORT})[0-9]"


def digit(part: str) -> str:
    """The check digit of a part: weights 7, 3, 1 in turn, letters from 10, the filler 0 (ICAO 9303, part 3, 4.9)."""
    return str(sum(max(ALPHABET.find(char), 0) * (7, 3, 1)[at % 3] for at, char in enumerate(part)) % 10)


def right(value: str) -> bool:
    """Whether the check digits that the line itself can prove are right, by its length and form."""
    if len(value) not in (30, 36, 44):
        return False
    if len(value) == 30:
        return value[6] == digit(value[:6]) and value[14] == digit(value[8:14])
    if value[13:27].strip("<").isalpha() or len(value) == 36 and not value[10].isalpha():
        return value[12] == digit(value[:12]) and value[33] == digit(value[27:33])
    whole = value[:10] + value[13:20] + value[21:-1]
    parts = value[9] == digit(value[:9]) and value[19] == digit(value[13:19]) and value[27] == digit(value[21:27])
    if value[-1] == "<":
        return parts
    personal = len(value) == 36 or value[42] in ("<", digit(value[28:42]))
    return parts and personal and value[-1] == digit(whole)


def fake(rng: random.Random) -> str:
    """The second line of an invented passport, or of a card of either size, of nobody in particular."""
    def key(part: str) -> str:
        worth = {char: at for at, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
        return str(sum(worth[char] * weight for char, weight in zip(part, (7, 3, 1) * 20, strict=False)) % 10)

    day, end = born(rng), f"{rng.randrange(25, 36)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    person = f"{day}{key(day)}{rng.choice('MF')}{end}{key(end)}"
    number = f"{rng.randrange(10, 30)}{rng.choice('ABCDEF')}{rng.choice('ABCDEF')}{digits(rng, 5)}"
    size = rng.choice((14, 7, 0))
    if not size:
        return f"{person}FRA<<<<<<<<<<<{digits(rng, 1)}"
    line = f"{number}{key(number)}FRA{person}{'<' * size}"
    line += "0" if size == 14 else ""
    return line + key(line[:10] + line[13:20] + line[21:])


KIND = Kind(
    name="any.mrz",
    label={"fr": "bande de lecture d'une pièce d'identité (MRZ)", "en": "machine-readable zone of an identity document (MRZ)"},
    category=Category.OFFICIAL_DOCUMENT,
    pattern=(
        f"{NUMBER}[A-Z<]{{3}}{PERSON}[0-9A-Z<]{{14}}[0-9<][0-9<]|{NUMBER}[A-Z<]{{3}}{PERSON}[0-9A-Z<]{{7}}[0-9<]"
        f"|[0-9]{{4}}[0-9A-Z]{{3}}[0-9]{{6}}[A-Z<]{{14}}[0-9]{{7}}[MF<][0-9]|{PERSON}[A-Z<]{{3}}[0-9A-Z<]{{11}}[0-9]"
    ),
    check=Called(right),
    chance=0.0051,
    headers=("mrz", "bande mrz", "mrz ligne 2", "mrz2", "code mrz", "zone lecture optique", "bande optique", "machine readable zone", "mrz line"),
    fake=fake,
    valid=examples(
        "ICAO Doc 9303, specimens of Utopia (parts 4, 5, 6 and 7), and the specimen of the French card of 1988",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10", "D231458907UTO7408122F1204159<<<<<<<6", "7408122F1204159UTO<<<<<<<<<<<6",
        "L8988901C4XXX4009078F96121096ZE184226B<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<", "8806923102858CORINNE<<<<<<<6512068F6",
    ),
    invalid=("L898902C36UTO7408122F1204159ZE184226B<<<<<11", "7408123F1204159UTO<<<<<<<<<<<6", "8806923102857CORINNE<<<<<<<6512068F6"),
    in_text=(
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10", ("L898902C36UTO7408122F1204159ZE184226B<<<<<10",)),
        ("I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<", ("7408122F1204159UTO<<<<<<<<<<<6",)),
        ("IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<\n8806923102858CORINNE<<<<<<<6512068F6", ("8806923102858CORINNE<<<<<<<6512068F6",)),
        ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", ()),
    ),
    citations=(
        read(
            "ICAO Doc 9303, specimens as quoted by mrz (docs.rs) and by the Doubango SDK",
            "https://www.doubango.org/SDKs/mrz/docs/MRZ_parser.html",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ),
        read(
            "National identity card (France), machine-readable zone (copy of Wikipedia)",
            "https://www.liquisearch.com/national_identity_card_france/machine-readable_zone",
        ),
    ),
    dpv="https://w3id.org/dpv/pd#OfficialID",
    note={
        "fr": "Une bande compte pour une : la ligne qui porte les dates est reconnue, avec les clés qu'elle prouve seule. La clé "
        "générale d'une carte (TD1, ancienne carte française) couvre une autre ligne et n'est pas vérifiée.",
        "en": "A zone counts once: the line with the dates is recognised, by the check digits that it proves alone. The overall "
        "digit of a card (TD1, older French card) covers another line and is not checked.",
    },
)
