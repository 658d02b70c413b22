"""The attacker's list: every form of it gives the same files, whatever the encoding, and finds its copies."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tocsin.errors import UsageError
from tocsin.sources import pile
from tocsin.sources.listing import FileList, parse, read_list
from tocsin.sources.listing_cell import DAY, MINUTE, at_the_time, moment, size
from tocsin.sources.listing_match import Copies, Match, State
from tocsin.sources.listing_text import Listed
from tocsin.sources.source import Located

WANTED = {"a b.txt", "Été/paie (2).csv", "Été/x/note.pdf"}
SIZES = {"a b.txt": 7, "Été/paie (2).csv": 12345, "Été/x/note.pdf": 1234567}

TREE = """.
├── a b.txt
└── Été
    ├── paie (2).csv
    └── x
        └── note.pdf

2 directories, 3 files
"""
TREE_NBSP = TREE.replace("    ", "\u00a0\u00a0\u00a0 ")
TREE_ASCII = """.
|-- a b.txt
`-- Été
    |-- paie (2).csv
    `-- x
        `-- note.pdf

2 directories, 3 files
"""
TREE_SIZES = """.
├── [          7]  a b.txt
└── [       4096]  Été
    ├── [      12345]  paie (2).csv
    └── [       4096]  x
        └── [    1234567]  note.pdf

     1238015 bytes used in 2 directories, 3 files
"""
TREE_LONG = """.
├── [-rw-r--r-- root     root            7 Nov 22  3:37]  a b.txt
└── [drwxr-xr-x root     root         4096 Nov 22  3:37]  Été
    ├── [-rw-r--r-- root     root        12345 Nov 22  2024]  paie (2).csv
    └── [drwxr-xr-x root     root         4096 Nov 22  3:37]  x
        ├── [drwxr-xr-x root     root         4096 Nov 22  3:37]  empty
        └── [-rw-r--r-- root     root      1234567 Nov 22  3:37]  note.pdf
"""
TREE_WHOLE = """.
├── ./a b.txt
└── ./Été
    ├── ./Été/paie (2).csv
    └── ./Été/x
        └── ./Été/x/note.pdf
"""
TREE_WINDOWS = """Structure du dossier pour le volume Données
Le numéro de série du volume est 1A2B-3C4D
C:.
│   a b.txt
│
└───Été
    │   paie (2).csv
    │
    └───x
            note.pdf

"""
TREE_WINDOWS_ASCII = (
    TREE_WINDOWS.replace("│", "|")
    .replace("└───", "\\---")
    .replace("Structure du dossier pour le volume Données", "Folder PATH listing for volume Data")
    .replace("Le numéro de série du volume est", "Volume serial number is")
)
DIR_FRENCH = """ Le volume dans le lecteur D s’appelle Données
 Le numéro de série du volume est 1A2B-3C4D

 Répertoire de D:\\

22/11/2026  03:37                 7 a b.txt
22/11/2026  03:37    <DIR>          Été
               1 fichier(s)                7 octets

 Répertoire de D:\\Été

22/11/2026  03:37    <DIR>          .
22/11/2026  03:37    <DIR>          ..
22/11/2026  03:37            12_345 paie (2).csv
22/11/2026  03:37    <DIR>          x
               1 fichier(s)           12_345 octets

 Répertoire de D:\\Été\\x

22/11/2026  03:37    <DIR>          .
22/11/2026  03:37    <DIR>          ..
22/11/2026  03:37         1_234_567 note.pdf
               1 fichier(s)        1_234_567 octets

     Total des fichiers listés :
               3 fichier(s)        1_246_919 octets
               4 Rép(s)   5_000_000_000 octets libres
"""
DIR_ENGLISH = """ Volume in drive D has no label.
 Volume Serial Number is 1A2B-3C4D

 Directory of D:\\

11/22/2026  03:37 AM                 7 a b.txt
11/22/2026  03:37 AM    <DIR>          Été
               1 File(s)              7 bytes

 Directory of D:\\Été

11/22/2026  03:37 AM    <DIR>          .
11/22/2026  03:37 AM    <DIR>          ..
11/22/2026  03:37 AM            12,345 paie (2).csv
11/22/2026  03:37 AM    <DIR>          x
               1 File(s)         12,345 bytes

 Directory of D:\\Été\\x

11/22/2026  03:37 AM    <DIR>          .
11/22/2026  03:37 AM    <DIR>          ..
11/22/2026  03:37 AM         1,234,567 note.pdf
               1 File(s)      1,234,567 bytes

     Total Files Listed:
               3 File(s)      1,246,919 bytes
               4 Dir(s)   5,000,000,000 bytes free
"""
LS = """.:
total 12
-rw-r--r-- 1 root root    7 Nov 22 03:37 a b.txt
drwxr-xr-x 3 root root 4096 Nov 22 03:37 Été
lrwxrwxrwx 1 root root    7 Nov 22 03:37 link -> a b.txt

./Été:
total 16
-rw-r--r-- 1 root domain users 12345 Nov 22  2024 paie (2).csv
drwxr-xr-x 2 root root          4096 Nov 22 03:37 x

./Été/x:
total 1208
-rw-r--r-- 1 root root 1234567 Nov 22 03:37 note.pdf
"""
LS_FRENCH = LS.replace("Nov 22", "22 nov.")
LS_ISO = LS.replace("Nov 22 03:37", "2026-11-22 03:37").replace("Nov 22  2024", "2024-11-22 03:37")
LS_BARE = ".:\na b.txt\nÉté\n\n./Été:\npaie (2).csv\nx\n\n./Été/x:\nnote.pdf\n"
FIND = ".\n./a b.txt\n./Été\n./Été/paie (2).csv\n./Été/x\n./Été/x/note.pdf\n"
FIND_LS = (
    "  217      4 drwxr-xr-x   3 root     root         4096 Nov 22 03:43 .\n"
    "  218      4 -rw-r--r--   1 root     root            7 Nov 22 03:43 ./a\\ b.txt\n"
    "  219      4 drwxr-xr-x   3 root     root         4096 Nov 22 03:43 ./\\303\\211t\\303\\251\n"
    "  220      4 -rw-r--r--   1 root     root        12345 Nov 22 03:43 ./\\303\\211t\\303\\251/paie\\ (2).csv\n"
    "  221      4 -rw-r--r--   1 root     root      1234567 Nov 22 03:43 ./\\303\\211t\\303\\251/x/note.pdf\n"
)
FIND_SIZES = "7 ./a b.txt\n4096 ./Été\n12345 ./Été/paie (2).csv\n1234567 ./Été/x/note.pdf\n"
FIND_BEHIND = "./a b.txt 7\n./Été/paie (2).csv 12345\n./Été/x/note.pdf 1234567\n"
FIND_DATES = (
    "2026-11-22+03:37:08.1234567890 7 ./a b.txt\n"
    "2026-11-22+03:37:08.1234567890 12345 ./Été/paie (2).csv\n"
    "1795318628.1234567890 1234567 ./Été/x/note.pdf\n"
)
TABLE = "a b.txt\t7\t2026-11-22 03:37\nÉté/paie (2).csv\t12345\t2026-11-22 03:37\nÉté/x/note.pdf\t1234567\t2026-11-22 03:37\n"
WINDOWS = 'D:\\a b.txt\n"D:\\Été\\paie (2).csv"\nD:\\Été\\x\\note.pdf\n'
INDEX = """<html><head><title>Index of /</title><style>a{}</style></head><body><h1>Index of /</h1><table>
<tr><th><a href="?C=N;O=D">Name</a></th><th><a href="?C=S;O=A">Size</a></th></tr>
<tr><td><a href="/">Parent Directory</a></td><td>&nbsp;</td><td>-</td></tr>
<tr><td><a href="a%20b.txt">a b.txt</a></td><td>2026-11-22 03:37</td><td align="right">7 </td></tr>
<tr><td><a href="%C3%89t%C3%A9/paie%20(2).csv">paie (2).csv</a></td><td>2026-11-22 03:37</td><td>12345</td></tr>
<tr><td><a href="%C3%89t%C3%A9/">Été/</a></td><td>2026-11-22 03:37</td><td>-</td></tr>
<tr><td><a href="%C3%89t%C3%A9/x/note.pdf">no..&gt;</a></td><td>2026-11-22 03:37</td><td>1234567</td></tr>
</table></body></html>
"""
LEAK_SITE = """<!DOCTYPE html><html><body><nav><a href="/contact.php">Contact</a><a href="/">Home</a></nav><ul>
<li><a href="/get/7f3a?f=1">/a b.txt</a> <span>7 B</span></li>
<li><a href="http://x.onion/dl/%C3%89t%C3%A9/1">Été\\paie (2).csv</a> (12.1 KB)</li>
<li><a href="/dl?path=%C3%89t%C3%A9%2Fx%2Fnote.pdf">note.pdf</a> — 1,2 Mo</li>
</ul></body></html>
"""
NESTED = """<html><body><ul><li><a href="#">a b.txt</a> 7 bytes</li><li>Été<ul><li>
<a href="q">paie (2).csv</a> 12345</li><li>x<ul><li><a href="r">note.pdf</a> 1.2 MB</li></ul></li></ul></li></ul>
"""
SIZED = {
    "tree_sizes": TREE_SIZES,
    "tree_long": TREE_LONG,
    "dir_french": DIR_FRENCH.replace("_", "\u00a0"),
    "dir_french_narrow": DIR_FRENCH.replace("_", "\u202f"),
    "dir_spaces": DIR_FRENCH.replace("_", " "),
    "dir_english": DIR_ENGLISH,
    "ls": LS,
    "ls_french": LS_FRENCH,
    "ls_iso": LS_ISO,
    "find_ls": FIND_LS,
    "find_sizes": FIND_SIZES,
    "find_behind": FIND_BEHIND,
    "find_dates": FIND_DATES,
    "table": TABLE,
    "semicolons": TABLE.replace("\t", ";"),
    "index": INDEX,
    "leak_site": LEAK_SITE,
    "nested": NESTED,
}
BARE = {
    "tree": TREE,
    "tree_nbsp": TREE_NBSP,
    "tree_ascii": TREE_ASCII,
    "tree_whole": TREE_WHOLE,
    "tree_windows": TREE_WINDOWS,
    "tree_windows_ascii": TREE_WINDOWS_ASCII,
    "ls_bare": LS_BARE,
    "find": FIND,
    "windows": WINDOWS,
}


def told(held: FileList) -> dict[str, Listed]:
    """The files of a list by path, without a drive and without the number that `find` gives a folder."""
    found = {one.path.removeprefix("C:").removeprefix("D:").strip("/"): one for one in held.files}
    found.pop("Été", None)
    return found


@pytest.mark.parametrize("form", [*SIZED, *BARE])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_every_form_names_the_same_files(form: str, newline: str) -> None:
    """Names with spaces, accents and brackets, folders left out, no line lost."""
    held = parse((SIZED | BARE)[form].replace("\n", newline))
    assert set(told(held)) == WANTED
    assert held.unread == 0


@pytest.mark.parametrize("form", SIZED)
def test_sizes_are_read(form: str) -> None:
    """The size of each file lies within what the list says."""
    for path, listed in told(parse(SIZED[form])).items():
        assert listed.bytes is not None, path
        assert listed.bytes[0] <= SIZES[path] <= listed.bytes[1], path


@pytest.mark.parametrize(
    "form",
    ["dir_french", "dir_english", "ls", "ls_french", "ls_iso", "find_ls", "find_dates", "table", "index"],
)
def test_dates_are_read(form: str) -> None:
    """Every dated row fits its own day, and none fits another month."""
    for path, listed in told(parse(SIZED[form])).items():
        year = 2024 if form.startswith("ls") and path.endswith("csv") else 2026
        clock = 43 if form == "find_ls" else 37
        when = datetime(year, 11, 22, 3, clock, 8, tzinfo=UTC).timestamp()
        assert listed.times, path
        assert at_the_time(listed.times, when), path
        assert not at_the_time(listed.times, when - 40 * DAY), path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp850", "cp1252"])
@pytest.mark.parametrize("form", ["dir_french", "tree_windows", "find"])
def test_encodings(form: str, encoding: str, tmp_path: Path) -> None:
    """What a French console or a redirected one writes."""
    text = (SIZED | BARE)[form].replace("’", "'").replace("\n", "\r\n")
    if encoding == "cp1252":
        text = text.translate(str.maketrans("│└─", "|\\-")).replace("|--", "+--")
    path = tmp_path / "list.txt"
    path.write_bytes(text.encode(encoding))
    held = read_list(str(path))
    assert set(told(held)) == WANTED
    assert held.unread == 0


def test_no_text_and_no_file(tmp_path: Path) -> None:
    """A list that is no text, or that is not there, is said to be so."""
    (tmp_path / "bytes").write_bytes(bytes(range(256)) * 40)
    for name, code in (("bytes", "listing.no_text"), ("absent", "listing.no_list")):
        with pytest.raises(UsageError) as refused:
            read_list(str(tmp_path / name))
        assert refused.value.code == code


def test_odd_names_and_doubles() -> None:
    """Numbers, semicolons and dots in names stay; a line met twice is one file; nothing climbs out."""
    text = "./2024 bilan.pdf\n./2024 bilan.pdf\n./12 ; 13.txt\n./../../etc/passwd\n./.cache\n./Ü-\U0001f600.txt\n./a:b.txt\n"
    assert [one.path for one in parse(text).files] == [
        "2024 bilan.pdf",
        "12 ; 13.txt",
        "etc/passwd",
        ".cache",
        "Ü-\U0001f600.txt",
        "a:b.txt",
    ]


def test_lines_that_say_nothing_are_counted() -> None:
    """A list with other text in it keeps its files and says how many lines it could not use."""
    held = parse(LS.replace("total 12", "total 12\n??? chiffré par nous ???", 1))
    assert (len(held.files), held.unread) == (3, 1)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("1234", 1234, 1234),
        ("12,345", 12345, 12345),
        ("12\u202f345", 12345, 12345),
        ("4.2K", 4100, 4403),
        ("3,1 Mo", 3_000_000, 3_355_444),
        ("7 octets", 7, 7),
    ],
)
def test_size(text: str, least: int, most: int) -> None:
    """Exact sizes stay exact, rounded ones are as wide as their last digit and their unit."""
    assert size(text) == pytest.approx((least, most), abs=2)


def test_time_zones_and_years() -> None:
    """An hour more is a time zone, ten minutes more is a change; a date without a year is of any year."""
    listed = moment("2026-11-22 03:37")
    when = listed[0][0]
    assert listed[0][1] == MINUTE
    assert at_the_time(listed, when + 3600 + 30)
    assert not at_the_time(listed, when + 600)
    assert not at_the_time(listed, when + 2 * DAY)
    assert at_the_time(moment("Nov 22 03:37"), when)
    assert at_the_time(moment("22 nov. 2026"), when)
    assert at_the_time(moment("03/04/2024"), datetime(2024, 3, 4, tzinfo=UTC).timestamp())
    assert moment("31/02/2024 10:00") == ()
    assert at_the_time((), when)


def copies(folder: Path, **texts: str) -> Copies:
    """Copies with these texts; `__` in a name stands for a slash, `_` before the end for a dot."""
    for name, text in texts.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    files = [found for found in pile.below(str(folder)) if isinstance(found, Located)]
    return Copies(files, str(folder.resolve()), frozenset({"a/empty"}))


def states(found: Copies, *listed: Listed) -> list[tuple[str, int]]:
    """State and number of copies of each."""
    return [(match.state, len(match.copies)) for match in found.match(listed)]


def test_states(tmp_path: Path) -> None:
    """Found, changed, missing, ambiguous: by the end of the path, by size, by date."""
    own = copies(tmp_path, a__x_txt="12345", b__x_txt="123", a__y_txt="1", c__z_txt="zzz", d__z_txt="zzz")
    date = ((1_700_000_000.0, MINUTE),)
    assert states(own, Listed("D:/share/a/x.txt", (5, 5), date)) == [("found", 1)]
    assert states(own, Listed("D:/share/a/x.txt", (6, 6), date)) == [("changed_since", 1)]
    assert states(own, Listed("a/y.txt", (1, 1), ((1_600_000_000.0, MINUTE),))) == [("changed_since", 1)]
    assert states(own, Listed("a/none.txt", (1, 1))) == [("missing", 0)]
    assert states(own, Listed("z.txt")) == [("ambiguous", 2)]
    assert states(own, Listed("x.txt", (3, 3))) == [("found", 1)]
    assert states(own, Listed("A/Y.TXT")) == [("found", 1)]
    assert states(own, Listed("a/empty")) == []


def test_a_copy_elsewhere_counts_only_with_its_size(tmp_path: Path) -> None:
    """The same name in another folder is another file, unless the size says that it was moved."""
    own = copies(tmp_path, moved__x_txt="12345", kept__k_txt="1", kept__l_txt="1")
    known = (Listed("kept/k.txt"), Listed("kept/l.txt"))
    assert states(own, *known, Listed("old/x.txt"))[-1] == ("missing", 0)
    assert states(own, *known, Listed("old/x.txt", (5, 5)))[-1] == ("found", 1)
    assert states(own, *known, Listed("old/x.txt", (6, 6)))[-1] == ("missing", 0)


def test_folders_are_learned(tmp_path: Path) -> None:
    """Where most files say which folder is which, a name that stands in many of them is no riddle."""
    own = copies(
        tmp_path,
        s__a__i_html="1",
        s__b__i_html="1",
        i_html="1",
        s__a__u_txt="1",
        s__b__v_txt="1",
        s__i_html="1",
    )
    listed = [
        Listed(f"E:/Partage/{name}") for name in ("a/u.txt", "b/v.txt", "a/i.html", "b/i.html", "i.html")
    ]
    found: list[Match] = list(own.match(listed))
    assert [match.state for match in found] == [State.FOUND] * 5
    assert len({match.copies for match in found}) == 5


def test_a_hundred_thousand_lines(tmp_path: Path) -> None:
    """A long list is read and matched in seconds, many names alike."""
    lines = [f"{number} ./s/{number % 300}/{number // 300}/index.html" for number in range(100_000)]
    began = time.monotonic()
    held = parse("\n".join(lines))
    files = [
        Located(
            source=one.path,
            path=str(tmp_path / one.path),
            format="",
            encoding=None,
            reader="",
            bytes=number,
        )
        for number, one in enumerate(held.files[:20_000])
    ]
    found = [match.state for match in Copies(files, str(tmp_path)).match(held.files)]
    assert (found.count(State.FOUND), found.count(State.MISSING)) == (20_000, 80_000)
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "hostile",
    [
        "<html><![OCTYPE x><a href='[//'>b.txt</a> 1 KB",
        FIND_LS + FIND_LS.replace("\\303", "\\9"),
        LS + "    " * 9000 + "x",
    ],
    ids=["declaration", "escape", "indent"],
)
def test_hostile_lists_end(hostile: str) -> None:
    """Wrong declarations, wrong escapes and endless lines cost neither the list nor the time."""
    began = time.monotonic()
    assert parse(hostile).files
    assert time.monotonic() - began < 5
