"""A full date, in French, English or ISO writing; partial ISO once normal (`1985-03-12`)."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tocsin.citation import Citation, Verification
from tocsin.kinds.checks import All, Calendar, Check, Length, Number, Within
from tocsin.kinds.kind import Category, Example, Kind, Lower, Step, Swap

SEEN = date(2026, 11, 21)
# A month's writings, small and without accents, for patterns hold ASCII only: `février` and `août` are not read.
MONTHS = (
    ("janvier", "january", "janv", "jan"),
    ("fevrier", "february", "fevr", "feb"),
    ("mars", "march", "mar"),
    ("avril", "april", "avr", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "july", "juil", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
# The engine looks for a digit after at most eight letters: a longer name may not open a pattern.
OPENING = 8


def _names(longest: int) -> str:
    """The months' names of at most `longest` letters, as written small, with a capital, and in capitals."""
    names = {way for month in MONTHS for name in month for way in (name, name.capitalize(), name.upper())}
    return "|".join(sorted((name for name in names if len(name) <= longest), key=lambda name: (-len(name), name)))


MONTH = f"(?:{_names(99)})[.]?"
FIRST_MONTH = f"(?:{_names(OPENING)})"
HOUR = "(?:[ T](?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{1,9})?)?(?:Z|[+-][01][0-9]:?[0-5][0-9])?)?"
DAY, NUMBER = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])"
YEAR = "(?:1[89][0-9][0-9]|20[0-9][0-9])"
FULL = (
    f"{YEAR}-{NUMBER}-{DAY}{HOUR}|{YEAR}/{NUMBER}/{DAY}{HOUR}|{YEAR}[.]{NUMBER}[.]{DAY}",
    f"{DAY}/{NUMBER}/{YEAR}{HOUR}|{DAY}-{NUMBER}-{YEAR}{HOUR}|{DAY}[.]{NUMBER}[.]{YEAR}{HOUR}",
    f"{NUMBER}/(?:1[3-9]|2[0-9]|3[01])/{YEAR}{HOUR}",
    f"{DAY}(?:er|ER|st|nd|rd|th)?[ .-]{{1,2}}(?:of )?{MONTH}[ .-]{{1,2}}(?:{YEAR}|[0-9][0-9])",
    f"{FIRST_MONTH} {DAY}(?:st|nd|rd|th)?,? {YEAR}",
)
SHORT = f"{DAY}/{NUMBER}/[0-9][0-9]|{DAY}[.]{NUMBER}[.][0-9][0-9]|{DAY}-{NUMBER}-[0-9][0-9]"

# Two-digit years up to 29 belong to the century 2000.
TWO_DIGITS_2000 = "[012][0-9]"
TWO_DIGITS_1900 = "[3-9][0-9]"
NAMED = tuple(
    Swap(f"[ .-]*(?:of )?(?:{'|'.join(names)})[.]?[ .-]*", f"/{at:02d}/") for at, names in enumerate(MONTHS, 1)
)
# The usual writing first: what it settles passes the other steps by.
USUAL = Swap("^(0[1-9]|[12][0-9]|3[01])[/.-]([01][0-9])[/.-]([12][0-9]{3})$", "${3}-${2}-${1}")
PARTIAL_ISO: tuple[Step, ...] = (
    USUAL,
    Lower(),
    Swap("[ t][0-9]{1,2}:[0-9]{2}[0-9:.z+-]*$", ""),
    *NAMED,
    Swap("^/([0-9]{2})/([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})$", "${3}-${1}-${2}"),
    Swap("^([0-9]{1,2})(?:er|st|nd|rd|th)?[ /.-]{1,2}([0-9]{1,2})[ /.-]{1,2}([0-9]{4})$", "${3}-${2}-${1}"),
    Swap("^([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})$", "${1}-${2}-${3}"),
    Swap("^([0-9]{4})-(1[3-9]|[23][0-9])-(0?[1-9]|1[0-2])$", "${1}-${3}-${2}"),
    Swap(f"^([0-9]{{1,2}})[ /.-]([0-9]{{1,2}})[ /.-]({TWO_DIGITS_2000})$", "20${3}-${2}-${1}"),
    Swap(f"^([0-9]{{1,2}})[ /.-]([0-9]{{1,2}})[ /.-]({TWO_DIGITS_1900})$", "19${3}-${2}-${1}"),
    Swap("^([0-9]{4})-([0-9])(-|$)", "${1}-0${2}${3}"),
    Swap("-([0-9])$", "-0${1}"),
)


def calendar(first: int, last: int) -> Check:
    """A day of the calendar in `yyyy-mm-dd` whose year lies in [first, last]."""
    return All(
        (Length((10,)), Within(Number(0, 4), first, last), Calendar(Number(0, 4), Number(5, 7), Number(8, 10)))
    )


def write(day: date, rng: random.Random) -> str:
    """`day` in one of the commoner writings, French ones most often."""
    english = ("January", "February", "March", "April", "May", "June", "July", "August", "Sept", "October",
               "November", "December")[day.month - 1]
    ways = (
        f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}",
        f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1][0]} {day.year}", f"{english} {day.day}, {day.year}",
    )
    return rng.choices(ways, (8, 6, 2, 1, 2, 1))[0]


def fake(rng: random.Random) -> str:
    """A day between 1990 and 2029."""
    return write(date(1990, 1, 1) + timedelta(days=rng.randrange(14600)), rng)


KIND = Kind(
    name="any.date",
    label={"fr": "date", "en": "date"},
    category=Category.OTHER,
    pattern="|".join((*FULL, SHORT)),
    normalise=PARTIAL_ISO,
    check=calendar(1800, 2100),
    prior=1.0,
    headers=(
        "date", "date creation", "created at", "updated at", "date modification", "date inscription", "date debut",
        "date fin", "date visite", "date rendez vous", "date facture", "date commande", "last login",
        "timestamp", "date heure", "datetime", "horodatage", "date entree", "date sortie", "date prelevement",
    ),
    context=("date", "le", "du", "au", "on", "since", "until", "jour"),
    fake=fake,
    valid=(
        Example(value="1985-04-12", source="RFC 3339, section 5.8 (1985-04-12T23:20:50.52Z)"),
        Example(value="1985-04-12T23:20:50.52Z", source="RFC 3339, section 5.8"),
        Example(value="1996-12-19T16:39:57-08:00", source="RFC 3339, section 5.8"),
        Example(value="1990-12-31T23:59:00Z", source="RFC 3339, section 5.8 (a leap second, here a second earlier)"),
    ),
    invalid=("31/02/2024", "2024-13-13", "00/00/0000", "32/01/2024", "2023-02-29", "12 brumaire 1985", "1799-12-31"),
    in_text=(
        ("Vu le 12 mars 2024 et le 1er juin 2023, revu le 03/04/24.", ("12 mars 2024", "1er juin 2023", "03/04/24")),
        ("Signed on March 5, 2021; valid until 2026-03-05.", ("March 5, 2021", "2026-03-05")),
        ("Version 1.2.3, ratio 12/34, dossier 2024-99-01, 31/02/2024.", ()),
    ),
    citations=(
        Citation(
            title="RFC 3339, sections 5.6 (full-date) and 5.8 (examples)",
            url="https://www.rfc-editor.org/rfc/rfc3339#section-5.6",
            verification=Verification.SECONDARY,
            checked_on=SEEN,
        ),
        Citation(
            title="Unicode CLDR, calendar of French: day month year",
            url="https://www.unicode.org/cldr/charts/latest/summary/fr.html",
        ),
    ),
    show=(0, 0),
)
