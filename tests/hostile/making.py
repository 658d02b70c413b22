"""Hostile and broken files: each maker writes one trap into a folder and says what a scan must tell of it."""

from __future__ import annotations

import gzip
import io
import os
import random
import socket
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tocsin.kinds.fr.nir import KIND

NUMBERS = [example.value for example in KIND.valid]


@dataclass(frozen=True)
class Expected:
    """Codes told of each source, and the records that are read of it all the same."""

    codes: dict[str, list[str]] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)


def table(rows: int, end: str = "\n") -> bytes:
    """A table of so many rows, each with a number."""
    lines = [f"{row};{NUMBERS[row % len(NUMBERS)]}" for row in range(rows)]
    return end.join(["ligne;num_secu", *lines, ""]).encode()


def zipped(members: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return target.getvalue()


def tarred(members: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return target.getvalue()


def flat_bomb(folder: Path) -> Expected:
    """A stream of zeros that unpacks a thousand times."""
    (folder / "m.gz").write_bytes(gzip.compress(bytes(150 << 20), 9))
    return Expected(codes={"m.gz!/m": ["source.bomb", "source.unknown_format"]}, records={"m.gz!/m": 0})


def nested_bomb(folder: Path) -> Expected:
    """A zip in a zip, fifteen times; a good table beside the first."""
    inner = zipped([("inside.csv", table(9))])
    for _ in range(15):
        inner = zipped([("n.zip", inner)], zipfile.ZIP_STORED)
    (folder / "m.zip").write_bytes(zipped([("good.csv", table(9)), ("n.zip", inner)]))
    deepest = "m.zip" + "!/n.zip" * 8
    return Expected(codes={deepest: ["source.too_deep"]}, records={"m.zip!/good.csv": 9, deepest: 0})


def overlapping_bomb(folder: Path) -> Expected:
    """Thousands of entries of the directory that all mean the same bytes."""
    one = zipped([("a.txt", table(30_000))])
    at = one.index(b"PK\x01\x02")
    end = one.index(b"PK\x05\x06")
    entry = one[at:end]
    count = 2000
    directory = b"".join(entry.replace(b"a.txt", f"{number:05d}".encode()) for number in range(count))
    tail = one[end : end + 8] + struct.pack("<HHIIH", count, count, len(directory), at, 0)
    (folder / "m.zip").write_bytes(one[:at] + directory + tail)
    return Expected(codes={"m.zip": ["source.bomb"]}, records={"m.zip!/*****": 30_000})


def hostile_names(folder: Path) -> Expected:
    """Members that would leave the folder they are unpacked to."""
    members = [("../../evil.csv", table(5)), ("/tmp/absolute.csv", table(6))]
    (folder / "m.tar").write_bytes(tarred(members))
    (folder / "m.zip").write_bytes(zipped(members))
    records = {
        f"m.{kind}!/{name}": rows
        for kind in ("tar", "zip")
        for name, rows in (("../../evil.csv", 5), ("/tmp/absolute.csv", 6))
    }
    return Expected(
        codes={f"m.{kind}": ["source.hostile_name"] * 2 for kind in ("tar", "zip")}, records=records
    )


def loops(folder: Path) -> Expected:
    """Links to themselves, to their own folder, and out of the pile."""
    os.symlink("m_self", folder / "m_self")
    os.symlink("..", folder / "m_up")
    os.symlink("/dev/zero", folder / "m_zero")
    return Expected(codes={key: ["source.symlink"] for key in ("m_self", "m_up", "m_zero")})


def no_files(folder: Path) -> Expected:
    """A pipe that nobody writes to, and a socket."""
    os.mkfifo(folder / "m.fifo")
    with socket.socket(socket.AF_UNIX) as server:
        before = os.getcwd()
        os.chdir(folder)
        server.bind("m.sock")
        os.chdir(before)
    return Expected(codes={key: ["source.not_a_file"] for key in ("m.fifo", "m.sock")})


def laughs(folder: Path) -> Expected:
    """XML entities that grow, and one that asks for a file."""
    grow = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    head = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">'
    (folder / "m.xml").write_text(f"{head}{grow}]><a><b>&l11;</b><c>{NUMBERS[0]}</c></a>", encoding="utf-8")
    (folder / "n.xml").write_text(
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{folder / "a.csv"}">]><a>&x; {NUMBERS[0]}</a>',
        encoding="utf-8",
    )
    names = ("m.xml", "n.xml")
    return Expected(codes={key: ["source.xml_entities"] for key in names}, records=dict.fromkeys(names, 1))


def quotes(folder: Path) -> Expected:
    """A quote that opens and never closes, in the middle of a table."""
    lines = table(30).decode().splitlines()
    lines[11] = f'10;"{NUMBERS[0]}'
    (folder / "m.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Expected(codes={"m.csv": ["source.bad_line"]}, records={"m.csv": 29})


def nul_bytes(folder: Path) -> Expected:
    """NUL bytes inside and around cells."""
    lines = table(30).splitlines(keepends=True)
    lines[5] = lines[5].replace(b";", b";\0")
    lines[9] = lines[9].replace(b"\n", b"\0\0\n")
    (folder / "m.csv").write_bytes(b"".join(lines))
    return Expected(codes={"m.csv": ["source.nul_bytes"]}, records={"m.csv": 30})


def encodings(folder: Path) -> Expected:
    """UTF-8 in which some lines are Latin-1."""
    lines = [f"{row};{NUMBERS[row % len(NUMBERS)]};Élodie Café".encode() for row in range(30)]
    lines[7] = lines[7].decode().encode("latin-1")
    (folder / "m.csv").write_bytes(b"\n".join([b"ligne;num_secu;note", *lines, b""]))
    return Expected(codes={"m.csv": ["source.mixed_encoding"]}, records={"m.csv": 30})


def cut_gzip(folder: Path) -> Expected:
    """A compressed table without its end: its last line is torn too."""
    content = table(4000) + random.Random(5).randbytes(20_000).hex().encode() + b"\n"
    packed = gzip.compress(content)
    cut = packed[: len(packed) - 15_000]
    rows = zlib.decompressobj(31).decompress(cut).count(b"\n") - 1
    assert rows == 4000
    (folder / "m.csv.gz").write_bytes(cut)
    return Expected(
        codes={"m.csv.gz!/m.csv": ["source.bad_line", "source.truncated"]}, records={"m.csv.gz!/m.csv": rows}
    )


def nothing(folder: Path) -> Expected:
    """No byte at all."""
    (folder / "m.csv").write_bytes(b"")
    return Expected(codes={"m.csv": ["source.empty"]}, records={"m.csv": 0})


def deep_json(folder: Path) -> Expected:
    """Brackets inside brackets that would exhaust a parser's stack; good elements before and after."""
    deep = "[" * 100_000 + "]" * 100_000
    good = f'{{"num_secu": "{NUMBERS[0]}"}}'
    (folder / "m.json").write_text(f"[{good},{deep},{good}]", encoding="utf-8")
    return Expected(codes={"m.json": ["source.bad_element"]}, records={"m.json": 2})


def liars(folder: Path) -> Expected:
    """Names and first bytes that promise another format than there is."""
    (folder / "m.zip").write_bytes(table(8))
    (folder / "n.csv").write_bytes(b"PK\x03\x04" + bytes(3000))
    (folder / "o.csv").write_bytes(b"7z\xbc\xaf\x27\x1c\0\4" + random.Random(3).randbytes(400))
    codes = {"n.csv": ["source.no_directory"], "o.csv": ["source.no_directory"]}
    return Expected(codes=codes, records={"m.zip": 8})


TRAPS: list[Callable[[Path], Expected]] = [
    flat_bomb,
    nested_bomb,
    overlapping_bomb,
    hostile_names,
    loops,
    no_files,
    laughs,
    quotes,
    nul_bytes,
    encodings,
    cut_gzip,
    nothing,
    deep_json,
    liars,
]
