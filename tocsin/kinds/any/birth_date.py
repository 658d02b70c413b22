"""A date of birth: any writing of a date, whole or partial, where a header or words say that it is one."""

from __future__ import annotations

import random
from datetime import date, timedelta

from tocsin.kinds.any.date import DAY, FULL, MONTH, NUMBER, PARTIAL_ISO, SHORT, calendar, write
from tocsin.kinds.any.date import KIND as DATE
from tocsin.kinds.checks import All, Either, Length, Number, Within
from tocsin.kinds.kind import Category, Example, Kind, Needs, Swap

FIRST, LAST = 1880, 2030
PLAUSIBLE = Within(Number(0, 4), FIRST, LAST)
BORN = "(?:18[89][0-9]|19[0-9][0-9]|20[0-2][0-9])"
MM, DD = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
COMPACT = f"{BORN}{MM}{DD}|{DD}{MM}{BORN}"
SPACED = f"{DAY} {NUMBER} {BORN}"
PARTIAL = f"{NUMBER}[/.-]{BORN}|{BORN}[/.-]{NUMBER}|{MONTH} {BORN}|{BORN}"
UNKNOWN_DAY = f"00/(?:00|{NUMBER})/{BORN}|{BORN}-(?:00|{NUMBER})-00"


def fake(rng: random.Random) -> str:
    """A birth between 1930 and 2018, whole nineteen times in twenty, else the month or the year alone."""
    day = date(1930, 1, 1) + timedelta(days=rng.randrange(32000))
    if rng.random() < 0.95:
        return write(day, rng) if rng.random() < 0.9 else f"{day:%Y%m%d}"
    return rng.choice((f"{day:%m/%Y}", f"{day.year}"))


KIND = Kind(
    name="any.birth_date",
    label={"fr": "date de naissance", "en": "date of birth"},
    category=Category.BIRTH,
    pattern="|".join((*FULL, SHORT, SPACED, COMPACT, UNKNOWN_DAY, PARTIAL)),
    normalise=(
        Swap("^00/(?:00/)?", ""),
        *PARTIAL_ISO,
        Swap("^([12][0-9]{3})(0[1-9]|1[0-2])([0-3][0-9])$", "${1}-${2}-${3}"),
        Swap("^([0-3][0-9])([01][0-9])([12][0-9]{3})$", "${3}-${2}-${1}"),
        Swap("^/?([0-9]{2})[ /.-]([0-9]{4})$", "${2}-${1}"),
        Swap("^/?([0-9])[ /.-]([0-9]{4})$", "${2}-0${1}"),
        Swap("^([0-9]{4})[/.]([0-9])$", "${1}-0${2}"),
        Swap("^([0-9]{4})[/.]([0-9]{2})$", "${1}-${2}"),
        Swap("(?:-00)+$", ""),
    ),
    check=Either(
        (
            calendar(FIRST, LAST),
            All((Length((7,)), PLAUSIBLE, Within(Number(5, 7), 1, 12))),
            All((Length((4,)), PLAUSIBLE)),
        )
    ),
    needs=Needs.CONTEXT,
    headers=(
        "date naissance", "date de naissance", "naissance", "ddn", "dnaiss", "date naiss", "dt naissance",
        "dt naiss", "ne le", "nee le", "birth date", "birthdate", "date of birth", "dob", "birthday", "birth day",
        "born", "annee naissance", "annee de naissance", "birth year", "year of birth", "anniversaire", "datnais",
        "date nais", "datenaissance", "patient dob", "date naissance patient", "geburtsdatum", "bday",
    ),
    context=(
        "né", "née", "nés", "naissance", "ddn", "naiss", "anniversaire", "born", "birth", "birthdate", "dob", "birthday",
    ),
    fake=fake,
    valid=(
        *DATE.valid[:3],
        Example(value="1985-04", source="RFC 6350, section 4.3.1 (date: year and month alone)"),
        Example(value="1985", source="RFC 6350, section 4.3.1 (date: the year alone)"),
    ),
    invalid=("31/02/1985", "1879-12-31", "2031-01-02", "13/1985", "1985-13", "0000-00-00", "1850", "12/03"),
    in_text=(
        ("Patient né le 12/03/1985 à Lyon ; sa fille, née en 2012.", ("12/03/1985", "2012")),
        ("Date de naissance : 12 mars 1985. DDN 01.02.53", ("12 mars 1985", "01.02.53")),
        ("She was born on March 12, 1985 (dob 1985-03-12).", ("March 12, 1985", "1985-03-12")),
        ("Facture du 31/02/2024, article 3 alinéa 2.", ()),
    ),
    citations=DATE.citations,
    dpv="https://w3id.org/dpv/pd#BirthDate",
    show=(0, 0),
)
