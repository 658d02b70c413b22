"""Tables are told from everything else by content alone, and their dialect is found."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.sources.csv_header import has_header, unique_names
from tocsin.sources.csv_sniff import sniff
from tocsin.sources.source import Sniffed

NO_TABLE: dict[str, str | bytes] = {
    "prose": "Bonjour, je suis allé à Paris, puis à Lyon.\nEnsuite, nous avons mangé, bu, chanté.\nEnfin, la nuit est tombée.\nVoilà, c'est fini.\n",
    "sentences with one comma each": "However, it rained all day.\nThen, the sun came back.\nFinally, we left the house.\n"
    * 20,
    "json": '{"a":1,"b":2}\n{"a":2,"b":3}\n',
    "indented json": '[\n {"a": 1,\n "b": 2}\n]\n',
    "xml": "<a>\n<b>1,2</b>\n</a>\n",
    "log": "2024-01-01 10:00:00,123 INFO start of it\n2024-01-01 10:00:00,124 INFO next step done\n2024-01-01 10:00:01,123 WARN what is this\n"
    * 10,
    "apache": '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a HTTP/1.0" 200 2326\n' * 20,
    "syslog": "Nov 21 22:58:20 host sshd[123]: Accepted password for root from 1.2.3.4 port 22 ssh2\n" * 30,
    "sql": "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1,'x','y');\nINSERT INTO a VALUES (2,'x','y');\n",
    "python": "def a(x, y):\n    return x, y\n\nimport os, sys\nprint(a, b)\nx = [1, 2]\n",
    "declarations": "int a;\nint b;\nchar c;\ndouble d;\nfloat e;\n",
    "css": "a { color: red; }\nb { color: blue; }\nc { color: red; }\n" * 4,
    "yaml": "name: x\nversion: 2\nauthor: me\nlicense: none\n",
    "ini": "[a]\nx=1\ny=2\n",
    "md": "# Title\n\nSome text, with a comma.\n\n- item, one\n- item, two\n",
    "mail": "From: a@b.fr\nTo: c@d.fr\nSubject: x\n\nBonjour,\nVoici: la suite\n",
    "vcard": "BEGIN:VCARD\nVERSION:3.0\nN:Dupont;Jean;;;\nTEL;TYPE=CELL:0612345678\nEND:VCARD\n" * 5,
    "ics": "BEGIN:VCALENDAR\nVERSION:2.0\nDTSTART:20240101\nDTEND:20240102\nSUMMARY:Réunion de service\nEND:VEVENT\n"
    * 5,
    "base64": "\n".join(["QUJD" * 19] * 20) + "\nQUJD\n",
    "poem": "Les sanglots longs, des violons\nDe l'automne, blessent mon coeur\nD'une langueur, monotone\nTout suffocant, et blême quand\n",
    "empty": "",
    "letter": "Madame, Monsieur,\n\nVeuillez trouver ci-joint le document.\n\nCordialement,\nJean\n",
    "binary": bytes(range(256)) * 10,
    "license": "Permission is hereby granted, free of charge, to any person obtaining a copy\nof this software and associated documentation files (the Software), to deal\nin the Software without restriction, including without limitation the rights\nto use, copy, modify, merge, publish, distribute, sublicense, and/or sell\n",
    "ls": "total 4\n-rw-r--r-- 1 root root 0 Nov 21 22:50 README.md\ndrwxr-xr-x 2 root root 4096 Nov 21 22:50 tests\n",
}
# What is sniffed: delimiter, header, lines before the first record.
TABLES: dict[str, tuple[str | bytes, tuple[str, int, int] | None]] = {
    "words": ("chat\nchien\nmaison\nvoiture\n", None),
    "list_prose": ("Dupont, Jean\nMartin, Paul\nDurand, Anne\nPetit, Luc\n", None),
    "semicolons": ("nom;prenom;ville\nDupont;Jean;Paris\nMartin;Paul;Lyon\n", (";", 1, 1)),
    "comma": ("id,name\n1,Ann\n2,Bob\n", (",", 1, 1)),
    "nohead": ("1,Ann,2020-01-01\n2,Bob,2020-01-02\n3,Cat,2020-01-03\n", (",", 0, 0)),
    "one column": ("a@b.fr\nc@d.fr\ne@f.fr\n", ("\x1f", 0, 0)),
    "one column with a header": ("email\na@b.fr\nc@d.fr\ne@f.fr\n", ("\x1f", 1, 1)),
    "numbers": ("185127511122233\n285127511122233\n185127511122299\n", ("\x1f", 0, 0)),
    "numbers with spaces": (
        "1 85 12 75 111 222 33\n2 85 12 75 111 222 33\n1 85 12 75 111 222 99\n",
        ("\x1f", 0, 0),
    ),
    "combo": ("a@b.fr:pass1\nc@d.fr:hello w\ne@f.fr:x:y\nz@f.fr:xy\n" * 5 + "q@q.fr:aaa\n" * 20, (":", 0, 0)),
    "combo3": ("a@b.fr:pass1\nc@d.fr:hello\ne@f.fr:xy\n", (":", 0, 0)),
    "semicombo": ("a@b.fr;pass1\nc@d.fr;hello\ne@f.fr;xy\n", (";", 0, 0)),
    "passwd": (
        "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\n",
        (":", 0, 0),
    ),
    "times": ("10:20:30\n10:20:31\n10:20:32\n10:20:33\n", ("\x1f", 0, 0)),
    "macs": ("aa:bb:cc:dd:ee:ff\naa:bb:cc:dd:ee:f0\naa:bb:cc:dd:ee:f1\n", ("\x1f", 0, 0)),
    "urls": ("http://a.fr/x\nhttp://b.fr/y\nhttps://c.fr\nhttps://d.fr\n", ("\x1f", 0, 0)),
    "a separator line": ("sep=;\nid;a,b\n1;2,3\n2;3,4\n", (";", 1, 2)),
    "titles before": (
        "Export clients du 12/03/2024\nService informatique, Paris\n\nid;nom;mail;tel\n1;A;a@b.fr;06\n2;B;b@b.fr;07\n",
        (";", 1, 4),
    ),
    "titles of full width": (
        "Export clients;;;\n;;;\nid;nom;mail;tel\n1;A;a@b.fr;06\n2;B;b@b.fr;07\n",
        (";", 1, 3),
    ),
    "comment": ("# made by x\n# on y\nid,nom,mail\n1,A,a@b.fr\n2,B,b@b.fr\n", (",", 1, 3)),
    "trail": ("id;nom;mail\n1;A;a@b.fr;\n2;B;b@b.fr;\n", (";", 1, 1)),
    "header only": ("nom;prenom;mail;tel\n", (";", 1, 1)),
    "onerow": ("1;Dupont;Jean;a@b.fr\n", (";", 0, 0)),
    "tabs and loose quotes": (
        'id\tnom\tcommentaire\n1\tA\tBonjour, voici "un" texte, long\n2\tB\t"il a dit non\n3\tC\tx\n',
        ("\t", 1, 1),
    ),
    "decimal": ("a;b;c\n1,5;2,5;3,5\n1,6;2,6;3,6\n", (";", 1, 1)),
    "quoted": ('"id","name","x"\n"1","A, B","y"\n"2","C ""d""","z"\n', (",", 1, 1)),
    "single": ("'id','name','x'\n'1','A, B','y'\n'2','C','z'\n", (",", 1, 1)),
    "backslashes": ('id,name,x\n1,"A \\"q\\" B",y\n2,"say \\"hi\\", ok",z\n', (",", 1, 1)),
    "bars": ("id|nom|mail\n1|A|a@b.fr\n2|B|b@b.fr\n", ("|", 1, 1)),
    "utf16": ("id;nom;mail\n1;A;a@b.fr\n2;é;b@b.fr\n".encode("utf-16"), (";", 1, 1)),
    "utf16le": ("id;nom;mail\n1;A;a@b.fr\n2;é;b@b.fr\n".encode("utf-16-le"), (";", 1, 1)),
    "utf32": ("id;nom;mail\n1;A;a@b.fr\n2;é;b@b.fr\n".encode("utf-32-be"), (";", 1, 1)),
    "bom": ("\ufeffid;nom;mail\n1;A;a@b.fr\n2;é;b@b.fr\n", (";", 1, 1)),
    "windows-1252": ("id;nom;mail\n1;A€;a@b.fr\n2;é;b@b.fr\n".encode("cp1252"), (";", 1, 1)),
    "carriage returns": ("id;nom;mail\r1;A;a@b.fr\r2;é;b@b.fr\r", (";", 1, 1)),
    "twice the same name": ("nom;nom;;x\n1;2;3;4\n1;2;3;4\n", (";", 1, 1)),
    "comments col": (
        "id;date;commentaire\n1;2020-01-01;Le patient, reçu ce jour, va bien; merci\n2;2020-01-02;Rien à dire de plus\n3;2020-01-02;Rien à dire de plus\n",
        (";", 1, 1),
    ),
    "multiline": ("id,txt,z\n" + "".join(f'{i},"a\nb\nc\nd, e\nf",x\n' for i in range(20)), (",", 1, 1)),
    "alltext hdr": (
        "Société;Contact;Ville\nDupont SA;Jean Dupont;Paris\nMartin SARL;Paul Martin;Lyon\nPetit;Anne Petit;Nice\n",
        (";", 1, 1),
    ),
    "alltext nohdr": (
        "Dupont;Jean;Paris\nMartin;Paul;Lyon\nPetit;Anne;Nice\nDurand;Luc;Lille\n",
        (";", 0, 0),
    ),
    "nohead dup": ("a@b.fr;x;Paris\nc@b.fr;y;Lyon\n" * 3, (";", 0, 0)),
    "firstbad nohead": ("1;2\n1;2;3\n4;5;6\n7;8;9\n7;8;9\n", (";", 0, 0)),
    "mdtable": ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n", None),
    "hashlist": ("\n".join(f"{i:032x}" for i in range(10**30, 10**30 + 10)), ("\x1f", 0, 0)),
    "sha512list": ("\n".join(f"{i * 10**30:0128x}" for i in range(10**30, 10**30 + 10)), None),
}


def of(content: str | bytes) -> Sniffed | None:
    data = content.encode() if isinstance(content, str) else content
    return sniff(data, len(data))


@pytest.mark.parametrize("name", NO_TABLE)
def test_what_is_no_table_is_left_to_other_formats(name: str) -> None:
    assert of(NO_TABLE[name]) is None


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_known_with_its_dialect(name: str) -> None:
    content, expected = TABLES[name]
    found = of(content)
    assert found is not None
    dialect = dict(found.dialect)
    assert 0 < found.confidence <= 1
    assert expected is None or (dialect["delimiter"], dialect["header"], dialect["skip"]) == expected


def names(content: str) -> list[str]:
    found = of(content)
    assert found is not None
    return list(json.loads(str(dict(found.dialect)["names"])))


def test_names_are_unique_and_visible() -> None:
    cells = ["nom", "nom", "", "nom_2", "^.*$", "*", " a\u202eb\x00 ", "x" * 500]
    found = unique_names(cells)
    assert found[:6] == ("nom", "nom_2", "column_3", "nom_2_2", "column_5", "column_6")
    assert found[6] == "a b"
    assert len(found[7]) == 200


@given(st.lists(st.text(max_size=5), min_size=1, max_size=30))
def test_names_are_never_twice_the_same(cells: list[str]) -> None:
    found = unique_names(cells)
    assert len(set(found)) == len(cells)
    assert all(found)


def test_a_header_shorter_than_its_rows_keeps_its_names() -> None:
    assert names("id;nom;mail\n1;A;a@b.fr;\n2;B;b@b.fr;\n") == ["id", "nom", "mail", "column_4"]


def test_titles_are_counted_and_the_separator_line_is_not() -> None:
    found = of("sep=;\nExport du 3 mars\nid;nom;mail\n1;A;a@b.fr\n2;B;b@b.fr\n")
    assert found is not None
    assert (dict(found.dialect)["preamble"], dict(found.dialect)["skip"]) == (1, 3)


def test_quotes_and_escapes_are_found() -> None:
    doubled = of('a,b\n"x ""y""",1\n"z",2\n"t",3\n')
    escaped = of('a,b\n"x \\"y\\" z",1\n"z",2\n"t",3\n')
    single = of("a,b\n'x, y',1\n'z',2\n't',3\n")
    loose = of("a\tb\n" + '"x\t1\n"z\t2\n"t\t3\n' * 2)
    found = [dict(one.dialect) for one in (doubled, escaped, single, loose) if one is not None]
    assert [(one["quote"], one["escape"]) for one in found] == [('"', ""), ('"', "\\"), ("'", ""), ("", "")]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["id", "mail"], ["1", "a@b.fr"], ["2", "c@d.fr"]], True),
        ([["1", "a@b.fr"], ["2", "c@d.fr"]], False),
        ([["Dupont", "Paris"], ["Martin", "Lyon"], ["Petit", "Nice"]], False),
        ([["nom", "ville"], ["Martin", "Lyon"], ["Petit", "Nice"]], True),
        ([["CLIENT_ID", "LIB"], ["A1", "x"], ["A2", "y"]], True),
        ([["2019", "2020"], ["1", "2"]], False),
    ],
)
def test_a_header_is_known_by_its_shape(rows: list[list[str]], header: bool) -> None:
    assert has_header(rows) is header


@given(st.binary(max_size=400))
def test_any_bytes_are_sniffed_without_a_crash(data: bytes) -> None:
    found = sniff(data, len(data))
    assert found is None or 0 < found.confidence <= 1


@given(st.text(alphabet="ab1;,:\t\n\"' é=<{", max_size=200))
def test_any_text_is_sniffed_without_a_crash(text: str) -> None:
    found = of(text)
    assert found is None or len(json.loads(str(dict(found.dialect)["names"]))) >= 1
