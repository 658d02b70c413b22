"""The number of a French identity card: twelve digits until 2021, nine characters since."""

from __future__ import annotations

import random
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import BASE36, DIGITS, All, Either, Length, Letter, Number, Within
from tocsin.kinds.kind import Category, Drop, Example, Kind, Needs, Upper
from tocsin.kinds.making import digits, sometimes

CONSONANTS = "BCDFGHJKLMNPRTVWXYZ"
OLD = All((Length((12,)), Within(Number(2, 4), 1, 12), Within(Number(0, 12), 1, 10**12)))
NEW = All(
    (
        Length((9,)),
        Either(tuple(Within(Letter(at, DIGITS), 0, 9) for at in range(9))),
        Either(tuple(Within(Letter(at, BASE36), 10, 35) for at in range(9))),
    )
)


def fake(rng: random.Random) -> str:
    """A number of either form, of nobody in particular, the old one sometimes in groups."""
    if rng.random() < 0.5:
        year, month, office = rng.randrange(100), rng.randrange(1, 13), rng.randrange(1, 96)
        return sometimes(rng, f"{year:02d}{month:02d}{office:02d}{digits(rng, 6)}", 4, 3, 5, by=" ")
    middle = "".join(rng.choice(CONSONANTS + "0123456789") for _ in range(7))
    return rng.choice(CONSONANTS) + middle + rng.choice("0123456789")


KIND = Kind(
    name="fr.cni",
    label={"fr": "numéro de carte nationale d'identité", "en": "French identity card number"},
    category=Category.OFFICIAL_DOCUMENT,
    pattern=(
        "[0-9][0-9][0-9][0-9][ .-]?[0-9][0-9][0-9A-Za-z][ .-]?[0-9][0-9][0-9][0-9][0-9]"
        "|[0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z][0-9A-Za-z]"
    ),
    normalise=(Drop(" .-"), Upper()),
    check=Either((OLD, NEW)),
    chance=0.41,
    prior=-0.5,
    needs=Needs.CONTEXT,
    headers=(
        "cni",
        "num cni",
        "numero cni",
        "no cni",
        "n cni",
        "cni numero",
        "carte identite",
        "num carte identite",
        "numero carte identite",
        "no carte identite",
        "numero carte nationale identite",
        "carte nationale identite",
        "numero piece identite",
        "num piece identite",
        "no piece identite",
        "piece identite numero",
        "piece identite",
        "numero de piece d identite",
        "identity card",
        "identity card number",
        "id card",
        "id card number",
        "national id card",
        "cnie",
        "numero cnie",
    ),
    context=(
        "cni",
        "cnie",
        "carte nationale d'identité",
        "carte d'identité",
        "pièce d'identité",
        "identity card",
        "id card",
    ),
    fake=fake,
    valid=(
        Example(
            value="880692310285",
            source="specimen card of 1988 to 2021 (BERTHIER), machine-readable zone in many public MRZ parsers' tests",
        ),
        Example(
            value="X4RTBPFW4",
            source="specimen card of 2021 (MARTIN), MRZ IDFRAX4RTBPFW46 in public MRZ parsers' tests",
        ),
        Example(value="D2H6862M2", source="specimen card of 2021, document number in a public SDK's README"),
        Example(value="T7X62TZ79", source="specimen of the 2021 card, example in a public extraction schema"),
    ),
    invalid=("881392310285", "880092310285", "DOCUMENTS", "123456789"),
    in_text=(
        ("Carte nationale d'identité n° 880692310285, valable dix ans.", ("880692310285",)),
        ("Identity card number X4RTBPFW4, issued in Paris.", ("X4RTBPFW4",)),
        ("La carte d'identité est demandée en mairie.", ()),
    ),
    citations=(
        Citation(
            title="Microsoft Purview, France ID card (CNI)",
            url="https://learn.microsoft.com/fr-CA/purview/sit-defn-france-national-id-card",
            quote="Neuf lettres et chiffres",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="National identity card (France), machine-readable zone (copy of Wikipedia)",
            url="https://www.liquisearch.com/national_identity_card_france/machine-readable_zone",
            quote="Digits 1-2 are year of issuance, 3-4 are month of issuance and 5-7 are department of issuance",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#OfficialID",
    show=(2, 0),
    note={
        "fr": "Ni clé ni règle publique hors de la bande MRZ : l'en-tête ou le contexte est nécessaire. L'ancien numéro "
        "commence par l'année et le mois de délivrance ; le nouveau mêle lettres et chiffres.",
        "en": "Neither key nor public rule outside the machine-readable zone: a header or context is needed. The old "
        "number begins with the year and month of issue; the new one mixes letters and digits.",
    },
)
