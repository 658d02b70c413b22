"""Letters, reports and notes about a patient, as plain text and as HTML."""

from __future__ import annotations

import html
import random

from tocsin.fakes.known import Known
from tocsin.fakes.person import Person
from tocsin.fakes.writings import birth, doctor_number, mail, social, telephone, title
from tocsin.kinds.any import health, laboratory


def lettre(patient: Person, doctor: Person, rng: random.Random) -> Known:
    """A letter from the laboratory to the doctor about the patient."""
    name = f"{title(patient)} {patient.given} {patient.surname.upper()}"
    home = patient.home
    return (
        "Laboratoire des Lilas\n3 place des Tilleuls\n\n"
        + f"Docteur {doctor.given} {doctor.surname.upper()}\nRPPS : "
        + doctor_number(rng, doctor.rpps)
        + f"\n\nObjet : résultats de {name}\n\nCher confrère,\n\n"
        + f"Vous trouverez ci-joint les résultats de {name}, né(e) le "
        + birth(patient.born)
        + ", numéro de sécurité sociale "
        + social(rng, patient.nir)
        + f",\ndemeurant {home.line}, {home.postcode} {home.city}.\n\n"
        + f"Examens : {laboratory.fake(rng)}, {laboratory.fake(rng)}.\nContexte : {health.fake(rng)}.\n\n"
        + "Le patient est joignable au téléphone "
        + telephone(rng, patient.phone)
        + " ou à l'adresse "
        + mail(rng, patient.email)
        + ".\n\nConfraternellement,\nLe biologiste\n"
    )


def compte_rendu(patient: Person, doctor: Person, rng: random.Random) -> Known:
    """A report in HTML."""
    name = html.escape(f"{patient.given} {patient.surname.upper()}")
    rows = "".join(
        f"<tr><td>{html.escape(laboratory.fake(rng))}</td><td>{rng.random() * 20:.2f}</td></tr>\n"
        for _ in range(3)
    )
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>Compte rendu</title>\n'
        + "<style>td { padding: 2px }</style></head>\n"
        + f"<body>\n<h1>Compte rendu d'analyses</h1>\n<p>Patient&nbsp;: <b>{name}</b>, né(e) le "
        + birth(patient.born)
        + "</p>\n<p>NIR : "
        + social(rng, patient.nir)
        + f"</p>\n<p>Prescripteur : Dr {html.escape(doctor.surname.upper())}, RPPS "
        + doctor_number(rng, doctor.rpps)
        + f"</p>\n<table>\n{rows}</table>\n<p>Conclusion : {html.escape(health.fake(rng))}.</p>\n</body></html>\n"
    )


def note(patient: Person, rng: random.Random) -> Known:
    """A short note whose file bears the patient's name."""
    return (
        f"{title(patient)} {patient.surname.upper()} {patient.given}\n"
        + "sérologie VIH : positive, à annoncer en consultation\ntél. "
        + telephone(rng, patient.phone)
        + "\nNIR "
        + social(rng, patient.nir)
        + "\n"
    )
