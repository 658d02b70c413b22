"""A laboratory's leak of nobody, dirty as leaks are: what the report is rendered from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import polars as pl
import pytest

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import luhn
from tocsin.kinds.kind import Category, Kind
from tocsin.report.results import FindingKey, Results, Why
from tocsin.tables import FINDINGS, ISSUES, SOURCES

HOSTILE = "<img src=x onerror=alert(1)>.csv"
TURNED = "facture\u202egpj.exe\n"
SECRET = "ZZTOP_Zebulon_VIH.pdf"
VEILED = "Z*****_Z******_***.pdf"
LABELS = (
    ("any.email", "adresse électronique", "e-mail address", Category.CONTACT),
    ("any.surname", "nom de famille", "surname", Category.IDENTITY),
    ("any.given_name", "prénom", "given name", Category.IDENTITY),
    ("any.phone", "numéro de téléphone", "phone number", Category.CONTACT),
    ("any.birth_date", "date de naissance", "birth date", Category.BIRTH),
    (
        "fr.nir",
        "numéro de sécurité sociale (NIR)",
        "French social-security number (NIR)",
        Category.NATIONAL_ID,
    ),
    ("any.iban", "IBAN", "IBAN", Category.BANK),
    ("fr.cim10", "code de maladie (CIM-10)", "disease code (ICD-10)", Category.HEALTH),
    ("any.password", "mot de passe", "password", Category.CREDENTIAL),
    ("any.password_hash", "empreinte de mot de passe", "password hash", Category.CREDENTIAL),
    ("any.api_key", "clé d’accès à un service", "service key", Category.CREDENTIAL),
    (
        "fr.rpps",
        "numéro de professionnel de santé (RPPS)",
        "health professional's number (RPPS)",
        Category.PROFESSIONAL,
    ),
    ("any.ip", "adresse IP", "IP address", Category.DEVICE),
    ("fr.postcode", "code postal", "French postcode", Category.LOCATION),
)
FILES = (
    ("labo/patients.csv", "csv", 48_213_004, 182_340, 37, "cp1252"),
    ("labo/resultats_2019-2024.csv", "csv", 131_400_112, 611_208, 0, "utf-8"),
    ("sauvegarde.zip!/extranet/users.jsonl", "jsonl", 9_114_220, 24_118, 0, "utf-8"),
    ("sauvegarde.zip!/extranet/conf.xml", "xml", 18_230, 1, 0, "utf-8"),
    ("courriers/relance mutuelle.txt", "text", 44_120, 1, 0, "utf-16-le"),
    ("compta/rib_prelevements.csv", "csv", 2_220_041, 12_730, 2, "latin-1"),
    (HOSTILE, "html", 3_204, 1, 0, "utf-8"),
    (TURNED, "unknown", 91_220, 0, None, None),
    (SECRET, "pdf", 410_332, 0, None, None),
    ("sauvegarde.zip!/coffre.zip", "zip", 12_441_090, 0, None, None),
)
FOUND = (
    (0, "nom", "any.surname", 182_340, 181_002, 61_442, "likeness", 0.97, None, None),
    (0, "prenom", "any.given_name", 182_340, 180_417, 9_120, "likeness", 0.98, None, None),
    (0, "mail", "any.email", 158_020, 157_988, 151_204, "shape", 0.9999, None, None),
    (0, "tel", "any.phone", 171_115, 169_440, 160_202, "header", 0.995, None, None),
    (0, "naissance", "any.birth_date", 182_340, 181_998, 30_211, "header", 0.999, None, None),
    (0, "secu", "fr.nir", 182_011, 181_690, 179_004, "checksum", 0.9999, None, None),
    (0, "cp", "fr.postcode", 182_340, 182_001, 5_804, "header", 0.996, None, None),
    (0, "commentaire", "fr.nir", 3, 3, 3, "checksum", 0.93, None, None),
    (0, "commentaire", "fr.cim10", 214, 214, 88, "context", 0.81, None, None),
    (1, "diag", "fr.cim10", 412_204, 409_118, 2_204, "header", 0.998, None, None),
    (1, "nir_patient", "fr.nir", 611_208, 610_944, 174_330, "checksum", 0.9999, None, None),
    (1, "prescripteur_rpps", "fr.rpps", 611_208, 611_190, 1_840, "checksum", 0.9999, None, None),
    (2, "email", "any.email", 24_118, 24_101, 24_098, "shape", 0.9999, None, None),
    (2, "password", "any.password_hash", 21_904, 21_904, 16_330, "shape", 0.9999, "fast_unsalted", "md5"),
    (2, "new_password", "any.password_hash", 2_190, 2_190, 2_190, "shape", 0.9999, "slow", "bcrypt"),
    (2, "indice", "any.password", 1_204, 1_204, 1_020, "header", 0.91, "clear", None),
    (2, "last_ip", "any.ip", 23_990, 23_988, 18_002, "shape", 0.999, None, None),
    (3, None, "any.api_key", 2, 2, 2, "shape", 0.99, None, None),
    (4, None, "any.iban", 1, 1, 1, "checksum", 0.9999, None, None),
    (4, None, "fr.nir", 1, 1, 1, "checksum", 0.96, None, None),
    (5, "iban", "any.iban", 12_730, 12_722, 12_340, "checksum", 0.9999, None, None),
    (5, "titulaire", "any.surname", 12_730, 12_204, 8_804, "likeness", 0.92, None, None),
    (6, "<script>alert(1)</script>", "any.email", 1, 1, 1, "shape", 0.99, None, None),
    (8, None, "fr.cim10", 1, 1, 1, "vocabulary", 0.7, None, None),
)
TROUBLE = (
    (0, "line 1204", "source.bad_line", 37, 4_120, None),
    (5, "line 88", "source.bad_line", 2, 210, None),
    (7, None, "source.unknown_format", 1, 91_220, None),
    (8, "page 1", "source.needs_ocr", 1, None, None),
    (9, None, "source.encrypted", 1, 12_441_090, None),
    (0, "cell 12", "test.code_that_no_room_explains", 1, None, None),
)


def shown(name: str) -> str:
    """The masking that the scan hands over: here, one name that holds a value."""
    return name.replace(SECRET, VEILED)


def kind(name: str, french: str, english: str, category: Category) -> Kind:
    """A declaration with what the report reads of it."""
    return Kind(
        name=name,
        label={"fr": french, "en": english},
        category=category,
        pattern="[0-9]+",
        check=luhn() if name in {"fr.nir", "any.iban", "fr.rpps"} else None,
        chance=0.0103 if name in {"fr.nir", "any.iban", "fr.rpps"} else 1.0,
        fake=lambda rng: "0",
        citations=(
            Citation(
                title=f"Specimen rule of {name}",
                url="https://example.org/rule",
                checked_on=date(2026, 11, 21),
                verification=Verification.SECONDARY,
            ),
        ),
    )


def kinds() -> dict[str, Kind]:
    """The declarations of all kinds found."""
    return {row[0]: kind(*row) for row in LABELS}


def sources() -> pl.DataFrame:
    """SOURCES of the leak."""
    rows = [
        (
            at,
            name,
            form,
            hashlib.sha256(name.encode()).hexdigest(),
            size,
            read,
            unread,
            encoding,
            form,
            "done",
        )
        for at, (name, form, size, read, unread, encoding) in enumerate(FILES)
    ]
    return pl.DataFrame(rows, schema=SOURCES, orient="row")


def findings() -> pl.DataFrame:
    """FINDINGS of the leak."""
    categories = {name: category.value for name, _, _, category in LABELS}
    rows = [
        (
            at,
            FILES[at][0],
            column,
            "page 1" if at == 8 else None,
            what,
            categories[what],
            *counts,
            True,
            *rest,
        )
        for at, column, what, *counts, proof, sure, grade, family in FOUND
        for rest in [(proof, sure, grade, family)]
    ]
    return pl.DataFrame(rows, schema=FINDINGS, orient="row")


def issues() -> pl.DataFrame:
    """ISSUES of the leak."""
    rows = [(at, FILES[at][0], *rest) for at, *rest in TROUBLE]
    return pl.DataFrame(rows, schema=ISSUES, orient="row")


def reasons() -> dict[FindingKey, Why]:
    """Why for the keyed kinds and for the passwords."""
    found: dict[FindingKey, Why] = {}
    for at, column, what, candidates, valid, *_ in FOUND:
        sample = {
            "fr.nir": "1 ** ** ** *** *** **",
            "any.iban": "FR** **** **** ****",
            "any.password": "********",
        }
        if what in sample:
            found[(at, column, None, what)] = Why(
                rule="97 − n mod 97 = key" if what == "fr.nir" else "column under a known header",
                check="97 − n mod 97" if what != "any.password" else None,
                chance=0.0103 if what != "any.password" else 1.0,
                candidates=candidates,
                valid=valid,
                header_words=(column,) if column else (),
                expected_by_chance=(candidates - valid) * 0.0104 if what != "any.password" else 0.0,
                masked_sample=(sample[what], sample[what]),
                commonest=18 if what == "any.password" else None,
            )
    return found


@dataclass(frozen=True)
class Leak:
    """Makes Results, each table replaceable."""

    def __call__(self, **changes: object) -> Results:
        given: dict[str, object] = {
            "sources": sources(),
            "findings": findings(),
            "issues": issues(),
            "kinds": kinds(),
            "shown": shown,
            "started": datetime(2026, 11, 21, 13, 4, 12, tzinfo=UTC),
            "finished": datetime(2026, 11, 21, 13, 5, 40, tzinfo=UTC),
            "seconds": 88.4,
            "version": "0.1.0",
            "settings": {"spans": False, "workers": 2, "listing": SECRET},
            "stages_absent": ("people", "assess", "derive", "draft"),
            "why": reasons(),
        }
        return Results(**(given | changes))  # type: ignore[arg-type]


@pytest.fixture
def leak() -> Callable[..., Results]:
    """A maker of Results: `leak(findings=…)` replaces a table."""
    return Leak()
