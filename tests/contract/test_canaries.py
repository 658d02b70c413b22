"""No value of anybody comes out in clear: not on a descriptor, not in JSON, journal, state or report."""

from __future__ import annotations

import csv
import io
import json
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import polars as pl
import pytest

from tests.contract.canaries import canaries, shown
from tests.contract.conftest import Command
from tests.contract.running import Ran, alone, environment
from tocsin.kinds.catalogue import bundled

# What a shape and its check give away wherever it stands, names of files included.
PLAIN = frozenset(
    ("any.email", "any.card", "any.iban", "any.jwt", "fr.nir", "fr.rib", "fr.siret", "fr.spi", "fr.vat")
)
CRASH = "185057800608491"
STAGES = (
    "tocsin.sources.catalogue.survey",
    "tocsin.sources.catalogue.read",
    "tocsin.sources.pile.walk",
    "tocsin.scan.columns.Typist.plan",
    "tocsin.pipeline.scanning.scan_names",
    "tocsin.pipeline.section.BlockScanner.rows",
    "tocsin.pipeline.section.TextScanner.text",
    "tocsin.pipeline.section.records.table",
    "tocsin.pipeline.keeping.Keeper.keep",
    "tocsin.pipeline.keeping.Keeper.finish",
    "tocsin.scan.findings.Gathered.frames",
    "tocsin.pipeline.explained",
    "tocsin.pipeline.render",
    "tocsin.case.stage.Stage.write_table",
)


def cells() -> str:
    """A table with a column for each kind, under one of its headers, and a comment with all values."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    kinds = canaries()
    headers = [(bundled()[name].headers or (name,))[0] for name in kinds]
    writer.writerow([*headers, "remarque"])
    for row in range(2):
        writer.writerow(
            [*(values[row] for values in kinds.values()), " ".join(v[row] for v in kinds.values())]
        )
    return text.getvalue()


def sentences() -> str:
    """A text in which each value stands behind a word that announces it."""
    known = bundled()
    return "".join(
        f"{(known[name].context or known[name].headers or ('valeur',))[0]} : {value}\n"
        for name, values in canaries().items()
        for value in values
    )


def json_lines() -> str:
    """Objects whose values are the canaries."""
    rows = [{name: values[row] for name, values in canaries().items()} for row in range(2)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def damaged(folder: Path) -> None:
    """Files that break in the middle of values."""
    table = cells()
    head, body = table.split("\r\n", 1)
    torn = "".join(f"{value};{value}\n" for values in canaries().values() for value in values)
    (folder / "lignes.csv").write_text(f"{head}\n{body}{torn}{body}", encoding="utf-8")
    (folder / "coupe.csv").write_bytes(b"\xff\xfe" + table.encode("utf-16-le")[:-3])
    (folder / "octets.csv").write_bytes(table.encode("utf-8").replace(b";", b";\xc3\x00", 5))
    (folder / "coupe.json").write_text(json.dumps({"a": list(canaries().values())})[:-20], encoding="utf-8")
    (folder / "coupe.jsonl").write_text(json_lines().replace("}\n", "\n", 1) + json_lines(), encoding="utf-8")
    (folder / "coupe.xml").write_text(
        f"<a><b>{CRASH}</b><c>{sentences()[:3000].replace('<', '')}", encoding="utf-8"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", table)
        archive.writestr("b.txt", sentences())
    data = bytearray(packed.getvalue())
    data[60:90] = bytes(30)
    (folder / "abime.zip").write_bytes(data)
    (folder / "coupe.zip").write_bytes(packed.getvalue()[:-40])
    with tarfile.open(folder / "coupe.tar", "w") as archive_:
        member = tarfile.TarInfo("x.csv")
        member.size = len(table.encode())
        archive_.addfile(member, io.BytesIO(table.encode()))
    (folder / "coupe.tar").write_bytes((folder / "coupe.tar").read_bytes()[:1500])


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "tout.csv").write_text(cells(), encoding="utf-8")
    (folder / "tout.txt").write_text(sentences(), encoding="utf-8")
    (folder / "tout.jsonl").write_text(json_lines(), encoding="utf-8")
    page = sentences().replace("&", "&amp;").replace("<", "&lt;")
    (folder / "tout.html").write_text(f"<html><body><p>{page}</p></body></html>", encoding="utf-8")
    return folder


def spoken(ran: Ran, case: Path | None = None) -> str:
    """All that a command says, and what a case tells in words."""
    texts = [ran.out, ran.err]
    if case is not None:
        texts += [
            path.read_text(encoding="utf-8")
            for path in case.iterdir()
            if path.suffix in (".json", ".jsonl", ".html", ".txt")
        ]
    return "\n".join(texts)


def every_command(tocsin: Command, pile: Path, case: Path) -> list[str]:
    """What all commands say about a pile and its case, from the first to the closing."""
    lines = [spoken(tocsin("scan", pile, "--case", case, "--json"), case)]
    for language in ("fr", "en"):
        for form in ((), ("--json",)):
            said = ("--lang", language, *form)
            for name in ("scan", "respond"):
                lines.append(spoken(tocsin(name, pile, "--case", case, *said), case))
            lines += [
                spoken(tocsin(name, case, *said)) for name in ("people", "count", "why", "verify", "doctor")
            ]
            lines.append(spoken(tocsin("compare", case, case, *said)))
            lines.append(spoken(tocsin("kinds", *said)))
    export = case.parent / "export.csv"
    assert tocsin("persons", case, "export", "--out", export).code == 0
    lines.append(export.read_text(encoding="utf-8"))
    lines.append(spoken(tocsin("close", case, "--keep", "counts"), case))
    lines.append(spoken(tocsin("verify", case)))
    return lines


def test_cells_never_come_out(tocsin: Command, pile: Path, tmp_path: Path) -> None:
    """Every kind in tables, texts, JSON and HTML; every command in both languages, JSON, journal, state, report.

    They are found, so that their absence says something.
    """
    first, *others = every_command(tocsin, pile, tmp_path / "case")
    patterns = {name for name in canaries() if bundled()[name].pattern is not None}
    found = {name for name in patterns if f'"{name}"' in first}
    assert len(patterns - found) <= len(patterns) // 4
    assert found >= PLAIN
    assert [shown(text) for text in (first, *others) if shown(text)] == []


def test_damaged_sources_never_come_out(tocsin: Command, tmp_path: Path) -> None:
    """Lines, elements and archives that break in the middle of values are counted, not quoted."""
    pile, case = tmp_path / "pile", tmp_path / "case"
    pile.mkdir()
    damaged(pile)
    first, *others = every_command(tocsin, pile, case)
    assert first.count('"code": "source.') >= 5
    for text in (first, *others):
        assert shown(text) == []
        assert CRASH not in text


def placed(folder: Path, kinds: frozenset[str]) -> None:
    """Values of these kinds as names of files, folders, members, columns and keys."""
    folder.mkdir()
    values = [value.replace("/", "-") for name in sorted(kinds) for value in canaries()[name]]
    for number, value in enumerate(values):
        stem = value[:100]
        if number % 2:
            (folder / f"export_{stem}.csv").write_text("a;b\n1;2\n", encoding="utf-8")
        else:
            (folder / stem).mkdir()
            (folder / stem / "liste.txt").write_text("rien de particulier", encoding="utf-8")
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        for value in values:
            archive.writestr(f"dossier/{value[:100]}.csv", "a;b\n1;2\n")
    header = ";".join(f"note {value}".replace('"', "") for value in values)
    (folder / "titres.csv").write_text(
        header + "\n" + (";".join("1" for _ in values) + "\n") * 5, encoding="utf-8"
    )
    (folder / "cles.json").write_text(
        json.dumps([{f"cle {value}": "mot" for value in values}] * 5), encoding="utf-8"
    )


def test_plain_kinds_in_names(tocsin: Command, tmp_path: Path) -> None:
    """Names of files, folders, members, columns and keys are masked where a shape with its key stands in them."""
    placed(tmp_path / "pile", PLAIN)
    for text in every_command(tocsin, tmp_path / "pile", tmp_path / "case"):
        assert shown(text, PLAIN) == []


def test_persons_in_names(tocsin: Command, tmp_path: Path) -> None:
    """`DUPONT_Jean_VIH.pdf` shows neither name, anywhere."""
    pile = tmp_path / "pile"
    (pile / "Lefebvre Sophie").mkdir(parents=True)
    (pile / "DUPONT_Jean_VIH.pdf").write_bytes(b"%PDF-1.7\n")
    (pile / "Lefebvre Sophie" / "radio.txt").write_text("rien", encoding="utf-8")
    (pile / "notes.csv").write_text("ligne;avis de Mathilde GAUTHIER\n1;a\n2;b\n", encoding="utf-8")
    first, *others = every_command(tocsin, pile, tmp_path / "case")
    assert '"any.full_name"' in first
    for text in (first, *others):
        assert [
            name for name in ("DUPONT", "Jean", "Lefebvre", "Sophie", "GAUTHIER", "Mathilde") if name in text
        ] == []


ERRORS: tuple[Exception, ...] = (
    ValueError(f"invalid literal {CRASH}"),
    KeyError(CRASH),
    OSError(5, CRASH, CRASH),
    UnicodeDecodeError("utf-8", CRASH.encode(), 0, 1, CRASH),
    pl.exceptions.ComputeError(f"could not parse `{CRASH}`"),
    RecursionError(CRASH),
    MemoryError(CRASH),
)


def raising(error: BaseException) -> Callable[..., Any]:
    """A function that raises."""

    def fail(*arguments: object, **named: object) -> NoReturn:
        raise error

    return fail


@pytest.mark.parametrize("error", [0, 1])
@pytest.mark.parametrize("stage", STAGES)
def test_a_failing_stage_says_nothing(
    tocsin: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str, error: int
) -> None:
    """A mistake of ours, or of a library that quotes a value: exit 4 at most, and not one word of it."""
    pile, case = tmp_path / "pile", tmp_path / "case"
    pile.mkdir()
    (pile / "a.csv").write_text(f"nom;num_secu\nMARTIN;{CRASH}\n", encoding="utf-8")
    (pile / "a.txt").write_text(f"Assuré {CRASH}\n", encoding="utf-8")
    monkeypatch.setattr(stage, raising(ERRORS[(STAGES.index(stage) + error * 4) % len(ERRORS)]))
    ran = tocsin("respond", pile, "--case", case)
    assert ran.code in (3, 4)
    assert CRASH not in spoken(ran, case if case.exists() else None)
    assert "Traceback" not in ran.err
    monkeypatch.undo()
    later = tocsin("verify", case) if (case / "case.json").exists() else ran
    assert CRASH not in spoken(later)


def test_a_failing_child_says_nothing(large: Path, tmp_path: Path) -> None:
    """A worker that fails with a value in its mouth: neither it nor its parent repeats it."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, os\n"
        "if 'multiprocessing' in ' '.join(sys.orig_argv):\n"
        "    import tocsin.scan.block as block\n"
        "    def fail(*given, **named):\n"
        f"        print('{CRASH}', file=sys.stderr, flush=True)\n"
        f"        os.write(2, b'{CRASH}')\n"
        f"        raise ValueError('{CRASH}')\n"
        "    block.BlockScanner.rows = fail\n"
    )
    env = environment()
    env["PYTHONPATH"] = f"{tmp_path}{os.pathsep}{env['PYTHONPATH']}"
    ran = alone("scan", large, "--case", tmp_path / "case", "--cores", 2, env=env)
    assert ran.code in (3, 4)
    assert CRASH not in spoken(ran, tmp_path / "case")
    assert "Traceback" not in ran.err
