"""The international bank account number (IBAN) of every country of the published registry."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Constant, Either, Equal, Number, OneOf, Residue, Within
from tocsin.kinds.kind import Category, Drop, Example, Kind, Upper
from tocsin.kinds.making import digits, sometimes, with_iban_key, with_rib_key

# What follows the country and the two check digits: runs of n (digits), a (letters) or c (both).
REGISTRY = (
    "AD 8n12c AE 19n AL 8n16c AT 16n AZ 4a20c BA 16n BE 12n BG 4a6n8c BH 4a14c BI 23n BR 23n1a1c BY 4c4n16c CH 5n12c "
    "CR 18n CY 8n16c CZ 20n DE 18n DJ 23n DK 14n DO 4c20n EE 16n EG 25n ES 20n FI 14n FK 2a12n FO 14n FR 10n11c2n "
    "GB 4a14n GE 2a16n GI 4a15c GL 14n GR 7n16c GT 24c HN 4a20n HR 17n HU 24n IE 4a14n IL 19n IQ 4a15n IS 22n "
    "IT 1a10n12c JO 4a4n18c KW 4a22c KZ 3n13c LB 4n20c LC 4a24c LI 5n12c LT 16n LU 3n13c LV 4a13c LY 21n MC 10n11c2n "
    "MD 20c ME 18n MK 3n10c2n MN 16n MR 23n MT 4a5n18c MU 4a19n3a NI 4a20n NL 4a10n NO 11n OM 3n16c PK 4a16c PL 24n "
    "PS 4a21c PT 21n QA 4a21c RO 4a16c RS 18n RU 14n15c SA 2n18c SC 4a20n3a SD 14n SE 20n SI 15n SK 20n SM 1a10n12c "
    "SO 19n ST 21n SV 4a20n TL 19n TN 20n TR 6n16c UA 6n19c VA 18n VG 4a16n XK 16n YE 4a4n18c"
).split()
ACCOUNTS = dict(zip(REGISTRY[::2], REGISTRY[1::2], strict=True))
CLASSES = {"n": "[0-9]", "a": "[A-Za-z]", "c": "[0-9A-Za-z]"}
FRENCH = frozenset({"FR", "MC"})


def places(account: str) -> Iterator[str]:
    """The class, n, a or c, of every place of an account written like `10n11c2n`."""
    size = ""
    for char in account:
        if char in CLASSES:
            yield from char * int(size)
            size = ""
        else:
            size += char


def _shape(country: str, account: str) -> str:
    """The pattern of one country: groups of four with an optional separator between."""
    first, second = (f"[{letter}{letter.lower()}]" for letter in country)
    pattern = f"{first}{second} ?[0-9][0-9]"
    for at, place in enumerate(places(account)):
        pattern += ("[ .-]?" if at % 4 == 0 else "") + CLASSES[place]
    return pattern


def fake(rng: random.Random) -> str:
    """A number of the right form and keys, of nobody in particular: three in four French, some in groups."""
    if rng.random() < 0.75:
        account = with_rib_key(f"{rng.randrange(10011, 44000):05d}{digits(rng, 16)}")
        return sometimes(rng, with_iban_key("FR", account), 4, by=" ")
    country = rng.choice([country for country in ACCOUNTS if country not in FRENCH])
    choices = {"n": "0123456789", "a": "ABCDEFGHKLMNPRSTVZ", "c": "0123456789"}
    account = "".join(rng.choice(choices[place]) for place in places(ACCOUNTS[country]))
    return sometimes(rng, with_iban_key(country, account), 4, by=" ")


KEY = All((Equal(Residue(((4, None), (0, 4)), 97, "base36"), Constant(1)), Within(Number(2, 4), 2, 98)))
RIB_KEY = All((Equal(Residue(((4, None),), 97, "rib"), Constant(0)), Within(Number(-2, None), 1, 97)))
OTHERS = frozenset(ACCOUNTS) - FRENCH
AS_RIB = (
    "[FfMm][RrCc] ?[0-9][0-9][ .-]?[0-9][0-9][0-9][0-9][0-9][ .-]?[0-9][0-9][0-9][0-9][0-9][ .-]?"
    + "[0-9A-Za-z]" * 11
    + "[ .-]?[0-9][0-9]"
)
STDNUM = "python-stdnum 2.2, documentation of stdnum.iban"
LIST = "CurrencyCloud, IBAN Formats by Country (the registry's own examples)"
KIND = Kind(
    name="any.iban",
    label={"fr": "compte bancaire (IBAN)", "en": "bank account (IBAN)"},
    category=Category.BANK,
    pattern="|".join([_shape(country, account) for country, account in ACCOUNTS.items()] + [AS_RIB]),
    normalise=(Drop(" .-"), Upper()),
    check=All((KEY, Either((OneOf(0, 2, OTHERS), All((OneOf(0, 2, FRENCH), RIB_KEY)))))),
    keyed=True,
    chance=0.0097,
    headers=(
        "iban",
        "num iban",
        "numero iban",
        "no iban",
        "n iban",
        "code iban",
        "iban client",
        "iban salarie",
        "iban debiteur",
        "iban crediteur",
        "iban beneficiaire",
        "iban titulaire",
        "iban number",
        "account iban",
        "rib iban",
        "iban rib",
        "rib",
        "bank account",
        "compte bancaire",
        "international bank account number",
        "sepa iban",
        "coordonnees bancaires",
    ),
    context=(
        "iban",
        "rib",
        "compte",
        "banque",
        "virement",
        "prélèvement",
        "sepa",
        "bank account",
        "transfer",
    ),
    fake=fake,
    valid=(
        Example(value="FR1420041010050500013M02606", source=LIST),
        Example(value="FR7030002005500000157845Z02", source="SAS, Quality Knowledge Base, IBAN (Electronic)"),
        Example(value="GR16 0110 1050 0000 1054 7023 795", source=STDNUM),
        Example(value="BE31435411161155", source=STDNUM),
        Example(value="DE89370400440532013000", source=LIST),
        Example(value="GB29NWBK60161331926819", source=LIST),
        Example(
            value="MT84 MALT 0110 0001 2345 MTLC AST0 01S",
            source="SAS, Quality Knowledge Base, IBAN (Electronic)",
        ),
    ),
    invalid=(
        "FR1420041010050500013M02607",
        "DE88370400440532013000",
        "FR7612345678901234567890106",
        "ZZ89370400440532013000",
        "DE8937040044053201300",
    ),
    in_text=(
        (
            "Virement sur FR14 2004 1010 0505 0001 3M02 606 avant le 5.",
            ("FR14 2004 1010 0505 0001 3M02 606",),
        ),
        (
            "Mon IBAN : FR70 30002 00550 0000157845Z 02, celui de ma fille : DE89370400440532013000.",
            ("FR70 30002 00550 0000157845Z 02", "DE89370400440532013000"),
        ),
        ("Please refund to GB 29 NWBK 6016 1331 9268 19 by transfer.", ("GB 29 NWBK 6016 1331 9268 19",)),
        ("L'IBAN FR14 2004 1010 0505 0001 3M02 607 a été rejeté.", ()),
    ),
    citations=(
        Citation(
            title="SWIFT, IBAN Registry (ISO 13616), releases 101 and 103; structures as python-stdnum 2.2 carries release 101",
            url="https://www.swift.com/sites/default/files/files/iban-registry_4.pdf",
            quote="This registry provides detailed information about all ISO 13616-compliant national IBAN formats.",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
        Citation(
            title="Wikipédia, Clé RIB",
            url="https://fr.wikipedia.org/wiki/Cl%C3%A9_RIB",
            quote="la clé K est calculée de telle sorte que le reste de la division entière de R par 97 soit nul",
            checked_on=date(2026, 11, 21),
            verification=Verification.SECONDARY,
        ),
    ),
    dpv="https://w3id.org/dpv/pd#BankAccount",
    show=(4, 3),
    note={
        "fr": "France et Monaco : la clé RIB est vérifiée en plus de la clé IBAN ; un compte sans lettre se lit alors FR76. "
        "Les autres clés nationales ne sont pas vérifiées, ni les pays absents du registre (Algérie, Maroc, Sénégal…).",
        "en": "France and Monaco: the RIB key is verified besides the IBAN key; an account without letters then reads "
        "FR76. Other national keys are not verified, nor countries that the registry lacks (Algeria, Morocco, Senegal…).",
    },
)
