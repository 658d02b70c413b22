"""From traits to groups: exact keys first, then likely pairs by weight, and no contradiction inside a group."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.people import conflicts, generic, keys
from tocsin.people.candidates import candidates
from tocsin.people.clusters import consistent
from tocsin.people.comparing import Rarity, compare, shares
from tocsin.people.components import components
from tocsin.people.generic import Demoted
from tocsin.people.rules import Rules
from tocsin.people.similar import Names
from tocsin.people.thin import BY, attach
from tocsin.people.traits import Traits, own_nir
from tocsin.people.weights import chances, learn, logit, probability

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
DRAWN, DRAWN_EACH = 300_000, 10
SURE = 0.9
# Draws are the same in every case: what is one person depends on the records alone, not on the case's secret.
SEED = 20261122
# Odds that two mentions drawn from a very small leak are one person.
MOST_PRIOR = 0.05
DOUBT = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """`label`: for each row the smallest row of its group (a person). Edges: what joined two rows, by which rule
    (`rules[rule]`) and how surely. `doubtful`: pairs of rows that a human should look at, with their chance."""

    label: Numbers
    one: Numbers
    two: Numbers
    rule: npt.NDArray[np.int16]
    chance: Floats
    rules: tuple[str, ...]
    demoted: list[Demoted]
    doubtful: tuple[Numbers, Numbers, Floats]
    table: pl.DataFrame


@dataclass(slots=True)
class _Edges:
    """Edges as they are found."""

    one: list[Numbers] = field(default_factory=list)
    two: list[Numbers] = field(default_factory=list)
    rule: list[npt.NDArray[np.int16]] = field(default_factory=list)
    chance: list[Floats] = field(default_factory=list)

    def add(self, one: Numbers, two: Numbers, rule: int, chance: Floats) -> None:
        self.one.append(one)
        self.two.append(two)
        self.rule.append(np.full(len(one), rule, dtype=np.int16))
        self.chance.append(chance)

    def arrays(self) -> tuple[Numbers, Numbers, npt.NDArray[np.int16], Floats]:
        if not self.one:
            none = np.empty(0, dtype=np.int64)
            return none, none, np.empty(0, dtype=np.int16), np.empty(0)
        return (
            np.concatenate(self.one),
            np.concatenate(self.two),
            np.concatenate(self.rule),
            np.concatenate(self.chance),
        )


def link(traits: Traits, rules: Rules) -> Linked:
    """The groups of mentions that are one person each."""
    table, more, demoted = generic.demote(traits.table, traits.more, rules)
    table = own_nir(table)
    variants = keys.Variants(table, more)
    names = Names(traits.names)
    columns: conflicts.Columns = {name: table[name].to_numpy() for name in table.columns}
    columns["other"] = _other(table.height, more)
    edges = _exact(variants, columns, rules, names)
    exact = consistent(columns, *edges.arrays(), rules, names)
    label, doubtful = _likely(variants, columns, exact, edges, rules, names)
    for found in attach(columns, label, names):
        edges.add(found.one, found.two, len(rules.keys) + 1 + BY.index(found.trait), found.chance)
    left, right, rule, chance = edges.arrays()
    return Linked(
        label=components(len(label), *_joined(label, left, right, rule > len(rules.keys))),
        one=left,
        two=right,
        rule=rule,
        chance=chance,
        rules=(*(key.id for key in rules.keys), "likeness", *(f"only_{trait}" for trait in BY)),
        demoted=demoted,
        doubtful=doubtful,
        table=table,
    )


def _exact(variants: keys.Variants, columns: conflicts.Columns, rules: Rules, names: Names) -> _Edges:
    """The pairs of the exact keys that chance does not spoil, without contradictions; the first key is the surest."""
    edges = _Edges()
    for number, pairs in enumerate(keys.links(variants, rules)):
        if keys.admitted(pairs, rules):
            bad = conflicts.conflicting(columns, pairs.one, pairs.two, rules, names)
            one, two = pairs.one[~bad], pairs.two[~bad]
            edges.add(one, two, _number(rules, pairs.key.id), np.full(len(one), 1 - number * 1e-4))
    return edges


def _likely(
    variants: keys.Variants,
    columns: conflicts.Columns,
    label: Numbers,
    edges: _Edges,
    rules: Rules,
    names: Names,
) -> tuple[Numbers, tuple[Numbers, Numbers, Floats]]:
    """The groups once likely pairs have joined them (added to `edges`), and the doubtful pairs."""
    filled = _filled(columns, label)
    one, two = candidates(variants, label, rules)
    if not len(one):
        return label, (one, two, np.empty(0))
    bad = conflicts.conflicting(filled, one, two, rules, names)
    rng = np.random.default_rng(SEED)
    chance = _weighed(columns, filled, edges, (one, two, bad), names, rng)
    sure = (chance >= SURE) & ~bad
    edges.add(one[sure], two[sure], len(rules.keys), chance[sure] * 0.99)
    label = consistent(columns, *edges.arrays(), rules, names)
    unsure = (chance >= DOUBT) & ~sure & ~bad & (label[one] != label[two])
    return label, (one[unsure], two[unsure], chance[unsure])


def _joined(
    label: Numbers, one: Numbers, two: Numbers, late: npt.NDArray[np.bool_]
) -> tuple[Numbers, Numbers]:
    """The groups as edges, and the late edges besides."""
    return np.r_[np.arange(len(label)), one[late]], np.r_[label, two[late]]


def _number(rules: Rules, name: str) -> int:
    return next(at for at, key in enumerate(rules.keys) if key.id == name)


def _other(height: int, more: pl.DataFrame) -> npt.NDArray[np.uint64]:
    """A second surname of each row, 0 where there is none."""
    other = np.zeros(height, dtype=np.uint64)
    found = more.filter(more["trait"] == "family").unique("row", keep="first", maintain_order=True)
    other[found["row"].to_numpy()] = found["value"].to_numpy()
    return other


def _filled(columns: conflicts.Columns, label: Numbers) -> conflicts.Columns:
    """The columns with what is unknown of a row taken from another row of its group."""
    out = {}
    for name, values in columns.items():
        known = np.zeros(len(values), dtype=values.dtype)
        there = np.flatnonzero(values != 0)
        known[label[there][::-1]] = values[there][::-1]
        out[name] = np.where(values == 0, known[label], values)
    return out


def _weighed(
    columns: conflicts.Columns,
    filled: conflicts.Columns,
    edges: _Edges,
    pairs: tuple[Numbers, Numbers, npt.NDArray[np.bool_]],
    names: Names,
    rng: np.random.Generator,
) -> Floats:
    """The chance of every candidate, by weights learnt from exact links and candidates without contradiction."""
    one, two, bad = pairs
    count = len(columns["dob"])
    rarity = Rarity(columns)
    drawn = min(DRAWN, DRAWN_EACH * count)
    first, second = rng.integers(0, count, drawn), rng.integers(0, count, drawn)
    apart = first != second
    u = chances(compare(columns, first[apart], second[apart], names), shares(columns))
    left, right, _, _ = edges.arrays()
    linked = np.unique(np.stack([left, right], axis=1), axis=0) if len(left) else np.empty((0, 2), np.int64)
    picked = linked[rng.permutation(len(linked))[:DRAWN]]
    prior = min(max(len(linked), 0.1 * count) * 1.15 / (count * (count - 1) / 2), MOST_PRIOR)
    lines = (np.r_[picked[:, 0], one[~bad]], np.r_[picked[:, 1], two[~bad]])
    training = compare(columns, *lines, names)
    u = {name: u[name] for name in training if name in u}
    training = {name: training[name] for name in u}
    weights = learn(training, u, rarity.added(columns, lines[0], training), prior)
    levels = {name: level for name, level in compare(filled, one, two, names).items() if name in u}
    return probability(logit(levels, weights, rarity.added(filled, one, levels)))
