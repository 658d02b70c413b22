"""The French national health identifier (INS): a NIR or NIA beside the OID of its authority, which proves a health context."""

from __future__ import annotations

import random

from tocsin.kinds.cited import read
from tocsin.kinds.fr import nia, nir
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper

OIDS = tuple(f"1.2.250.1.213.1.4.{last}" for last in (8, 9, 10, 11))


def fake(rng: random.Random) -> str:
    """The number of a NIR, now and then of a NIA, of nobody in particular."""
    return "".join(char for char in (nir.fake if rng.random() < 0.8 else nia.fake)(rng) if char.isalnum())


KIND = Kind(
    name="fr.ins",
    label={"fr": "identité nationale de santé (matricule INS)", "en": "French national health identifier (INS)"},
    category=Category.HEALTH,
    pattern=f"(?:{nir.SHAPE}|{nia.SHAPE})(?:[ .-]| ?/ ?)?[0-9][0-9]",
    normalise=(Drop(" ./-"), Upper()),
    check=nir.KIND.check,
    keyed=True,
    chance=0.0083,
    needs=Needs.CONTEXT,
    headers=(
        "ins", "matricule ins", "ins matricule", "ins nir", "ins nia", "numero ins", "num ins", "identifiant ins", "ins qualifie",
        "ins qualifiee", "identite nationale sante", "identifiant national sante", "code ins", "national health identifier",
    ),
    context=(
        *OIDS, "ins-nir", "ins-nia", "asip-sante-ins-nir", "asip-sante-ins-nia", "matricule ins", "identité nationale de santé",
        "identifiant national de santé", "ins qualifiée", "n° ins", "numéro ins",
    ),
    fake=fake,
    valid=nir.KIND.valid[:5],
    invalid=("284058832102531", "9 84 05 88 321 025 92"),
    in_text=(
        ("255081416802538^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.8&ISO^INS", ("255081416802538",)),
        ('<id root="1.2.250.1.213.1.4.8" extension="253072B07300470"/>', ("253072B07300470",)),
        ("Le numéro 253072B07300470 figure au dossier.", ()),
    ),
    citations=(
        read(
            "Interop'Santé, hl7.fhir.fr.core, FRCorePatientINSProfile",
            "https://github.com/Interop-Sante/hl7.fhir.fr.core",
            'identifier[INS-NIA].system = "urn:oid:1.2.250.1.213.1.4.9"',
        ),
        read("ARS Occitanie, Identité nationale de santé (INS)", "https://www.occitanie.ars.sante.fr/identite-nationale-de-sante-ins",
             "Un Object Identifier (OID) qui permet de différencier NIR et NIA"),
    ),
    dpv="https://w3id.org/dpv/pd#HealthRecord",
    show=(1, 0),
    note={
        "fr": "Le même nombre est aussi un NIR ou un NIA et reste trouvé comme tel ; l'OID dit qu'il sert à des données de santé.",
        "en": "The same number is a NIR or NIA as well and is still found as such; the OID says that it serves health data.",
    },
)
