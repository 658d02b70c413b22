"""How much each agreement and difference speaks for one person: Fellegi and Sunter's weights, learnt from the data.

m is the chance of a level among pairs of one person, u among pairs of two. u comes from pairs drawn at random, from
a value's own frequency where names agree; m by expectation and maximisation (Dempster, Laird and Rubin 1977).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tocsin.people.similar import Levels

Floats = npt.NDArray[np.float64]
# How many levels each comparison has, and what m is before anything was learnt.
START: Mapping[str, tuple[float, ...]] = {
    "family": (0.06, 0.02, 0.07, 0.05, 0.80),
    "given": (0.02, 0.02, 0.07, 0.08, 0.81),
    "dob": (0.02, 0.05, 0.02, 0.91),
    "sex": (0.01, 0.99),
    "nir": (0.002, 0.998),
    "tax": (0.002, 0.998),
    "document": (0.2, 0.8),
    "national": (0.15, 0.85),
    "customer": (0.2, 0.8),
    "professional": (0.05, 0.95),
    "email": (0.25, 0.75),
    "phone": (0.30, 0.70),
    "iban": (0.20, 0.80),
    "postcode": (0.20, 0.80),
    "city": (0.20, 0.80),
    "address": (0.30, 0.70),
}
# What u is before anything was drawn, for comparisons whose agreement is no rarity.
USUAL: Mapping[str, tuple[float, ...]] = {
    "family": (0.9945, 0.003, 0.0015, 0.0005, 0.0005),
    "given": (0.983, 0.008, 0.002, 0.002, 0.005),
    "dob": (0.998, 0.0015, 0.0004, 0.0001),
    "sex": (0.5, 0.5),
    "postcode": (0.999, 0.001),
    "city": (0.999, 0.001),
}
RARE = (1 - 1e-6, 1e-6)
STRENGTH, DRAWN_STRENGTH = 200.0, 2000.0
ROUNDS = 12
LEAST = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """m and u of every comparison and level; `prior` the odds that a pair drawn at random is one person."""

    m: dict[str, Floats]
    u: dict[str, Floats]
    prior: float


def chances(levels: Mapping[str, Levels], shares: Mapping[str, float]) -> dict[str, Floats]:
    """u of every level from pairs drawn at random; `shares` is the chance that two draws agree, where it is too
    small to be met in a sample."""
    found = {}
    for name, level in levels.items():
        size = len(START[name])
        known = level[level >= 0]
        counts = np.bincount(known, minlength=size) + DRAWN_STRENGTH * np.array(USUAL.get(name, RARE))
        u = counts / counts.sum()
        if name in shares:
            u[-1] = max(shares[name], LEAST)
            u[:-1] *= (1 - u[-1]) / u[:-1].sum()
        found[name] = u
    return found


def learn(levels: Mapping[str, Levels], u: Mapping[str, Floats], extra: Floats, prior: float) -> Weights:
    """m from pairs some of which are one person; `extra` is what a pair's own frequencies add (natural logs)."""
    m = {name: np.array(START[name]) for name in levels}
    for _ in range(ROUNDS):
        chance = probability(logit(levels, Weights(m=m, u=dict(u), prior=prior), extra))
        for name, level in levels.items():
            size = len(START[name])
            known = level >= 0
            counts = np.bincount(level[known], weights=chance[known], minlength=size)
            m[name] = (counts + STRENGTH * np.array(START[name])) / (counts.sum() + STRENGTH)
    return Weights(m=m, u=dict(u), prior=prior)


def logit(levels: Mapping[str, Levels], weights: Weights, extra: Floats) -> Floats:
    """The natural logarithm of the odds that each pair is one person."""
    total = np.log(weights.prior) + extra
    for name, level in levels.items():
        table = np.append(np.log(weights.m[name] / weights.u[name]), 0.0)
        total = total + table[level]
    return np.asarray(total)


def probability(odds: Floats) -> Floats:
    """From the logarithm of odds to a probability."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -40, 40))))
