"""Presentations, OpenDocument and EPUB: order, places, what is hidden, what is encrypted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sources.office_making import CONTENT_TYPES, links, package
from tests.sources.reading import read_bytes
from tocsin.sources import catalogue
from tocsin.sources.pile import walk
from tocsin.sources.source import Section, Text

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="u:svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
)
TEXT_TYPE = "application/vnd.oasis.opendocument.text"


def pieces(folder: Path, data: bytes) -> list[tuple[str | None, str]]:
    """The pieces of text of a document, with their places."""
    (folder / "x").write_bytes(data)
    located = next(iter(walk([str(folder / "x")])))
    found = catalogue.read(Section(located=located, number=0))
    return [(one.place, one.data.decode()) for one in found if isinstance(one, Text) and one.data]


def slide(*lines: str) -> str:
    """A slide of paragraphs."""
    inside = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    return f'<p:sld xmlns:p="u" xmlns:a="{DRAWING}"><p:cNvPr id="2" descr="image de {lines[0]}"/>{inside}</p:sld>'


def presentation(**others: str | bytes) -> bytes:
    """Two slides, the second part shown first."""
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="u/slide" Target="slides/slide{n}.xml"/>' for n in (1, 2)
    )
    return package(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "ppt/presentation.xml": '<p:presentation xmlns:p="u" xmlns:r="v"><p:sldId id="1" r:id="rId2"/><p:sldId id="2" r:id="rId1"/></p:presentation>',
            "ppt/_rels/presentation.xml.rels": f"<Relationships>{relations}</Relationships>",
            "ppt/slides/slide1.xml": slide("un", "tel 0612345678"),
            "ppt/slides/slide2.xml": slide("deux"),
            **others,
        }
    )


def test_slides_stand_in_their_order(tmp_path: Path) -> None:
    table = (
        f'<p:sld xmlns:p="u" xmlns:a="{DRAWING}"><a:tbl><a:tr><a:tc><a:p><a:r><a:t>a</a:t></a:r></a:p></a:tc>'
        "<a:tc><a:p><a:r><a:t>b</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:sld>"
    )
    data = presentation(
        **{
            "ppt/slides/slide10.xml": table,
            "ppt/notesSlides/notesSlide1.xml": slide("note"),
            "ppt/commentAuthors.xml": '<p:cmAuthorLst xmlns:p="u"><p:cmAuthor id="0" name="Relectrice"/></p:cmAuthorLst>',
            "ppt/slides/_rels/slide1.xml.rels": links("mailto:a@b.fr"),
        }
    )
    assert pieces(tmp_path, data) == [
        ("slide 1", "deux\nimage de deux\n"),
        ("slide 2", "un\ntel 0612345678\nimage de un\n"),
        ("slide 3", "a\tb\n"),
        ("ppt/notesSlides/notesSlide1.xml", "note\nimage de note\n"),
        ("ppt/commentAuthors.xml", "Relectrice\n"),
        ("ppt/slides/_rels/slide1.xml.rels", "a@b.fr\n"),
    ]


def open_document(body: str, kind: str = TEXT_TYPE, **others: str | bytes) -> bytes:
    """A document of the OpenDocument family."""
    content = f"<office:document-content {OFFICE}><office:body>{body}</office:body></office:document-content>"
    manifest = "<manifest/>"
    return package(
        {
            "mimetype": kind,
            "content.xml": content,
            "META-INF/manifest.xml": manifest,
            "Pictures/a.txt": "x" * 50,
            **others,
        }
    )


BODY = (
    "<text:tracked-changes><text:changed-region><text:deletion><dc:creator>Relecteur</dc:creator>"
    "<text:p>supprimé</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    '<text:p>Jean<text:s text:c="2"/>Du<text:span>pont</text:span><text:tab/>fin<text:line-break/>ligne</text:p>'
    "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell/>"
    "<table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>"
    "<text:p>avant<office:annotation><dc:creator>Elle</dc:creator><text:p>remarque</text:p></office:annotation>après"
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note></text:p>"
    '<draw:frame><draw:image xlink:href="https://lien.fr/a.png"/><svg:desc>légende</svg:desc></draw:frame>'
)


def test_open_document_text(tmp_path: Path) -> None:
    styles = f"<office:document-styles {OFFICE}><text:p>en-tête</text:p></office:document-styles>"
    meta = f"<office:document-meta {OFFICE}><meta:initial-creator>Autrice</meta:initial-creator></office:document-meta>"
    found = read_bytes(tmp_path, open_document(BODY, **{"styles.xml": styles, "meta.xml": meta}), "a.odt")
    assert [line for line in found.text.split("\n") if line][:8] == [
        "Relecteur", "supprimé", "Jean  Dupont\tfin", "ligne", "a\t\tc", "avant", "Elle", "remarque",
    ]  # fmt: skip
    for expected in ("après", "note", "légende", "https://lien.fr/a.png", "en-tête", "Autrice"):
        assert expected in found.text.split("\n") or f"\n{expected}" in found.text, expected
    assert found.names == ["a.odt", "a.odt!/Pictures/a.txt"]
    assert [located.format for located in found.located] == ["odt", "text"]
    assert found.codes == []


@pytest.mark.parametrize(
    ("kind", "name"), [("presentation", "odp"), ("graphics-template", "odg"), ("formula", "odf")]
)
def test_families_are_told_by_content(tmp_path: Path, kind: str, name: str) -> None:
    data = open_document("<text:p>texte</text:p>", f"application/vnd.oasis.opendocument.{kind}")
    found = read_bytes(tmp_path, data)
    assert found.located[0].format == name
    assert found.text.startswith("texte\n")


def test_an_encrypted_document_says_so(tmp_path: Path) -> None:
    manifest = "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    found = read_bytes(tmp_path, open_document("", **{"META-INF/manifest.xml": manifest}))
    assert (found.codes, len(found.names), found.text) == (["source.encrypted"], 1, "")


def test_a_book_page_by_page(tmp_path: Path) -> None:
    data = package(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": "<x/>",
            "t/p2.xhtml": "<html><body><p>seconde</p></body></html>",
            "t/p10.xhtml": "<html><body><p>dixième</p></body></html>",
            "t/b.opf": "<package><dc:creator>Autrice</dc:creator></package>",
        }
    )
    assert [(place, text.strip()) for place, text in pieces(tmp_path, data)] == [
        ("t/p2.xhtml", "seconde"),
        ("t/p10.xhtml", "dixième"),
        ("t/b.opf", "Autrice"),
    ]
