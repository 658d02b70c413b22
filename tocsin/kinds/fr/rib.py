"""The French bank account number with its key (RIB): bank, branch, account, key."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Constant, Equal, Number, Residue, Within
from tocsin.kinds.kind import Category, Drop, Example, Kind, Upper
from tocsin.kinds.making import digits, sometimes, with_rib_key

RIB_KEY = All((Equal(Residue(((0, None),), 97, "rib"), Constant(0)), Within(Number(-2, None), 1, 97)))


def fake(rng: random.Random) -> str:
    """An account of the right form and key, of nobody in particular, about one in three written in groups."""
    account = digits(rng, 7) + rng.choice("0123456789BEKMRVXZ") + digits(rng, 3)
    return sometimes(
        rng, with_rib_key(f"{rng.randrange(10011, 44000):05d}{digits(rng, 5)}{account}"), 5, 5, 11, 2
    )


LIST = "CurrencyCloud, IBAN Formats by Country (IBAN example without its first four characters)"
KIND = Kind(
    name="fr.rib",
    label={"fr": "relevé d'identité bancaire (RIB)", "en": "French bank account (RIB)"},
    category=Category.BANK,
    pattern=(
        "[0-9][0-9][0-9][0-9][0-9][ .-]?[0-9][0-9][0-9][0-9][0-9][ .-]?"
        "[0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z]"
        "[0-9A-Za-z][0-9A-Za-z][ .-]?[0-9][0-9]"
    ),
    normalise=(Drop(" .-"), Upper()),
    check=RIB_KEY,
    keyed=True,
    chance=0.0102,
    headers=(
        "rib",
        "num rib",
        "numero rib",
        "no rib",
        "n rib",
        "code rib",
        "rib client",
        "rib salarie",
        "rib complet",
        "releve identite bancaire",
        "releve d identite bancaire",
        "bban",
        "compte bancaire",
        "numero compte bancaire",
        "num compte bancaire",
        "no compte bancaire",
        "coordonnees bancaires",
        "bank account",
        "bank account number",
    ),
    context=("rib", "relevé d'identité bancaire", "compte", "banque", "guichet", "bank account", "bban"),
    fake=fake,
    valid=(
        Example(value="20041010050500013M02606", source=LIST),
        Example(
            value="30002005500000157845Z02",
            source="SAS, Quality Knowledge Base, IBAN (Electronic): FR7030002005500000157845Z02 without FR70",
        ),
        Example(
            value="30006000011234567890189",
            source="FR7630006000011234567890189, specimen of many banks' guides, without FR76 (from memory)",
        ),
    ),
    invalid=("20041010050500013M02607", "30002005500000157845Y02", "30006000011234567890198"),
    in_text=(
        ("RIB : 30006 00001 12345678901 89, titulaire inchangé.", ("30006 00001 12345678901 89",)),
        ("French bank account (BBAN) 20041010050500013M02606.", ("20041010050500013M02606",)),
        ("RIB refusé par la banque : 30006 00001 12345678901 98.", ()),
    ),
    citations=(
        Citation(
            title="Wikipédia, Clé RIB",
            url="https://fr.wikipedia.org/wiki/Cl%C3%A9_RIB",
            quote="la clé K est calculée de telle sorte que le reste de la division entière de R par 97 soit nul et que K "
            "soit compris entre 1 et 97",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#BankAccount",
    show=(5, 2),
)
