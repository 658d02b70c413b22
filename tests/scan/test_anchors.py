"""Every fake of every kind is found in running text at its exact place, whatever stands around it."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tests.scan.conftest import announced, bears, fakes, served
from tocsin.kinds.kind import Boundary, Kind, fold
from tocsin.scan.search import Searcher
from tocsin.scan.values import plain

KINDS = served()
OPEN = [kind for kind in KINDS if kind.boundary is not Boundary.LINE]
# Passwords hold any sign: what follows one must be a blank.
ENDED = [kind for kind in OPEN if kind.face_of is None]
FAKES = 300


def named(kinds: list[Kind]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("kind", kinds, ids=[kind.name for kind in kinds])


def missing(searcher: Searcher, kinds: list[Kind], before: str, after: str, count: int = FAKES) -> list[str]:
    """The kinds of the fakes that are not found, whole and with their normal value, in cells `before` fake `after`."""
    cells: list[bytes] = []
    wanted: list[tuple[str, tuple[str, int, int], str]] = []
    breaks = [0]
    for kind in kinds:
        word = announced(kind)
        opening = f"{word}\n" if kind.boundary is Boundary.LINE and word else f"{word} " if word else ""
        for value in fakes(kind, count):
            begin = breaks[-1] + len(plain(f"{opening}{before}".encode()))
            normal = fold(value) if kind.pattern is None else kind.normal(value)
            wanted.append((kind.name, (bears(kind), begin, begin + len(value.encode())), normal))
            cells.append(plain(f"{opening}{before}{value}{after}".encode()))
            breaks.append(breaks[-1] + len(cells[-1]) + 1)
    table = searcher.search(b"\n".join(cells), breaks=np.array(breaks[:-1]))
    rows = table.filter(pl.col("valid")).select("kind", "start", "end", "value").iter_rows()
    found = {(searcher.kinds[number].name, start, end): value for number, start, end, value in rows}
    return [name for name, spot, normal in wanted if found.get(spot) != normal]


@named(KINDS)
def test_a_line_of_its_own(kind: Kind, searcher: Searcher) -> None:
    assert missing(searcher, [kind], "", "") == []


@named(OPEN)
def test_in_a_sentence(kind: Kind, searcher: Searcher) -> None:
    assert missing(searcher, [kind], "voilà : ", " et puis rien") == []


@pytest.mark.parametrize(
    "before",
    ["\t", ", ", ",", "(", '"', "'", "«\u00a0", "\u202f", "l’été ", "; ", "[", "<", "=", "| ", "\n", "\r\n"],
)
def test_after_signs_and_special_blanks(before: str, searcher: Searcher) -> None:
    assert missing(searcher, OPEN, before, "", count=30) == []


@pytest.mark.parametrize(
    "after",
    ["\t", ", ", ",", ")", '"', "\u00a0»", "\u202f!", " à", "; ", "]", ". ", ".", "<", " | ", "\n", "\r\n"],
)
def test_before_signs_and_special_blanks(after: str, searcher: Searcher) -> None:
    assert missing(searcher, ENDED, "", after, count=30) == []


@pytest.mark.parametrize(("before", "after"), [("é", ""), ("", "é"), ("ß", ""), ("", "ж"), ("中", "")])
def test_a_letter_of_any_script_beside_it_is_no_boundary(before: str, after: str, searcher: Searcher) -> None:
    """Only a part of it may then be found, at another place."""
    assert len(missing(searcher, OPEN, before, after, count=30)) == 30 * len(OPEN)


@named(KINDS)
def test_alone_at_the_beginning_and_the_end_of_a_text(kind: Kind, searcher: Searcher) -> None:
    for value in fakes(kind, 5):
        word = announced(kind)
        text = (f"{word}\n" if word else "") + value
        table = searcher.search(text.encode()).filter(pl.col("valid"))
        names = [
            (searcher.kinds[number].name, end) for number, end in table.select("kind", "end").iter_rows()
        ]
        assert (bears(kind), len(text.encode())) in names


def test_nothing_gives_an_empty_table(searcher: Searcher) -> None:
    for text in (b"", b"\n", b" ", b"Rien ici."):
        assert len(searcher.search(text)) == 0
