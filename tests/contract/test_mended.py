"""What once failed: panics, masks, states, spans, piles of one name, interruptions, crashes."""

from __future__ import annotations

import gzip
import random
import re
import shutil
import signal
import time
from pathlib import Path

import polars as pl
import pytest

from tests.contract.canaries import canaries, shown
from tests.contract.conftest import ROWS, Command
from tests.contract.patients import MAIL, NIR
from tests.contract.running import alone, environment, frame, spawn, tables
from tests.contract.test_answers import ENGLISH, FRENCH
from tests.contract.test_canaries import CRASH, every_command, placed, raising, spoken
from tests.contract.test_case import SPANS, has
from tests.contract.test_command_line import COMMANDS
from tests.contract.test_crash import Large, alive, entered, family, until
from tests.contract.test_same import lay
from tocsin.kinds.catalogue import bundled


@pytest.fixture(scope="module")
def whole(large: Path, tmp_path_factory: pytest.TempPathFactory) -> Large:
    """A scan of the large pile that nothing disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    return Large(large, folder / "case", folder / "temporary")


def test_a_panic_says_nothing(
    tocsin: Command, pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """polars' PanicException is no Exception and quotes values: exit 4, no trace, not a word of it."""
    error = pl.exceptions.PanicException(f"called unwrap on `{CRASH}`")
    monkeypatch.setattr("tocsin.pipeline.section.records.table", raising(error))
    ran = tocsin("scan", pile, "--case", tmp_path / "case")
    assert ran.code == 4
    assert CRASH not in spoken(ran, tmp_path / "case")


def test_a_panic_in_a_process_of_its_own(pile: Path, tmp_path: Path) -> None:
    """The same seen from outside: nothing on stderr but our own words."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, warnings\n"
        "if 'tocsin' in sys.orig_argv:\n"
        "    import polars, tocsin.scan.block as block\n"
        "    class Late:\n"
        f"        def __del__(self): raise ValueError('{CRASH}')\n"
        "    def fail(*given, **named):\n"
        f"        warnings.warn('{CRASH}')\n"
        "        Late()\n"
        f"        raise polars.exceptions.PanicException('{CRASH}')\n"
        "    block.BlockScanner.rows = block.BlockScanner.text = fail\n"
    )
    env = environment()
    env["PYTHONPATH"] = f"{tmp_path}:{env['PYTHONPATH']}"
    ran = alone("scan", pile, "--case", tmp_path / "case", env=env)
    assert CRASH not in ran.out + ran.err
    assert "Traceback" not in ran.err
    assert ran.code == 4


def test_every_kind_in_names(tocsin: Command, tmp_path: Path) -> None:
    """Names of files, folders, members, columns and keys that hold a value of any kind are masked."""
    patterned = frozenset(canaries()) - {
        "any.given_name",
        "any.surname",
        "any.full_name",
        "any.user_name",
        "any.password",
    }
    placed(tmp_path / "pile", patterned)
    seen = {
        name
        for text in every_command(tocsin, tmp_path / "pile", tmp_path / "case")
        for name in shown(text, patterned)
    }
    assert seen == set()


def test_a_folder_of_kinds_that_is_not_there(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """Exit 2 and a sentence, not a scan without it."""
    for arguments in (
        ("scan", pile, "--kinds", tmp_path / "missing"),
        ("kinds", "--kinds", tmp_path / "missing"),
    ):
        ran = tocsin(*arguments)
        assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", b"%PDF-1.7\n1 0 obj\n"), ("a.bin", bytes(range(256)) * 20)]
)
def test_nothing_could_be_read(tocsin: Command, tmp_path: Path, name: str, data: bytes) -> None:
    """A pile of which not one source is of a format that is read: 4, and the source's state says unread."""
    (tmp_path / name).write_bytes(data)
    ran = tocsin("scan", tmp_path / name, "--json")
    assert ran.code == 4
    assert [row["state"] for row in ran.json["sources"]] == ["unread"]


def test_unread_is_null_where_it_cannot_be_known(tocsin: Command, tmp_path: Path) -> None:
    """The rest of a cut gzip stream is not known: unread is null, and an issue says how many bytes."""
    packed = gzip.compress("".join(f"{n};u{n * 7919 % 10007}@example.org\n" for n in range(9000)).encode())
    (tmp_path / "a.csv.gz").write_bytes(packed[: len(packed) // 2])
    ran = tocsin("scan", tmp_path / "a.csv.gz", "--json")
    assert ran.code == 3
    assert ran.json["sources"][0]["records"] > 100
    assert ran.json["sources"][0]["unread"] is None
    assert "source.truncated" in {issue["code"] for issue in ran.json["issues"]}


def test_three_json_lines(tocsin: Command, tmp_path: Path) -> None:
    """One bad line of three costs itself alone."""
    (tmp_path / "a.jsonl").write_text('{"a": 1}\n{"a": \n{"a": 3}\n')
    (source,) = tocsin("scan", tmp_path / "a.jsonl", "--json").json["sources"]
    assert (source["records"], source["unread"]) == (2, 1)


@pytest.mark.parametrize("name", COMMANDS)
def test_french_help_is_french(tocsin: Command, name: str) -> None:
    """No word of the terminal library's English."""
    ran = tocsin("--lang", "fr", name, "--help")
    assert re.search(r"Usage: |Options:|Show this message", ran.out) is None


def test_help_tells_of_the_language(tocsin: Command) -> None:
    """--lang is in the help."""
    assert "--lang" in tocsin("--help").out
    assert "--lang" in tocsin("scan", "--help").out


def test_nothing_on_stderr_when_piped(pile: Path, tmp_path: Path) -> None:
    """look.md: the next command is for a terminal; nothing when piped."""
    assert alone("scan", pile, "--case", tmp_path / "case").err == ""


def test_core_dumps_are_off(large: Path, tmp_path: Path) -> None:
    """While it runs, the size of a core dump is limited to zero, in the children too."""
    import time

    from tests.contract.running import spawn
    from tests.contract.test_crash import entered, family, until

    case = tmp_path / "case"
    child = spawn("scan", large, "--case", case, "--cores", 2)
    assert until(child, lambda: entered(case) >= 1)
    limits = [(path / "limits").read_text() for path in [Path(f"/proc/{child.pid}"), *family(child.pid)]]
    child.kill()
    child.communicate()
    time.sleep(0)
    assert all(re.search(r"Max core file size +0 +0", text) for text in limits)


def test_another_pile_with_a_file_of_the_same_name(tocsin: Command, tmp_path: Path) -> None:
    """Two piles each with a patients.csv: the second is added, it is no changed source."""
    for side, value in (("one", "185057800608491"), ("two", "295109912611193")):
        (tmp_path / side).mkdir()
        (tmp_path / side / "patients.csv").write_text(f"ligne;num_secu\n1;{value}\n")
        assert tocsin("scan", tmp_path / side, "--case", tmp_path / "case").code == 0
    assert frame(tmp_path / "case", "records").height == 2


def test_a_value_in_a_header_leaves_the_header(tocsin: Command, tmp_path: Path) -> None:
    """One column is called by an address, the others have their usual names: still a header, no record."""
    text = "nom;prenom;date_naissance;num_secu;jean@example.fr\nMARTIN;Jean;12/03/1985;185057800608491;oui\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    found = tocsin("scan", tmp_path / "a.csv", "--json").json
    assert found["sources"][0]["records"] == 1
    assert "any.birth_date" in found["kinds"]
    assert "jean@example.fr" not in str(found)


def test_a_reader_that_leaves(pile: Path) -> None:
    """`tocsin scan … | head -1` is no error and no trace."""
    child = spawn("kinds", "--json")
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    err = child.stderr.read()
    child.stderr.close()
    assert child.wait(timeout=60) == 0
    assert err == ""


def test_spans_point_into_the_text(tocsin: Command, tmp_path: Path) -> None:
    """Offsets are characters, the end exclusive, whatever stands before."""
    text = f"Éléonore, née à Œuilly — assurée {NIR}, courriel {MAIL} 🙂 puis {NIR}.\n" * 3
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    tocsin("scan", tmp_path / "a.txt", "--case", tmp_path / "case")
    spans = frame(tmp_path / "case", "spans").filter(pl.col("kind").is_in(["fr.nir", "any.email"]))
    shown = [
        (kind, text[start:end])
        for kind, start, end in spans.sort("start").select("kind", "start", "end").iter_rows()
    ]
    assert shown == [("fr.nir", NIR), ("any.email", MAIL), ("fr.nir", NIR)] * 3
    assert spans["record"].to_list() == [0] * 9


def same(case: Path, whole: Large) -> None:
    """The final tables equal those of an undisturbed scan, and the case is sound and clean."""
    found = tables(case)
    assert [name for name, table in found.items() if not table.equals(whole.tables[name])] == []
    assert list(case.rglob("*.tmp")) == []
    assert alone("verify", case).code == 0


def test_killed_at_several_moments(whole: Large, large: Path, tmp_path: Path) -> None:
    """kill -9 before, between and after parts, each time taken up again: no row lost, none doubled."""
    case, made, killed = tmp_path / "case", random.Random(20261121), 0
    for parts in (0, 1, 3, 5, 7):
        child = spawn("scan", large, "--case", case, "--cores", 2)
        there = until(child, lambda parts=parts: (case / "case.json").exists() and entered(case) >= parts)
        time.sleep(made.random() / 2)
        child.kill()
        child.communicate()
        killed += there and child.returncode == -signal.SIGKILL
    assert killed >= 3
    last = alone("scan", large, "--case", case, "--cores", 2, "--json")
    assert (last.code, last.err) == (0, "")
    assert {**last.json, "seconds": 0} == {**whole.ran.json, "seconds": 0}
    same(case, whole)


def test_again_and_another_pile(tocsin: Command, whole: Large, large: Path, tmp_path: Path) -> None:
    """A source that was read in many sections keeps its counts when it is handed in again and when a pile is added."""
    case = tmp_path / "case"
    shutil.copytree(whole.case, case)
    case.chmod(0o700)
    again = tocsin("scan", large, "--case", case, "--json")
    assert {**again.json, "seconds": 0} == {**whole.ran.json, "seconds": 0}
    (tmp_path / "a.txt").write_text("Assuré 185057800608491\n", encoding="utf-8")
    added = tocsin("scan", tmp_path / "a.txt", "--case", case, "--json")
    assert added.json["kinds"]["fr.nir"]["valid"] == ROWS + 1
    found = tables(case)["findings"]
    assert found.filter(pl.col("source_id") == 0).equals(whole.tables["findings"])


@pytest.mark.parametrize(
    ("variables", "language"),
    [({}, "fr")],
)
def test_language_without_a_locale(variables: dict[str, str], language: str) -> None:
    """Without --lang the locale decides, and where it says neither, French."""
    ran = alone("kinds", "fr.none", env=environment(**variables))
    assert ran.code == 2
    assert ran.err.startswith({"fr": "Cette donnée", "en": "This kind"}[language])


@pytest.mark.parametrize(("language", "wanted"), [("fr", FRENCH), ("en", ENGLISH)])
def test_the_five_lines(tocsin: Command, pile: Path, tmp_path: Path, language: str, wanted: str) -> None:
    """Golden: five lines of at most 80 columns, then where the report is; a stage that is not built says so."""
    ran = tocsin("respond", pile, "--case", tmp_path / "case", "--lang", language)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert "\n".join(lines[:5]) + "\n" == wanted
    assert max(len(line) for line in lines[:5]) <= 80
    assert lines[5].endswith("report.html")
    assert (tmp_path / "case" / "report.html").is_file()


@pytest.mark.parametrize("ordinary", [""])
def test_three_numbers_far_down(tocsin: Command, tmp_path: Path, ordinary: str) -> None:
    """Three NIR only after row 600,000 of an otherwise empty or ordinary comment column: all three, exactly."""
    rows = 640_000
    numbers = ("185057800608491", "295109912611193", "253072B07300470")
    places = {601_234: numbers[0], 620_000: f"son numéro : {numbers[1]}.", 639_999: numbers[2]}
    with open(tmp_path / "a.csv", "w", encoding="utf-8") as file:
        file.write("ligne;commentaire\n")
        file.writelines(f"{row};{places.get(row, ordinary)}\n" for row in range(rows))
    ran = tocsin("scan", tmp_path / "a.csv", "--cores", 1, "--json")
    assert ran.code == 0
    (source,) = ran.json["sources"]
    assert (source["records"], source["unread"]) == (rows, 0)
    found = [row for row in ran.json["findings"] if row["kind"] == "fr.nir"]
    assert [(row["field"], row["valid"], row["distinct"]) for row in found] == [("commentaire", 3, 3)]
    assert ran.json["kinds"]["fr.nir"] == {"valid": 3, "distinct": 3, "sources": 1}


def test_order_of_files(tocsin: Command, tmp_path: Path) -> None:
    """Twelve files created in two orders: the same tables and the same answer."""
    names = [f"{letter}.{ending}" for letter in "abcdef" for ending in ("csv", "txt")]
    lay(tmp_path / "one", names)
    lay(tmp_path / "two", random.Random(5).sample(names, len(names)))
    ran = [
        tocsin("scan", tmp_path / side, "--case", tmp_path / f"case-{side}", "--spans", "--json")
        for side in ("one", "two")
    ]
    assert {**ran[0].json, "seconds": 0} == {**ran[1].json, "seconds": 0}
    one, two = tables(tmp_path / "case-one"), tables(tmp_path / "case-two")
    assert set(one) == {"sources", "records", "findings", "issues", "spans"}
    assert [name for name, table in one.items() if not table.equals(two[name])] == []


def test_spans_table_has_the_contracts_columns(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """With --spans, for tables and texts."""
    assert tocsin("scan", pile, "--case", tmp_path / "case", "--spans").code == 0
    spans = frame(tmp_path / "case", "spans")
    assert has(spans, SPANS)
    assert spans.schema["source"] in (pl.String, pl.Categorical)
    assert set(spans["kind"]) <= set(bundled())


@pytest.mark.parametrize("time_", range(2))
def test_interrupted_and_locked(
    tocsin: Command, whole: Large, large: Path, tmp_path: Path, time_: int
) -> None:
    """While it runs the case is locked (4); ^C gives 130, a sentence, no trace, no orphan; then it goes on."""
    case = tmp_path / "case"
    child = spawn("scan", large, "--case", case, "--cores", 2, "--lang", "en")
    assert until(child, lambda: entered(case) >= 1)
    second = tocsin("scan", large, "--case", case, "--lang", "en")
    assert (second.code, second.out) == (4, "")
    assert second.err.strip()
    children = family(child.pid)
    child.send_signal(signal.SIGINT)
    try:
        out, err = child.communicate(timeout=20)
    finally:
        child.kill()
    assert (child.returncode, out) == (130, "")
    assert err.strip().startswith("Interrupted")
    assert len(err.strip().splitlines()) == 1
    began = time.monotonic()
    while any(alive(path) for path in children) and time.monotonic() - began < 10:
        time.sleep(0.05)
    assert [path.name for path in children if alive(path)] == []
    assert alone("scan", large, "--case", case, "--cores", 2).code == 0
    same(case, whole)
