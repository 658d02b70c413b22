"""What somebody earns or has, as a column says it."""

from __future__ import annotations

import random

from tocsin.citation import Citation
from tocsin.kinds.cited import examples
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Swap


def fake(rng: random.Random) -> str:
    """An amount of a month or a year."""
    amount = rng.randrange(1400, 90_000)
    return rng.choice((str(amount), f"{amount},{rng.randrange(100):02d}", f"{amount}.{rng.randrange(100):02d}", f"{amount} €"))


KIND = Kind(
    name="any.salary",
    label={"fr": "salaire ou revenu", "en": "salary or income"},
    category=Category.BANK,
    pattern="[0-9]{1,3}(?:[ .,]?[0-9]{3}){0,3}(?:[.,][0-9]{1,2})? ?(?:€|EUR|euros?)?",
    normalise=(Swap("(?:€|EUR|euros?)$", ""), Drop(" ")),
    prior=-0.5,
    needs=Needs.HEADER,
    headers=(
        "salaire", "salaire brut", "salaire net", "salaire annuel", "salaire mensuel", "net a payer", "net paye", "brut", "brut mensuel", "brut annuel", "remuneration",
        "remuneration brute", "revenu", "revenus", "revenu fiscal", "revenu fiscal de reference", "rfr", "quotient familial", "salary", "gross salary", "net salary",
        "net imposable", "income", "annual income", "montant pension", "montant allocation",
    ),
    fake=fake,
    valid=examples("Service-public.fr, monthly minimum wage of 2025", "1 801,80 €", "1801,80"),
    invalid=("douze", "-", "12/03"),
    in_text=(("Le salaire est de 2000 euros.", ()),),
    citations=(Citation(title="no rule: an amount of money under a header that says what it is"),),
    dpv="https://w3id.org/dpv/pd#Salary",
)
