"""Pieces of a document are rejoined at their cuts: nothing torn apart is lost, no place is shifted, none counted twice."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.kinds.catalogue import bundled
from tocsin.pipeline.section import HELD, _rejoined, searcher
from tocsin.scan.block import BlockScanner
from tocsin.scan.tally import Tallies
from tocsin.sources.source import Issue, Rows, Text

WORDS = ["été", "mer", "à", "vent", "🙂", "long", "œuvre", "fin,", "Il", "\u00a0»"]
NIR = f"1 85 05 78 006 084 {97 - 1850578006084 % 97:02d}"


def pieces(text: str, cuts: list[int], record: int = 0) -> list[Text]:
    """`text` cut at these characters."""
    edges = [0, *sorted({cut for cut in cuts if 0 < cut < len(text)}), len(text)]
    made = [
        Text(record=record, data=text[a:b].encode(), offset=a, last=b == len(text))
        for a, b in itertools.pairwise(edges)
    ]
    return made or [Text(record=record, data=b"")]


def prose(rng: random.Random, length: int) -> str:
    """Words and line breaks."""
    text = ""
    while len(text) < length:
        text += rng.choice(WORDS) + rng.choice((" ", " ", " ", "\n"))
    return text


def spans(given_pieces: list[Text]) -> list[tuple[str, int, int]]:
    """What a scan of the rejoined pieces finds: kind, and places in the whole text."""
    engine = searcher(None)
    scanner = BlockScanner(engine, spans=True)
    found = []
    for piece in _rejoined(iter(given_pieces)):
        assert isinstance(piece, Text)
        for table in scanner.text(piece).spans:
            rows = table.filter(pl.col("valid")).select("kind", "start", "end").iter_rows()
            found += [(engine.kinds[number].name, start, end) for number, start, end in rows]
    return sorted(found)


@given(
    length=st.integers(0, 4 * HELD),
    cuts=st.lists(st.integers(0, 4 * HELD), max_size=6),
    seed=st.integers(0, 1000),
)
def test_rejoined_pieces_are_the_text_and_their_places(length: int, cuts: list[int], seed: int) -> None:
    text = prose(random.Random(seed), length)
    joined = ""
    given_pieces = list(_rejoined(iter(pieces(text, cuts))))
    for piece in given_pieces:
        assert isinstance(piece, Text)
        assert piece.offset == len(joined)
        joined += piece.data.decode()
    assert joined == text
    assert [piece.last for piece in given_pieces if isinstance(piece, Text)].count(True) == 1


def test_a_spaced_nir_is_found_wherever_the_cut_falls(rng: random.Random) -> None:
    before, after = prose(rng, 3 * HELD), prose(rng, 2 * HELD)
    text = f"{before}{NIR} {after}"
    whole = ("fr.nir", len(before), len(before) + len(NIR))
    for cut in range(len(before) - 2, len(before) + len(NIR) + 2):
        found = spans(pieces(text, [cut]))
        assert found.count(whole) == 1
        assert [one for one in found if one[0] == "fr.nir"] == [whole]


def test_values_of_a_text_are_the_same_however_it_is_cut(rng: random.Random) -> None:
    kinds = [bundled()[name] for name in ("fr.nir", "any.email", "any.phone", "any.iban")]
    text = "".join(
        f"{prose(rng, rng.randrange(50, 900))}{rng.choice(kinds).fake(rng)} fin.\n" for _ in range(60)
    )
    whole = spans(pieces(text, []))
    assert len(whole) >= 60
    for _ in range(5):
        assert spans(pieces(text, rng.sample(range(len(text)), 4))) == whole


def test_counts_are_the_same_however_a_text_is_cut(rng: random.Random) -> None:
    text = "".join(f"{prose(rng, 500)}{bundled()['fr.nir'].fake(rng)}\n" for _ in range(50))
    scanner = BlockScanner(searcher(None))

    def counted(cuts: list[int]) -> dict[object, tuple[int, int]]:
        total = Tallies()
        for piece in _rejoined(iter(pieces(text, cuts))):
            assert isinstance(piece, Text)
            total.merge(scanner.text(piece).tallies)
        return {spot: (tally.candidates, tally.valid) for spot, tally in total}

    assert counted([6000, 9000, 14_000, 20_001]) == counted([])


def test_documents_do_not_run_into_each_other() -> None:
    first = [replace(piece, record=0, last=False) for piece in pieces(NIR[:13], [])]
    second = pieces(NIR[13:], [], record=1)
    given_pieces = [piece for piece in _rejoined(iter([*first, *second])) if isinstance(piece, Text)]
    assert [(piece.record, piece.data.decode()) for piece in given_pieces] == [(0, NIR[:13]), (1, NIR[13:])]
    assert [one for one in spans([*first, *second]) if one[0] == "fr.nir"] == []


@pytest.mark.parametrize("separate", [{"field": "body"}, {"place": "page 2"}])
def test_fields_and_pages_do_not_run_into_each_other(separate: dict[str, str]) -> None:
    first = Text(record=0, data=NIR[:13].encode(), last=False)
    second = replace(Text(record=0, data=NIR[13:].encode(), offset=13), **separate)  # type: ignore[arg-type]
    assert [piece.data for piece in _rejoined(iter([first, second])) if isinstance(piece, Text)] == [
        NIR[:13].encode(),
        NIR[13:].encode(),
    ]


def test_issues_and_rows_pass_through_in_order() -> None:
    issue = Issue(source="x", code="source.bad_line")
    rows = Rows(frame=pl.DataFrame({"a": ["b"]}), numbers=pl.Series([0], dtype=pl.UInt64))

    def given_things() -> Iterator[Rows | Text | Issue]:
        yield rows
        yield Text(record=0, data=b"ab", last=False)
        yield issue
        yield Text(record=0, data=b"cd", offset=2)

    passed = list(_rejoined(given_things()))
    assert [type(one).__name__ for one in passed] == ["Rows", "Issue", "Text"]
    assert [one.data for one in passed if isinstance(one, Text)] == [b"abcd"]
