"""The reference of a file, contract, order or claim that stands for one person's affair."""

from __future__ import annotations

import random

from tocsin.citation import Citation
from tocsin.kinds.kind import Category, Drop, Kind, Needs, Upper


def fake(rng: random.Random) -> str:
    """A year and a running number behind a few letters."""
    number = f"{rng.randrange(10**4, 10**7)}"
    year = rng.randrange(2015, 2027)
    return rng.choice((f"REF-{year}-{number}", f"D{year}{number}", f"{rng.choice('ABCDEF')}{number}", f"{year}/{number}"))


KIND = Kind(
    name="any.reference",
    label={"fr": "référence de dossier, de contrat ou de commande", "en": "file, contract or order reference"},
    category=Category.PSEUDONYM,
    pattern="[A-Za-z]{0,8}[_/.-]?[0-9][0-9A-Za-z_/.-]{2,28}[0-9A-Za-z]",
    normalise=(Drop(" "), Upper()),
    needs=Needs.HEADER,
    headers=(
        "reference", "ref", "ref dossier", "reference dossier", "numero dossier", "num dossier", "no dossier",
        "id dossier", "numero contrat", "num contrat", "no contrat", "contract number", "contract id", "policy number",
        "numero police", "numero sinistre", "claim number", "claim id", "case number", "case id", "file number",
        "numero commande", "num commande", "order number", "order id", "order no", "numero facture", "num facture",
        "invoice number", "invoice id", "numero demande", "ticket id", "numero ticket", "numero reservation",
        "booking reference", "booking id", "pnr", "numero sejour", "iep", "numero echantillon", "sample id",
        "numero prelevement", "transaction id", "id transaction",
    ),
    fake=fake,
    invalid=("12", "ABC", "référence", "-" * 10, "A B C"),
    in_text=(("Dossier n° D20240118, contrat joint.", ()), ("Our reference: REF-2024-00917.", ())),
    citations=(Citation(title="no public rule: every organisation has its own form"),),
    note={
        "fr": "aucune règle publique : seul l’en-tête le prouve",
        "en": "no public rule: only a header proves it",
    },
    dpv="https://w3id.org/dpv/pd#UID",
    show=(0, 2),
)
