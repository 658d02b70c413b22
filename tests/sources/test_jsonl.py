"""JSON lines: sections, numbers of records and lines, and bad lines that cost themselves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.reading import read_bytes
from tocsin.sources import jsonl


@given(
    kinds=st.lists(st.sampled_from(["good", "good", "good", "bad", "blank"]), min_size=1, max_size=60),
    block=st.sampled_from([16, 200, 1 << 22]),
    end=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
)
def test_bad_lines_cost_themselves_alone(
    tmp_path: Path, kinds: list[str], block: int, end: str, last: bool
) -> None:
    good = json.dumps({"nom": "Zoé"}, ensure_ascii=False)
    lines = [
        good,
        good,
        good,
        good,
        *({"good": good, "bad": '{"nom": "Z', "blank": " "}[kind] for kind in kinds),
    ]
    text = end.join(lines) + (end if last else "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl, "BLOCK", block)
        patch.setattr(jsonl, "sniff", jsonl.sniff)
        found = read_bytes(tmp_path, text.encode())
    if found.located[0].format != "jsonl":
        assert kinds.count("bad") * 10 > len(lines) * 2
        return
    records = [kind for kind in ["good"] * 4 + kinds if kind != "blank"]
    assert sorted(found.rows) == [number for number, kind in enumerate(records) if kind == "good"]
    bad = [f"line {number}" for number, kind in enumerate(kinds, 5) if kind == "bad"]
    assert [(issue.code, issue.place) for issue in found.issues] == [
        ("source.bad_line", place) for place in bad
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32-le", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = '{"nom": "Éloïse"}\n' * 40
    found = read_bytes(tmp_path, text.encode(encoding))
    assert found.located[0].format == "jsonl"
    assert found.rows == {number: {"nom": "Éloïse"} for number in range(40)}


def test_lines_of_arrays_and_mixed_values(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b'["a", 1]\n["b", 2]\n["c", {"d": 3}]\n')
    assert found.located[0].format == "jsonl"
    assert found.rows[0] == {"[]": ["a", "1"]}
    assert found.rows[2]["[].d"] == [None, "3"]


def test_a_line_too_long_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "limit", lambda table, name: 1000)
    monkeypatch.setattr(jsonl, "BLOCK", 100)
    found = read_bytes(tmp_path, b'{"a": 1}\n' * 20 + b'{"a": "' + b"x" * 5000 + b'"}\n' + b'{"a": 1}\n' * 3)
    assert len(found.rows) == 23
    assert [(issue.code, issue.place) for issue in found.issues] == [("source.bad_line", "line 21")]
