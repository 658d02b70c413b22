"""Write the golden piles anew: `python tests/piles/make.py`, from the repository's root.

Every pile comes from the fakes with a fixed seed; `expected.json` is what was written, never what a scan said.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import shutil
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from tocsin.fakes import fake  # noqa: E402
from tocsin.fakes.known import Cell, facts_of, text_of  # noqa: E402
from tocsin.fakes.leak import EPOCH, Leak  # noqa: E402
from tocsin.fakes.person import Person, person  # noqa: E402
from tocsin.fakes.truth import Truth  # noqa: E402
from tocsin.fakes.writings import account, birth, given, mail, postcode, social, surname, telephone  # noqa: E402

SEED = 20261121
COLUMNS = "nom prenom date_naissance num_secu adresse code_postal ville telephone courriel iban".split()
ENCODINGS = {
    "utf-8.csv": ("utf-8", ""),
    "utf-8-mark.csv": ("utf-8", "\ufeff"),
    "utf-16-le.csv": ("utf-16-le", "\ufeff"),
    "utf-16-be.csv": ("utf-16-be", "\ufeff"),
    "utf-16-le-unmarked.csv": ("utf-16-le", ""),
    "cp1252.csv": ("cp1252", ""),
    "latin-1.csv": ("latin-1", ""),
}
MEMBER = "table.csv"


def row(somebody: Person, rng: random.Random) -> list[Cell]:
    """One line of the table that all formats and encodings share."""
    home = somebody.home
    return [
        surname(rng, somebody.surname),
        given(rng, somebody.given),
        birth(somebody.born),
        social(rng, somebody.nir, wrong=0.05),
        home.line,
        postcode(home),
        home.city,
        telephone(rng, somebody.phone),
        mail(rng, somebody.email),
        account(rng, somebody.iban),
    ]


def table(count: int) -> list[tuple[str, list[Cell]]]:
    """So many lines, each with the key of its person; every tenth repeats an earlier person."""
    rng = random.Random(SEED)
    people = [
        person(SEED, number - 10 if number % 10 == 9 and number > 10 else number) for number in range(count)
    ]
    return [(somebody.key, row(somebody, rng)) for somebody in people]


def noted(truth: Truth, source: str, format: str, lines: list[tuple[str, list[Cell]]]) -> None:
    """The truth of a source that holds `lines`."""
    truth.source(source, format)
    for number, (key, cells) in enumerate(lines):
        truth.record(source, number, (key,))
        for column, cell in zip(COLUMNS, cells, strict=True):
            for kind, normal in facts_of(cell):
                truth.value(source, column, kind, normal)


def delimited(lines: list[tuple[str, list[Cell]]], delimiter: str) -> str:
    """The lines as delimited text under their header."""
    texts = [COLUMNS, *([text_of(cell) for cell in cells] for _, cells in lines)]
    return "".join(delimiter.join(line) + "\n" for line in texts)


def objects(lines: list[tuple[str, list[Cell]]]) -> list[dict[str, str]]:
    """The lines as objects."""
    return [dict(zip(COLUMNS, map(text_of, cells), strict=True)) for _, cells in lines]


def xml(lines: list[tuple[str, list[Cell]]]) -> str:
    """The lines as elements of one root."""
    rows = (
        "".join(f"<{column}>{escape(text)}</{column}>" for column, text in found.items())
        for found in objects(lines)
    )
    body = "".join(f"<patient>{inside}</patient>\n" for inside in rows)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<patients>\n{body}</patients>\n'


def encodings(leak: Leak) -> None:
    """One table in every encoding."""
    lines = table(40)
    for name, (encoding, mark) in ENCODINGS.items():
        text = delimited(lines, ";").replace("œ", "oe").replace("Œ", "OE")  # which Latin-1 lacks
        leak.raw(name, (mark + text).encode(encoding))
        noted(leak.truth, name, "csv", lines)


def formats(leak: Leak) -> None:
    """One table in every format, and inside archives."""
    lines = table(40)
    text = delimited(lines, ";").encode()
    lined = "".join(json.dumps(found, ensure_ascii=False) + "\n" for found in objects(lines))
    written = {
        "table.csv": ("csv", text),
        "table.tsv": ("csv", delimited(lines, "\t").encode()),
        "table.psv": ("csv", delimited(lines, "|").encode()),
        "table.json": ("json", json.dumps(objects(lines), ensure_ascii=False, indent=1).encode()),
        "table.jsonl": ("jsonl", lined.encode()),
        "table.xml": ("xml", xml(lines).encode()),
    }
    packed = {
        f"a.zip!/{MEMBER}": ("a.zip", zipped(text)),
        f"b.tar!/{MEMBER}": ("b.tar", tarred(text)),
        f"c.tar.gz!/{MEMBER}": ("c.tar.gz", gzip.compress(tarred(text), mtime=0)),
        f"d.csv.gz!/{'d.csv'}": ("d.csv.gz", gzip.compress(text, mtime=0)),
    }
    for name, (format, data) in written.items():
        leak.raw(name, data)
        noted(leak.truth, name, format, lines)
    for source, (name, data) in packed.items():
        leak.raw(name, data)
        noted(leak.truth, source, "csv", lines)


def zipped(data: bytes) -> bytes:
    """A zip archive of one member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packer:
        packer.writestr(zipfile.ZipInfo(MEMBER, EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(data: bytes) -> bytes:
    """A tar archive of one member."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as packer:
        info = tarfile.TarInfo(MEMBER)
        info.size = len(data)
        packer.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def bad_lines(leak: Leak) -> None:
    """Lines cut short, lines with a field too many, cut lines of JSON, and quoted line ends that are right."""
    lines = table(60)
    cut = leak.table("cut_5_of_60.csv", COLUMNS, delimiter=";")
    odd = leak.lines("cut_7_of_60.jsonl")
    quoted = leak.table("quoted_0_of_60.csv", [*COLUMNS, "note"], delimiter=",")
    for number, (key, cells) in enumerate(lines):
        (cut.damaged(cells) if number % 12 == 4 else cut.row(cells, (key,)))
        value = dict(zip(COLUMNS, cells, strict=True))
        (odd.damaged(value) if number % 9 == 0 else odd.row(value, (key,)))
        quoted.row([*cells, 'lu, "vu"\net classé' if number % 7 == 0 else ""], (key,))
    long(leak, "long_4_of_60.tsv", lines)


def long(leak: Leak, name: str, lines: list[tuple[str, list[Cell]]]) -> None:
    """A table four of whose lines have two fields too many."""
    leak.truth.source(name, "csv")
    written = ["\t".join(COLUMNS)]
    for number, (key, cells) in enumerate(lines):
        texts = [text_of(cell) for cell in cells]
        if number % 15 == 8:
            written.append("\t".join([*texts, "x", "y"]))
            leak.truth.bad(name, "source.bad_line")
            continue
        written.append("\t".join(texts))
        leak.truth.record(name, number, (key,))
        for column, cell in zip(COLUMNS, cells, strict=True):
            for kind, normal in facts_of(cell):
                leak.truth.value(name, column, kind, normal)
    leak.raw(name, ("\n".join(written) + "\n").encode())


def written(name: str, write: Callable[[Leak], None]) -> None:
    """A pile that no profile makes."""
    folder = HERE / name
    (folder / "pile").mkdir(parents=True)
    with Truth(folder) as truth:
        leak = Leak(folder / "pile", truth, random.Random(SEED))
        write(leak)
        leak.close()
        truth.findings({"profile": name, "seed": SEED}, folder / "expected.json")


def faked(name: str, persons: int) -> None:
    """A pile of one of the profiles."""
    made = fake(name, persons, SEED, HERE / name)
    made.truth.unlink()
    made.findings.rename(HERE / name / "expected.json")


def main() -> None:
    """Remove the piles and write them again."""
    for name in ("laboratory", "decoys", "encodings", "formats", "bad_lines"):
        shutil.rmtree(HERE / name, ignore_errors=True)
    faked("laboratory", 60)
    faked("decoys", 200)
    written("encodings", encodings)
    written("formats", formats)
    written("bad_lines", bad_lines)


if __name__ == "__main__":
    main()
