"""A payroll's leak: salaries with social-security numbers and accounts, holidays and sick leaves, an old copy."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tocsin.fakes.known import Cell, Known
from tocsin.fakes.leak import Leak
from tocsin.fakes.person import Person, bare, person
from tocsin.fakes.unreadable import encrypted
from tocsin.fakes.writings import (
    account,
    bank,
    birth,
    given,
    mail,
    postcode,
    social,
    surname,
    telephone,
    title,
    town,
)

SALARIES = "Matricule;Nom;Prénom;N° SS;Date de naissance;Adresse;CP;Ville;IBAN;BIC;Brut;Net".split(";")
LEAVES = "matricule,nom,prenom,motif,debut,fin".split(",")
OLD = "matricule nom prenom courriel telephone".split()
REASONS = ("congés payés", "arrêt maladie", "accident du travail", "formation", "RTT", "congé maternité")
DAMAGED = 250


def write(leak: Leak, persons: int, seed: int) -> None:
    """One employee after another: a salary, now and then a leave, a payslip for some."""
    salaries = leak.table("paie_2024_06.csv", SALARIES, "utf-16", delimiter=";", lineterminator="\r\n")
    leaves = leak.table("absences.csv", LEAVES)
    old = leak.packed_table("archives/2021.zip", "annuaire.csv", OLD, delimiter=";")
    for number in range(persons):
        rng = random.Random(f"payroll/{seed}/{number}")
        somebody = person(seed, number)
        salary = _salary(somebody, number, rng)
        if number % DAMAGED == 9:
            salaries.damaged(salary)
        else:
            salaries.row(salary, (somebody.key,))
        if rng.random() < 0.4:
            leaves.row(_leave(somebody, number, rng), (somebody.key,))
        if rng.random() < 0.5:
            old.row(_contact(somebody, number, rng), (somebody.key,))
        if number % 50 == 20 and number < 10_000:
            leak.document(f"bulletins/{number:05d}.txt", _payslip(somebody, number, rng), (somebody.key,))
    encrypted(leak, "archives/2020.zip", "paie_2020.csv")


def _salary(somebody: Person, number: int, rng: random.Random) -> list[Cell]:
    """A line of the salaries."""
    gross = rng.randrange(180_000, 700_000)
    home = somebody.home
    return [
        f"{number:06d}",
        surname(rng, somebody.surname),
        given(rng, somebody.given),
        social(rng, somebody.nir, wrong=0.01),
        birth(somebody.born),
        home.line,
        postcode(home),
        town(home.city),
        account(rng, somebody.iban),
        bank(somebody.bic),
        _euros(gross),
        _euros(gross * 78 // 100),
    ]


def _leave(somebody: Person, number: int, rng: random.Random) -> list[Cell]:
    """A line of the leaves."""
    begin = date(2024, 1, 1) + timedelta(days=rng.randrange(360))
    end = begin + timedelta(days=rng.randrange(1, 25))
    return [
        f"{number:06d}",
        surname(rng, somebody.surname),
        given(rng, somebody.given),
        rng.choice(REASONS),
        begin.isoformat(),
        end.isoformat(),
    ]


def _contact(somebody: Person, number: int, rng: random.Random) -> list[Cell]:
    """A line of the old directory, under the name of birth and without accents."""
    return [
        f"{number:06d}",
        Known(bare(somebody.birth_name).upper(), (("any.surname", bare(somebody.birth_name).lower()),)),
        given(rng, somebody.given),
        mail(rng, somebody.email),
        telephone(rng, somebody.phone),
    ]


def _payslip(somebody: Person, number: int, rng: random.Random) -> Known:
    """A payslip as text."""
    gross = rng.randrange(180_000, 700_000)
    return (
        f"BULLETIN DE PAIE - juin 2024\nMatricule {number:06d}\n"
        + f"{title(somebody)} {somebody.given} {somebody.surname.upper()}\nN° de sécurité sociale : "
        + social(rng, somebody.nir)
        + f"\nSalaire brut {_euros(gross)}\nNet à payer {_euros(gross * 78 // 100)}\nViré sur le compte IBAN "
        + account(rng, somebody.iban)
        + "\n"
    )


def _euros(cents: int) -> str:
    """An amount as French software writes it."""
    return f"{cents // 100},{cents % 100:02d}"


PROFILE = ("payroll", {"fr": "service de paie", "en": "payroll"}, write)
