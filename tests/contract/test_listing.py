"""`--listing LIST --originals DIR`: counts, issues, only the copies that are listed, nothing in clear."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.running import Ran, frame
from tocsin.pipeline import listed

Command = Callable[..., Ran]
SECRET = "1 85 05 78 006 084 91"
NUMBER = "185057800608491"
WHEN = 1_700_000_000


@pytest.fixture
def originals(tmp_path: Path) -> Path:
    """One's own copies, of which one is not on the list."""
    folder = tmp_path / "copies"
    texts = {
        "rh/paie.csv": f"nom;num_secu\nMARTIN;{SECRET}\n",
        "rh/notes.txt": "écrire à lucie@example.fr\n",
        "a/z.txt": "zz\n",
        "b/z.txt": "zz\n",
        "apart/unlisted.txt": "appeler le 06 12 34 56 78\n",
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (WHEN, WHEN))
    return folder


@pytest.fixture
def listing(tmp_path: Path, originals: Path) -> Path:
    """A list of one file found, one changed, one that fits two copies, and two that are not there."""
    size = (originals / "rh" / "paie.csv").stat().st_size
    path = tmp_path / "list.txt"
    path.write_text(
        f"{size} /srv/data/rh/paie.csv\n1 /srv/data/rh/notes.txt\n3 z.txt\n"
        f"9 /srv/data/rh/Dupont Sophie {NUMBER}.pdf\n9 /srv/data/rh/absent.pdf\n",
        encoding="utf-8",
    )
    return path


def test_counts_and_issues(tocsin: Command, listing: Path, originals: Path) -> None:
    """Every listed file has its state, and each that is not simply found is an issue."""
    ran = tocsin("scan", "--listing", listing, "--originals", originals, "--json")
    assert ran.code == 3
    assert ran.json["listing"] == {"files": 5, "found": 1, "changed_since": 1, "missing": 2, "ambiguous": 1}
    codes = [(issue["code"], issue["count"]) for issue in ran.json["issues"]]
    assert sorted(codes) == [
        ("listing.ambiguous", 1),
        ("listing.changed_since", 1),
        ("listing.missing", 1),
        ("listing.missing", 1),
    ]


def test_only_listed_copies_are_scanned(tocsin: Command, listing: Path, originals: Path) -> None:
    """Names stay relative to the folder; the list is a source whose names are scanned."""
    ran = tocsin("scan", "--listing", listing, "--originals", originals, "--json")
    sources = {row["source"]: row["format"] for row in ran.json["sources"]}
    assert set(sources) == {"list.txt", "rh/paie.csv", "rh/notes.txt", "a/z.txt", "b/z.txt"}
    assert sources["list.txt"] == "listing"
    found = {(row["source"], row["kind"], row["place"]) for row in ran.json["findings"]}
    assert ("list.txt", "fr.nir", "name") in found
    assert ("rh/paie.csv", "fr.nir", None) in found
    assert not [kind for kind in ran.json["kinds"] if "phone" in kind]


def test_nothing_in_clear(tocsin: Command, listing: Path, originals: Path, case_dir: Path) -> None:
    """What a file's name says of a person is masked on the terminal, in JSON and in the report."""
    arguments = ("--listing", listing, "--originals", originals, "--case", case_dir, "--lang", "en")
    seen = [
        tocsin("respond", *arguments, "--json"),
        tocsin("scan", *arguments),
        tocsin("respond", *arguments),
    ]
    report = (case_dir / "report.html").read_text(encoding="utf-8")
    for text in (*(ran.out + ran.err for ran in seen), report):
        assert [value for value in (NUMBER, SECRET, "Sophie") if value in text] == []
    assert [ran.code for ran in seen] == [3, 3, 3]
    assert seen[0].json["leaked"]["listing"]["missing"] == 2
    assert "no copy was found" in report


def test_a_second_run_has_nothing_to_do(
    tocsin: Command, listing: Path, originals: Path, case_dir: Path
) -> None:
    """The case keeps what was matched: no table is written again, the counts are told again."""
    arguments = ("scan", "--listing", listing, "--originals", originals, "--case", case_dir, "--json")
    first, before = tocsin(*arguments), (case_dir / "sources.parquet").stat().st_mtime_ns
    second = tocsin(*arguments)
    assert (first.code, second.code) == (3, 3)
    assert {**first.json, "seconds": 0} == {**second.json, "seconds": 0}
    assert (case_dir / "sources.parquet").stat().st_mtime_ns == before
    assert frame(case_dir, "issues")["code"].to_list().count("listing.missing") == 2


def test_beside_a_pile(tocsin: Command, listing: Path, originals: Path, pile: Path) -> None:
    """With a pile as well, the copies count as one more pile."""
    ran = tocsin("scan", pile, "--listing", listing, "--originals", originals, "--json")
    names = {row["source"] for row in ran.json["sources"]}
    assert {"1/notes.txt", "1/patients.csv", "2/rh/paie.csv", "list.txt"} <= names


def test_all_found_is_no_issue(tocsin: Command, tmp_path: Path, originals: Path) -> None:
    """A list of paths alone whose files are all at hand ends well."""
    path = tmp_path / "list.txt"
    path.write_bytes("D:\\x\\rh\\paie.csv\r\nD:\\x\\rh\\notes.txt\r\n".encode("utf-16"))
    ran = tocsin("scan", "--listing", path, "--originals", originals, "--json")
    assert ran.code == 0
    assert ran.json["listing"] == {"files": 2, "found": 2, "changed_since": 0, "missing": 0, "ambiguous": 0}


@pytest.mark.parametrize("command", ["scan", "respond"])
def test_what_is_refused(
    tocsin: Command, command: str, listing: Path, originals: Path, tmp_path: Path, case_dir: Path
) -> None:
    """One option without the other, no list, no folder, nothing at all: a sentence and code 2."""
    (tmp_path / "bytes").write_bytes(bytes(range(256)) * 20)
    for given in (
        ("--listing", listing),
        ("--originals", originals),
        ("--listing", tmp_path / "absent", "--originals", originals),
        ("--listing", tmp_path / "bytes", "--originals", originals),
        ("--listing", listing, "--originals", listing),
        (),
    ):
        ran = tocsin(command, *given, "--case", case_dir)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.strip()
        assert str(tmp_path) not in ran.err


def test_many_missing_are_told_by_folder(
    tocsin: Command, tmp_path: Path, originals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the first of a code, one issue a folder: the counts still add up."""
    monkeypatch.setattr(listed, "SINGLY", 20)
    path = tmp_path / "list.txt"
    path.write_text("".join(f"./d{number % 7}/{number}.txt\n" for number in range(1200)), encoding="utf-8")
    ran = tocsin("scan", "--listing", path, "--originals", originals, "--json")
    assert ran.code == 3
    missing = [issue for issue in ran.json["issues"] if issue["code"] == "listing.missing"]
    assert sum(issue["count"] for issue in missing) == ran.json["listing"]["missing"] == 1200
    assert len(missing) == 27
