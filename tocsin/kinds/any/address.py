"""A postal address in French form: number, type of way, name, perhaps postcode and town.

In a column the whole value is judged (`scan.names`): accents, missing numbers and towns are met there. In text
the pattern finds where an address begins and how far it goes in ASCII: `12 bis, rue de la République` gives
`12 bis, rue de la`, since classes are ASCII and a match ends where a word ends. Types of way that are
ordinary words too (place, route) count in text only before `du`, `des`, `de la` or `de l'`.
"""

from __future__ import annotations

import random
import re
from datetime import date
from functools import cache

from tocsin.citation import Citation, Verification
from tocsin.kinds.any import street
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.kinds.lists import rows

SURE = (
    "rue avenue boulevard bd bld blvd chemin impasse allee quai sentier faubourg lotissement ruelle".split()
)
ALSO_WORDS = (
    "av ave place pl route rte square passage esplanade promenade montee traverse voie cite residence".split()
)
NUMBER = "[0-9]{1,4}(?: ?(?:bis|ter|quater|BIS|TER|QUATER)|[A-Da-d]| [A-D])?,? "
WORD = "[A-Za-z][A-Za-z'-]*"
LINKED = f" (?:de la|du|des|DE LA|DU|DES)(?: {WORD})?| (?:de l|DE L)(?:'{WORD})?"
NAMED = f"{LINKED}| (?:de|DE)(?: {WORD})?| (?:d|D)'{WORD}|(?: [A-Z][A-Za-z'-]*)(?: [A-Z][A-Za-z'-]*)?"
TOWN = ",? [0-9]{5} (?:(?:L[ae]|Les|LES|L[AE]) )?[A-Z][A-Za-z'-]*"


def cases(words: list[str]) -> str:
    """Alternatives for the words in small letters, in capitals, and with a capital first."""
    return "|".join(form for word in words for form in (word, word.capitalize(), word.upper()))


@cache
def towns() -> tuple[str, ...]:
    """Communes that the pattern reads whole."""
    return tuple(row[0] for row in rows("communes") if re.fullmatch(TOWN, f" 00000 {row[0]}", re.ASCII))


def fake(rng: random.Random) -> str:
    """A number, a type of way and a common noun; half of them with the postcode and name of some commune."""
    number = f"{rng.randrange(1, 200)}{rng.choice(('', '', '', '', ' bis', ' ter'))}"
    line = f"{number}{rng.choice((' ', ', '))}{street.fake(rng).lower()}"
    if rng.random() < 0.5:
        return line
    return f"{line}, {rng.choice(rows('postcodes'))[0]} {rng.choice(towns())}"


KIND = Kind(
    name="any.address",
    label={"fr": "adresse postale", "en": "postal address"},
    category=Category.CONTACT,
    pattern=f"{NUMBER}(?:(?:{cases(SURE)})[.]?(?:{NAMED})?|(?:{cases(ALSO_WORDS)})[.]?(?:{LINKED}))(?:{TOWN})?",
    lexicon="ways",
    needs=Needs.NOTHING,
    prior=-0.3,
    headers=(
        "adresse",
        "adresse postale",
        "adresse complete",
        "adresse 1",
        "adresse 2",
        "address",
        "address line",
        "street address",
        "postal address",
        "domicile",
        "adresse domicile",
        "ligne adresse",
        "complement adresse",
        "rue et numero",
        "numero et voie",
        "adr",
        "adr1",
        "lieu de residence",
        "home address",
        "addr",
        "adresse de livraison",
        "adresse de facturation",
        "numero voie",
        "anschrift",
        "direccion",
    ),
    context=(*SURE, *ALSO_WORDS),
    fake=fake,
    citations=(
        Citation(
            title="La Poste, Service national de l’adresse, la voie (ligne 4)",
            url="http://www.laposte.fr/sna/article.php3?id_article=661",
            verification=Verification.SECONDARY,
            checked_on=date(2026, 11, 21),
        ),
    ),
    in_text=(
        ("Elle habite 12 bis, rue de la République, 75001 Paris.", ("12 bis, rue de la",)),
        ("LIVRAISON : 8 AVENUE DES TILLEULS 13001 MARSEILLE", ("8 AVENUE DES TILLEULS 13001 MARSEILLE",)),
        ("domicile 3 place de l'Horloge, 3e étage", ("3 place de l'Horloge",)),
        ("reste 3 place de cinéma et 2 route barrée, 4 rues plus loin", ()),
    ),
    show=(0, 0),
)
