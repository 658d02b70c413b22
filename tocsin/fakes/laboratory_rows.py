"""The lines of a laboratory's tables: what each of its programs knows of a patient."""

from __future__ import annotations

import hashlib
import random
from datetime import date, timedelta

from tocsin.fakes.known import Cell, Known
from tocsin.fakes.person import Address, Person, bare
from tocsin.fakes.writings import (
    account,
    analysis,
    bank,
    birth,
    doctor_number,
    given,
    mail,
    postcode,
    sex,
    social,
    surname,
    telephone,
    town,
)
from tocsin.kinds.any import health, laboratory, reference
from tocsin.kinds.making import digits

MUTUALS = ("Mutuelle des Tilleuls", "Mutuelle du Port", "Prévoyance du Lac", "Santé Colline", "")
UNITS = ("g/L", "mmol/L", "UI/L", "mg/L", "G/L", "%")


def visit(patient: Person, doctor: Person, rng: random.Random) -> list[Cell]:
    """A line of patients.csv."""
    home = patient.home
    return [
        surname(rng, patient.surname),
        surname(rng, patient.birth_name),
        given(rng, patient.given),
        sex(patient),
        birth(patient.born),
        social(rng, patient.nir, wrong=0.02) if rng.random() > 0.08 else "",
        home.line,
        postcode(home),
        town(home.city),
        telephone(rng, patient.phone) if rng.random() > 0.1 else "",
        mail(rng, patient.email) if rng.random() > 0.2 else "",
        f"Dr {doctor.given} {doctor.surname.upper()}",
        doctor_number(rng, doctor.rpps),
        rng.choice(MUTUALS),
        remark(patient, rng),
    ]


def visit_again(patient: Person, doctor: Person, rng: random.Random) -> list[Cell]:
    """The same patient entered anew: moved, without accents, with half of the rest missing."""
    row = visit(patient, doctor, rng)
    moved: Address = patient.before
    row[0] = Known(bare(patient.birth_name).upper(), (("any.surname", bare(patient.birth_name).lower()),))
    row[6:9] = [moved.line.upper(), postcode(moved), town(bare(moved.city).upper())]
    if rng.random() < 0.5:
        row[5] = ""
    return row


def remark(patient: Person, rng: random.Random) -> Cell:
    """A free comment: mostly none, now and then with an identifier that no column announces."""
    draw = rng.random()
    if draw < 0.6:
        return ""
    if draw < 0.68:
        return "Rappeler au " + telephone(rng, patient.phone) + " avant 18 h"
    if draw < 0.74:
        return "Résultats à envoyer à " + mail(rng, patient.email)
    if draw < 0.78:
        return "Carte absente, NIR donné au guichet : " + social(rng, patient.nir)
    if draw < 0.86:
        return "Suivi pour " + health.fake(rng)
    return rng.choice(
        ("À jeun", "Paiement en attente", "Prélèvement difficile", "Ordonnance à scanner", "RAS")
    )


def result(patient: Person, doctor: Person, rng: random.Random) -> dict[str, object]:
    """A line of resultats.jsonl."""
    day = date(2023, 1, 2) + timedelta(days=rng.randrange(1000))
    return {
        "dossier": reference.fake(rng),
        "patient": {
            "nom": surname(rng, patient.surname),
            "prenom": given(rng, patient.given),
            "date_naissance": birth(patient.born, "%Y-%m-%d"),
            "nir": social(rng, patient.nir, in_groups=0.0),
        },
        "prescripteur": {"nom": doctor.surname.upper(), "rpps": doctor_number(rng, doctor.rpps)},
        "date_prelevement": day.isoformat(),
        "analyses": [
            {
                "analyse": analysis(laboratory.fake(rng)),
                "valeur": f"{rng.random() * 20:.2f}",
                "unite": rng.choice(UNITS),
            }
            for _ in range(rng.randrange(1, 4))
        ],
    }


def bill(patient: Person, rng: random.Random) -> list[Cell]:
    """A line of facturation.csv; the reference has fifteen digits and is no NIR."""
    day = date(2023, 1, 2) + timedelta(days=rng.randrange(1000))
    amount = rng.randrange(800, 30000)
    return [
        f"F{day.year}-{rng.randrange(1, 10**6):06d}",
        day.strftime("%d/%m/%Y"),
        surname(rng, patient.surname),
        given(rng, patient.given),
        social(rng, patient.nir),
        account(rng, patient.iban),
        bank(patient.bic),
        f"{amount // 100},{amount % 100:02d}",
        f"{amount // 300},{amount % 100:02d}",
        digits(rng, 15),
    ]


def login(patient: Person, rng: random.Random) -> list[Cell]:
    """A line of comptes.tsv: passwords in clear, as MD5, and as bcrypt, the state of three migrations."""
    draw, secret = rng.random(), patient.password
    alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    if draw < 0.4:
        stored = Known(secret, (("any.password", secret),))
    elif draw < 0.75:
        digest = hashlib.md5(secret.encode(), usedforsecurity=False).hexdigest()
        stored = Known(digest, (("any.password_hash", digest),))
    else:
        slow = "$2y$10$" + "".join(rng.choice(alphabet) for _ in range(53))
        stored = Known(slow, (("any.password_hash", slow),))
    seen = date(2025, 1, 1) + timedelta(days=rng.randrange(600))
    login = f"{bare(patient.given[0])}{bare(patient.surname)}".lower().replace(" ", "").replace("'", "")
    return [login, mail(rng, patient.email), stored, seen.isoformat()]


def old_visit(patient: Person, rng: random.Random) -> list[Cell]:
    """A line of the export of 2019: capitals, no accents, the former address."""
    before = patient.before
    return [
        Known(bare(patient.birth_name).upper(), (("any.surname", bare(patient.birth_name).lower()),)),
        Known(bare(patient.given).upper(), (("any.given_name", bare(patient.given).lower()),)),
        birth(patient.born, "%Y%m%d"),
        social(rng, patient.nir, in_groups=0.0),
        bare(before.line).upper(),
        postcode(before),
        town(bare(before.city).upper()),
        telephone(rng, patient.phone),
    ]
