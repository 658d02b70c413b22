"""Every table-like file of the golden pile with some of its bytes changed or its end missing: read or told, never a failure.

A reader that fails is caught by the catalogue and told as `source.reader_failed`; none may come to that.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.tables_reading import read_tables

PILE = Path(__file__).resolve().parent.parent / "piles" / "tables" / "pile"
FILES = sorted(path.name for path in PILE.iterdir())
MOST = 4000
Changes = list[tuple[int, bytes]]


@pytest.mark.parametrize("name", FILES)
@given(
    changes=st.lists(st.tuples(st.integers(0, 1 << 30), st.binary(min_size=1, max_size=6)), max_size=6),
    head=st.booleans(),
    share=st.floats(0.2, 1.0),
)
def test_damage_is_told(tmp_path: Path, name: str, changes: Changes, head: bool, share: float) -> None:
    content = bytearray((PILE / name).read_bytes())
    for place, data in changes:
        at = place % min(len(content), 600 if head else len(content))
        content[at : at + len(data)] = data
    path = tmp_path / name
    path.write_bytes(content[: int(len(content) * share)])
    tables = read_tables(path)
    codes = {code for table in tables.values() for code in table.codes}
    assert "source.reader_failed" not in codes
    assert sum(len(table.rows) for table in tables.values()) <= MOST
