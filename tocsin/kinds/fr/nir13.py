"""The French social-security number without its key: a shape that proves little, so a header or context is needed."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.fr.nir import BODY, CNAM, SHAPE, body
from tocsin.kinds.fr.nir import KIND as NIR
from tocsin.kinds.kind import Category, Drop, Example, Kind, Needs, Upper
from tocsin.kinds.making import groups


def fake(rng: random.Random) -> str:
    """Thirteen characters of the right form, of nobody in particular, about one in three written in groups."""
    number = body(rng)
    return groups(number, 1, 2, 2, 2, 3, 3) if rng.random() < 0.35 else number


KIND = Kind(
    name="fr.nir13",
    label={
        "fr": "numéro de sécurité sociale sans clé",
        "en": "French social-security number without its key",
    },
    category=Category.NATIONAL_ID,
    pattern=SHAPE,
    normalise=(Drop(" .-"), Upper()),
    check=BODY,
    chance=0.84,
    prior=-0.5,
    needs=Needs.CONTEXT,
    headers=(*NIR.headers, "nir sans cle", "nir13", "nir 13", "secu sans cle"),
    context=NIR.context,
    fake=fake,
    valid=(
        Example(value="2840588321025", source=CNAM),
        Example(value="2 84 05 88 321 025", source=CNAM),
        Example(
            value="2 06 12 75 111 005",
            source="http://www.lbcd78.fr/2007/02/26/ (calcul de la clé du n° de sécurité sociale)",
        ),
    ),
    invalid=("2841388321025", "2840500321025", "2840588321000", "5840588321025"),
    in_text=(
        ("Assuré, n° de sécurité sociale 2 84 05 88 321 025 (clé non lue).", ("2 84 05 88 321 025",)),
        ("NIR without its key: 2840588321025", ("2840588321025",)),
        ("Le colis 2841388321025 n'est pas un numéro de sécurité sociale.", ()),
    ),
    citations=(
        Citation(
            title="CNAM, assurance-maladie-digital/nir-validation, src/Constraints/Nir.php",
            url="https://github.com/assurance-maladie-digital/nir-validation",
            quote="Elle doit comporter 13 ou 15 caractères.",
            checked_on=date(2026, 11, 21),
            verification=Verification.PRIMARY,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#OfficialID",
    show=(3, 0),
    note={
        "fr": "Sans clé, cinq suites de treize chiffres sur six passent : l'en-tête ou le contexte est nécessaire.",
        "en": "Without the key five in six strings of thirteen digits pass: a header or context is needed.",
    },
)
