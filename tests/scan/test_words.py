"""Words are found whole, in either case, with and without accents, wherever in a text they stand; texts together
give what each gives alone."""

from __future__ import annotations

import random
import re

import numpy as np
import polars as pl
import pytest

from tests.scan.conftest import announced, fakes, served
from tocsin.scan.gate import Gate, Meaning
from tocsin.scan.openings import CHUNK, Openings, beginnings
from tocsin.scan.search import Searcher
from tocsin.scan.texts import TextScanner
from tocsin.tables import Text

PHRASES = {"nir": 0, "date de naissance": 0, "naissance": 0, "etat civil": 0, "cp": 0, "oeuvre": 0}
SPELLINGS = ("nir", "date de naissance", "naissance", "état civil", "cp", "œuvre")


@pytest.fixture(scope="module")
def gate() -> Gate:
    """A few phrases, and two literal beginnings."""
    nothing: frozenset[int] = frozenset()
    return Gate({phrase: Meaning(nothing, nothing) for phrase in PHRASES}, SPELLINGS, ("ghp_", "-----BEGIN "))


def met(gate: Gate, text: str) -> list[tuple[str, str]]:
    """What stands in `text`, and which phrase it is."""
    data = text.encode()
    hits = gate.find(np.frombuffer(data, dtype=np.uint8))
    rows = zip(hits.starts.tolist(), hits.ends.tolist(), hits.numbers.tolist(), strict=True)
    return [(data[start:end].decode(), gate.phrases[number]) for start, end, number in rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NIR", ["nir"]),
        ("le nir: 1, les NIRs", ["nir", "nir"]),
        ("finir, niroise, nir1, énir, nirа", []),
        ("Date de naissance", ["date de naissance"]),
        ("date de la naissance", ["naissance"]),
        ("num_nir_x", ["nir"]),
        ("l’ÉTAT CIVIL «état civil» etat civil", ["etat civil"] * 3),
        ("Œuvre et œuvres", ["oeuvre", "oeuvre"]),
        ("cp", ["cp"]),
        ("cpa c p", []),
        ("中nir 中，nir", ["nir"]),
    ],
)
def test_phrases_are_whole_words(text: str, found: list[str], gate: Gate) -> None:
    assert [phrase for _, phrase in met(gate, text)] == found


def test_the_places_of_literal_beginnings(gate: Gate) -> None:
    text = b"a ghp_x GHP_x x-----BEGIN RSA"
    hits = gate.find(np.frombuffer(text, dtype=np.uint8))
    assert {2, 15} <= set(hits.literals.tolist())
    assert 8 not in hits.literals.tolist()


def test_no_cut_between_chunks_hides_a_word(gate: Gate) -> None:
    for before in range(CHUNK - 12, CHUNK + 3):
        text = "é" * 3 + " " * (before - 6) + "«nir» cp"
        assert [phrase for _, phrase in met(gate, text)] == ["nir", "cp"]


def test_beginnings_are_those_of_runs_of_letters_and_digits(rng: random.Random) -> None:
    """Every place at which `re` sees an ASCII run begin, whatever the chunks; behind an accent none."""
    text = "".join(rng.choices("ab1é’ «_-中\n", k=3000))
    data = np.frombuffer(text.encode(), dtype=np.uint8)
    places = {len(text[: m.start()].encode()) for m in re.finditer("(?<![A-Za-z0-9é中])[A-Za-z0-9]", text)}
    found = np.concatenate([beginnings(data, at, min(at + 7, len(data))) for at in range(0, len(data), 7)])
    assert places <= set(found.tolist())
    assert found.tolist() == beginnings(data, 0, len(data)).tolist()


def test_openings_never_miss(rng: random.Random) -> None:
    words = ["".join(rng.choices("abcdefgh", k=rng.randrange(1, 7))) for _ in range(200)]
    openings = Openings({word.encode()[:4]: 1 for word in words}, whole=1)
    text = " ".join(words).encode()
    data = np.frombuffer(text, dtype=np.uint8)
    assert openings.find(data)[0].tolist() == beginnings(data, 0, len(data)).tolist()


def test_texts_together_are_texts_alone(searcher: Searcher, rng: random.Random) -> None:
    """Records, spans and emitted values, with accents and offsets; no word announces across two texts."""
    kinds = [
        kind for kind in served() if kind.name in ("fr.nir", "fr.siren", "any.email", "any.date", "any.iban")
    ]
    texts = []
    for record in range(60):
        kind = rng.choice(kinds)
        word = announced(kind) if rng.random() < 0.5 else ""
        text = f"été\u00a0{word} {rng.choice(fakes(kind, 20))} à{rng.choice((' siren', ''))}"
        texts.append(Text(record=record // 2, data=text.encode(), offset=rng.randrange(5)))
    scanner = TextScanner(searcher)
    together = scanner.text(*texts)
    alone = [scanner.text(text) for text in texts]
    columns = ["record", "start", "end", "kind", "valid"]
    found = pl.concat(together.spans).select(columns).sort(columns)
    assert found.equals(
        pl.concat([span for one in alone for span in one.spans]).select(columns).sort(columns)
    )
    emitted = {
        (e.column, row, v) for e in together.emissions for row, v in zip(e.rows, e.values, strict=True)
    }
    assert emitted == {
        (e.column, n, v) for n, one in enumerate(alone) for e in one.emissions for v in e.values
    }
