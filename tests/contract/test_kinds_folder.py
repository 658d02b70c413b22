"""A kind that is added at run time: one file in a folder, nothing else."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.contract.conftest import Command
from tests.contract.running import alone, frame

BADGE = '''
"""A badge of the gym club."""

from tocsin.kinds.kind import Category, Kind

KIND = Kind(
    name="fr.badge",
    label={"fr": "badge du club", "en": "club badge"},
    category=Category.PSEUDONYM,
    pattern="ZQX[0-9]{7}",
    headers=("badge", "no badge"),
    fake=lambda rng: f"ZQX{rng.randrange(10**6, 10**7)}",
    citations=(),
)
'''
VALUES = [f"ZQX{number}" for number in range(1_000_000, 1_000_040)]


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    folder = tmp_path / "kinds"
    folder.mkdir()
    (folder / "badge.py").write_text(BADGE, encoding="utf-8")
    return folder


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    rows = "".join(f"{number};{value}\n" for number, value in enumerate(VALUES))
    (folder / "membres.csv").write_text("ligne;badge\n" + rows, encoding="utf-8")
    (folder / "lettre.txt").write_text(f"Votre badge {VALUES[0]} est prêt.\n", encoding="utf-8")
    return folder


def test_found_under_its_header_and_in_text(tocsin: Command, kinds: Path, pile: Path, tmp_path: Path) -> None:
    """Its values are findings and records; without the folder they are not."""
    case = tmp_path / "case"
    ran = tocsin("scan", pile, "--kinds", kinds, "--case", case, "--json")
    assert ran.code == 0
    found = [
        (row["source"], row["field"], row["valid"])
        for row in ran.json["findings"]
        if row["kind"] == "fr.badge"
    ]
    assert found == [("lettre.txt", None, 1), ("membres.csv", "badge", 40)]
    assert ran.json["kinds"]["fr.badge"] == {"valid": 41, "distinct": 40, "sources": 2}
    records = frame(case, "records").filter(pl.col("source_id") == 1)
    assert records["fr.badge"].explode().to_list() == VALUES
    plain = tocsin("scan", pile, "--json")
    assert "fr.badge" not in plain.json["kinds"]


def test_listed_and_described(tocsin: Command, kinds: Path) -> None:
    """`tocsin kinds --kinds DIR` names it in both languages and describes it."""
    assert "fr.badge" not in tocsin("kinds").out
    assert "badge du club" in tocsin("kinds", "--kinds", kinds, "--lang", "fr").out
    assert "club badge" in tocsin("kinds", "--kinds", kinds, "--lang", "en").out
    (one,) = tocsin("kinds", "fr.badge", "--kinds", kinds, "--json").json["kinds"]
    assert one["name"] == "fr.badge"
    assert one["category"] == "pseudonym"


def test_in_a_process_of_its_own(kinds: Path, pile: Path) -> None:
    """Nothing needs to be installed or registered."""
    ran = alone("scan", pile, "--kinds", kinds, "--json")
    assert ran.code == 0
    assert ran.json["kinds"]["fr.badge"]["valid"] == 41


@pytest.mark.parametrize(
    "text",
    [
        "KIND = Kind(",
        "import nothing_of_this_name",
        "raise ValueError('185057800608491')",
        "WORD = 3",
        "KIND = 'fr.badge'",
        BADGE.replace("fr.badge", "fr.nir"),
        BADGE.replace("Category.PSEUDONYM", "Category.NOTHING"),
    ],
)
def test_a_broken_declaration_is_refused(tocsin: Command, kinds: Path, pile: Path, text: str) -> None:
    """Exit 2 and a sentence that names the file or the kind; never a trace, never what Python said."""
    (kinds / "zz_broken.py").write_text(text, encoding="utf-8")
    for arguments in (("scan", pile, "--kinds", kinds), ("kinds", "--kinds", kinds)):
        ran = tocsin(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "zz_broken.py" in ran.err or "fr.nir" in ran.err
        assert "185057800608491" not in ran.err
        assert "Error" not in ran.err
