"""How many persons, and between which bounds: from what the matching gets wrong when an identifier is hidden from it.

Mentions that share a primary identifier (a NIR, a tax number) carry their own truth. The identifier is hidden on some
of them and the matching is run once more: the groups that it makes of them, less the persons that they are, is the
error that a mention without identifier brings. That error, weighted by how complete the mentions without identifier
are, is taken from the count. The bounds come from resampling the persons, and from a share of the correction itself,
since mentions without an identifier are not quite those with one. They never come from moving a threshold.

Where no primary identifier is shared, what each trait (a mailbox, a telephone, a birth date) shows of the pairs that
another one shows says, by capture and recapture, how many pairs none shows; the bounds are then wider.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.people.conflicts import Columns, given_names
from tocsin.people.keys import Variants, joined
from tocsin.people.link import SEED, Linked, link
from tocsin.people.rules import Rules
from tocsin.people.similar import CLOSE, DIFFERENT, Names
from tocsin.people.thin import bare
from tocsin.people.traits import Traits, own_nir

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
LEVEL = 0.95
DRAWS = 400
LEAST = 100
CHOSEN = 0.4
# A leak of fewer mentions is looked at several times.
SMALL, REPEATS = 50_000, 4
# The hidden identifiers in order of trust, and which share of the correction stays in doubt with each.
HIDDEN = (("nir", 0.5), ("tax", 0.5))
RECAPTURE_DOUBT = 0.8
# The share of merges that stays in doubt where too few pairs are seen to tell how many are missed.
UNTOLD = 0.05
# No more of the groups than this are taken to be parts of others.
MOST_MISSED = 0.5
LISTS = (
    *(
        ("nir", "given3"),
        ("customer", "given3"),
        ("email", "given3"),
        ("phone", "given3"),
        ("iban", "given3"),
    ),
    *(("names", "dob"), ("names", "postcode"), ("nir", "dob")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """`estimate` persons, between `low` and `high` with the chance `level`; `method` names what it rests on."""

    estimate: int
    low: int
    high: int
    method: str
    level: float = LEVEL


def interval(traits: Traits, linked: Linked, rules: Rules) -> Interval:
    """The number of persons among the rows of `traits`, of which `linked` made its groups.

    Those known by an identifier alone may be persons of other groups: the lower bound counts none of them.
    """
    found = _counted(traits, linked, rules)
    columns: Columns = {name: linked.table[name].to_numpy() for name in linked.table.columns}
    unnamed = bare(columns, linked.label)
    low = found.low - unnamed.alone
    return _bounded(found.estimate - unnamed.likely, low, found.high, found.method, len(linked.label))


def _counted(traits: Traits, linked: Linked, rules: Rules) -> Interval:
    """The number of groups corrected, and its bounds."""
    for trait, doubt in HIDDEN:
        truth = _proven(traits, trait)
        if _shared(truth) >= LEAST:
            return _judged(linked.label, _errors(traits, truth, trait, rules), f"hidden_{trait}", doubt)
    return _recaptured(linked, traits)


def _proven(traits: Traits, trait: str) -> Numbers:
    """For each row the number of the person that an identifier proves, -1 where it proves none.

    An identifier on rows of different given names (a child under the insured parent's NIR) proves nothing.
    """
    table = own_nir(traits.table)
    columns: Columns = {name: table[name].to_numpy() for name in ("family", "given")}
    one, two = joined(Variants(table, traits.more.clear()), (trait,), most=None)
    level = given_names(columns, one, two, Names(traits.names))
    values = table[trait].to_numpy()
    spoilt = np.unique(values[one[(level >= DIFFERENT) & (level < CLOSE)]])
    known = (values != 0) & ~np.isin(values, spoilt)
    _, first, of = np.unique(values, return_index=True, return_inverse=True)
    # Persons are numbered by their first row, not by a hash that the case's secret shapes.
    number = np.argsort(np.argsort(first, kind="stable"), kind="stable")
    return np.where(known, number[of], -1)


def _shared(truth: Numbers) -> int:
    """How many rows share a proven person with an earlier row."""
    known = truth[truth >= 0]
    return len(known) - len(np.unique(known))


def _hidden(traits: Traits, trait: str, masked: npt.NDArray[np.bool_]) -> Traits:
    """The traits of somebody who does not see one of them on the masked rows."""
    gone = [trait, *(["nir_birth"] if trait == "nir" else [])]
    mask = pl.Series(masked)
    columns = [
        pl.when(mask).then(0).otherwise(pl.col(name)).cast(traits.table.schema[name]).alias(name)
        for name in gone
    ]
    rows = pl.Series(np.flatnonzero(masked)).implode()
    more = traits.more.filter(~((pl.col("trait") == trait) & pl.col("row").is_in(rows)))
    return replace(traits, table=traits.table.with_columns(columns), more=more)


def _masks(
    table: pl.DataFrame, truth: Numbers, rng: np.random.Generator
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """The rows of some proven persons, and those of them whose identifier is hidden: as often as rows that know the
    same other traits lack it."""
    known = truth >= 0
    chosen = known & (rng.random(int(truth.max(initial=0)) + 1) < CHOSEN)[np.maximum(truth, 0)]
    pattern = np.zeros(table.height, dtype=np.int64)
    for name in ("given", "dob", "email", "phone", "postcode"):
        pattern = pattern * 2 + (table[name] != 0).to_numpy()
    lacking = np.bincount(pattern[~known], minlength=32) / np.maximum(np.bincount(pattern, minlength=32), 1)
    return chosen, chosen & (rng.random(table.height) < lacking[pattern])


def _errors(traits: Traits, truth: Numbers, trait: str, rules: Rules) -> tuple[Floats, Floats]:
    """Of each proven person: groups less persons, and merges, when the identifier is hidden from the matching.

    A row's part of the error is 1 over the rows of its group less 1 over the rows of its person, so that the parts
    add up to groups less persons. A small leak is looked at several times, with other masks.
    """
    known = truth >= 0
    of = np.unique(truth[known], return_inverse=True)[1]
    each, there = np.zeros(int(of.max()) + 1), np.zeros(int(of.max()) + 1)
    rng = np.random.default_rng(SEED)
    for _ in range(REPEATS if len(truth) < SMALL else 1):
        chosen, masked = _masks(traits.table, truth, rng)
        blind = link(_hidden(traits, trait, masked), rules).label
        error = np.where(chosen[known], _parts(blind[known]) - _parts(truth[known]), 0.0)
        each += np.bincount(of, weights=error, minlength=len(each))
        there += np.bincount(
            of, weights=np.where(chosen[known], 1.0 - _parts(truth[known]), 0.0), minlength=len(each)
        )
    return each, there


def _judged(label: Numbers, errors: tuple[Floats, Floats], method: str, doubt: float) -> Interval:
    """The count corrected by the share of merges that the matching misses (less those that it makes in error)."""
    rows, groups = len(label), len(np.unique(label))
    each, there = errors
    drawn = _resampled(each, there, np.random.default_rng(SEED))

    def persons_for(missed: Floats) -> Floats:
        return np.asarray(rows - (rows - groups) / (1 - np.clip(missed, -0.5, 0.9)))

    estimate = float(persons_for(np.asarray(each.sum() / max(there.sum(), 1e-9))))
    slack = doubt * abs(groups - estimate) + 0.5
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(persons_for(drawn), [tail, 1 - tail])
    return _bounded(estimate, low - slack, high + slack, method, rows)


def _resampled(each: Floats, there: Floats, rng: np.random.Generator) -> Floats:
    """The share of merges missed, for persons drawn again and again; persons alike are drawn together."""
    alike, counts = np.unique(np.stack([each, there], axis=1), axis=0, return_counts=True)
    times = rng.poisson(counts, (DRAWS, len(counts)))
    return np.asarray((times @ alike[:, 0]) / np.maximum(times @ alike[:, 1], 1e-9))


def _bounded(estimate: float, low: float, high: float, method: str, rows: int) -> Interval:
    least = 1 if rows else 0
    middle = min(max(round(estimate), least), rows)
    return Interval(
        estimate=middle,
        low=min(max(int(np.floor(low + 0.5)), least), middle),
        high=max(min(int(np.ceil(high - 0.5)), rows), middle),
        method=method,
    )


def _parts(label: Numbers) -> Floats:
    """1 over the size of each row's group."""
    _, group, sizes = np.unique(label, return_inverse=True, return_counts=True)
    return np.asarray(1.0 / sizes[group])


def _recaptured(linked: Linked, traits: Traits) -> Interval:
    """The count less the pairs that no trait shows.

    Of the pairs that another trait shows, each trait shows a share; were traits independent, all of them together
    would miss the product of what each misses. They are not quite, so that the bounds are wide.
    """
    label = linked.label
    groups, rows = len(np.unique(label)), len(label)
    variants = Variants(traits.table, traits.more)
    found = [_pairs(variants, by, label) for by in LISTS]
    shares = []
    for at, one in enumerate(found):
        others = [two for place, two in enumerate(found) if place != at and len(two) >= LEAST // 2]
        seen = [len(np.intersect1d(one, two, assume_unique=True)) / len(two) for two in others]
        shares.append(float(np.median(seen)) if seen and len(one) else 0.0)
    told = sum(len(pairs) for pairs in found) >= LEAST and any(shares)
    recall = 1.0 - float(np.prod([1.0 - share for share in shares])) if told else 1.0
    merges = rows - groups
    doubtful = float(linked.doubtful[2].sum()) if len(linked.doubtful[2]) else 0.0
    missed = min(max(merges * (1 - recall) / max(recall, 0.3), doubtful), MOST_MISSED * groups)
    slack = RECAPTURE_DOUBT * missed + 2 * np.sqrt(missed) + (0.0 if told else UNTOLD * merges)
    return _bounded(groups - missed, groups - missed - slack, groups - missed + slack, "recapture", rows)


def _pairs(variants: Variants, by: tuple[str, ...], label: Numbers) -> Numbers:
    """The pairs of rows of one group that share all of `by`, as sorted numbers."""
    one, two = joined(variants, by, most=20)
    same = label[one] == label[two]
    return np.unique(one[same] * variants.count + two[same])
