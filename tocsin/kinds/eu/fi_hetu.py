"""The Finnish personal code (henkilötunnus): the birth date, a mark of the century, a serial and a letter."""

from __future__ import annotations

import random

from tocsin.kinds.checks import All, Equal, Letter, Number, Residue, Within
from tocsin.kinds.cited import examples, stdnum
from tocsin.kinds.kind import Category, Kind, Needs, Upper
from tocsin.kinds.making import born

LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


def fake(rng: random.Random) -> str:
    """A code of the right form and letter, of nobody in particular, born before 2000."""
    day, serial = born(rng, "%d%m%y"), f"{rng.randrange(2, 900):03d}"
    return f"{day}-{serial}{LETTERS[int(day + serial) % 31]}"


KIND = Kind(
    name="fi.hetu",
    label={"fr": "code personnel finlandais (hetu)", "en": "Finnish personal code (hetu)"},
    category=Category.NATIONAL_ID,
    pattern="[0-9]{6}[+A-FU-Ya-fu-y-][0-9]{3}[0-9A-FHJ-NPR-Ya-fhj-npr-y]",
    normalise=(Upper(),),
    check=All((Within(Number(0, 2), 1, 31), Within(Number(2, 4), 1, 12), Equal(Residue(((0, 6), (7, 10)), 31), Letter(10, LETTERS)))),
    keyed=True,
    chance=0.0012,
    prior=-1.0,
    needs=Needs.CONTEXT,
    headers=("hetu", "henkilotunnus", "henkilotunnukset", "sotu", "personbeteckning", "finnish personal code"),
    context=("hetu", "henkilötunnus", "henkilotunnus", "personbeteckning", "sotu"),
    fake=fake,
    valid=(*examples("fi.hetu", "131052-308T"), *examples("specimens of the Finnish population register (DVV), quoted by many", "010101-123N", "311280-888Y")),
    invalid=("131052-308U", "131352-308T"),
    in_text=(
        ("Henkilötunnus: 131052-308T", ("131052-308T",)),
        ("Hetu 010101-123N", ("010101-123N",)),
        ("Henkilötunnus 131052-308U on virheellinen.", ()),
    ),
    citations=(stdnum("fi.hetu"),),
    dpv="https://w3id.org/dpv/pd#NationalIdentificationNumber",
)
