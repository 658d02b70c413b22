"""The bundled lists: their declared facts hold, they load quickly, and hold no whole double name."""

from __future__ import annotations

import hashlib
import random
import time
from datetime import date
from importlib.resources import files

import pytest

from tocsin.kinds import lists
from tocsin.kinds.any import health, laboratory
from tocsin.kinds.kind import fold

NAMES = [entry["name"] for entry in lists.facts()]
LOOKED_UP = [entry["name"] for entry in lists.facts() if entry["shape"] != "lines"]
LIMIT = 6_000_000


@pytest.mark.parametrize("name", NAMES)
def test_facts_are_those_of_the_file(name: str) -> None:
    entry = lists.entry(name)
    data = files(lists.__name__).joinpath(entry["file"]).read_bytes()
    assert hashlib.sha256(data).hexdigest() == entry["sha256"]
    assert len(lists.rows(name)) == entry["rows"] >= 100
    assert entry["title"]["fr"]
    assert entry["title"]["en"]
    assert entry["licence"]
    assert entry["source"]
    assert entry["checked"] in ("package", "publisher", "own", "unconfirmed")
    assert isinstance(entry["date"], date)
    assert entry["stale_after"] > entry["date"]


def test_every_file_is_declared_and_small() -> None:
    folder = files(lists.__name__)
    bundled = {found.name for found in folder.iterdir() if found.name.endswith((".gz", ".tsv", ".txt"))}
    assert bundled == {entry["file"] for entry in lists.facts()}
    assert sum(len(folder.joinpath(name).read_bytes()) for name in bundled) < LIMIT


@pytest.mark.parametrize("name", LOOKED_UP)
def test_keys_are_folded_and_weights_positive(name: str) -> None:
    loaded = lists.load(name)
    assert min(loaded.values()) >= 1
    assert all(lists.key(entry) == entry and fold(entry) == entry for entry in loaded)


def test_surnames_hold_single_words_of_several_bearers() -> None:
    surnames = lists.load("surnames")
    assert not any(" " in name for name in surnames)
    assert min(surnames.values()) >= 3


def test_surnames_load_quickly() -> None:
    lists.load.cache_clear()
    begin = time.process_time()
    lists.load("surnames")
    assert time.process_time() - begin < 1.0  # 0.2 s measured; the bound leaves room for a busy machine


def test_weights_order_what_everybody_knows() -> None:
    given, surnames, words = (lists.load(name) for name in ("given_names", "surnames", "words"))
    assert given["marie"] > given["jade"] > given.get("bonjour", 0)
    assert surnames["martin"] > surnames["petit"] > surnames.get("bonjour", 0)
    assert words["bonjour"] > words["martin"]
    communes = lists.load("communes")
    assert communes["paris"] > communes["lyon"] > communes["saint etienne"] > 100_000
    assert "les abymes" in communes
    postcodes = lists.load("postcodes")
    assert {"75001", "20000", "97400", "98800"} <= set(postcodes)


def test_key_joins_what_is_written_in_several_ways() -> None:
    assert lists.key("  L’Haÿ-les-Roses ") == lists.key("l'hay les roses") == "l hay les roses"
    assert lists.key("CŒUR") == "coeur"


def test_draws_are_entries_and_repeat_with_the_seed() -> None:
    drawn = [lists.draw("given_names", random.Random(7)) for _ in range(3)]
    assert len(set(drawn)) == 1
    assert lists.key(drawn[0]) in lists.load("given_names")


@pytest.mark.parametrize(("words", "fewest"), [(health.WORDS, 200), (laboratory.WORDS, 150)])
def test_vocabularies_are_wide_and_hold_no_ordinary_word(words: tuple[str, ...], fewest: int) -> None:
    folded = [fold(word) for word in words]
    assert len(set(folded)) == len(folded) >= fewest
    ordinary = {
        "test",
        "crise",
        "cure",
        "enceinte",
        "operation",
        "fatigue",
        "handicap",
        "ist",
        "ace",
        "bilan",
    }
    assert not ordinary & set(folded)


def test_unknown_list_is_refused() -> None:
    with pytest.raises(KeyError):
        lists.load("nobody")
