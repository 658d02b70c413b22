"""Decides which columns hold names, places, nationalities or addresses: by ratios between lists and by headers.

No single list decides. A column without a helpful header needs most of its distinct values likelier as names
than as words and as any other list's entries, and enough of them; a header lowers that bar; the neighbour
column (a given name beside a surname) stands for a header. Where lists have little to say (names from
elsewhere), a header that can mean nothing else is enough if the values are shaped like names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from tocsin.kinds.any import address, city, full_name, given_name, nationality, region, street, surname
from tocsin.kinds.fr import commune
from tocsin.kinds.kind import Kind
from tocsin.scan import headers
from tocsin.scan.arrays import Bools
from tocsin.scan.likeness import PLACEHOLDERS, TITLES, Likeness, measure, name_shaped

GIVEN, SURNAME, FULL = given_name.KIND, surname.KIND, full_name.KIND
CITY, COMMUNE, REGION, NATIONALITY = city.KIND, commune.KIND, region.KIND, nationality.KIND
ADDRESS, STREET = address.KIND, street.KIND
KINDS = (GIVEN, SURNAME, FULL, CITY, COMMUNE, REGION, NATIONALITY, ADDRESS, STREET)
PARTNERS = {GIVEN.name: SURNAME, SURNAME.name: GIVEN}

# Headers that name a kind but other things as well: a product has a `nom`, a table a `client`.
VAGUE = frozenset(
    {("nom",), ("name",), ("client",), ("contact",), ("patient",), ("medecin",), ("responsable",)}
)
FEWEST, MANY = 20, 200
NOBODY = PLACEHOLDERS + TITLES
SEVERAL = 0.6
CLEAR = 0.8


@dataclass(frozen=True, slots=True)
class Judged:
    """A kind that a column holds: rows that are not empty, rows whose value is plausible, how sure and why.

    `evidence` is "list" (the values alone), "list+header", "pair" (the values and the neighbour column) or
    "header" (the header, and values of the right form). `confidence` lies in (0, 1).
    """

    kind: str
    candidates: int
    valid: int
    confidence: float
    evidence: str


@dataclass(frozen=True, slots=True)
class _Column:
    """What the decision looks at: the likeness, the header's strength for each kind, the neighbours."""

    like: Likeness
    announced: dict[str, float]
    vague: bool
    barred: bool
    beside: frozenset[str]


def judge(
    values: pl.DataFrame,
    header: str | None,
    neighbours: Sequence[str] = (),
    neighbour_kinds: Sequence[str] = (),
) -> list[Judged]:
    """The kinds of names or places that a column holds: none or one.

    `values` has one row a distinct value: `value` (String, not null) and `count` (rows that hold it);
    `neighbours` are the headers of the columns beside it, `neighbour_kinds` what was found there already.
    """
    filled = values.filter(pl.col("value").str.strip_chars() != "")
    if filled.is_empty():
        return []
    column = _look(filled["value"], header, neighbours, neighbour_kinds)
    decided = _decide(column)
    if decided is None:
        return []
    kind, evidence, confidence = decided
    valid = int(filled.filter(plausible(kind))["count"].sum())
    return (
        [Judged(kind.name, int(filled["count"].sum()), valid, round(confidence, 3), evidence)]
        if valid
        else []
    )


def _look(
    values: pl.Series, header: str | None, neighbours: Sequence[str], neighbour_kinds: Sequence[str]
) -> _Column:
    """The column's evidence."""
    words = headers.tokens(header or "")
    announced = {kind.name: headers.matches(words, kind.headers) for kind in KINDS}
    beside = set(neighbour_kinds)
    for neighbour in neighbours:
        other = headers.tokens(neighbour)
        beside |= {kind.name for kind in (GIVEN, SURNAME) if headers.matches(other, kind.headers) >= CLEAR}
    barred = headers.about_something_else(words) and max(announced.values()) < CLEAR
    return _Column(measure(values), announced, words in VAGUE, barred, frozenset(beside))


def _decide(column: _Column) -> tuple[Kind, str, float] | None:
    """The kind, the evidence and the confidence, or nothing."""
    return _address(column) or _person(column) or _place(column)


def _address(column: _Column) -> tuple[Kind, str, float] | None:
    """An address (most values with number and way) or a street (a way first)."""
    like = column.like
    for kind, share in ((ADDRESS, like.address + like.street), (STREET, like.street)):
        told = column.announced[kind.name]
        if kind is ADDRESS and like.address < 0.2 and column.announced[STREET.name] >= told:
            continue
        if told >= CLEAR and share >= 0.2:
            return kind, "list+header", 0.9 + 0.09 * min(share, 1.0)
        if share >= 0.6 and like.distinct >= 5 and not column.barred:
            return kind, "list", 0.5 + 0.45 * min(share, 1.0)
        if told >= CLEAR and kind is ADDRESS and like.several >= 0.5 and like.distinct >= 5:
            return kind, "header", 0.6
    return None


def _person(column: _Column) -> tuple[Kind, str, float] | None:
    """A given name, a surname or both."""
    like = column.like
    if like.company > 0.15 or like.departement + like.region > 0.6 or _told_a_place(column):
        return None
    scores = (
        (GIVEN, like.given, like.hit_given),
        (SURNAME, like.surname, like.hit_surname),
        (FULL, like.full, like.hit_full),
    )
    for kind, score, share in sorted(scores, key=lambda row: -_leaning(row[0], row[1], column)):
        rival = max([like.word, like.city, 0.0] + [other for named, other, _ in scores if named is not kind])
        found = _named(kind, share, score - rival, column)
        if found is not None:
            return kind, *found
    return None


def _told_a_place(column: _Column) -> bool:
    """Whether the header announces a place and no name."""
    people = max(column.announced[kind.name] for kind in (GIVEN, SURNAME, FULL))
    places = max(
        column.announced[kind.name] for kind in (CITY, COMMUNE, REGION, NATIONALITY, ADDRESS, STREET)
    )
    return places >= CLEAR > people


def _leaning(kind: Kind, score: float, column: _Column) -> float:
    """The score with what header and neighbour add to it, so that the likeliest kind is tried first."""
    several = column.like.several >= SEVERAL
    if kind is FULL and not several:
        return -9.0
    told = 0.0 if several and kind is not FULL else column.announced[kind.name]
    return score + 1.2 * told + (0.8 if _beside(kind, column) else 0.0)


def _beside(kind: Kind, column: _Column) -> bool:
    """Whether the other half of a person's name stands in a neighbour column, and this half does not."""
    partner = PARTNERS.get(kind.name)
    return partner is not None and partner.name in column.beside and kind.name not in column.beside


def _named(kind: Kind, share: float, lead: float, column: _Column) -> tuple[str, float] | None:
    """Evidence and confidence for one kind of name: its `share` of the values and its `lead` over all rivals."""
    like, told = column.like, column.announced[kind.name]
    beside = _beside(kind, column)
    if column.barred or like.named < 0.5 or (kind is FULL and like.several < SEVERAL):
        return None
    if told >= CLEAR:
        vague = column.vague and not beside
        enough = 0.35 if not vague else 0.6 if like.distinct < MANY else 0.4
        if share >= enough and _beats_words(kind, column):
            return "list+header", 0.85 + 0.14 * share
        if not vague and kind is not FULL and like.named >= 0.8 and like.word < 0.5:
            return "header", 0.6
    if beside and share >= 0.35 and lead > -0.3:
        return "pair", 0.8 + 0.15 * share
    if kind is SURNAME and like.several > 0.4:  # surnames side by side are towns or firms more often
        return None
    if share >= 0.6 and lead >= 0.3 and like.distinct >= FEWEST and told == 0:
        return "list", 0.4 + 0.5 * share
    return None


def _beats_words(kind: Kind, column: _Column) -> bool:
    """Whether the values are likelier as this kind of name than as ordinary words or as towns."""
    like = column.like
    score = {GIVEN.name: like.given, SURNAME.name: like.surname, FULL.name: like.full}[kind.name]
    return score > like.word and (score > like.city or like.hit_city < 0.6)


def _place(column: _Column) -> tuple[Kind, str, float] | None:
    """A town, a region or a nationality."""
    like, announced = column.like, column.announced
    for kind, share in ((NATIONALITY, like.nation), (REGION, like.region + like.departement)):
        if announced[kind.name] >= CLEAR and share >= 0.5:
            return kind, "list+header", 0.8 + 0.19 * share
    if like.demonym >= 0.8 and like.distinct >= 5 and not column.barred:
        return NATIONALITY, "list", 0.5 + 0.3 * like.demonym
    town = COMMUNE if announced[COMMUNE.name] > announced[CITY.name] else CITY
    told = announced[town.name]
    if told >= CLEAR and like.hit_city >= 0.3:
        return town, "list+header", 0.85 + 0.14 * like.hit_city
    if (
        told >= CLEAR
        and town is CITY
        and like.named >= 0.8
        and (like.word < 1.0 or like.several >= 0.3)
        and like.nation + like.departement < 0.5
    ):
        return town, "header", 0.6
    rival = max(like.given, like.surname, like.word, like.full, 0.0)
    if column.barred or like.departement + like.region > 0.5 or like.distinct < FEWEST:
        return None
    if like.hit_city >= 0.6 and like.city >= rival + 0.3:
        return town, "list", 0.4 + 0.5 * like.hit_city
    return None


def plausible(kind: Kind) -> pl.Expr:
    """The rows that count as valid: the form of a name, or anything of some length for an address."""
    value = pl.col("value")
    if kind in (ADDRESS, STREET):
        return value.str.contains(r"\p{L}{2}") & (value.str.len_chars() >= 4)
    if kind is NATIONALITY:
        return value.str.contains(r"^\P{N}{2,60}$")
    if kind in (CITY, COMMUNE):
        return value.str.contains(r"\p{L}{2}|^\p{L}$") & (value.str.len_chars() <= 60)
    return name_shaped(value)


def believable(kind: Kind, values: pl.Series) -> Bools:
    """Which of `values` are `plausible`: what ASCII letters show at once is not looked at again."""
    if kind is NATIONALITY:
        return _by_rule(kind, values)
    if kind in (ADDRESS, STREET, CITY, COMMUNE):
        told = values.str.contains("[A-Za-z]{2}").to_numpy()
        length = values.str.len_chars().to_numpy()
        passed: Bools = told & ((length >= 4) if kind in (ADDRESS, STREET) else (length <= 60))
    else:
        told = values.str.contains("^[A-Za-z]{1,60}$").to_numpy()
        passed = told & ~values.str.to_lowercase().is_in(NOBODY).to_numpy()
    rest = np.flatnonzero(~told)
    if len(rest):
        passed[rest] = _by_rule(kind, values.gather(rest))
    return passed


def _by_rule(kind: Kind, values: pl.Series) -> Bools:
    return pl.DataFrame({"value": values}).select(plausible(kind)).to_series().to_numpy()
