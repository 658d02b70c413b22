"""Places in characters, special blanks made plain one for one, and the spans of texts and cells."""

from __future__ import annotations

import random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scan.conftest import announced, bears, fakes, served
from tocsin.kinds.catalogue import bundled
from tocsin.scan.block import BlockScanner
from tocsin.scan.cells import Characters, cells
from tocsin.scan.search import Searcher
from tocsin.scan.values import plain
from tocsin.sources.source import Rows, Text

ACCENTED = "aé€🙂\u00a0\u202f\n z"


@given(text=st.text(ACCENTED, max_size=40))
def test_places_in_bytes_become_places_in_characters(text: str) -> None:
    data = text.encode()
    places = np.array([len(text[:at].encode()) for at in range(len(text) + 1)], dtype=np.int64)
    assert Characters(data).at(places).tolist() == list(range(len(text) + 1))


@given(text=st.text())
def test_plain_keeps_every_other_character_and_their_number(text: str) -> None:
    before = text.encode("utf-8", "ignore").decode()
    after = plain(before.encode()).decode()
    assert len(after) == len(before)
    special = "\u00a0\u202f\u2007\u2009\u2011"
    assert all(
        two == (one if one not in special else "-" if one == "\u2011" else " ")
        for one, two in zip(before, after, strict=True)
    )


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009", "\u2007", " "])
def test_spans_of_a_text_are_characters_of_the_original(
    blank: str, searcher: Searcher, rng: random.Random
) -> None:
    number = f"1 85 05 78 006 084 {97 - 1850578006084 % 97:02d}".replace(" ", blank)
    head = "".join(rng.choices(ACCENTED, k=60)) + " n°\u00a0"
    text = f"{head}{number}, d’après l’été 🙂"
    found = BlockScanner(searcher, spans=True).text(Text(record=3, data=text.encode(), offset=100))
    spans = found.spans[0].filter(pl.col("valid"))
    names = {searcher.kinds[row["kind"]].name: row for row in spans.iter_rows(named=True)}
    row = names["fr.nir"]
    assert text[row["start"] - 100 : row["end"] - 100] == number
    assert (row["record"], row["field"]) == (3, None)


def test_spans_of_cells_are_characters_of_the_cell(searcher: Searcher) -> None:
    """Whole cells and cells with text, in one column, the records' own numbers kept."""
    kind = bundled()["any.email"]
    values = fakes(kind, 40)
    texts = [value if at % 2 else f"écrire à {value} — déjà vu\u00a0!" for at, value in enumerate(values)]
    rows = Rows(frame=pl.DataFrame({"é": texts}), numbers=pl.Series(range(1000, 1040), dtype=pl.UInt64))
    scanner = BlockScanner(searcher, spans=True)
    found = scanner.rows(rows, scanner.typist.plan(rows.frame))
    number = [one.name for one in searcher.kinds].index("any.email")
    spans = pl.concat([table.select("record", "start", "end", "kind") for table in found.spans])
    mine = spans.filter(pl.col("kind") == number).sort("record")
    assert mine["record"].to_list() == list(range(1000, 1040))
    assert [texts[record - 1000][start:end] for record, start, end, _ in mine.iter_rows()] == values


@pytest.mark.parametrize("kind", served(), ids=lambda kind: kind.name)
def test_each_kind_has_its_span_in_an_accented_text(kind: object, searcher: Searcher) -> None:
    one = bundled()[kind.name]  # type: ignore[attr-defined]
    value = fakes(one, 1)[0]
    text = f"été\u00a0: {announced(one)}\n{value}\nœuvre"
    spans = BlockScanner(searcher, spans=True).text(Text(record=0, data=text.encode())).spans
    found = {
        (searcher.kinds[number].name, text[start:end])
        for table in spans
        for start, end, number in table.select("start", "end", "kind").iter_rows()
    }
    assert (bears(one), value) in found


def test_cells_drop_blanks_and_know_their_rows() -> None:
    values, at = cells(pl.Series(["a", None, " ", "b "], dtype=pl.String))
    assert (values.to_list(), at.tolist()) == (["a", "b"], [0, 3])
    lists = pl.Series([["a", " "], None, [], ["b", None, "c"]], dtype=pl.List(pl.String))
    values, at = cells(lists)
    assert (values.to_list(), at.tolist()) == (["a", "b", "c"], [0, 3, 3])
