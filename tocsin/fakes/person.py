"""A person who does not exist: the same for a seed and a number, so that no leak has to keep its persons in memory."""

from __future__ import annotations

import random
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from tocsin.kinds.any import bic, email, given_name, iban, password, phone, street, surname
from tocsin.kinds.fr import nir, rpps
from tocsin.kinds.lists import draw, rows

YEAR = 2026


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where somebody lives."""

    line: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody invented. Numbers are compact, `phone` has ten digits; `rpps` is that of a doctor only."""

    key: str
    given: str
    surname: str
    birth_name: str
    sex: str
    born: date
    nir: str
    home: Address
    before: Address
    phone: str
    email: str
    iban: str
    bic: str
    password: str
    rpps: str = ""

    @property
    def minor(self) -> bool:
        """Whether the person was under eighteen at the beginning of `YEAR`."""
        return YEAR - self.born.year < 18


def person(seed: int, number: int, role: str = "p") -> Person:
    """Person `number` of a leak with this seed; `role` "p" for its persons, "d" for doctors."""
    rng = random.Random(f"{seed}/{role}/{number}")
    given, family = _western(given_name.fake, rng), _western(surname.fake, rng)
    number15 = compact(nir.fake(rng))
    sex = "M" if number15[0] == "1" else "F"
    married = sex == "F" and rng.random() < 0.3
    return Person(
        key=f"{role}{number:07d}",
        given=given,
        surname=_western(surname.fake, rng) if married else family,
        birth_name=family,
        sex=sex,
        born=_birth(number15, rng),
        nir=number15,
        home=address(rng),
        before=address(rng),
        phone=telephone(seed, number, role),
        email=mailbox(given, family, number, role, rng),
        iban=compact(iban.fake(rng)),
        bic=bic.fake(rng),
        password=password.fake(rng),
        rpps=compact(rpps.fake(rng)) if role == "d" else "",
    )


@lru_cache(maxsize=4096)
def doctor(seed: int, number: int) -> Person:
    """Doctor `number` of a leak with this seed; doctors come again and again, so the last ones are kept."""
    return person(seed, number, "d")


def address(rng: random.Random) -> Address:
    """A street that leads to nobody, in a commune drawn by its size, with a postcode of its département."""
    line = f"{rng.randrange(1, 200)}{rng.choice(('', '', '', ' bis'))} {street.fake(rng).lower()}"
    city = draw("communes", rng)
    codes = _postcodes(_departments()[city])
    return Address(line=line, postcode=rng.choice(codes), city=city)


def telephone(seed: int, number: int, role: str) -> str:
    """Ten digits in the ranges that ARCEP keeps for fiction; no two alike among the first 50,000 persons.

    The last range is that of the doctors.
    """
    ranges = phone.FICTION[:-1] if role == "p" else phone.FICTION[-1:]
    turn, place = divmod(number, len(ranges))
    return f"0{ranges[place]}{(turn * 7919 + seed + place * 3571) % 10000:04d}"


def mailbox(given: str, family: str, number: int, role: str, rng: random.Random) -> str:
    """An address of the person's own name under a domain kept for examples (RFC 2606); no two persons share one."""
    alias = f"{bare(given)}{rng.choice('.-_')}{bare(family)}".replace(" ", "").replace("'", "").lower()
    return f"{alias}.{role}{number}@{rng.choice(email.DOMAINS)}"


def bare(text: str) -> str:
    """`text` without accents: what a careless export leaves of it."""
    spelled = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    return "".join(char for char in unicodedata.normalize("NFD", spelled) if not unicodedata.combining(char))


def compact(value: str) -> str:
    """`value` without what is put between groups."""
    return value.translate({ord(char): None for char in " .-/"})


def _western(draw_name: object, rng: random.Random) -> str:
    """A name that Windows-1252 can write and whose letters without accents are ASCII: drawn again until it is."""
    assert callable(draw_name)
    while True:
        name = str(draw_name(rng))
        if bare(name).isascii() and all(char.isalpha() or char in " '-" for char in name):
            return name


def _birth(number: str, rng: random.Random) -> date:
    """The birth date that the NIR tells, its day drawn."""
    year = int(number[1:3])
    return date(2000 + year if year < YEAR - 2000 else 1900 + year, int(number[3:5]), rng.randrange(1, 29))


@cache
def _departments() -> dict[str, str]:
    """The département of each commune (of the last of several namesakes)."""
    return {row[0]: row[2][:3] if row[2][:2] in ("97", "98") else row[2][:2] for row in rows("communes")}


@cache
def _postcodes(department: str) -> tuple[str, ...]:
    """The postcodes of a département; Corsica's two share 20."""
    start = "20" if department in ("2A", "2B") else department
    every = sorted(row[0] for row in rows("postcodes"))
    found = tuple(every[bisect_left(every, start) : bisect_left(every, start + "A")])
    return found or tuple(every[:100])
