"""The waiting number of French social security (NIA): shaped like the NIR, it begins with 7 or 8 and has its key."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Recode
from tocsin.kinds.cited import read
from tocsin.kinds.fr.nir import BODY, CORSICA, KEY, body
from tocsin.kinds.kind import Category, Drop, Kind, Upper
from tocsin.kinds.making import groups

# The place of birth in groups of two and three, or of three and two overseas (971 01).
SHAPE = (
    "[78][ .-]?[0-9][0-9][ .-]?[0-9][0-9][ .-]?"
    "(?:(?:[0-9][0-9]|2[ABab])[ .-]?[0-9][0-9][0-9]|9[78][0-9][ .-]?[0-9][0-9])[ .-]?[0-9][0-9][0-9]"
)


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, about one in three written in groups."""
    start = rng.choice("78") + body(rng)[1:]
    number = f"{start}{97 - int(start.replace('2A', '19').replace('2B', '18')) % 97:02d}"
    return groups(number, 1, 2, 2, 2, 3, 3, 2) if rng.random() < 0.35 else number


KIND = Kind(
    name="fr.nia",
    label={"fr": "numéro d'attente de sécurité sociale (NIA)", "en": "French waiting number of social security (NIA)"},
    category=Category.NATIONAL_ID,
    pattern=f"{SHAPE}(?:[ .-]| ?/ ?)?[0-9][0-9]",
    normalise=(Drop(" ./-"), Upper()),
    check=All((BODY, Recode(5, 7, CORSICA, KEY))),
    keyed=True,
    chance=0.0083,
    headers=(
        "nia", "numero nia", "num nia", "no nia", "numero identifiant attente", "identifiant attente", "numero d attente",
        "matricule nia", "nir temporaire", "numero provisoire", "secu provisoire", "numero secu provisoire", "nnp", "num nnp",
        "numero nnp", "numero national provisoire", "mig", "migrant de passage", "waiting number",
    ),
    context=("nia", "numéro d'attente", "identifiant d'attente", "numéro provisoire", "sécurité sociale", "nnp"),
    fake=fake,
    invalid=("784058832102531", "284058832102532", "9 84 05 88 321 025 92"),
    in_text=(
        ("Numéro d'attente 7 84 05 88 321 025 73 en cours de certification.", ("7 84 05 88 321 025 73",)),
        ("NIA: 895109912611184", ("895109912611184",)),
        ("Le NIA 784058832102531 est refusé.", ()),
    ),
    citations=(
        read(
            "CNAM, assurance-maladie-digital/nir-validation (GitHub), README",
            "https://github.com/assurance-maladie-digital/nir-validation",
            "Numéro Identifiant d'Attente (NIA)",
        ),
        read("Identito-NA, NIR et NIA", "https://www.identito-na.fr/NIR-et-NIA", "un matricule INS qui est basé sur le NIR ou le NIA de l'usager"),
    ),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
    show=(1, 0),
    aliases=("fr.nnp", "fr.mig"),
    note={
        "fr": "Que la clé du NIR vaut aussi pour le NIA est cité de mémoire, et aucun spécimen public n'a été trouvé. Le numéro provisoire de treize chiffres (NNP, MIG) est reconnu à part et demande un en-tête ou un contexte.",
        "en": "That the NIR's key holds for the NIA too is from memory, and no public specimen was found. The "
        "provisional number of thirteen digits (NNP, MIG) is recognised apart and asks for a header or a context.",
    },
)
