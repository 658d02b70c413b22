"""Statements of dumps as their tools write them: which rows belong to which table, and what is left as text."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.sqldump_reading import Dump, direct, dump
from tests.sources.sqldump_writing import DUMPS, Table, mysql
from tocsin.sources import sqldump_read, sqldump_reel, sqldump_rows, sqldump_sections
from tocsin.sources.sqldump_cell import value
from tocsin.sources.sqldump_split import split
from tocsin.sources.sqldump_values import Cells, Rules, add_block, add_row, frame_of

Shown = dict[str, list[tuple[str | None, ...]]]


def shown(found: Dump) -> Shown:
    """For each table its rows as tuples of values in the order of the columns."""
    result: Shown = {}
    for name, source in found.sources.items():
        columns = {column: None for row in source.rows.values() for column in row}
        rows = [row for _, row in sorted(source.rows.items())]
        if rows:
            result[name] = [tuple(row.get(column) for column in columns) for row in rows]
    return result


@pytest.mark.parametrize(
    ("written", "backslash", "means"),
    [
        ("NULL", False, None),
        ("''", False, ""),
        ("'it''s'", False, "it's"),
        (r"'it\'s \"x\"\\ \n\t\0\Z\%\_'", True, 'it\'s "x"\\ \n\t\0\x1a\\%\\_'),
        (r"'C:\new'", False, r"C:\new"),
        ("N'Zoé'", False, "Zoé"),
        (r"E'a\nb\\\'c\u00e9\x41\101'", False, "a\nb\\'céAA"),
        ("U&'caf\\00e9'", False, "café"),
        ("X'5A6FC3A9'", False, "Zoé"),
        ("x'ff00'", False, "x'ff00'"),
        ("0x5A6FC3A9", True, "Zoé"),
        ("0x", True, None),
        ("0x5A006F00E900", False, "Zoé"),
        (r"'\x5a6f'", False, "Zo"),
        ("_binary 'abc'", True, "abc"),
        ("_utf8mb4 0x5A6F", True, "Zo"),
        ("q'[it's]'", False, "it's"),
        ("Nq'!a'b!'", False, "a'b"),
        ("$$it's$$", False, "it's"),
        ("$x$a$$b$x$", False, "a$$b"),
        ("TO_DATE('01/02/2020','DD/MM/YYYY')", False, "01/02/2020"),
        ("to_timestamp('2020-02-01 10:00:00','YYYY-MM-DD HH24:MI:SS')", False, "2020-02-01 10:00:00"),
        ("HEXTORAW('41')", False, "41"),
        ("UNISTR('caf\\00e9')", False, "café"),
        ("TO_CLOB('a') || TO_CLOB('b')", False, "ab"),
        ("'a'||chr(10)||'b'||CHR(39)", False, "a\nb'"),
        (r"replace(replace('a\nb\r','\n',char(10)),'\r',char(13))", False, "a\nb\r"),
        ("CAST(N'2020-02-01T00:00:00.000' AS DateTime)", False, "2020-02-01T00:00:00.000"),
        ("CAST(0x00009A1F00A4CB80 AS DateTime)", False, "2008-01-10 10:00:00.000"),
        ("CAST(0x5B950A00 AS Date)", False, "1900-01-01"),
        ("CAST(12.50 AS Decimal(10, 2))", False, "12.50"),
        ("CONVERT(datetime,'2002-06-01 00:00:00.000',121)", False, "2002-06-01 00:00:00.000"),
        ("'x'::character varying(20)", False, "x"),
        ("'{a,b}'::text[]", False, "{a,b}"),
        ("DATE '2020-02-01'", False, "2020-02-01"),
        ("('a')", False, "a"),
        ("0012345678", False, "0012345678"),
        ("-1.5e-3", False, "-1.5e-3"),
        ("TRUE", False, "TRUE"),
        ("DEFAULT", False, None),
        ("nextval('s')", False, "nextval('s')"),
        ('"it\'s"', True, "it's"),
    ],
)
def test_values(written: str, backslash: bool, means: str | None) -> None:
    assert (value(written.encode(), backslash) or None) == (means or None)


def test_column_lists_in_any_order_and_none(tmp_path: Path) -> None:
    found = dump(
        tmp_path,
        b"CREATE TABLE t (id INT PRIMARY KEY, nom VARCHAR(20) DEFAULT 'a,b)', `key` int, UNIQUE KEY u (nom));\n"
        b"INSERT INTO t (nom, id) VALUES ('Zo', 1), ('Lo', 2);\nINSERT INTO t VALUES (3, 'Mo', 7);\n"
        b"REPLACE INTO `t` (`id`) VALUES (4);\nINSERT IGNORE INTO u VALUES (5, 'x');\n"
        b"insert low_priority ignore into\n  t(id,nom)\nvalues\n  (6,'y')\n ,(7,'z');\n",
    )
    assert found.issues == []
    assert found.values("t") == [
        {"id": "1", "nom": "Zo"},
        {"id": "2", "nom": "Lo"},
        {"id": "3", "nom": "Mo", "key": "7"},
        {"id": "4"},
        {"id": "6", "nom": "y"},
        {"id": "7", "nom": "z"},
    ]
    assert found.values("u") == [{"column_1": "5", "column_2": "x"}]


def test_several_databases_and_schemas(tmp_path: Path) -> None:
    found = dump(
        tmp_path,
        b"CREATE DATABASE `a`;\nUSE `a`;\nINSERT INTO `t` VALUES (1);\nUSE `b`;\nINSERT INTO `t` VALUES (2);\n"
        b"INSERT INTO `a`.`t` VALUES (3);\nINSERT INTO `c`.`t` VALUES (4);\n",
    )
    assert shown(found) == {"t": [("1",), ("3",)], "b.t": [("2",)], "c.t": [("4",)]}
    found = dump(
        tmp_path,
        b'COPY public.t (a) FROM stdin;\n1\n\\.\nCOPY audit."T t" (a) FROM stdin;\n2\n\\.\nINSERT INTO [dbo].[u] VALUES (3)\nGO\n',
    )
    assert shown(found) == {"t": [("1",)], "audit.T t": [("2",)], "u": [("3",)]}


def test_what_holds_no_rows_is_read_as_text(tmp_path: Path) -> None:
    found = dump(
        tmp_path,
        b"-- MySQL dump 10.13\n-- contact: Zoe; l'adresse d'hier\nCREATE TABLE t (a int);\nINSERT INTO t VALUES (1);\n"
        b"/*!50003 CREATE*/ /*!50003 TRIGGER x */;\nDELIMITER ;;\nCREATE PROCEDURE p() BEGIN\nINSERT INTO log VALUES ('it''s'); SELECT 1;\n"
        b"END ;;\nDELIMITER ;\nUPDATE t SET a = 'mail@exemple.fr' WHERE a = 2;\nINSERT INTO t VALUES (2);\n"
        b"# the end isn't here\nINSERT INTO t SELECT * FROM u;\nINSERT INTO t VALUES (3), -- it's three\n(4);\n",
    )
    assert shown(found) == {"t": [("1",), ("2",), ("3",), ("4",)]}
    rest = found.sources["base.sql"]
    for words in ("contact: Zoe; l'adresse", "INSERT INTO log", "mail@exemple.fr", "isn't", "it's three"):
        assert words in rest.text
    assert "VALUES (1)" not in rest.text
    assert found.issues == []


def test_a_dump_of_nothing_but_tables_is_a_source(tmp_path: Path) -> None:
    found = dump(tmp_path, b"SET NAMES utf8;\nCREATE TABLE t (a int COMMENT 'nom du patient');\n")
    assert list(found.sources) == ["base.sql"]
    assert "nom du patient" in found.sources["base.sql"].text


def test_what_tools_write_around_the_data_makes_no_source(tmp_path: Path) -> None:
    rows = (Table("t", ("a", "b"), ((1, "x"), (2, "y"))),)
    for way, (write, encoding) in DUMPS.items():
        found = dump(tmp_path, write(rows).encode(encoding), f"{way}.sql")
        assert list(found.sources) == ["CRM.t" if way.startswith("oracle") else "t"], way


def test_routines_of_other_dialects(tmp_path: Path) -> None:
    found = dump(
        tmp_path,
        b"PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(a);\nINSERT INTO t VALUES(1);\n"
        b"CREATE TRIGGER g AFTER INSERT ON t BEGIN\n  INSERT INTO log VALUES (new.a, 'it');\n  DELETE FROM u;\nEND;\n"
        b"INSERT INTO t VALUES(2);\nCOMMIT;\n",
    )
    assert shown(found) == {"t": [("1",), ("2",)]}
    found = dump(
        tmp_path,
        b"SET standard_conforming_strings = on;\nCREATE FUNCTION f() RETURNS void AS $_$\nBEGIN\n"
        b"INSERT INTO log VALUES ('a', $1);\nEND\n$_$ LANGUAGE plpgsql;\nINSERT INTO t VALUES (1);\n",
    )
    assert shown(found) == {"t": [("1",)]}
    found = dump(
        tmp_path,
        b"SET ANSI_NULLS ON\nGO\nCREATE PROCEDURE [dbo].[p] AS\nBEGIN\nINSERT INTO log VALUES (1, 'x')\nSELECT 2\nEND\nGO\n"
        b"INSERT [dbo].[t] ([a]) VALUES (N'x')\nINSERT [dbo].[t] ([a]) VALUES (N'y')\nGO\nprint 'Processed 2 total records'\n"
        b"INSERT [dbo].[t] ([a]) VALUES (N'z')\n",
    )
    assert shown(found) == {"t": [("x",), ("y",), ("z",)]}


def test_copy_with_options(tmp_path: Path) -> None:
    found = dump(
        tmp_path,
        b"COPY t (a, b, c) FROM stdin WITH DELIMITER '|' NULL AS '';\n1|x\\|y|\n2||z\\n\n\\.\n"
        b'COPY u (a, b) FROM stdin WITH (FORMAT csv);\n1,"x,y"\n\\.\nCOPY v (a) FROM stdin;\n1\n\n\\\\N\n\\.\n',
    )
    assert found.values("t") == [{"a": "1", "b": "x|y"}, {"a": "2", "c": "z\n"}]
    assert found.values("v") == [{"a": "1"}, {}, {"a": "\\N"}]
    assert '1,"x,y"' in found.sources["base.sql"].text
    assert found.issues == []


def test_oracle_insert_all_and_sql_plus(tmp_path: Path) -> None:
    found = dump(
        tmp_path,
        b"prompt PL/SQL Developer import file, it's here\nset feedback off\nset define off\nprompt Creating T...\n"
        b"create table T\n(\n  A CHAR(3) not null,\n  B DATE\n)\ntablespace X\n  pctfree 10;\n\nprompt Loading T...\n"
        b"insert into T (A, B)\nvalues ('E3 ', to_date('23-06-2001', 'dd-mm-yyyy'));\ninsert into T (A, B)\nvalues ('E6 ', null);\n"
        b"commit;\nprompt 2 records loaded\nINSERT ALL\n  INTO U (A) VALUES ('x')\n  INTO U (A) VALUES ('y')\nSELECT * FROM dual;\n",
    )
    assert shown(found) == {"T": [("E3 ", "23-06-2001"), ("E6 ", None)], "U": [("x",), ("y",)]}
    assert found.issues == []


def test_archives_around_a_dump(tmp_path: Path) -> None:
    data = mysql([Table("t", ("a", "b"), tuple((number, "é'") for number in range(500)))]).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("base.sql", data)
    for name, content in {
        "x.sql.gz": gzip.compress(data),
        "x.xz": lzma.compress(data),
        "x.zip": packed.getvalue(),
    }.items():
        found = dump(tmp_path, content, name)
        assert [row["b"] for row in found.values("t")] == ["é'"] * 500


@settings(max_examples=30)
@given(
    way=st.sampled_from(sorted(DUMPS)),
    block=st.sampled_from([64, 300, 5000]),
    section=st.sampled_from([1, 200, 4000]),
    window=st.sampled_from([32, 256, 4096]),
)
def test_sections_blocks_and_windows_change_nothing(
    tmp_path: Path, way: str, block: int, section: int, window: int
) -> None:
    rows = tuple((number, f"l'a\n{number}", None if number % 3 else "x,(y);") for number in range(60))
    tables = [Table("t", ("a", "b", "c"), rows), Table("u", ("a", "b", "c"), rows[:7])]
    write, encoding = DUMPS[way]
    data = write(tables).encode(encoding)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqldump_reel, "BLOCK", block)
        patch.setattr(sqldump_sections, "SECTION", section)
        patch.setattr(sqldump_sections, "FIRST", section)
        patch.setattr(sqldump_rows, "SMALL", window)
        patch.setattr(sqldump_rows, "WINDOW", window * 4)
        patch.setattr(sqldump_read, "TOGETHER", window)
        found = direct(tmp_path, data)
    prefix = "CRM." if way.startswith("oracle") else ""
    wanted = [{"a": str(a), "b": b, **({"c": c} if c else {})} for a, b, c in rows]
    assert found.issues == []
    assert found.values(prefix + "t") == wanted
    assert found.values(prefix + "u") == wanted[:7]


@pytest.mark.parametrize("way", DUMPS)
def test_line_ends_of_windows(tmp_path: Path, way: str) -> None:
    write, encoding = DUMPS[way]
    rows = tuple((number, f"l'a {number}", None if number % 3 else "x,(y);") for number in range(250))
    tables = [Table("t", ("a", "b", "c"), rows), Table("u", ("a", "b", "c"), rows[:7])]
    found = direct(tmp_path, write(tables).replace("\n", "\r\n").encode(encoding))
    prefix = "CRM." if way.startswith("oracle") else ""
    wanted = [{"a": str(a), "b": b, **({"c": c} if c else {})} for a, b, c in rows]
    assert found.issues == []
    assert found.values(prefix + "t") == wanted
    assert found.values(prefix + "u") == wanted[:7]


LITERALS = [
    "NULL", "null", "''", "'a'", "'it''s'", "'a,b'", "'(x'", "'NULL'", "N'é'", "n''", "0x5A6F", "X'5A6F'", "12", "-1.5", "1e5",
    "TRUE", "DEFAULT", "lower('a,b')", "'a'||'b'", "('x')", "CAST(N'a' AS date)", "to_date('x','y')", "'x'::text", "  'a'  ",
    " 7 ", "\n'b'", "_utf8 'z'", "DATE '2020-01-01'", "'a\nb'", "'\r'", "1-2", "0x", "'\\x41'", "x.y", "",
]  # fmt: skip


@given(
    rows=st.lists(st.tuples(*[st.sampled_from(LITERALS)] * 3), min_size=1, max_size=8),
    gap=st.sampled_from([",", ", ", ",\n\t", ";\nINSERT INTO t (a, b, c) VALUES "]),
    backslash=st.booleans(),
)
def test_blocks_and_single_rows_read_alike(rows: list[tuple[str, ...]], gap: str, backslash: bool) -> None:
    texts = ["(" + ",".join(row) + ")" for row in rows]
    data = gap.join(texts).encode()
    assert split(data, backslash).broken is None
    rules, names = Rules(3, backslash), ["a", "b", "c"]
    blocks, single = Cells(b"\1\2\3"), Cells(b"\1\2\3")
    assert add_block(blocks, data, rules, 0) == (len(rows), [])
    for number, text in enumerate(texts):
        assert add_row(single, text.encode(), 0, rules, number) == len(text.encode())
    fast, slow = frame_of(blocks, names), frame_of(single, names)
    assert fast is not None
    assert slow is not None
    assert fast[0].rows() == slow[0].rows()
    assert fast[1].to_list() == slow[1].to_list() == list(range(len(rows)))


def test_interleaved_tables(tmp_path: Path) -> None:
    text = "".join(
        f"INSERT INTO t{number % 5} (id, nom) VALUES ({number}, 'Zoé {number}');\n"  # noqa: S608
        for number in range(4000)
    )
    found = dump(tmp_path, text.encode())
    for table in range(5):
        assert [row["id"] for row in found.values(f"t{table}")] == [
            str(n) for n in range(4000) if n % 5 == table
        ]
        assert sorted(found.rows(f"t{table}")) == list(range(800))


@pytest.mark.parametrize(
    "content",
    [
        "INSERT INTO is a statement of SQL. It isn't hard.\nINSERT INTO clients VALUES (1, 'a');\n",
        "Chère Zoé,\n\nvoici la requête :\n\nINSERT INTO clients VALUES (1, 'a');\n\nBien à toi\n",
        "id;requete\n1;INSERT INTO t VALUES (1)\n2;SELECT * FROM t\n3;CREATE TABLE t (a int)\n",
        "2026-11-20 18:20:00 LOG: INSERT INTO t VALUES (1,'a');\n2026-11-20 18:20:01 LOG: INSERT INTO t VALUES (2,'b');\n",
        "import sqlite3\nbase.execute('INSERT INTO t VALUES (1)')\n",
        "SET theory is a branch of logic; it studies sets.\nUSE it well;\n",
        "CREATE TABLE clients is what comes first.\n",
        "-- \nBien cordialement\nZoé\n",
        "COPY that FROM stdin; said the pilot.\n",
    ],
)
def test_what_only_speaks_of_sql_is_no_dump(tmp_path: Path, content: str) -> None:
    found = dump(tmp_path, content.encode(), "x.sql")
    assert {located.format for source in found.sources.values() for located in source.located} & {
        "sqldump"
    } == set()


def test_a_piece_out_of_the_middle_of_a_dump(tmp_path: Path) -> None:
    text = mysql(
        [Table("t", ("a", "b"), tuple((number, f"Zoé {number}") for number in range(300)))], extended=False
    )
    piece = text[text.index("Zoé 50'") :]
    found = dump(tmp_path, piece.encode())
    assert len(found.values("t")) == 249
    assert found.values("t")[0] == {"column_1": "51", "column_2": "Zoé 51"}
    assert "Zoé 50" in found.sources["base.sql"].text
