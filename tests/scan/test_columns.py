"""What columns hold: typed with headers and without, mixed, in lists, with blanks; chance and rare values too."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from tests.scan.conftest import fakes
from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Category, Kind, Needs
from tocsin.scan.block import BlockScanner
from tocsin.scan.columns import Plan, Typist, flat, joined
from tocsin.scan.findings import Gathered, decide
from tocsin.scan.found import Emission
from tocsin.scan.search import Searcher
from tocsin.sources.source import Rows

ROWS = 120
KINDS = [kind for kind in bundled().values() if kind.face_of is None]
HEADED = [kind for kind in KINDS if kind.headers]
PROVED = [kind for kind in KINDS if kind.needs is Needs.NOTHING and kind.pattern is not None and kind.headers]
WORDS = "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor".split()
Cells = Sequence[str | None]


@pytest.fixture(scope="module")
def typist(searcher: Searcher) -> Typist:
    return Typist(searcher)


def frame(**columns: Cells) -> pl.DataFrame:
    return pl.DataFrame({name: pl.Series(values, dtype=pl.String) for name, values in columns.items()})


def numbered(table: pl.DataFrame) -> Rows:
    return Rows(frame=table, numbers=pl.Series(range(len(table)), dtype=pl.UInt64))


def findings(searcher: Searcher, table: pl.DataFrame) -> dict[tuple[str | None, str], tuple[int, int]]:
    """(field, kind) → candidates and valid, as a scan of the whole table says."""
    scanner = BlockScanner(searcher)
    plans = scanner.typist.plan(table)
    gathered = Gathered(searcher.kinds)
    gathered.add(0, "t.csv", scanner.rows(numbered(table), plans).tallies)
    return {(one["field"], one["kind"]): (one["candidates"], one["valid"]) for one in gathered.findings}


def kinds_of(searcher: Searcher, plan: Plan) -> list[str]:
    return [searcher.kinds[typed.kind].name for typed in plan.kinds]


@pytest.mark.parametrize("kind", HEADED, ids=lambda kind: kind.name)
def test_a_fake_is_found_under_its_first_and_last_header(kind: Kind, searcher: Searcher) -> None:
    values = fakes(kind, ROWS)
    missing = []
    for header in (kind.headers[0], kind.headers[-1]):
        table = frame(**{header: values, "n": [str(at) for at in range(ROWS)]})
        found = findings(searcher, table)
        if found.get((header, kind.name), (0, 0))[1] < 0.9 * ROWS:
            missing.append(header)
    assert missing == []


@pytest.mark.parametrize("kind", PROVED, ids=lambda kind: kind.name)
def test_a_proved_kind_needs_no_header(kind: Kind, searcher: Searcher, typist: Typist) -> None:
    table = frame(col_3=fakes(kind, ROWS))
    assert findings(searcher, table).get(("col_3", kind.name), (0, 0))[1] >= 0.9 * ROWS


def test_random_references_are_no_nir_whatever_their_number(searcher: Searcher, rng: random.Random) -> None:
    for size in (200, 2000, 20_000):
        values = [rng.choice("12") + "".join(rng.choices("0123456789", k=14)) for _ in range(size)]
        assert ("ref", "fr.nir") not in findings(searcher, frame(ref=values))


def test_one_nir_in_a_column_of_comments_is_found(searcher: Searcher, rng: random.Random) -> None:
    values: list[str | None] = [" ".join(rng.choices(WORDS, k=8)) for _ in range(500)]
    values[433] = f"Rappeler, son numéro est {fakes(bundled()['fr.nir'], 1)[0]} merci"
    assert findings(searcher, frame(note=values))[("note", "fr.nir")] == (1, 1)


def test_what_the_sample_did_not_show_is_found_and_counted(searcher: Searcher, rng: random.Random) -> None:
    """The plan comes from empty and plain rows; three numbers stand far behind."""
    scanner = BlockScanner(searcher)
    plans = scanner.typist.plan(frame(comment=[None] * 50))
    values: list[str | None] = [None] * 3000
    genuine = fakes(bundled()["fr.nir"], 3)
    for at, value in zip((2000, 2500, 2999), genuine, strict=True):
        values[at] = value
    found = scanner.rows(numbered(frame(comment=values)), plans)
    names = {searcher.kinds[spot.kind].name: tally for spot, tally in found.tallies}
    assert (names["fr.nir"].candidates, names["fr.nir"].valid) == (3, 3)
    emitted = [one for one in found.emissions if one.column == "fr.nir"]
    assert [row for one in emitted for row in one.rows.tolist()] == [2000, 2500, 2999]


def test_a_column_of_two_kinds_gives_both_with_exact_counts(searcher: Searcher) -> None:
    mails, phones = fakes(bundled()["any.email"], 80), fakes(bundled()["any.phone"], 40)
    values = [value for pair in zip(mails, [*phones, *[None] * 40], strict=True) for value in pair]
    found = findings(searcher, frame(contact=values))
    assert found[("contact", "any.email")] == (80, 80)
    assert found[("contact", "any.phone")][1] == 40


def test_wrong_keys_are_candidates_and_kept_apart(searcher: Searcher) -> None:
    kind = bundled()["fr.nir"]
    good = [kind.normal(value) for value in fakes(kind, 90)]
    bad = [value[:-2] + f"{(int(value[-2:]) + 5) % 97 + 1:02d}" for value in good[:10]]
    table = frame(nir=good + bad)
    assert findings(searcher, table)[("nir", "fr.nir")] == (100, 90)
    scanner = BlockScanner(searcher)
    emissions = scanner.rows(numbered(table), scanner.typist.plan(table)).emissions
    by_column = {one.column: one.values.to_list() for one in emissions}
    assert by_column["fr.nir"] == good
    assert by_column["fr.nir.invalid"] == bad


def values_of(emissions: Sequence[Emission], column: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in emissions:
        if one.column == column:
            for row, value in zip(one.rows.tolist(), one.values.to_list(), strict=True):
                found.setdefault(row, []).append(value)
    return found


def test_lists_blanks_and_nulls_keep_their_rows(searcher: Searcher) -> None:
    mails = [value.lower() for value in fakes(bundled()["any.email"], 6)]
    cells = [
        [mails[0], mails[1]],
        [],
        None,
        [f"  {mails[2]}\t"],
        ["", mails[3]],
        [None, mails[4], " "],
        [mails[5]],
    ]
    table = pl.DataFrame({"mail": pl.Series(cells, dtype=pl.List(pl.String))})
    scanner = BlockScanner(searcher)
    found = scanner.rows(numbered(table), scanner.typist.plan(table))
    assert values_of(found.emissions, "any.email") == {
        0: mails[:2],
        3: [mails[2]],
        4: [mails[3]],
        5: [mails[4]],
        6: [mails[5]],
    }


@pytest.mark.parametrize("cells", [[], [None, None], ["", "  "], ["\u00a0"], ["-", "?"], ["0"] * 30])
def test_columns_of_nothing_give_nothing(cells: list[str | None], searcher: Searcher) -> None:
    assert findings(searcher, frame(col_1=cells)) == {}


def test_cells_do_not_announce_each_other(searcher: Searcher) -> None:
    """A word in one cell says nothing of the number in the next."""
    sirens = fakes(bundled()["fr.siren"], 3)
    values = [text for siren in sirens for text in ("le siren de la société", f"voir {siren} plus tard")]
    assert ("note", "fr.siren") not in findings(searcher, frame(note=values))
    values = [f"siren {siren} de la société" for siren in sirens]
    assert findings(searcher, frame(note=values))[("note", "fr.siren")][1] == 3


def test_cells_with_line_breaks_are_one_text(searcher: Searcher) -> None:
    nir = fakes(bundled()["fr.nir"], 1)[0]
    found = findings(searcher, frame(note=[f"Premier mot\nson numéro\n{nir}\nfin", "rien du tout"]))
    assert found[("note", "fr.nir")] == (1, 1)


def test_cutting_a_table_into_blocks_changes_no_count(searcher: Searcher, rng: random.Random) -> None:
    kinds = [kind for kind in PROVED if kind.category is not Category.OTHER][:6]
    columns = {f"c{at}": fakes(kind, ROWS) for at, kind in enumerate(kinds)}
    columns["text"] = [" ".join(rng.choices([*WORDS, *columns["c0"]], k=6)) for _ in range(ROWS)]
    table = frame(**columns)
    scanner = BlockScanner(searcher)
    plans = scanner.typist.plan(table)
    whole = scanner.rows(numbered(table), plans).tallies
    parts = scanner.rows(numbered(table.head(0)), plans).tallies
    for begin in range(0, ROWS, 17):
        parts.merge(scanner.rows(numbered(table[begin : begin + 17]), plans).tallies)
    counts = [
        {spot: (one.candidates, one.valid, one.distinct.count()) for spot, one in tallies}
        for tallies in (whole, parts)
    ]
    assert counts[0] == counts[1]


def test_the_order_of_columns_changes_no_finding_of_keys(searcher: Searcher) -> None:
    columns = {kind.name: fakes(kind, ROWS) for kind in PROVED if kind.keyed}
    forward = {name.partition(".")[2]: values for name, values in columns.items()}
    backward = dict(reversed(forward.items()))
    assert findings(searcher, frame(**forward)) == findings(searcher, frame(**backward))


def test_flat_and_joined_say_where_each_cell_begins() -> None:
    column = flat(pl.Series(["a ", None, "", " é\u00a0b", "c\nd"], dtype=pl.String))
    text, breaks = joined(column)
    assert text.decode() == "a\né b\nc d"
    assert [text[place:].decode()[0] for place in breaks] == ["a", "é", "c"]


def test_a_field_that_no_plan_knows_is_planned_from_its_block(searcher: Searcher) -> None:
    scanner = BlockScanner(searcher)
    found = scanner.rows(numbered(frame(email=fakes(bundled()["any.email"], 30))), {})
    verdicts = [decide(searcher.kinds[spot.kind], spot, tally).accepted for spot, tally in found.tallies]
    assert any(verdicts)
    assert sum(map(len, values_of(found.emissions, "any.email").values())) == 30


@pytest.mark.parametrize("form", ["%y%m%d%H%M", "%d%m%y%H%M", "%y%m%d%H%M1", "%d%m%y%H%M7", "%Y%m%d%H%M1"])
def test_moments_are_nobodys_number(form: str, searcher: Searcher, rng: random.Random) -> None:
    """Stamps of time pass the dates of person numbers far above chance, and their keys one in ten."""
    start = datetime(2019, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(minutes=rng.randrange(3_000_000)) for _ in range(1500)]
    found = findings(searcher, frame(col_2=[moment.strftime(form) for moment in moments]))
    kinds = [kind for _, kind in found]
    assert [kind for kind in kinds if bundled()[kind].category is Category.NATIONAL_ID] == []
