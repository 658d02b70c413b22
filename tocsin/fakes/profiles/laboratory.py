"""A medical laboratory's leak: patients, results, bills, accounts, letters, an old backup, and much dirt."""

from __future__ import annotations

import random

from tocsin.fakes.laboratory_rows import bill, login, old_visit, result, visit, visit_again
from tocsin.fakes.leak import Leak, Lines, Table
from tocsin.fakes.papers import compte_rendu, lettre, note
from tocsin.fakes.person import Person, bare, doctor, person
from tocsin.fakes.unreadable import empty, encrypted, stub, truncated

PATIENTS = (
    "nom nom_naissance prenom sexe date_naissance num_secu adresse code_postal ville telephone courriel"
    " medecin_prescripteur rpps mutuelle commentaire"
).split()
BILLS = "facture date_facture nom prenom num_secu iban bic montant part_mutuelle reference".split()
ACCOUNTS = "identifiant courriel mot_de_passe derniere_connexion".split()
OLD = "NOM PRENOM DDN NIR ADRESSE CP VILLE TEL".split()
# A patient in so many has a paper; at most so many papers of a sort.
PAPERS, MOST_PAPERS = 40, 200
# Of so many patients one comes back under another address; of so many lines one is damaged.
RETURNING, DAMAGED = 12, 250
# Patients of one doctor.
PATIENTS_OF_ONE = 40


def write(leak: Leak, persons: int, seed: int) -> None:
    """All the files at once, patient after patient."""
    files = _Files(leak)
    for number in range(persons):
        rng = random.Random(f"laboratory/{seed}/{number}")
        patient = person(seed, number)
        prescriber = doctor(seed, rng.randrange(max(3, persons // PATIENTS_OF_ONE)))
        _patient(files, number, patient, prescriber, rng)
        if number % RETURNING == RETURNING - 1:
            again = person(seed, rng.randrange(number), "p")
            files.patients.row(visit_again(again, prescriber, rng), (again.key, prescriber.key))
        _papers(leak, number, patient, prescriber, rng)
    _dirt(leak)


class _Files:
    """The tables that stand open while patients come."""

    def __init__(self, leak: Leak) -> None:
        self.patients: Table = leak.table(
            "patients.csv", PATIENTS, "cp1252", delimiter=";", lineterminator="\r\n"
        )
        self.results: Lines = leak.lines("resultats.jsonl")
        self.bills: Table = leak.table("compta/facturation.csv", BILLS, quoting=1)
        self.accounts: Table = leak.table("portail/comptes.tsv", ACCOUNTS, delimiter="\t")
        self.old: Table = leak.packed_table(
            "sauvegarde.zip", "export_2019/patients.csv", OLD, "latin-1", delimiter=";"
        )
        self.old_results: Lines = leak.packed_lines("sauvegarde.zip", "export_2019/resultats.jsonl.gz")


def _patient(files: _Files, number: int, patient: Person, doctor: Person, rng: random.Random) -> None:
    """What the laboratory's tables hold of one patient."""
    both = (patient.key, doctor.key)
    line = visit(patient, doctor, rng)
    if number % DAMAGED == 7:
        files.patients.damaged(line)
    else:
        files.patients.row(line, both)
    for turn in range(rng.choice((0, 1, 1, 2))):
        found = result(patient, doctor, rng)
        if (number + turn) % DAMAGED == 11:
            files.results.damaged(found)
        else:
            files.results.row(found, both)
    if rng.random() < 0.5:
        files.bills.row(bill(patient, rng), (patient.key,))
    if rng.random() < 0.4 and not patient.minor:
        files.accounts.row(login(patient, rng), (patient.key,))
    if rng.random() < 0.25:
        files.old.row(old_visit(patient, rng), (patient.key,))
        files.old_results.row(result(patient, doctor, rng), both)


def _papers(leak: Leak, number: int, patient: Person, doctor: Person, rng: random.Random) -> None:
    """Letters, reports and notes of some patients."""
    turn, place = divmod(number, PAPERS)
    if turn >= MOST_PAPERS:
        return
    both = (patient.key, doctor.key)
    if place == 3:
        leak.document(f"courriers/lettre_{number:05d}.txt", lettre(patient, doctor, rng), both)
    elif place == 13:
        name = f"comptes_rendus/cr_{number:05d}.html"
        leak.document(name, compte_rendu(patient, doctor, rng), both, "html")
    elif place == 23:
        stem = f"{bare(patient.surname).upper()}_{bare(patient.given)}".replace(" ", "-")
        name = f"a_classer/{stem}_VIH.txt"
        if not leak.holds(name):
            leak.document(name, note(patient, rng), (patient.key,), encoding="cp1252")


def _dirt(leak: Leak) -> None:
    """What no reader of this version can read, or that holds nothing."""
    stub(leak, "scans/ordonnance_0001.pdf")
    encrypted(leak, "compta/protege.zip", "paie_2024.csv")
    truncated(leak, "journaux/automate.log.gz")
    empty(leak, "portail/vide.csv")


PROFILE = (
    "laboratory",
    {"fr": "laboratoire d’analyses médicales", "en": "medical laboratory"},
    write,
)
