"""JSON documents: elements as rows, numbers as written, and k damaged elements of N give N - k records."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.sources.reading import Read, read_bytes
from tocsin.sources import json_split, json_survey
from tocsin.sources.json_layout import ARRAY
from tocsin.sources.source import Located

NAMES = st.text('abcdé 0."\\[{,', min_size=1, max_size=6)
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=12)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


def leaves(value: Any) -> Iterator[str]:
    """Every scalar of a value as the reader writes it; null and empty ones are none."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif isinstance(value, bool):
        yield "true" if value else "false"
    elif value not in (None, ""):
        yield str(value)


def cells(row: dict[str, Any]) -> list[str]:
    """Every cell of a row, lists laid flat."""
    flat = [part for cell in row.values() for part in (cell if isinstance(cell, list) else [cell])]
    return sorted(cell for cell in flat if cell not in (None, ""))


def loaded(folder: Path, text: str, encoding: str = "utf-8") -> Read:
    return read_bytes(folder, text.encode(encoding), "x.json")


def test_paths_become_fields(tmp_path: Path) -> None:
    text = (
        '[{"personne": {"nom": "Dupont", "ne": null}, "emails": ["a@x.fr", "b@x.fr"],'
        ' "adresses": [{"ville": "Lyon", "cp": "69001"}, {"ville": "Brest"}], "vip": true}]'
    )
    assert loaded(tmp_path, text).rows == {
        0: {
            "personne.nom": "Dupont",
            "emails[]": ["a@x.fr", "b@x.fr"],
            "adresses[].ville": ["Lyon", "Brest"],
            "adresses[].cp": ["69001", None],
            "vip": "true",
        }
    }


def test_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    text = '[{"a": 185077800604822, "b": 1.0, "c": 1.10, "d": 1e5, "e": 123456789012345678901234567890, "f": "007"}]'
    assert list(loaded(tmp_path, text).rows[0].values()) == [
        "185077800604822",
        "1.0",
        "1.10",
        "1e5",
        "123456789012345678901234567890",
        "007",
    ]


def test_a_name_that_stands_twice_keeps_both_values(tmp_path: Path) -> None:
    assert loaded(tmp_path, '[{"a": 1, "a": 2}, {"a": 3}]').rows == {
        0: {"a": ["1", "2"]},
        1: {"a": ["3"]},
    }


@given(
    records=st.lists(st.dictionaries(NAMES, VALUES, max_size=4), min_size=1, max_size=6),
    indent=st.sampled_from([None, 2]),
)
def test_every_value_of_an_array_arrives(
    tmp_path: Path, records: list[dict[str, Any]], indent: int | None
) -> None:
    found = loaded(tmp_path, json.dumps(records, indent=indent, ensure_ascii=False))
    assert found.codes == []
    assert [cells(found.rows[number]) for number in range(len(records))] == [
        sorted(leaves(record)) for record in records
    ]


def test_a_list_inside_an_object_is_the_records_and_the_rest_is_one_more(tmp_path: Path) -> None:
    text = '{"export": {"date": "2026"}, "patients": [{"nom": "a"}, {"nom": "b"}], "fin": 1}'
    found = loaded(tmp_path, text)
    assert found.rows == {0: {"nom": "a"}, 1: {"nom": "b"}, 2: {"export.date": "2026", "fin": "1"}}
    assert loaded(tmp_path, '{"patients": [{"nom": "a"}, {"nom": "b"}]}').rows.keys() == {0, 1}
    assert loaded(tmp_path, '{"a": 1, "b": ["x", "y"]}').rows == {0: {"a": "1", "b[]": ["x", "y"]}}


def test_names_that_are_values_become_a_column(tmp_path: Path) -> None:
    people = {f"p{number}@x.fr": {"nom": f"n{number}"} for number in range(100)}
    found = loaded(tmp_path, json.dumps({"users": people}))
    assert found.rows == {number: {"*.key": f"p{number}@x.fr", "nom": f"n{number}"} for number in range(100)}
    flat = loaded(tmp_path, json.dumps({f"p{number}@x.fr": f"v{number}" for number in range(100)}))
    assert flat.rows[0]["*.key"][7] == "p7@x.fr"
    assert flat.rows[0]["*"][7] == "v7"


def test_values_in_a_row_are_records(tmp_path: Path) -> None:
    found = loaded(tmp_path, '{\n "a": 1\n}\n{\n "a": 2\n}\n{"a":\n3}\n')
    assert found.rows == {0: {"a": "1"}, 1: {"a": "2"}, 2: {"a": "3"}}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = json.dumps([{"nom": "Éloïse", "ville": "Besançon"}] * 30, ensure_ascii=False)
    found = loaded(tmp_path, text, encoding)
    assert found.rows == {number: {"nom": "Éloïse", "ville": "Besançon"} for number in range(30)}


DAMAGES = (
    lambda text: text[:-1],
    lambda text: text + "}",
    lambda text: text.replace('"nom"', '"nom', 1),
    lambda text: text.replace('": ', '" ', 1),
    lambda text: text.replace('"x', '"x"', 1),
    lambda text: text.replace("{", "{{", 1),
    lambda text: text.replace(",", ",,", 1),
)


@given(
    seed=st.integers(0, 1 << 30),
    block=st.sampled_from([64, 300, 1 << 22]),
    indent=st.sampled_from([None, 1]),
    envelope=st.booleans(),
)
@example(seed=22955707, block=64, indent=None, envelope=True)
def test_damaged_elements_cost_themselves_alone(
    tmp_path: Path, seed: int, block: int, indent: int | None, envelope: bool
) -> None:
    rng = random.Random(seed)
    texts = [
        json.dumps(
            {"id": number, "nom": f"x{number}", "note": "".join(rng.choices('ab,{}[]:"\\', k=4))},
            indent=indent,
        )
        for number in range(rng.randrange(2, 60))
    ]
    bad = set(rng.sample(range(1, len(texts)), min(len(texts) - 1, rng.randrange(3))))
    bad -= {number for number in bad if number - 1 in bad}
    parts = [rng.choice(DAMAGES)(text) if number in bad else text for number, text in enumerate(texts)]
    document = "[" + ", ".join(parts) + "]"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_survey, "BLOCK", block)
        found = loaded(tmp_path, f'{{"d": 1, "rows": {document}, "e": 2}}' if envelope else document)
    ids = {number: row["id"] for number, row in found.rows.items() if "id" in row}
    assert ids == {number: str(number) for number in range(len(texts)) if number not in bad}
    assert found.codes == ["source.bad_element"] * len(bad)


def test_damaged_elements_side_by_side_are_counted_apart(tmp_path: Path) -> None:
    found = loaded(tmp_path, '[{"a": 1}, {"a": "2}, {"a": 3, {"a": 4}, {"a": 5}]')
    assert found.rows == {0: {"a": "1"}, 3: {"a": "4"}, 4: {"a": "5"}}
    assert [issue.place for issue in found.issues] == ["record 1", "record 2"]


def test_a_cut_array_loses_its_last_element_only(tmp_path: Path) -> None:
    text = json.dumps([{"a": number} for number in range(50)])
    found = loaded(tmp_path, text[:-6])
    assert len(found.rows) == 49
    assert found.codes == ["source.bad_element"]
    assert loaded(tmp_path, text[:-1]).codes == ["source.no_end"]


def test_deep_nesting_is_an_issue(tmp_path: Path) -> None:
    assert loaded(tmp_path, "[" * 10_000 + "]" * 10_000).codes == ["source.bad_element"]
    text = '[{"a":1},' + '{"a":' * 5000 + "1" + "}" * 5000 + ',{"a":2}]'
    found = loaded(tmp_path, text)
    assert found.rows == {0: {"a": "1"}, 2: {"a": "2"}}
    assert found.codes == ["source.bad_element"]


def test_half_characters_do_not_crash(tmp_path: Path) -> None:
    assert loaded(tmp_path, '[{"a\\ud800": "\\udfff"}, {"b": "\\ud83d\\ude00"}]').rows[1] == {
        "b": "\U0001f600"
    }


def test_long_arrays_make_several_sections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_survey, "BLOCK", 4096)
    found = loaded(tmp_path, json.dumps([{"a": number, "b": 'é\\"]' * 5} for number in range(2000)]))
    assert found.sections > 10
    assert [found.rows[number]["a"] for number in range(2000)] == [str(number) for number in range(2000)]


@given(values=st.lists(VALUES, max_size=20), size=st.integers(1, 40))
def test_stops_do_not_depend_on_blocks(values: list[Any], size: int) -> None:
    text = (json.dumps(values)[1:]).encode()
    state, at, stops, end = json_split.State(), 0, list[int](), None
    while end is None:
        block = text[at : at + size]
        block = block[: json_split.usable(block)]
        while block.endswith(b"\\"):
            block = text[at : at + len(block) + 1]
        found = json_split.split(block, state, ARRAY)
        assert found.doubt is None
        stops += [at + int(stop) for stop in found.stops]
        end = None if found.end is None else at + found.end
        at, state = at + len(block), found.state
    assert end == len(text) - 1
    assert len(stops) == max(len(values) - 1, 0)


def test_words_in_brackets_are_no_json(tmp_path: Path) -> None:
    for text in ("[INFO] tout va bien\n[INFO] rien\n", "{nom} est ici\n", "[1] Une note\n[2] Une autre\n"):
        assert "json" not in loaded(tmp_path, text).located[0].format


def test_readers_are_named(tmp_path: Path) -> None:
    located: Located = loaded(tmp_path, "[1, 2]").located[0]
    assert (located.format, located.reader) == ("json", "json")
