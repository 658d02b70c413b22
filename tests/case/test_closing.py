"""Closing destroys what holds values, keeps counts, and certifies both."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest

from tocsin import tables
from tocsin.case import Case, close, verify
from tocsin.errors import UsageError

NAMED = "DUPONT_Jean_VIH.pdf"
CANARIES = ("Zzyzx Quuxley", "185057800608491", "secret dossier of Zzyzx", "canary@nowhere.example")


def fill(folder: Path, sources: pl.DataFrame) -> None:
    """A case after all its stages, with a canary wherever a value or a name can stand."""
    finding = dict.fromkeys(tables.FINDINGS) | {
        "source_id": 3,
        "source": NAMED,
        "kind": "fr.nir",
        "valid": 7,
    }
    fields = ["secu", CANARIES[0], CANARIES[1], CANARIES[0], None]
    findings = pl.DataFrame([finding | {"field": field} for field in fields], schema=tables.FINDINGS)
    findings = findings.with_columns(place=pl.Series(["page 3", CANARIES[2], None, None, None]))
    findings = findings.with_columns(samples=pl.lit(CANARIES[3]))
    issue = {"source_id": 3, "source": NAMED, "place": CANARIES[2], "code": "source.encrypted", "count": 2}
    with Case.open(folder) as case:
        case.secret()
        scan = case.stage("scan")
        scan.write_table("sources", sources)
        scan.write_table("findings", findings)
        scan.write_table("issues", pl.DataFrame([issue | {"detail": CANARIES[3]}], schema=tables.ISSUES))
        for table in ("records", "spans", "tallies"):
            scan.write_part(table, "0", pl.DataFrame({table: CANARIES}))
        scan.finish()
        people = case.stage("people")
        for table in ("persons", "identifiers", "memberships"):
            people.write_table(table, pl.DataFrame({"value": CANARIES}))
        named = {"sources": {NAMED: 4, f"{NAMED}:secu": 1}, "kinds": {"fr.nir": 4}, "best": [f"see {NAMED}"]}
        people.write_json("profile.json", named)
        people.finish()
        report = case.stage("report")
        report.write_text("report.html", NAMED)
        report.write_text("notices/letter-0.txt", CANARIES[0])
        case.journal.record("reveal.value", kind="fr.nir")
    (folder / "spill").mkdir()
    (folder / "spill" / "block.ipc").write_text(CANARIES[0])
    (folder / "records.parquet" / f"{NAMED}.parquet").write_text(CANARIES[0])
    (folder / "records.parquet" / "link").symlink_to(folder / "case.json")
    (folder / "FACTS.toml").write_text("role = 'controller'")


@pytest.fixture
def filled(folder: Path, sources: pl.DataFrame) -> Path:
    fill(folder, sources)
    return folder


def test_no_value_and_no_name_is_left(filled: Path) -> None:
    close(filled)
    for path in filled.rglob("*"):
        text = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        assert not [canary for canary in (*CANARIES, NAMED) if canary.encode() in text]
    assert sorted(path.relative_to(filled).as_posix() for path in filled.rglob("*")) == [
        "FACTS.toml", "case.json", "certificate.json", "certificate.txt", "findings.parquet", "issues.parquet",
        "journal.jsonl", "lock", "profile.json", "sources.parquet",
    ]  # fmt: skip


def test_counts_stay(filled: Path) -> None:
    close(filled)
    findings = pl.read_parquet(filled / "findings.parquet")
    assert findings.schema == tables.FINDINGS
    assert findings["field"].to_list() == ["secu", "field-1", "field-2", "field-1", None]
    assert findings["place"].to_list() == ["page 3", None, None, None, None]
    assert findings["valid"].sum() == 35
    assert findings["source"].unique().to_list() == ["source-3.pdf"]
    assert pl.read_parquet(filled / "sources.parquet")["source"].to_list() == ["source-3.pdf"]
    issues = pl.read_parquet(filled / "issues.parquet").row(0, named=True)
    assert (issues["source"], issues["place"], issues["detail"], issues["count"]) == (
        "source-3.pdf",
        None,
        None,
        2,
    )
    profile = json.loads((filled / "profile.json").read_text())
    assert profile == {
        "sources": {"source-3.pdf": 4, "source-3.pdf:secu": 1}, "kinds": {"fr.nir": 4}, "best": ["see source-3.pdf"],
    }  # fmt: skip


def test_the_certificate_lists_what_went_and_what_it_cannot_reach(filled: Path) -> None:
    parts = {path: path.read_bytes() for path in filled.rglob("*.parquet") if path.is_file()}
    facts = close(filled)
    assert facts == json.loads((filled / "certificate.json").read_text())
    destroyed = {entry["name"]: entry for entry in facts["destroyed"]}
    assert {name for name in destroyed if not name.startswith("leftover")} == {
        "records.parquet/part-0.parquet", "spans.parquet/part-0.parquet", "tallies.parquet/part-0.parquet",
        "persons.parquet", "identifiers.parquet", "memberships.parquet", "report.html", "notices/letter-0.txt", "secret",
    }  # fmt: skip
    assert len(destroyed) == 11
    content = parts[filled / "records.parquet/part-0.parquet"]
    entry = destroyed["records.parquet/part-0.parquet"]
    assert (entry["bytes"], entry["sha256"]) == (len(content), sha256(content).hexdigest())
    assert {one["overwritten"] for one in destroyed.values()} == {True}
    assert facts["total"] == {"files": 11, "bytes": sum(one["bytes"] for one in destroyed.values())}
    assert facts["left"] == {"files": 1, "bytes": 19}
    assert facts["masked"] == ["findings.parquet", "issues.parquet", "sources.parquet"]
    words = (filled / "certificate.txt").read_text()
    assert words.count(entry["sha256"]) == 2
    assert "CERTIFICAT DE CLÔTURE" in words
    assert "CERTIFICATE OF THE CLOSING" in words
    assert words.count("SSD") == 2
    assert "{" not in words


def test_files_are_overwritten_before_they_go(filled: Path) -> None:
    opened = {
        path: path.open("rb")
        for path in filled.rglob("*")
        if path.is_file() and path.suffix in (".parquet", ".html")
    }
    before = {path: file.read() for path, file in opened.items()}
    close(filled)
    for path, file in opened.items():
        file.seek(0)
        after = file.read()
        file.close()
        assert len(after) == len(before[path])
        assert after != before[path]
        assert not [canary for canary in (*CANARIES, NAMED) if canary.encode() in after]


def test_a_closed_case_holds_and_opens_for_reading_only(filled: Path) -> None:
    close(filled)
    assert verify(filled) == []
    with Case.open(filled, create=False, read_only=True) as case:
        assert case.sources().height == 1
        assert case.state.closed
    for again in (lambda: Case.open(filled), lambda: close(filled)):
        with pytest.raises(UsageError) as caught:
            again()
        assert caught.value.code == "case.closed"
    actions = [json.loads(line)["action"] for line in (filled / "journal.jsonl").read_text().splitlines()]
    assert actions[-2:] == ["case.closing", "case.closed"]
    assert "reveal.value" in actions
    (filled / "certificate.txt").write_text("forged")
    assert [problem.code for problem in verify(filled)] == ["verify.part_size"]


def test_an_empty_case_closes(folder: Path) -> None:
    Case.open(folder).release()
    assert close(folder)["total"] == {"files": 0, "bytes": 0}
    assert verify(folder) == []


def test_only_counts_can_be_kept(filled: Path) -> None:
    with pytest.raises(UsageError) as caught:
        close(filled, keep="everything")
    assert caught.value.code == "case.keep_unknown"
    assert verify(filled) == []


def test_a_link_is_removed_and_what_it_leads_to_is_not_touched(filled: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("precious")
    part = filled / "persons.parquet"
    part.unlink()
    part.symlink_to(outside)
    facts = close(filled)
    assert outside.read_text() == "precious"
    assert not part.is_symlink()
    assert "persons.parquet" not in {entry["name"] for entry in facts["destroyed"]}


def test_a_source_named_like_a_kind_spoils_no_count(folder: Path, sources: pl.DataFrame) -> None:
    with Case.open(folder) as case:
        stage = case.stage("scan")
        stage.write_table("sources", sources.with_columns(source=pl.lit("any.email")))
        stage.write_json("profile.json", {"kinds": {"any.email": 3}, "sources": ["any.email!/x"]})
    close(folder)
    profile = json.loads((folder / "profile.json").read_text())
    assert profile == {"kinds": {"any.email": 3}, "sources": ["source-3.pdf!/x"]}
