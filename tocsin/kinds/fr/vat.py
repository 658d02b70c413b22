"""The French VAT number: two key characters, then the SIREN."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Check, Constant, Either, Equal, Modulo, Number, OneOf, Residue, Sum, luhn
from tocsin.kinds.kind import Category, Drop, Example, Kind, Upper
from tocsin.kinds.making import digits, sometimes, with_luhn

LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
DIGITS_KEY = Equal(Number(2, 4), Modulo(Sum(((1, Constant(12)), (3, Residue(((4, 13),), 97)))), 97))


def _letters_key() -> Check:
    """Keys with a letter: the two characters make a number whose residue modulo 11 must fit the SIREN's.

    With s = 24a + b − 10 (digit first) or 34a + b − 100 (letter first), the rule is
    (SIREN + 1 + s div 11) ≡ s (mod 11): so each pair of characters asks for one residue of the SIREN.
    """
    pairs: dict[int, set[str]] = defaultdict(set)
    for a, first in enumerate(LETTERS):
        for b, second in enumerate(LETTERS):
            if a > 9 or b > 9:
                s = 24 * a + b - 10 if a < 10 else 34 * a + b - 100
                pairs[(s - 1 - s // 11) % 11].add(first + second)
    return Either(
        tuple(
            All((OneOf(2, 4, frozenset(found)), Equal(Residue(((4, 13),), 11), Constant(residue))))
            for residue, found in sorted(pairs.items())
        )
    )


def fake(rng: random.Random) -> str:
    """A number with a key of two digits, about one in three written in groups."""
    siren = with_luhn(rng.choice("3456789") + digits(rng, 7))
    return sometimes(rng, f"FR{int(siren + '12') % 97:02d}{siren}", 4, 3, by=" ")


STDNUM = "python-stdnum 2.2, documentation of stdnum.fr.tva"
ORACLE = "Oracle Fusion Financials 25D, France (good examples)"
KIND = Kind(
    name="fr.vat",
    label={"fr": "numéro de TVA intracommunautaire", "en": "French VAT number"},
    category=Category.PROFESSIONAL,
    pattern=(
        "[Ff][Rr][ .-]?[0-9A-HJ-NP-Za-hj-np-z][0-9A-HJ-NP-Za-hj-np-z]"
        "[ .-]?[0-9][0-9][0-9][ .-]?[0-9][0-9][0-9][ .-]?[0-9][0-9][0-9]"
    ),
    normalise=(Drop(" .-"), Upper()),
    check=All((Either((luhn(4, 13), OneOf(4, 7, frozenset({"000"})))), Either((DIGITS_KEY, _letters_key())))),
    keyed=True,
    chance=0.009,
    headers=(
        "tva intracommunautaire",
        "num tva",
        "numero tva",
        "no tva",
        "n tva",
        "numero de tva",
        "tva intra",
        "num tva intra",
        "numero tva intracommunautaire",
        "n tva intracommunautaire",
        "code tva intracommunautaire",
        "vat number",
        "vat no",
        "vat id",
        "vatin",
        "vat registration number",
        "eu vat",
        "tva client",
    ),
    context=("tva", "intracommunautaire", "vat", "facture", "invoice"),
    fake=fake,
    valid=(
        Example(value="Fr 40 303 265 045", source=STDNUM),
        Example(value="FRK7399859412", source=STDNUM + " (printed without FR)"),
        Example(value="FR4Z123456782", source=STDNUM + " (printed without FR)"),
        Example(value="FR06335092318", source=ORACLE),
        Example(value="FR43529003931", source=ORACLE),
        Example(value="FR53000004605", source="python-stdnum (GitHub), tests/test_fr_tva.doctest (Monaco)"),
    ),
    invalid=("FR84323140391", "FR2H12345678", "FRIO334175221", "FR 41 303 265 045"),
    in_text=(
        ("N° de TVA intracommunautaire : FR 40 303 265 045.", ("FR 40 303 265 045",)),
        ("Invoice, VAT number FR06335092318, payable at 30 days.", ("FR06335092318",)),
        ("TVA FR84323140391 rejetée par le contrôle.", ()),
    ),
    citations=(
        Citation(
            title="Oracle Fusion Financials 25D, validate tax registration numbers: France",
            url="https://docs.oracle.com/en/cloud/saas/financials/25d/faitx/france.html",
            quote="Then there are two characters which is a validation key",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="python-stdnum 2.2, stdnum.fr.tva (both keys; Monaco begins with 000)",
            url="https://arthurdejong.org/python-stdnum/doc/2.2/stdnum.fr.tva",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
    ),
    show=(4, 0),
    note={
        "fr": "Monaco a des numéros FR en 000 qui ne sont pas des SIREN. Une clé à lettre laisse passer certains "
        "changements de son propre chiffre ; une clé à deux chiffres n'en laisse passer aucun.",
        "en": "Monaco has FR numbers in 000 that are no SIREN. A key with a letter lets some changes of its own digit "
        "pass; a key of two digits lets none.",
    },
)
