"""The French social-security number (NIR) with its key."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Check, Constant, Either, Equal, Number, Recode, Residue, Sum, Within
from tocsin.kinds.kind import Category, Drop, Example, Kind, Upper
from tocsin.kinds.making import groups

CORSICA = (("2A", "19"), ("2B", "18"))
MONTHS = Either((Within(Number(3, 5), 1, 12), Within(Number(3, 5), 20, 42), Within(Number(3, 5), 50, 99)))
DEPARTMENTS = Recode(5, 7, CORSICA, Within(Number(5, 7), 1, 99))
BODY: Check = All((MONTHS, DEPARTMENTS, Within(Number(10, 13), 1, 999)))
KEY = Equal(Number(13, 15), Sum(((1, Constant(97)), (-1, Residue(((0, 13),), 97)))))
# The place of birth in groups of two and three, or of three and two overseas (971 01).
SHAPE = (
    "[1-4][ .-]?[0-9][0-9][ .-]?[0-9][0-9][ .-]?"
    "(?:(?:[0-9][0-9]|2[ABab])[ .-]?[0-9][0-9][0-9]|9[78][0-9][ .-]?[0-9][0-9])[ .-]?[0-9][0-9][0-9]"
)
CNAM = "CNAM, assurance-maladie-digital/nir-validation (GitHub), tests/Spec/…/NirValidatorSpec.php"
STDNUM = "python-stdnum 2.2, documentation of stdnum.fr.nir"


def body(rng: random.Random) -> str:
    """Thirteen characters of the right form, of nobody in particular: mainland, Corsica or abroad."""
    department = rng.choice(
        [f"{number:02d}" for number in range(1, 96) if number != 20] + ["2A", "2B", "97", "99"]
    )
    commune = rng.randrange(101, 690) if department in ("97", "99") else rng.randrange(1, 990)
    return (
        f"{rng.choice('12')}{rng.randrange(100):02d}{rng.randrange(1, 13):02d}{department}"
        f"{commune:03d}{rng.randrange(1, 1000):03d}"
    )


def fake(rng: random.Random) -> str:
    """A number of the right form and key, of nobody in particular, about one in three written in groups."""
    start = body(rng)
    number = f"{start}{97 - int(start.replace('2A', '19').replace('2B', '18')) % 97:02d}"
    if rng.random() < 0.35:
        return groups(number, *rng.choice(((1, 2, 2, 2, 3, 3, 2), (13, 2))))
    return number


KIND = Kind(
    name="fr.nir",
    label={"fr": "numéro de sécurité sociale (NIR)", "en": "French social-security number (NIR)"},
    category=Category.NATIONAL_ID,
    pattern=f"{SHAPE}(?:[ .-]| ?/ ?)?[0-9][0-9]",
    normalise=(Drop(" ./-"), Upper()),
    check=All((BODY, Recode(5, 7, CORSICA, KEY))),
    keyed=True,
    chance=0.0083,
    headers=(
        "nir",
        "nirpp",
        "num nir",
        "numero nir",
        "no nir",
        "nir complet",
        "nir cle",
        "nir assure",
        "nir patient",
        "secu",
        "num secu",
        "numero secu",
        "no secu",
        "n secu",
        "numero de secu",
        "securite sociale",
        "num securite sociale",
        "numero securite sociale",
        "numero de securite sociale",
        "no securite sociale",
        "n securite sociale",
        "nss",
        "num nss",
        "nss patient",
        "numss",
        "num ss",
        "numero ss",
        "no ss",
        "n ss",
        "code secu",
        "immatriculation secu",
        "matricule secu",
        "matricule ins",
        "numero insee",
        "num insee",
        "no insee",
        "n insee",
        "numero assure",
        "num assure",
        "no assure",
        "immat assure",
        "immatriculation assure",
        "numero immatriculation assure",
        "numero immatriculation secu",
        "secu sociale",
        "num secu sociale",
        "numero secu sociale",
        "carte vitale",
        "numero carte vitale",
        "numero assure social",
        "matricule assure",
        "social security number",
        "social security no",
        "social security",
        "ssn",
        "french ssn",
    ),
    context=(
        "nir",
        "nirpp",
        "sécurité sociale",
        "sécu",
        "nss",
        "n° ss",
        "insee",
        "assuré",
        "assurée",
        "carte vitale",
        "social security",
        "ssn",
    ),
    fake=fake,
    valid=(
        Example(value="2 95 10 99 126 111 93", source=STDNUM),
        Example(value="253072B07300470", source=STDNUM),
        Example(value="253072A07300443", source=STDNUM),
        Example(value="2 84 05 88 321 025 32", source=CNAM),
        Example(value="2 84 05 2a 321 025 52", source=CNAM),
        Example(value="255081416802538", source="betagouv/nir_validate (GitHub), test/index.js"),
        Example(value="254031088723464", source="les-tontons-crafters/nir-kata (GitHub), step-by-step.md"),
    ),
    invalid=(
        "295109912611199",
        "284058832102530",
        "223145935012322",
        "253072C07300443",
        "185130578006084",
        "5 55 08 14 168 025 38",
    ),
    in_text=(
        (
            "Votre n° de sécurité sociale est le 2 84 05 88 321 025 32, merci de vérifier.",
            ("2 84 05 88 321 025 32",),
        ),
        ("Patient : NIR 253072B07300470 ; médecin traitant inchangé.", ("253072B07300470",)),
        ("Assuré 2 84 05 88 321 025 / 32 depuis 2009.", ("2 84 05 88 321 025 / 32",)),
        ("Her French social security number is 255081416802538.", ("255081416802538",)),
        ("La référence 295109912611199 a la forme d'un NIR, mais pas sa clé.", ()),
    ),
    citations=(
        Citation(
            title="Service-public.fr F33078, Que signifie le numéro de sécurité sociale ? (co-marquage, version du 30/09/2022)",
            url="https://www.service-public.fr/particuliers/vosdroits/F33078",
            quote="91, 92, 93 ou 94 pour l'Algérie, 95 pour le Maroc et 96 pour la Tunisie",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="CNAM, assurance-maladie-digital/nir-validation, src/Constraints/NirValidator.php",
            url="https://github.com/assurance-maladie-digital/nir-validation",
            quote="de 01 à 95 et 97 pour les DOM et COM 976, 98 pour les TOM et COM et enfin 99 pour les nés hors de France",
            checked_on=date(2026, 11, 21),
            verification=Verification.PRIMARY,
        ),
        Citation(
            title="Trellix, French INSEE Code (first digits, months 01 to 12 and 20 to 99, groups)",
            url="https://docs.trellix.com/data-and-email/docs/french-insee-code",
            quote="Character 1: 1–4 or 7 or 8",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="IsoCodes, pull request 171: months of incomplete birth certificates",
            url="https://github.com/ronanguilloux/IsoCodes/pull/171",
            quote="From 20 to 30 or from 50 to 99 if the month is unknown",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="INSEE, définition c1409, numéro de sécurité sociale",
            url="https://www.insee.fr/fr/metadonnees/definition/c1409",
        ),
    ),
    dpv="https://w3id.org/dpv/pd#OfficialID",
    show=(3, 0),
    note={
        "fr": (
            "Mois 01 à 12, et 20 à 42 ou 50 à 99 des actes incomplets ; le mois 13 n'a été trouvé dans aucune source "
            "et il est refusé. Départements 01 à 99 : 20 est la Corse d'avant 1976, 91 à 96 l'Algérie, le Maroc et la "
            "Tunisie d'avant l'indépendance, 97 et 98 l'outre-mer, 99 l'étranger. Premiers chiffres 3, 4, 7 et 8 : "
            "immatriculations provisoires ou en cours, de source secondaire."
        ),
        "en": (
            "Months 01 to 12, and 20 to 42 or 50 to 99 for incomplete certificates; month 13 was found in no source and "
            "is refused. Departments 01 to 99: 20 is Corsica before 1976, 91 to 96 Algeria, Morocco and Tunisia before "
            "independence, 97 and 98 overseas, 99 abroad. First digits 3, 4, 7 and 8: provisional or pending "
            "registrations, from secondary sources."
        ),
    },
)
