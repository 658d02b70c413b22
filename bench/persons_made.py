"""Made-up records of persons with their truth, as a scan would have kept them: families, errors by source, defaults.

Nobody is real: names are drawn apart from each other by their frequency, numbers at random. What varies follows
facts on French leaks: usage and birth names, compound given names, twins, a father and a son of one name, couples
that share a mailbox, a phone, an address, children who carry their parent's social-security number, default values,
prepaid numbers given to somebody else, missing values that go together in one source.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.lists import rows

Numbers = npt.NDArray[np.int64]
Words = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How the records of one leak go wrong: shares between 0 and 1."""

    name: str
    again: float = 0.4
    nir: float = 0.6
    email: float = 0.75
    phone: float = 0.7
    dob: float = 0.9
    postcode: float = 0.95
    typo: float = 0.06
    swap: float = 0.03
    usage: float = 0.10
    moved: float = 0.12
    renewed: float = 0.15
    family: float = 0.35
    default: float = 0.005
    day_month: float = 0.01
    own_nir_minors: float = 0.5


PROFILES = (
    Profile(name="laboratory"),
    Profile(name="insurer", nir=0.95, again=0.2, email=0.5, phone=0.5),
    Profile(name="shop", nir=0.0, email=0.98, phone=0.6, dob=0.3, again=0.8),
    Profile(name="town", nir=0.1, email=0.4, phone=0.5, dob=0.8, typo=0.09, swap=0.05, family=0.6),
)


def made(persons: int, profile: Profile, seed: int) -> tuple[pl.DataFrame, Numbers]:
    """Records of `persons` persons in the columns of records.parquet, and the number of each record's person."""
    rng = np.random.default_rng(seed)
    people = _people(persons, profile, rng)
    copies = 1 + rng.poisson(profile.again, persons)
    truth = np.repeat(np.arange(persons), copies)
    truth = truth[rng.permutation(len(truth))]
    return _records(people, truth, profile, rng), truth


def _drawn(name: str, count: int, rng: np.random.Generator) -> Words:
    """Names of a bundled list, the common ones more often."""
    entries = rows(name)
    weights = np.array([float(row[1]) for row in entries]) ** 0.9
    drawn = rng.choice(len(entries), count, p=weights / weights.sum())
    return np.array([row[0] for row in entries], dtype=object)[drawn]


def _people(count: int, profile: Profile, rng: np.random.Generator) -> pl.DataFrame:
    """The persons as they are."""
    people, household, shares = _identities(count, profile, rng)
    head = household != np.arange(count)
    sex, year, month = (people[name].to_numpy() for name in ("sex", "year", "month"))
    place = rng.integers(1, 96, count)
    serial = rng.integers(1, 1000, count)
    commune = rng.integers(1, 990, count)
    nir = sex * 10**12 + (year % 100) * 10**10 + month * 10**8 + place * 10**6 + commune * 1000 + serial
    minor = year > 2007
    nir = np.where(minor & head & (rng.random(count) > profile.own_nir_minors), nir[household], nir)
    hosts = pl.Series(np.array(["example.com", "example.org", "mail.example.fr"])[rng.integers(0, 3, count)])
    number = pl.Series(np.arange(count) % 997).cast(pl.String)
    local = _letters(people["given"]) + "." + _letters(people["family"])
    email = (local + number + "@" + hosts).to_numpy()
    phone = rng.integers(600_000_000, 799_999_999, count)
    return people.with_columns(
        nir=nir,
        email=np.where(shares, email[household], email).astype(str),
        phone=np.where(shares, phone[household], phone),
        postcode=np.where(head, (place * 1000 + commune)[household], place * 1000 + commune),
        iban=rng.integers(10**17, 9 * 10**17, count),
    )


def _identities(
    count: int, profile: Profile, rng: np.random.Generator
) -> tuple[pl.DataFrame, Numbers, npt.NDArray[np.bool_]]:
    """Names, sex and birth; the head of each person's household; who shares the head's mailbox and telephone."""
    family = _drawn("surnames", count, rng)
    given = _drawn("given_names", count, rng)
    second = _drawn("given_names", count, rng)
    given = np.where(rng.random(count) < 0.05, given + "-" + second, given)
    sex = rng.integers(1, 3, count)
    year = np.clip(rng.normal(1975, 23, count).astype(int), 1920, 2025)
    month, day = rng.integers(1, 13, count), rng.integers(1, 29, count)
    household = _households(count, profile, rng)
    head = household != np.arange(count)
    family = np.where(head, family[household], family)
    twin = head & (rng.random(count) < 0.02)
    year, month, day = (np.where(twin, part[household], part) for part in (year, month, day))
    namesake = head & ~twin & (rng.random(count) < 0.02)
    given = np.where(namesake, given[household], given)
    shares = head & (rng.random(count) < 0.3)
    birth_family = np.where((sex == 2) & (rng.random(count) < 0.4), _drawn("surnames", count, rng), family)
    names = {"family": family, "birth_family": birth_family, "given": given}
    born = {"sex": sex, "year": year, "month": month, "day": day}
    return pl.DataFrame({name: part.astype(str) for name, part in names.items()} | born), household, shares


def _letters(names: pl.Series) -> pl.Series:
    """Names as a mailbox writes them."""
    return names.str.normalize("NFKD").str.replace_all("[^A-Za-z]", "").str.to_lowercase()


def _households(count: int, profile: Profile, rng: np.random.Generator) -> Numbers:
    """For each person the head of the household; a head is its own."""
    heads = np.arange(count)
    member = rng.random(count) < profile.family
    member[0] = False
    owner = np.maximum.accumulate(np.where(member, 0, heads))
    return np.where(member, owner, heads)


def _records(
    people: pl.DataFrame, truth: Numbers, profile: Profile, rng: np.random.Generator
) -> pl.DataFrame:
    """What each record says of its person, by the habits of its source."""
    count = len(truth)
    of = people[truth]
    source = rng.integers(0, 3, count)
    complete = np.array([1.1, 1.0, 0.7])[source]

    def kept(share: float) -> npt.NDArray[np.bool_]:
        return rng.random(count) < np.minimum(share * complete, 1.0)

    family, given = _named(of, source, profile, rng)
    dob = _born(of, profile, rng)
    phone, email, postcode = _reached(of, profile, rng)
    nir13 = of["nir"].to_numpy()
    nir = [f"{n:013d}{k:02d}" for n, k in zip(nir13, 97 - nir13 % 97, strict=True)]
    columns = {
        "any.surname": _lists(family, rng.random(count) < 0.995),
        "any.given_name": _lists(given, rng.random(count) < 0.99),
        "any.birth_date": _lists(dob, kept(profile.dob)),
        "any.sex": _lists(np.where(of["sex"].to_numpy() == 1, "M", "F"), rng.random(count) < 0.5),
        "fr.nir": _lists(nir, kept(profile.nir)),
        "any.email": _lists(email, kept(profile.email)),
        "any.phone": _lists([f"+33{n}" for n in phone], kept(profile.phone)),
        "fr.postcode": _lists([f"{n:05d}" for n in postcode], kept(profile.postcode)),
        "any.iban": _lists([f"FR76{n}" for n in of["iban"].to_numpy()], kept(0.2)),
    }
    record = np.empty(count, dtype=np.int64)
    for number in range(3):
        record[source == number] = np.arange(int((source == number).sum()))
    mention = np.zeros(count, dtype=np.int32)
    head = {"source_id": source.astype(np.int32), "record": record, "mention": mention}
    return pl.DataFrame({**head, **columns})


def _named(
    of: pl.DataFrame, source: Numbers, profile: Profile, rng: np.random.Generator
) -> tuple[npt.NDArray[np.generic], Words]:
    """Surnames and given names as written: the birth name, half a compound, slips, the wrong way round, capitals."""
    count = of.height
    usage = rng.random(count) < profile.usage + 0.3 * (source == 2)
    family = np.where(usage, of["birth_family"].to_numpy(), of["family"].to_numpy().astype(object))
    given = of["given"].to_numpy().astype(object)
    short = rng.random(count) < 0.15
    given = np.where(short, np.array([name.split("-")[0] for name in given], dtype=object), given)
    family, given = _spoilt(family, profile.typo, rng), _spoilt(given, profile.typo, rng)
    swapped = rng.random(count) < profile.swap
    family, given = np.where(swapped, given, family), np.where(swapped, family, given)
    return np.where(source == 1, np.char.upper(family.astype(str)), family.astype(str)), given


def _born(of: pl.DataFrame, profile: Profile, rng: np.random.Generator) -> list[str]:
    """Birth dates as written: day and month exchanged, another day, a default."""
    count = of.height
    year, month, day = (of[name].to_numpy().copy() for name in ("year", "month", "day"))
    turned = (rng.random(count) < profile.day_month) & (day <= 12)
    month, day = np.where(turned, day, month), np.where(turned, month, day)
    wrong = rng.random(count) < profile.typo / 3
    day = np.where(wrong, rng.integers(1, 29, count), day)
    default = rng.random(count) < profile.default
    year, month, day = np.where(default, 1900, year), np.where(default, 1, month), np.where(default, 1, day)
    return [f"{y:04d}-{m:02d}-{d:02d}" for y, m, d in zip(year, month, day, strict=True)]


def _reached(
    of: pl.DataFrame, profile: Profile, rng: np.random.Generator
) -> tuple[npt.NDArray[np.generic], ...]:
    """Telephone, mailbox and postcode as written: new ones, an employer's, defaults, another town."""
    count = of.height
    renewed = rng.random(count) < profile.renewed
    phone = np.where(renewed, rng.integers(600_000_000, 799_999_999, count), of["phone"].to_numpy())
    phone = np.where(rng.random(count) < profile.default, 600_000_000, phone)
    changed = rng.random(count) < profile.renewed / 2
    new = np.array([f"n{n}@example.net" for n in rng.integers(0, 10**9, count)], dtype=object)
    email = np.where(changed, new, of["email"].to_numpy().astype(object))
    email = np.where(rng.random(count) < profile.default, "contact@employer.example.org", email)
    moved = rng.random(count) < profile.moved
    postcode = np.where(moved, rng.integers(1000, 95999, count), of["postcode"].to_numpy())
    return phone, email, postcode


def _lists(values: object, kept: npt.NDArray[np.bool_]) -> pl.Series:
    series = pl.Series(values, dtype=pl.String, strict=False)
    return pl.select(pl.when(pl.Series(kept)).then(pl.concat_list(series)).otherwise(None)).to_series()


def _spoilt(names: Words, share: float, rng: np.random.Generator) -> Words:
    """Some names with one letter left out, doubled, exchanged or replaced."""
    names = names.copy()
    for at in np.flatnonzero(rng.random(len(names)) < share):
        name = names[at]
        if len(name) < 3:
            continue
        place, way = int(rng.integers(1, len(name))), rng.random()
        if way < 0.3:
            names[at] = name[:place] + name[place + 1 :]
        elif way < 0.5:
            names[at] = name[:place] + name[place - 1] + name[place:]
        elif way < 0.75:
            names[at] = name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :]
        else:
            names[at] = name[:place] + "abcdefghijklmnopqrstuvwxyz"[int(rng.integers(26))] + name[place + 1 :]
    return names
