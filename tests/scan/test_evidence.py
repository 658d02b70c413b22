"""What counts as proof: chance is refused, keys and headers convince, and more evidence never convinces less."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Needs
from tocsin.scan.evidence import Seen, expected, genuine, judge, surprise

KEYED = [kind for kind in bundled().values() if kind.keyed]
NIR = bundled()["fr.nir"]
counts = st.tuples(st.integers(0, 100_000), st.integers(0, 100_000)).map(lambda pair: (max(pair), min(pair)))
chances = st.floats(1e-6, 0.99)


def look_alikes(count: int, rng: random.Random) -> int:
    """How many of `count` random fifteen-digit references of the NIR's shape pass its key."""
    assert NIR.check is not None
    values = (rng.choice("12") + "".join(rng.choices("0123456789", k=14)) for _ in range(count))
    return sum(NIR.check.holds(value) for value in values)


@pytest.mark.parametrize("count", [50, 1000, 24_000])
def test_random_references_are_never_a_nir(count: int) -> None:
    passed = look_alikes(count, random.Random(count))
    assert not judge(NIR, Seen(candidates=count, valid=passed)).accepted


@pytest.mark.parametrize("kind", KEYED, ids=lambda kind: kind.name)
@pytest.mark.parametrize("count", [20, 300, 50_000])
def test_a_share_that_chance_explains_is_refused_for_every_key(kind: object, count: int) -> None:
    one = bundled()[kind.name]  # type: ignore[attr-defined]
    assert not judge(one, Seen(candidates=count, valid=round(count * one.chance))).accepted


@pytest.mark.parametrize("kind", KEYED, ids=lambda kind: kind.name)
def test_a_column_that_always_passes_is_accepted_and_sure(kind: object) -> None:
    one = bundled()[kind.name]  # type: ignore[attr-defined]
    verdict = judge(one, Seen(candidates=200, valid=200))
    assert (verdict.accepted, verdict.valid, verdict.evidence) == (True, 200, "checksum")
    assert verdict.confidence > 0.95
    assert verdict.by_chance == 0.0


def test_one_genuine_nir_is_enough_and_one_wrong_is_nothing() -> None:
    assert judge(NIR, Seen(candidates=1, valid=1)).accepted
    assert not judge(NIR, Seen(candidates=1, valid=0)).accepted


def test_what_a_word_announces_counts_amid_chance() -> None:
    passed = look_alikes(5000, random.Random(1))
    verdict = judge(NIR, Seen(candidates=5000, valid=passed + 2, announced=2))
    if verdict.evidence == "context":
        assert (verdict.valid, verdict.announced_only) == (2, True)
    assert verdict.valid in (0, 2)


@pytest.mark.parametrize("name", [kind.name for kind in bundled().values() if kind.needs is Needs.CONTEXT])
def test_a_kind_that_needs_context_has_none_without(name: str) -> None:
    kind = bundled()[name]
    bare = judge(kind, Seen(candidates=3, valid=3))
    spoken = judge(kind, Seen(candidates=3, valid=3, announced=3))
    headed = judge(kind, Seen(candidates=3, valid=3, header=1.0))
    assert spoken.accepted
    assert headed.accepted
    if not kind.keyed:
        assert not bare.accepted


@given(seen=counts, chance=chances)
def test_surprise_grows_with_what_passes(seen: tuple[int, int], chance: float) -> None:
    candidates, valid = seen
    if candidates == 0 or valid == candidates:
        return
    assert surprise(candidates, valid + 1, chance) >= surprise(candidates, valid, chance) - 1e-6


@given(seen=counts, chance=chances)
def test_surprise_shrinks_with_what_fails(seen: tuple[int, int], chance: float) -> None:
    candidates, valid = seen
    if valid == 0:
        return
    assert surprise(candidates + 1, valid, chance) <= surprise(candidates, valid, chance) + 1e-6


@given(seen=counts, chance=chances)
def test_chance_explains_no_more_than_what_passed(seen: tuple[int, int], chance: float) -> None:
    candidates, valid = seen
    if valid == 0:
        return
    by_chance = expected(candidates, valid, chance)
    assert 0 <= by_chance <= valid
    assert 0 <= genuine(candidates, valid, chance) <= 1
    assert (by_chance == 0) == (candidates == valid)


@given(seen=counts, header=st.sampled_from((0.0, 0.5, 1.0)), share=st.floats(0, 1))
def test_verdicts_are_whole_for_every_kind(seen: tuple[int, int], header: float, share: float) -> None:
    candidates, valid = seen
    for kind in bundled().values():
        verdict = judge(
            kind, Seen(candidates=candidates, valid=valid, announced=int(valid * share), header=header)
        )
        assert 0 <= verdict.confidence <= 1
        assert 0 <= verdict.by_chance <= max(valid, 0)
        assert verdict.valid <= valid
        assert verdict.accepted or verdict.valid == 0
        assert not (verdict.accepted and valid == 0)


@given(seen=counts)
def test_a_header_never_convinces_less(seen: tuple[int, int]) -> None:
    candidates, valid = seen
    for kind in bundled().values():
        without = judge(kind, Seen(candidates=candidates, valid=valid))
        beside = judge(kind, Seen(candidates=candidates, valid=valid, header=1.0))
        assert beside.accepted >= without.accepted
