"""Classes of documents: what each document of `documents.toml` is, why, and that no single sign decides."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.comparing import scanned
from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Kind
from tocsin.scan.classes import FEWEST, LONGEST, Classifier, Papers
from tocsin.scan.found import Emission
from tocsin.scan.search import Searcher
from tocsin.scan.tally import Tallies
from tocsin.scan.texts import TextScanner
from tocsin.tables import Text

DOCUMENTS = Path(__file__).with_name("documents.toml")
CLASSES = [kind for kind in bundled().values() if kind.signs]
NAMES = [
    "any.cv",
    "any.identity_document",
    "fr.health_questionnaire",
    "fr.lab_report",
    "fr.payslip",
    "fr.prescription",
]


@pytest.fixture(scope="module")
def classifier(searcher: Searcher) -> Classifier:
    return Classifier(searcher.kinds)


def documents() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = tomllib.loads(DOCUMENTS.read_text(encoding="utf-8"))["document"]
    return read


def judged(searcher: Searcher, classifier: Classifier, *texts: Text) -> tuple[list[Emission], Tallies]:
    """What the pieces of one document give."""
    tallies = Tallies()
    found = TextScanner(searcher).text(*texts)
    given = Papers(classifier).add(texts, found.spans, tallies)
    return given.get(texts[0].record, []), tallies


def test_the_classes_are_there() -> None:
    assert [kind.name for kind in CLASSES] == NAMES
    assert len(documents()) >= 10 * 2 + 20


def test_every_document_is_what_it_is(searcher: Searcher, classifier: Classifier) -> None:
    """Prescriptions, reports, questionnaires, payslips, CVs and copies of cards; and what only resembles them."""
    wrong = []
    for number, document in enumerate(documents()):
        emissions, _ = judged(searcher, classifier, Text(record=0, data=document["text"].encode()))
        names = [emission.column for emission in emissions]
        if names != [document["class"]] * bool(document["class"]):
            wrong.append((number, document["class"], names))
    assert wrong == []


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.name)
def test_no_few_signs_decide(kind: Kind, classifier: Classifier) -> None:
    """A fake is of its class; its first words alone are of none, whatever else the text repeats."""
    whole = kind.fake(random.Random(4))
    assert [classifier.kinds[one.kind].name for one in classifier.judge(whole, {})] == [kind.name]
    assert all(len(one.signs) >= FEWEST for one in classifier.judge(whole, {}))
    title = whole.split("—")[0]
    assert classifier.judge((title + "\n") * 20, {}) == []


def test_a_class_is_told_once_a_document_and_says_why(searcher: Searcher, classifier: Classifier) -> None:
    """Two pages, the second a payslip: one finding, at that page; the column holds the class's name alone."""
    payslip = next(one["text"] for one in documents() if one["class"] == "fr.payslip")
    first = Text(record=3, data=b"Bonjour,\nvoici le document.\n", place="page 1", last=False)
    second = Text(record=3, data=payslip.encode(), offset=27, place="page 2")
    emissions, tallies = judged(searcher, classifier, first, second)
    assert [(one.column, one.values.to_list()) for one in emissions] == [("fr.payslip", ["fr.payslip"])]
    ((spot, tally),) = list(tallies)
    assert (spot.field, spot.place, tally.candidates, tally.valid) == (None, "page 2", 1, 1)
    assert tally.evidence == "class"
    assert len(tally.samples) >= FEWEST
    assert not any(char.isdigit() for sample in tally.samples for char in sample)


def test_a_long_text_is_of_no_class(searcher: Searcher, classifier: Classifier) -> None:
    payslip = next(one["text"] for one in documents() if one["class"] == "fr.payslip")
    for times in (400, LONGEST // len(payslip) + 1):
        emissions, _ = judged(searcher, classifier, Text(record=0, data=(payslip * times).encode()))
        assert emissions == []


def test_a_scan_counts_documents(tmp_path: Path) -> None:
    """Files of a folder: each class counts its documents, others count none."""
    wanted: dict[str, int] = {}
    for number, document in enumerate(documents()):
        (tmp_path / f"{number:03d}.txt").write_text(document["text"], encoding="utf-8")
        if document["class"]:
            wanted[document["class"]] = wanted.get(document["class"], 0) + 1
    rows = [row for row in scanned(tmp_path).findings.to_dicts() if row["kind"] in NAMES]
    assert {row["evidence"] for row in rows} == {"class"}
    assert all(row["field"] is None and row["valid"] == row["candidates"] == 1 for row in rows)
    assert {kind: sum(row["kind"] == kind for row in rows) for kind in wanted} == wanted
    assert len(rows) == sum(wanted.values())
