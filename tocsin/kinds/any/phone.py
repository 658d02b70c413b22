"""A telephone number: French in every way it is written, the others after `+` or `00`; E.164 once normal."""

from __future__ import annotations

import random
from datetime import date
from itertools import groupby

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Check, Either, Length, OneOf
from tocsin.kinds.kind import Category, Drop, Example, Kind, Swap
from tocsin.kinds.lists.plain import calling_codes

SEEN = date(2026, 11, 21)
GAP = "(?: ?[./-] ?| {1,2})"
# How ten digits are grouped; 2-2-4-2 is left out, for that is a date with an hour.
GROUPS = (
    (2, 2, 2, 2, 2), (2, 8), (2, 2, 2, 4), (2, 2, 6), (2, 4, 4), (2, 3, 3, 2), (2, 3, 2, 3), (2, 2, 3, 3),
    (3, 3, 4), (3, 7), (3, 3, 2, 2), (4, 2, 2, 2), (4, 3, 3), (4, 6), (10,),
)
FRENCH_AREAS = frozenset("12345679")
TERRITORIES = ("262", "590", "594", "596")
OWN = ("33", *TERRITORIES)


def _national() -> str:
    """Ten digits that begin with 0, in the groups in which people write them; `(0)6…` and `(06)…` too."""
    shapes = []
    for first, *others in GROUPS:
        begin = "0" + f"[0-9]{{{first - 1}}}"
        shapes.append(begin + "".join(f"{GAP}[0-9]{{{size}}}" for size in others))
    pairs = f"(?:{GAP}?[0-9][0-9]){{4}}"
    return "|".join((*shapes, f"[(]0[)] ?[0-9]{pairs}", f"[(]0[0-9][)]{pairs}"))


def _international() -> str:
    """`+` or `00`, a calling code, and as many digits as its numbers have; `(0)` may stand after the code."""
    step = "(?:[ ./()-]{0,2}[0-9])"
    ours = f"(?:{'|'.join(OWN)})[)]?[ ./-]{{0,2}}(?:[(]0[)]|0)?{step}{{9}}"
    spans = sorted((min(digits), max(digits), code) for code, digits in calling_codes().items() if code not in OWN)
    others = [
        f"(?:{'|'.join(code for *_, code in group)})[)]?(?: ?[(]0[)])?{step}{{{low},{high}}}"
        for (low, high), group in groupby(spans, key=lambda span: span[:2])
    ]
    return f"(?:[+]|00 ?)(?:{'|'.join((ours, *others))})"


def _check() -> Check:
    """An E.164 number of a known country, of one of its lengths; French premium and free numbers are refused."""
    choices: list[Check] = [
        All((OneOf(0, 3, frozenset({"+33"})), Length((12,)), OneOf(3, 4, FRENCH_AREAS))),
        All((OneOf(0, 4, frozenset(f"+{code}" for code in TERRITORIES)), Length((13,)), OneOf(4, 5, FRENCH_AREAS))),
    ]
    totals: dict[tuple[int, int], set[str]] = {}
    for code, digits in calling_codes().items():
        for size in () if code in OWN else digits:
            totals.setdefault((1 + len(code) + size, 1 + len(code)), set()).add(f"+{code}")
    for (total, width), codes in sorted(totals.items()):
        choices.append(All((Length((total,)), OneOf(0, width, frozenset(codes)))))
    return Either(tuple(choices))


# ARCEP keeps these for films and books; 06 39 98 lies inside Mayotte's 0639 and is metropolitan all the same.
FICTION = ("19900", "26191", "35301", "46571", "53649", "63998")
TO_E164 = (
    Drop(" ./()-"),
    Swap("^(?:00|[+])?330?([1-9][0-9]{8})$", "+33${1}"),
    Swap("^00([1-9])", "+${1}"),
    Swap("^[+](262|590|594|596|44|49|41|32|31|43)0([1-9][0-9]*)$", "+${1}${2}"),
    Swap("^0(262|590|594|596)([0-9]{6})$", "+${1}${1}${2}"),
    Swap("^06(90|94|96)([0-9]{6})$", "+5${1}6${1}${2}"),
    Swap("^0(691[0-9]{6})$", "+590${1}"),
    Swap("^0(697[0-9]{6})$", "+596${1}"),
    Swap("^0((?:26[39]|69[23])[0-9]{6}|639(?:[0-8][0-9]|9[0-79])[0-9]{4})$", "+262${1}"),
    Swap("^0(?:508([0-9]{6})|(708[0-9]{6}))$", "+508${1}${2}"),
    Swap("^0([1-9][0-9]{8})$", "+33${1}"),
)


def fake(rng: random.Random) -> str:
    """A number in a range that ARCEP keeps for fiction, in one of the ways people write it."""
    digits = f"0{rng.choice(FICTION)}{rng.randrange(10000):04d}"
    pairs = [digits[at : at + 2] for at in range(0, 10, 2)]
    tail = f"{digits[1]} {' '.join(pairs[1:])}"
    ways = (digits, " ".join(pairs), ".".join(pairs), "-".join(pairs), f"+33{digits[1:]}", f"+33 {tail}")
    rare = (f"0033{digits[1:]}", f"+33 (0){tail}", f"0033 {tail}", "/".join(pairs), f"{digits[:4]} {' '.join(pairs[2:])}")
    return rng.choice(ways if rng.random() < 0.85 else rare)


KIND = Kind(
    name="any.phone",
    label={"fr": "numéro de téléphone", "en": "telephone number"},
    category=Category.CONTACT,
    pattern=f"{_national()}|33[1-9][0-9]{{8}}|{_international()}",
    normalise=TO_E164,
    check=_check(),
    chance=0.8,
    prior=2.0,
    headers=(
        "telephone", "tel", "phone", "phone number", "mobile", "portable", "numero telephone", "num tel", "no tel",
        "tel fixe", "tel mobile", "tel portable", "telephone fixe", "telephone mobile", "telephone portable", "gsm",
        "fax", "telecopie", "tel domicile", "tel pro", "tel perso", "cell phone", "mobile phone", "home phone",
        "work phone", "msisdn", "numero mobile", "numero portable", "tel 1", "tel 2", "phone 1", "phone 2", "telefon",
    ),
    context=(
        "téléphone", "tél", "tel", "portable", "mobile", "appeler", "appelez", "joindre", "joignable", "fax", "gsm",
        "phone", "call", "cell", "whatsapp", "sms",
    ),
    fake=fake,
    valid=(
        Example(value="01 99 00 12 34", source="ARCEP, numéros pour les œuvres audiovisuelles (01 99 00 XX XX)"),
        Example(value="06.39.98.12.34", source="ARCEP, numéros pour les œuvres audiovisuelles (06 39 98 XX XX)"),
        Example(value="+1-201-555-0123", source="RFC 3966, section 6"),
        Example(value="+44 20 7946 0958", source="Ofcom, numbers for drama use, London (020 7946 0000 to 0999)"),
    ),
    invalid=(
        "08 99 00 12 34", "+33 8 99 00 12 34", "3615", "15", "118 218", "0012345678", "1234567890",
        "05/12/2023 14", "01 99 00 12", "01 99 00 12 34 56", "+999 12 34 56 78", "+33 6 39 98 12",
    ),
    in_text=(
        ("Joignable au 06 39 98 12 34 ou 01.99.00.12.34.", ("06 39 98 12 34", "01.99.00.12.34")),
        ("Tél. : +33 (0)6 39 98 56 78, fax 0033 1 99 00 56 78", ("+33 (0)6 39 98 56 78", "0033 1 99 00 56 78")),
        ("Call +44 20 7946 0958 or (02) 61-91-12-34.", ("+44 20 7946 0958", "(02) 61-91-12-34")),
        ("Le 05/12/2023 14:30, facture 0012345678, composez le 3615 ou le 0 899 00 12 34.", ()),
    ),
    citations=(
        Citation(
            title="ARCEP, décision n° 2018-0881 modifiée établissant le plan national de numérotation",
            url="https://www.arcep.fr/la-regulation/grands-dossiers-thematiques-transverses/la-numerotation.html",
            verification=Verification.SECONDARY,
            checked_on=SEEN,
        ),
        Citation(
            title="ITU-T E.164: at most fifteen digits, calling code first",
            url="https://www.itu.int/rec/T-REC-E.164",
        ),
        Citation(
            title="libphonenumber's metadata, by the PyPI package phonenumbers 9.0.43 (lengths by country)",
            url="https://github.com/google/libphonenumber",
            verification=Verification.PRIMARY,
            checked_on=SEEN,
        ),
        Citation(
            title="RFC 3966, section 6: tel:+1-201-555-0123", url="https://www.rfc-editor.org/rfc/rfc3966#section-6"
        ),
    ),
    dpv="https://w3id.org/dpv/pd#TelephoneNumber",
    show=(3, 2),
)
