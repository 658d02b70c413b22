"""Word documents: an independent reader agrees, the fast and the exact way agree, nothing hidden is lost."""

from __future__ import annotations

import io
import random
import time
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.office_making import CONTENT_TYPES, links, package, paragraph, word, word_part
from tests.sources.reading import read_bytes
from tocsin.sources import catalogue, ooxml
from tocsin.sources.docx_fast import fast
from tocsin.sources.office_xml import Exact
from tocsin.sources.ooxml import RULES
from tocsin.sources.pile import walk
from tocsin.sources.source import Section, Text

PLAIN = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"]), min_size=1, max_size=9
)
RUNS = st.one_of(
    PLAIN.map(lambda t: paragraph(t)[5:-6]),
    st.sampled_from(
        [
            "<w:r><w:tab/></w:r>",
            "<w:r><w:br/></w:r>",
            '<w:r><w:br w:type="page"/></w:r>',
            "<w:r><w:noBreakHyphen/></w:r>",
            '<w:r><w:t xml:space="preserve"> </w:t></w:r>',
            "<w:r><w:t/></w:r>",
            "<w:r><w:t></w:t></w:r>",
            '<w:del w:author="Q &amp; A"><w:r><w:delText>&#233;&lt;ôté</w:delText></w:r></w:del>',
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>LIEN "x"</w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            '<wp:docPr id="1" descr="une &quot;photo&quot;" title="t"/><wp:posOffset>123456</wp:posOffset>',
            "<m:t>x+1</m:t>",
            "<w:txbxContent><w:p><w:r><w:t>cadre</w:t></w:r></w:p></w:txbxContent>",
        ]
    ),
)
PARAGRAPHS = st.one_of(
    st.lists(RUNS, max_size=4).map(lambda runs: f"<w:p>{''.join(runs)}</w:p>"),
    st.sampled_from(
        [
            "<w:p/>",
            '<w:p w:id="1"/>',
            '<w:p w:id="1"><w:pPr><w:tabs><w:tab w:pos="7"/></w:tabs></w:pPr></w:p>',
        ]
    ),
)
TABLES = st.lists(
    st.lists(st.lists(PARAGRAPHS, min_size=1, max_size=2).map("".join), min_size=1, max_size=3),
    min_size=1,
    max_size=3,
).map(
    lambda rows: (
        "<w:tbl>"
        + "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows)
        + "</w:tbl>"
    )
)
BODIES = st.lists(PARAGRAPHS | TABLES, max_size=6).map("".join)


def part(text: str) -> str:
    """A part of one paragraph."""
    return word_part(paragraph(text))


def exactly(data: bytes) -> str:
    """What the exact reader makes of a part."""
    return "".join(
        str(piece) for piece in Exact(RULES).text([data[at : at + 97] for at in range(0, len(data), 97)])
    )


@given(body=BODIES)
def test_both_ways_agree(body: str) -> None:
    data = word_part(body).encode()
    found = fast(data)
    assert found is not None
    assert found.decode() == exactly(data)


@settings(max_examples=15)
@given(
    lines=st.lists(st.lists(PLAIN, min_size=1, max_size=4).map(" ".join), max_size=5),
    cells=st.lists(st.lists(PLAIN, min_size=2, max_size=2), max_size=3),
)
def test_an_independent_writer_and_reader_agree(
    tmp_path: Path, lines: list[str], cells: list[list[str]]
) -> None:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(rows=len(cells), cols=2)
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, written in zip(row.cells, texts, strict=True):
            cell.text = written
    buffer = io.BytesIO()
    document.save(buffer)
    found = read_bytes(tmp_path, buffer.getvalue())
    judged = docx.Document(buffer)
    expected = [paragraph.text for paragraph in judged.paragraphs]
    expected += ["\t".join(cell.text for cell in row.cells) for row in judged.tables[0].rows]
    assert found.located[0].format == "docx"
    assert found.text.startswith("".join(f"{line}\n" for line in expected))
    assert found.codes == []


def test_nothing_hidden_is_lost(tmp_path: Path) -> None:
    body = (
        paragraph("visible")
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>masqué</w:t></w:r></w:p>"
        + '<w:p><w:del w:author="Relectrice"><w:r><w:delText>supprimé</w:delText></w:r></w:del></w:p>'
        + "<w:p><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>cadre</w:t></w:r></w:p></w:txbxContent>"
        + "</mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>cadre</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        + "</mc:AlternateContent></w:p>"
    )
    data = word(
        body,
        **{
            "word/header1.xml": part("en-tête"),
            "word/footnotes.xml": part("note de bas de page"),
            "word/endnotes.xml": part("note de fin"),
            "word/comments.xml": part("commentaire"),
            "word/charts/chart1.xml": '<c:chart xmlns:c="u"><c:v>graphique</c:v><c:v>42</c:v></c:chart>',
            "word/settings.xml": f'<w:settings xmlns:w="{"u"}"><w:docVar w:name="nom" w:val="variable"/></w:settings>',
            "customXml/item1.xml": "<a><nom>donnée</nom><tel>liée</tel></a>",
            "docProps/core.xml": "<p><creator>autrice</creator><lastModifiedBy>dernier</lastModifiedBy></p>",
            "word/_rels/document.xml.rels": links("mailto:une%40adresse.fr", "https://lien.fr/?id=1"),
            "word/embeddings/liste.csv": "nom;ville\nA;Brest\nB;Lyon\n",
        },
    )
    found = read_bytes(tmp_path, data, "a.docx")
    lines = [line for line in found.text.split("\n") if line]
    assert lines == [
        "visible", "masqué", "supprimé", "cadre", "Relectrice", "en-tête", "note de bas de page", "note de fin",
        "commentaire", "graphique", "42", "nom", "variable", "autrice", "dernier", "donnée", "liée",
        "une@adresse.fr", "https://lien.fr/?id=1",
    ]  # fmt: skip
    assert found.names == ["a.docx", "a.docx!/word/embeddings/liste.csv"]
    assert found.codes == []


def test_parts_keep_their_place(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(
        word(paragraph("corps"), **{"word/comments.xml": word_part(paragraph("remarque"))})
    )
    (located,) = walk([str(tmp_path / "a.docx")])
    given_ = list(catalogue.read(Section(located=located, number=0)))
    assert [(one.place, one.data, one.last) for one in given_ if isinstance(one, Text)] == [
        (None, b"corps\n", False),
        ("word/comments.xml", b"remarque\n", False),
        ("word/comments.xml", b"", True),
    ]


def test_an_archive_of_documents_stays_one(tmp_path: Path) -> None:
    inner = word(paragraph("dedans"))
    found = read_bytes(tmp_path, package({"lettres/a.docx": inner}, stored=True), "z.zip")
    assert (found.names, found.text) == (["z.zip!/lettres/a.docx"], "dedans\n")
    found = read_bytes(tmp_path, package({"word/notes.txt": "un texte qui suit " * 9}), "z.zip")
    assert found.names == ["z.zip!/word/notes.txt"]


def test_types_may_come_last(tmp_path: Path) -> None:
    data = package(
        {
            "_rels/.rels": links(),
            "word/document.xml": word_part(paragraph("corps")),
            "[Content_Types].xml": CONTENT_TYPES,
        }
    )
    assert read_bytes(tmp_path, data).located[0].format == "docx"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_cut_document_gives_what_is_there(tmp_path: Path, share: float) -> None:
    rng = random.Random(5)
    body = "".join(paragraph(f"ligne {n} {rng.getrandbits(64):x}") for n in range(3000))
    whole = word(body)
    found = read_bytes(tmp_path, whole[: int(len(whole) * share)])
    assert found.located[0].format == "docx"
    assert found.text.count("ligne ") > 3000 * (share - 0.1)
    assert {"source.no_directory", "source.truncated"} & set(found.codes)


@pytest.mark.parametrize(
    ("body", "code", "kept"),
    [
        (paragraph("avant") + "<w:p><w:t>milieu</w:r></w:p>" + paragraph("après"), None, "après"),
        (
            "<!-- -->" + paragraph("a") + "<w:p><w:t>milieu</w:r></w:p>" + paragraph("après"),
            "source.damaged",
            "après",
        ),
        ("<w:p>" * 10_000 + "<w:t>fond</w:t>" + "</w:p>" * 10_000, None, "fond"),
        (
            paragraph("x")
            + "\n  <w:p>\n <w:r>\n<w:t>aéré</w:t>\n</w:r>\n<w:r>\n<w:t>suite</w:t></w:r></w:p>",
            None,
            "aérésuite",
        ),
        (
            paragraph("x") + "<!-- p --><w:p><w:r><w:t><![CDATA[brut <b>]]></w:t></w:r></w:p>",
            None,
            "brut <b>",
        ),
    ],
)
def test_odd_bodies(tmp_path: Path, body: str, code: str | None, kept: str) -> None:
    found = read_bytes(tmp_path, word(body))
    assert kept in found.text
    assert found.codes == ([] if code is None else [code])


def test_an_unknown_encoding_is_read_by_its_tags(tmp_path: Path) -> None:
    part = word_part(paragraph("reste")).replace('encoding="UTF-8"', 'encoding="klingon"')
    found = read_bytes(tmp_path, package({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": part}))
    assert (found.text.strip(), found.codes) == ("reste", ["source.undecodable"])


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    part = word_part(paragraph("reste") + "<w:p><w:t>&a11;&x;</w:t></w:p>").replace(
        "<w:document",
        f'<!DOCTYPE d [<!ENTITY a0 "ha">{laughs}<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document',
        1,
    )
    started = time.process_time()
    found = read_bytes(tmp_path, package({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": part}))
    assert time.process_time() - started < 5
    assert "reste" in found.text
    assert "root:" not in found.text
    assert found.codes == ["source.xml_entities"]


def test_a_bomb_inside_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ooxml, "limit", lambda table, name: 5_000_000)
    found = read_bytes(tmp_path, word(paragraph("avant") + paragraph("a" * 50_000_000) + paragraph("après")))
    assert found.text.startswith("avant")
    assert len(found.text) < 6_000_000
    assert found.codes == ["source.too_large"]
