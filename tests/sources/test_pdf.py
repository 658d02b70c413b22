"""PDF: pages with their places, what is attached or filled in, and what is left of damaged documents."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.pdf_making import Pdf, escaped, locked_pdf, packed_pdf
from tests.sources.reading import read_bytes
from tocsin.sources import catalogue, password
from tocsin.sources.pdf import places
from tocsin.sources.pdf_syntax import Name, Ref, parse
from tocsin.sources.pile import walk
from tocsin.sources.source import Section, Text

WRITERS = [Pdf.bytes, packed_pdf]
TABLE = b"nom;tel\nA;0612345678\nB;0612345679\n"


def letters(count: int) -> Pdf:
    """A document of so many pages that say their number."""
    pdf = Pdf()
    for number in range(1, count + 1):
        pdf.page([f"Lettre {number} à l’adresse de l’été", "deuxième ligne"])
    return pdf


def pieces(folder: Path, data: bytes) -> list[tuple[str | None, str]]:
    """The pieces of text of a document, with their places."""
    (folder / "x.pdf").write_bytes(data)
    (located,) = walk([str(folder / "x.pdf")])
    found = catalogue.read(Section(located=located, number=0))
    return [(one.place, one.data.decode()) for one in found if isinstance(one, Text) and one.data]


@pytest.mark.parametrize("write", WRITERS)
def test_every_page_has_its_place(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    assert pieces(tmp_path, write(letters(3))) == [
        (f"page {number}", f"Lettre {number} à l’adresse de l’été\ndeuxième ligne\n") for number in (1, 2, 3)
    ]


@pytest.mark.parametrize("write", WRITERS)
def test_pictures_of_pages_are_counted(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    pdf = letters(1)
    pdf.scan()
    pdf.scan()
    pdf.page(["dernière page"])
    pdf.page([])
    pdf.scan()
    found = read_bytes(tmp_path, write(pdf))
    assert [(one.code, one.place, one.count) for one in found.issues] == [
        ("source.needs_ocr", "pages 2-3, 6", 3)
    ]
    assert "Lettre 1" in found.text
    assert "dernière page" in found.text


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_filled_in_noted_and_attached(tmp_path: Path, write) -> None:  # type: ignore[no-untyped-def]
    pdf = Pdf()
    note = pdf.add(b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents (une note) /T (Relectrice) >>")
    link = pdf.add(
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (mailto:une@adresse.fr) >> >>"
    )
    widget = pdf.add(
        b"<< /Type /Annot /Subtype /Widget /Rect [0 0 90 20] /FT /Tx /T (numero) /V (saisie 0612345678) >>"
    )
    script = pdf.add(b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>")
    pdf.page(["corps"], b"/Annots [%d 0 R %d 0 R %d 0 R]" % (note, link, widget))
    attached = pdf.stream(TABLE, b"/Type /EmbeddedFile")
    named = pdf.add(b"<< /Type /Filespec /F (liste.csv) /EF << /F %d 0 R >> >>" % attached)
    plain = pdf.stream(b"texte joint", b"/Type /EmbeddedFile", packed=False)
    data = pdf.stream(b"<xfa:data><nom>formulaire</nom></xfa:data>")
    item = pdf.add(b"<< /Title (signet) /Parent %d 0 R /Dest [4 0 R /Fit] >>" % (max(pdf.objects) + 2))
    outline = pdf.add(b"<< /First %d 0 R /Last %d 0 R /Count 1 >>" % (item, item))
    pdf.catalogue = (
        b"/AcroForm << /Fields [%d 0 R] /XFA [(datasets) %d 0 R] >> /OpenAction %d 0 R /Outlines %d 0 R "
        b"/Names << /EmbeddedFiles << /Names [(liste.csv) %d 0 R] >> >>"
        % (widget, data, script, outline, named)
    )
    pdf.add(b"<< /Never %d 0 R >>" % plain)
    found = read_bytes(tmp_path, write(pdf), "a.pdf")
    assert found.names == ["a.pdf", "a.pdf!/liste.csv", "a.pdf!/attachment"]
    assert [row["tel"] for row in found.rows.values()] == ["0612345678", "0612345679"]
    for expected in (
        "corps",
        "une note",
        "Relectrice",
        "saisie 0612345678",
        "formulaire",
        "signet",
        "texte joint",
    ):
        assert expected in found.text, expected
    assert "une@adresse.fr" in found.text.split("\n")
    assert found.codes == []


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_cut_document_keeps_its_pages(tmp_path: Path, write, share: float) -> None:  # type: ignore[no-untyped-def]
    pdf = letters(40)
    whole = write(pdf)
    cut = whole[: int(len(whole) * share)]
    found = read_bytes(tmp_path, cut)
    kept = found.text.count("Lettre")
    assert kept >= 40 * (share - 0.2)
    assert set(found.codes) & {"source.truncated", "source.damaged"}


def test_a_lost_page_costs_itself_alone(tmp_path: Path) -> None:
    pdf = letters(3)
    pdf.pages.insert(1, 999)
    found = read_bytes(tmp_path, pdf.bytes())
    assert found.text.count("Lettre") == 3
    assert [(one.code, one.place, one.count) for one in found.issues] == [
        ("source.damaged_page", "page 2", 1)
    ]


def test_a_wrong_table_costs_nothing(tmp_path: Path) -> None:
    data = letters(3).bytes()
    found = read_bytes(tmp_path, data.replace(b"startxref\n", b"startxref\n1"))
    assert found.text.count("Lettre") == 3


def test_a_locked_document_says_so(tmp_path: Path) -> None:
    pdf = letters(1)
    lock = pdf.add(
        b"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%s> /U <%s> >>" % (b"41" * 32, b"42" * 32)
    )
    pdf.trailer = b"/Encrypt %d 0 R /ID [<00> <00>]" % lock
    found = read_bytes(tmp_path, pdf.bytes())
    assert (found.codes, found.text) == (["source.encrypted"], "")


def test_a_password_that_was_offered_opens_it(tmp_path: Path) -> None:
    data = locked_pdf("Bonjour", "tournesol")
    assert read_bytes(tmp_path, data).codes == ["source.encrypted"]
    assert read_bytes(tmp_path, locked_pdf("Bonjour", "")).text.startswith("Bonjour")
    offered = tmp_path.parent / f"{tmp_path.name}.passwords"
    offered.write_text("faux\ntournesol\n", encoding="utf-8")
    try:
        password.offer(str(offered))
        found = read_bytes(tmp_path, data)
    finally:
        password.offer(None)
    assert (found.text.strip(), found.codes) == ("Bonjour", [])


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4", b"%PDF-1.7\n" + b"<<" * 50_000, b"%PDF-1.4 1 0 obj << /Type /Page >> endobj"]
)
def test_what_is_no_document_is_one_issue(tmp_path: Path, data: bytes) -> None:
    found = read_bytes(tmp_path, data)
    assert [located.format for located in found.located] == ["pdf"]
    assert len(found.codes) == 1


def bomb(pdf: Pdf) -> None:
    """A page whose content unpacks to 70 MB."""
    content = pdf.stream(b" " * 70_000_000)
    pdf.pages.append(
        pdf.add(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents %d 0 R >>" % content)
    )


def echo(pdf: Pdf) -> None:
    """A page whose drawing draws ten others, and so on twelve times over."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
    inner = pdf.stream(b"BT /F1 1 Tf (x) Tj ET", form)
    for _ in range(12):
        inner = pdf.stream(b"/X Do " * 10, form + b"/Resources << /XObject << /X %d 0 R >> >>" % inner)
    pdf.page(["jamais"], drawn=b"/X Do ", resources=b"/XObject << /X %d 0 R >>" % inner)


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("trap", [bomb, echo])
def test_a_page_that_is_a_trap_costs_itself_alone(tmp_path: Path, write, trap) -> None:  # type: ignore[no-untyped-def]
    pdf = letters(2)
    trap(pdf)
    pdf.page(["dernière page"])
    started = time.process_time()
    found = read_bytes(tmp_path, write(pdf))
    assert time.process_time() - started < 10
    assert [(one.code, one.place, one.count) for one in found.issues] == [("source.bomb", "page 3", 1)]
    assert (found.text.count("Lettre"), "dernière page" in found.text) == (2, True)


def test_a_file_that_is_a_trap_is_not_opened(tmp_path: Path) -> None:
    pdf = letters(1)
    pdf.stream(b"1 0 " * 20_000_000, b"/Type /ObjStm /N 9 /First 4")
    assert read_bytes(tmp_path, pdf.bytes()).codes == ["source.bomb"]


@given(seed=st.integers(0, 10_000))
def test_damage_never_ends_the_reading(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(letters(3).bytes())
    for _ in range(rng.randrange(1, 12)):
        data[rng.randrange(8, len(data))] = rng.randrange(256)
    found = read_bytes(tmp_path, bytes(data))
    assert [located.format for located in found.located] == ["pdf"]


@given(text=st.text(st.sampled_from("aé()\\€ \t1"), max_size=20))
def test_strings_come_back(text: str) -> None:
    value, _ = parse(escaped(text), 0)
    assert isinstance(value, bytes)
    assert value.decode("cp1252") == text


def test_objects_are_parsed() -> None:
    written = rb"<< /A 1 /B [1 0 R (a\(b\)\n\101) <4> /N#20x true -1.5] % note" + b"\n/C << /D 7 >> >> stream"
    assert parse(written, 0)[0] == {
        "A": 1,
        "B": [Ref(1, 0), b"a(b)\nA", b"@", Name("N x"), True, -1.5],
        "C": {"D": 7},
    }


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([3], "page 3"),
        ([1, 2, 3, 7], "pages 1-3, 7"),
        (list(range(1, 99, 2)), "pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, …"),
    ],
)
def test_page_numbers_are_said_shortly(numbers: list[int], said: str) -> None:
    assert places(numbers) == said
