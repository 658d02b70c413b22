"""How sure it is that look-alikes are the real thing: likelihood against the chance that random ones pass.

A key alone is no proof in a sea of numbers: of 24,421 random 15-digit references 235 pass the NIR's
key. So n look-alikes of which v pass are held against v ~ Binomial(n, chance), and a header or a word
beside the value weighs like the evidence it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from tocsin.kinds.kind import Kind, Needs

RARE = -4.0
HEADER = 7.0
SHAPE = 3.0
MOST = (
    0.5  # dates and serials pass far above chance: what only a header or word would tell must be most of it
)
TEN = 2.302585
FEW = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was counted at one place: look-alikes, those that pass, those that pass beside an announcing word."""

    candidates: int
    valid: int
    announced: int = 0
    header: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the kind is there, how many values count, on what evidence, how sure, and what chance explains."""

    accepted: bool
    valid: int
    evidence: str
    confidence: float
    by_chance: float
    announced_only: bool = False


def judge(kind: Kind, seen: Seen) -> Verdict:
    """The verdict on what was `seen` of a kind in one field or text; `confidence` lies in [0, 1]."""
    if seen.valid == 0:
        return _refused(kind, seen)
    if kind.check is None or kind.chance >= 1.0 or not (kind.keyed or kind.needs is Needs.NOTHING):
        return _by_shape(kind, seen)
    odds = RARE + TEN * kind.prior + HEADER * seen.header + surprise(seen.candidates, seen.valid, kind.chance)
    if kind.needs is not Needs.NOTHING and not seen.header and seen.announced < seen.valid:
        odds -= SHAPE
        if seen.valid < MOST * seen.candidates:
            odds = min(odds, 0.0)
    if odds > 0:
        sure = _sigmoid(odds) * genuine(seen.candidates, seen.valid, kind.chance)
        return Verdict(
            accepted=True,
            valid=seen.valid,
            evidence="checksum",
            confidence=max(sure, 0.01),
            by_chance=expected(seen.candidates, seen.valid, kind.chance),
        )
    if seen.announced and odds + HEADER > -HEADER:
        odds += HEADER
        return Verdict(
            accepted=True,
            valid=seen.announced,
            evidence="context",
            confidence=_sigmoid(max(odds, 0.5)),
            by_chance=expected(seen.candidates, seen.valid, kind.chance),
            announced_only=seen.announced < seen.valid,
        )
    return _refused(kind, seen)


def surprise(candidates: int, valid: int, chance: float) -> float:
    """Log-likelihood ratio of "some are genuine" against "all are chance", less the cost of the free share.

    Zero or less where the share that passes is not above `chance`.
    """
    chance = min(max(chance, FEW), 1 - FEW)
    share = min(valid / candidates, 1 - FEW)
    if share <= chance:
        return -0.5 * log(candidates + 1)
    passed = valid * log(share / chance)
    failed = (candidates - valid) * log((1 - share) / (1 - chance)) if candidates > valid else 0.0
    return passed + failed - 0.5 * log(candidates + 1)


def expected(candidates: int, valid: int, chance: float) -> float:
    """How many of the `valid` chance alone explains, from how many failed."""
    return min(float(valid), (candidates - valid) * chance / max(1 - chance, FEW))


def genuine(candidates: int, valid: int, chance: float) -> float:
    """The share of the `valid` that chance does not explain."""
    return 1 - expected(candidates, valid, chance) / valid


def _by_shape(kind: Kind, seen: Seen) -> Verdict:
    """A kind without a check: its shape speaks alone, or needs a header or a word beside it."""
    if seen.header > 0:
        return Verdict(
            accepted=True,
            valid=seen.valid,
            evidence="header",
            confidence=0.5 + 0.48 * seen.header,
            by_chance=0.0,
        )
    if kind.words and kind.pattern is None:
        return Verdict(accepted=True, valid=seen.valid, evidence="vocabulary", confidence=0.9, by_chance=0.0)
    if kind.needs is Needs.NOTHING:
        return Verdict(
            accepted=True,
            valid=seen.valid,
            evidence="shape",
            confidence=min(0.99, _sigmoid(SHAPE + TEN * kind.prior)),
            by_chance=0.0,
        )
    if seen.announced:
        return Verdict(
            accepted=True,
            valid=seen.announced,
            evidence="context",
            confidence=0.85,
            by_chance=0.0,
            announced_only=seen.announced < seen.valid,
        )
    return _refused(kind, seen)


def _refused(kind: Kind, seen: Seen) -> Verdict:
    chance = min(max(kind.chance, FEW), 1 - FEW)
    by_chance = expected(seen.candidates, seen.valid, chance) if seen.valid else 0.0
    return Verdict(accepted=False, valid=0, evidence="chance", confidence=0.0, by_chance=by_chance)


def _sigmoid(odds: float) -> float:
    return 1 / (1 + exp(-odds)) if odds > -700 else 0.0
