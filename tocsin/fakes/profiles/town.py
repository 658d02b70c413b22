"""A town hall's leak: civil registry, canteen with its children, staff."""

from __future__ import annotations

import random

from tocsin.fakes.known import Cell
from tocsin.fakes.leak import Leak
from tocsin.fakes.person import Person, person
from tocsin.fakes.unreadable import stub
from tocsin.fakes.writings import account, birth, given, mail, sex, social, surname, telephone, town
from tocsin.kinds.any import health, reference

REGISTRY = "ACTE NOM PRENOMS SEXE DATE_NAISSANCE VILLE_NAISSANCE MENTION".split()
STAFF = "matricule nom prenom nir date_naissance service grade iban telephone courriel".split()
SERVICES = ("Voirie", "Accueil", "Écoles", "Médiathèque", "Finances", "Espaces verts")
GRADES = ("Adjoint administratif", "Agent de maîtrise", "Attaché", "Rédacteur", "ATSEM")
DAMAGED, PARENTS = 250, 1_000_000_000


def write(leak: Leak, persons: int, seed: int) -> None:
    """One inhabitant after another; one in three is a child of the canteen, one in twelve works for the town."""
    registry = leak.table("etat_civil/naissances.csv", REGISTRY, "cp1252", delimiter=";")
    canteen = leak.lines("enfance/cantine.jsonl")
    staff = leak.table("rh/agents.tsv", STAFF, "utf-8-sig", delimiter="\t", lineterminator="\r\n")
    for number in range(persons):
        rng = random.Random(f"town/{seed}/{number}")
        somebody = person(seed, number)
        act = _act(somebody, number, rng)
        if number % DAMAGED == 5:
            registry.damaged(act)
        else:
            registry.row(act, (somebody.key,))
        if number % 3 == 0:
            parent = person(seed, PARENTS + number // 6)
            canteen.row(_child(somebody, parent, rng), (somebody.key, parent.key))
        elif number % 12 == 1:
            staff.row(_agent(somebody, number, rng), (somebody.key,))
    stub(leak, "deliberations/2024-03.pdf")


def _act(somebody: Person, number: int, rng: random.Random) -> list[Cell]:
    """A line of the registry of births."""
    return [
        f"{somebody.born.year}/{number:05d}",
        surname(rng, somebody.birth_name),
        given(rng, somebody.given),
        sex(somebody),
        birth(somebody.born),
        town(somebody.before.city),
        rng.choice(("", "", "", "Mariage", "Décès", "PACS")),
    ]


def _child(child: Person, parent: Person, rng: random.Random) -> dict[str, object]:
    """A child of the canteen, born in the years when children are, and who answers for the child.

    Two brothers or sisters share a parent, and so an address and a telephone number.
    """
    born = child.born.replace(year=2013 + child.born.year % 10)
    return {
        "dossier": reference.fake(rng),
        "enfant": {
            "nom": surname(rng, child.birth_name),
            "prenom": given(rng, child.given),
            "date_naissance": birth(born),
            "regime": rng.choice(("sans porc", "végétarien", "", "", f"PAI : {health.fake(rng)}")),
        },
        "responsable": {
            "nom": surname(rng, parent.surname),
            "telephone": telephone(rng, parent.phone),
            "courriel": mail(rng, parent.email),
            "adresse": f"{parent.home.line}, {parent.home.postcode} {parent.home.city}",
            "quotient_familial": str(rng.randrange(200, 2500)),
        },
    }


def _agent(somebody: Person, number: int, rng: random.Random) -> list[Cell]:
    """A line of agents.tsv."""
    return [
        f"A{number:06d}",
        surname(rng, somebody.surname),
        given(rng, somebody.given),
        social(rng, somebody.nir, in_groups=0.0),
        birth(somebody.born, "%Y-%m-%d"),
        rng.choice(SERVICES),
        rng.choice(GRADES),
        account(rng, somebody.iban),
        telephone(rng, somebody.phone),
        mail(rng, somebody.email),
    ]


PROFILE = ("town", {"fr": "mairie", "en": "town hall"}, write)
