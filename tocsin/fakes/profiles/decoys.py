"""A pile that holds nothing of anybody: references of fifteen digits, products, stock movements, a machine's log."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tocsin.fakes.known import Known
from tocsin.fakes.leak import Leak
from tocsin.kinds.making import digits

ORDERS = "reference;produit;quantite;prix;statut;modifie_le".split(";")
STOCK = "lot,ean,entrepot,mouvement".split(",")
PRODUCTS = (
    "Vis inox 4x30", "Joint torique", "Palette bois", "Ruban adhésif", "Carton double cannelure",
    "Filtre à huile", "Câble 3G1.5", "Peinture blanche 10 L", "Roulement 6204", "Gants nitrile T9",
)  # fmt: skip
STATES = ("en attente", "expédié", "livré", "retourné", "annulé")
MACHINES = 8


def write(leak: Leak, persons: int, seed: int) -> None:
    """So many rows in each file; no record mentions anybody."""
    orders = leak.table("commandes.csv", ORDERS, delimiter=";")
    stock = leak.table("stock.csv", STOCK)
    events = leak.lines("evenements.jsonl")
    for number in range(persons):
        rng = random.Random(f"decoys/{seed}/{number}")
        day = date(2024, 1, 1) + timedelta(days=rng.randrange(700))
        price = f"{rng.randrange(1, 400)},{rng.randrange(100):02d}"
        orders.row(
            [
                fifteen(rng),
                rng.choice(PRODUCTS),
                str(rng.randrange(1, 60)),
                price,
                rng.choice(STATES),
                day.isoformat(),
            ]
        )
        stock.row(
            [
                f"LOT{digits(rng, 6)}",
                article(rng),
                rng.choice("ABC"),
                rng.choice(("+", "-")) + digits(rng, 2),
            ]
        )
        events.row({"machine": rng.randrange(MACHINES), "trace": fifteen(rng), "etat": rng.choice(STATES)})
    lines = [
        f"lot {digits(leak.rng, 15)} poste {turn % MACHINES} {leak.rng.choice(STATES)}" for turn in range(200)
    ]
    leak.document("chaine.log", Known("\n".join(lines) + "\n"), ())


def fifteen(rng: random.Random) -> str:
    """Fifteen random digits: about one in two hundred passes the key of a NIR all the same."""
    return digits(rng, 15)


def article(rng: random.Random) -> str:
    """A French article number of thirteen digits, with its key (GS1 General Specifications, 7.9.1)."""
    body = f"3{rng.randrange(80):02d}{digits(rng, 9)}"
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(body))
    return f"{body}{-total % 10}"


PROFILE = ("decoys", {"fr": "leurres, personne dedans", "en": "decoys, nobody in it"}, write)
