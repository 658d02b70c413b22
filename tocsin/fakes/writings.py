"""How one and the same thing is written in different files: numbers in groups, dates, phones, names with and without accents."""

from __future__ import annotations

import random
from datetime import date

from tocsin.fakes.known import Known
from tocsin.fakes.person import Address, Person, bare
from tocsin.kinds.making import groups


def social(rng: random.Random, number: str, *, in_groups: float = 0.3, wrong: float = 0.0) -> Known:
    """A NIR, now and then in groups, now and then with a wrong key."""
    good = rng.random() >= wrong
    if not good:
        number = f"{number[:13]}{(int(number[13:]) + rng.randrange(1, 96)) % 97 + 1:02d}"
        good = False
    text = groups(number, 1, 2, 2, 2, 3, 3, 2) if rng.random() < in_groups else number
    return Known(text, (("fr.nir", number if good else None),))


def telephone(rng: random.Random, digits: str) -> Known:
    """A phone number in one of the ways people write it."""
    pairs = groups(digits, 2)
    ways = (digits, pairs, pairs, pairs.replace(" ", "."), pairs.replace(" ", "-"), f"+33{digits[1:]}")
    more = (f"+33 {digits[1]} {groups(digits[2:], 2)}", f"0033{digits[1:]}")
    return Known(rng.choice(ways + more), (("any.phone", f"+33{digits[1:]}"),))


def mail(rng: random.Random, address: str) -> Known:
    """An e-mail address, now and then in capitals."""
    text = address.upper() if rng.random() < 0.06 else address
    return Known(text, (("any.email", address),))


def account(rng: random.Random, number: str) -> Known:
    """An IBAN, now and then in groups of four."""
    text = groups(number, 4) if rng.random() < 0.35 else number
    return Known(text, (("any.iban", number),))


def doctor_number(rng: random.Random, number: str) -> Known:
    """An RPPS number, now and then in groups."""
    text = groups(number, 2, 3) if rng.random() < 0.1 else number
    return Known(text, (("fr.rpps", number),))


def birth(day: date, form: str = "%d/%m/%Y") -> Known:
    """A date of birth in a form."""
    return Known(day.strftime(form), (("any.birth_date", day.isoformat()),))


def surname(rng: random.Random, name: str) -> Known:
    """A surname: in capitals mostly, accents now and then lost."""
    return Known(careless(rng, name.upper() if rng.random() < 0.7 else name), (("any.surname", key(name)),))


def given(rng: random.Random, name: str) -> Known:
    """A given name, accents now and then lost, now and then in capitals."""
    return Known(
        careless(rng, name.upper() if rng.random() < 0.15 else name), (("any.given_name", key(name)),)
    )


def careless(rng: random.Random, text: str) -> str:
    """`text`, one time in five without its accents."""
    return bare(text) if rng.random() < 0.2 else text


def key(name: str) -> str:
    """What writings of one name share."""
    return bare(name).lower()


def postcode(address: Address) -> Known:
    """A postcode."""
    return Known(address.postcode, (("fr.postcode", address.postcode),))


def sex(somebody: Person) -> Known:
    """F or M."""
    return Known(somebody.sex, (("any.sex", somebody.sex),))


def bank(code: str) -> Known:
    """A BIC."""
    return Known(code, (("any.bic", code),))


def town(name: str) -> Known:
    """The name of a commune."""
    return Known(name, (("any.city", key(name)),))


def analysis(term: str) -> Known:
    """A word of laboratories."""
    return Known(term, (("any.laboratory", key(term)),))


def title(somebody: Person) -> str:
    """Madame or Monsieur."""
    return "Monsieur" if somebody.sex == "M" else "Madame"
