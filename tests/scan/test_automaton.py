"""The automaton finds what `re` finds, merges what began inside, and stays linear on hostile texts."""

from __future__ import annotations

import random
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scan.conftest import fakes, served
from tocsin.kinds.kind import Kind
from tocsin.scan.automaton import Automaton
from tocsin.scan.search import Searcher

SHAPED = [kind for kind in served() if kind.pattern is not None]
Pairs = set[tuple[int, int, int]]


def every_match(patterns: list[str], text: str) -> Pairs:
    """(pattern, start, end) of every stretch of an ASCII text that a pattern matches whole; slow."""
    found = set()
    for number, pattern in enumerate(patterns):
        compiled = re.compile(pattern, re.ASCII)
        for start in range(len(text)):
            if compiled.match(text, start) is not None:
                ends = range(start + 1, len(text) + 1)
                found |= {(number, start, end) for end in ends if compiled.fullmatch(text, start, end)}
    return found


def by_automaton(patterns: list[str], text: str) -> Pairs:
    """The same from the automaton started at every place."""
    automaton = Automaton(patterns)
    found = automaton.run(np.frombuffer(text.encode(), dtype=np.uint8), np.arange(len(text)))
    rows = zip(found.starts.tolist(), found.ends.tolist(), found.states.tolist(), strict=True)
    return {
        (number, start, end)
        for start, end, state in rows
        for number in np.flatnonzero(automaton.accepts[state]).tolist()
    }


def around(kind: Kind, rng: random.Random) -> str:
    """A short text about one fake, cut so that no run is long enough to be merged."""
    value = kind.fake(rng).encode("ascii", "ignore").decode()[:50]
    return rng.choice(("", "x ", "1", "(")) + value + rng.choice(("", " 12", "a", ".5", ")"))


@pytest.mark.parametrize("kind", SHAPED, ids=lambda kind: kind.name)
def test_every_end_of_every_start_is_that_of_re(kind: Kind, rng: random.Random) -> None:
    assert kind.pattern is not None
    for _ in range(6):
        text = around(kind, rng)
        assert by_automaton([kind.pattern], text) == every_match([kind.pattern], text)


def test_kinds_together_find_what_each_finds_alone(rng: random.Random) -> None:
    patterns = [kind.pattern or "" for kind in SHAPED]
    text = " ".join(around(kind, rng)[:20] for kind in rng.sample(SHAPED, 3))[:60]
    assert by_automaton(patterns, text) == every_match(patterns, text)


pieces = st.sampled_from(
    ["a", "b", "[ab]", "[a-c]{1,3}", "(?:ab|c)", "(?:a|bc)?", "c{2}", "[bc]*", "(?:ba)+", "é"]
)


@given(
    patterns=st.lists(st.lists(pieces, min_size=1, max_size=4).map("".join), min_size=1, max_size=4),
    text=st.text("abc", max_size=20),
)
def test_invented_patterns_agree_with_re(patterns: list[str], text: str) -> None:
    assert by_automaton(patterns, text) == every_match(patterns, text)


def test_a_letter_beyond_ascii_is_its_bytes() -> None:
    text = "février"
    found = Automaton(["février"]).run(np.frombuffer(text.encode(), dtype=np.uint8), np.arange(3))
    assert (found.starts.tolist(), found.ends.tolist()) == ([0], [8])


def test_runs_that_began_inside_a_long_one_are_merged_into_it() -> None:
    text = b"a" * 3000 + b"@x"
    found = Automaton(["[a]{1,4000}@x"]).run(np.frombuffer(text, dtype=np.uint8), np.arange(len(text)))
    assert 0 in found.starts.tolist()
    assert set(found.ends.tolist()) == {3002}
    assert len(found.starts) < 200


def test_runs_in_different_states_are_not_merged() -> None:
    text = b"b" + b"a" * 300 + b"c"
    automaton = Automaton(["ba{1,400}c", "a{200,400}c"])
    found = automaton.run(np.frombuffer(text, dtype=np.uint8), np.array([0, 1]))
    numbers = {tuple(np.flatnonzero(automaton.accepts[state]).tolist()) for state in found.states.tolist()}
    assert (set(found.starts.tolist()), numbers) == ({0, 1}, {(0,), (1,)})


def test_requires_and_byte_classes() -> None:
    assert Automaton(["a+@b", "c?@"]).requires(1 << ord("@"))
    assert not Automaton(["a@?b"]).requires(1 << ord("@"))
    classes = Automaton(["[0-9]x"]).classes
    assert len({int(classes[byte]) for byte in b"0123456789"}) == 1
    assert len({int(classes[byte]) for byte in b"0x!"}) == 3


HOSTILE = [
    "eyJ-", "eyJ.", "a.", "a@", "@", "1", "01 ", "1-", "a:", "ab12", "$2y$", "-----BEGIN PRIVATE KEY-----", "mdp ",
    "1 rue de la ", "99, ", "06 12 34 56 78 ", "gps 1.1234 ", "FR76 ", "hash 00", "{SSHA}", "né 1 ", "password:",
]  # fmt: skip


def steps(searcher: Searcher, text: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many look-ups in the table of moves a search takes."""
    taken = []
    step = Automaton._step

    def counted(self: Automaton, places: np.ndarray) -> np.ndarray:
        taken.append(len(places))
        return step(self, places)

    with monkeypatch.context() as patch:
        patch.setattr(Automaton, "_step", counted)
        searcher.search(text)
    return sum(taken)


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_texts_cost_a_bounded_number_of_steps_a_byte(
    unit: str, searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = ((unit * size)[:size].encode() for size in (8_000, 32_000))
    one, four = steps(searcher, small, monkeypatch), steps(searcher, large, monkeypatch)
    assert four <= 100 * len(large)
    assert four <= 4.5 * one + 1000


def test_ordinary_prose_costs_less_than_a_step_a_byte(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    prose = "Le 12, elle partit vers la mer avec trois amis, et nul ne sut pourquoi. " * 300
    assert steps(searcher, prose.encode(), monkeypatch) < len(prose)


@pytest.mark.parametrize("kind", SHAPED, ids=lambda kind: kind.name)
def test_a_fake_is_matched_whole(kind: Kind) -> None:
    assert kind.pattern is not None
    automaton = Automaton([kind.pattern])
    for value in fakes(kind, 30):
        data = np.frombuffer(value.encode(), dtype=np.uint8)
        assert len(data) in automaton.run(data, np.zeros(1, dtype=np.int64)).ends
