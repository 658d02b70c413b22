"""Write the golden pile of documents anew: `python tests/piles/make_documents.py`, from the repository's root.

The same letters in every format of an office, made by the formats' specifications; and documents that cannot be read.
"""

from __future__ import annotations

import random
import shutil
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from tests.piles.make import SEED, written  # noqa: E402
from tests.sources.office_making import CONTENT_TYPES, package, paragraph, word  # noqa: E402
from tests.sources.ole_making import atom  # noqa: E402
from tests.sources.ole_making import word as old_word  # noqa: E402
from tests.sources.pdf_making import Pdf, packed_pdf  # noqa: E402
from tests.sources.test_image import jpeg  # noqa: E402
from tests.sources.test_rtf import HEAD  # noqa: E402
from tests.sources.test_rtf import written as rich  # noqa: E402
from tocsin.fakes.known import Known, facts_of, text_of  # noqa: E402
from tocsin.fakes.leak import Leak  # noqa: E402
from tocsin.fakes.papers import lettre  # noqa: E402
from tocsin.fakes.person import person  # noqa: E402
from tocsin.sources.ole_write import compound  # noqa: E402

LETTERS = 4
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def letters(rng: random.Random) -> list[tuple[str, Known]]:
    """Some letters, each with the key of its patient."""
    pairs = [(person(SEED, 900 + number), person(SEED, 950 + number, "d")) for number in range(LETTERS)]
    return [(patient.key, lettre(patient, doctor, rng)) for patient, doctor in pairs]


def docx(pages: list[list[str]]) -> bytes:
    """Every letter in paragraphs, the last one in a comment."""
    body = "".join(paragraph(line) for page in pages[:-1] for line in page)
    comment = word("".join(paragraph(line) for line in pages[-1]))
    return word(body, **{"word/comments.xml": part(comment)})


def part(document: bytes) -> bytes:
    """The main part of a DOCX."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return archive.read("word/document.xml")


def pptx(pages: list[list[str]]) -> bytes:
    """A slide a letter."""
    slides = {
        f"ppt/slides/slide{number}.xml": f'<p:sld xmlns:p="u" xmlns:a="{DRAWING}">'
        + "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in page)
        + "</p:sld>"
        for number, page in enumerate(pages, 1)
    }
    return package({"[Content_Types].xml": CONTENT_TYPES, "ppt/presentation.xml": "<p/>", **slides})


def open_document(kind: str) -> Callable[[list[list[str]]], bytes]:
    """An OpenDocument file of this family."""

    def write(pages: list[list[str]]) -> bytes:
        body = "".join(f"<text:p>{escape(line)}</text:p>" for page in pages for line in page)
        content = (
            f'<office:document-content xmlns:office="u" xmlns:text="{TEXT}">{body}</office:document-content>'
        )
        return package({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})

    return write


def rtf(pages: list[list[str]]) -> bytes:
    """One document."""
    return (HEAD + "".join(rich(line + "\n") for page in pages for line in page) + "}").encode()


def doc(pages: list[list[str]]) -> bytes:
    """One document whose last letter is a comment."""
    texts = ["".join(f"{line}\r" for line in page) for page in pages]
    return old_word({0: "".join(texts[:-1]), 4: texts[-1]}, cut=500)


def ppt(pages: list[list[str]]) -> bytes:
    """A slide a letter."""
    inside = b"".join(
        atom(0x03F3, bytes(20)) + atom(0x0FA0, "\r".join(page).encode("utf-16-le")) for page in pages
    )
    user = struct.pack("<HHIII", 0, 0x0FF6, 20, 20, 0xE391C05F)
    return compound({"PowerPoint Document": atom(0x0FF0, inside, 15), "Current User": user + bytes(16)})


def pdf(pages: list[list[str]], *, packed: bool = False) -> bytes:
    """A page a letter."""
    made = Pdf()
    for page in pages:
        made.page(page)
    return packed_pdf(made) if packed else made.bytes()


def epub(pages: list[list[str]]) -> bytes:
    """A page a letter."""
    every = {
        f"t/p{number}.xhtml": "<html><body>"
        + "".join(f"<p>{escape(line)}</p>" for line in page)
        + "</body></html>"
        for number, page in enumerate(pages)
    }
    return package({"mimetype": "application/epub+zip", **every})


WRITERS: dict[str, tuple[str, Callable[[list[list[str]]], bytes]]] = {
    "a.docx": ("docx", docx),
    "b.doc": ("doc", doc),
    "c.odt": ("odt", open_document("text")),
    "d.odp": ("odp", open_document("presentation")),
    "e.rtf": ("rtf", rtf),
    "f.pptx": ("pptx", pptx),
    "g.ppt": ("ppt", ppt),
    "h.pdf": ("pdf", pdf),
    "i.pdf": ("pdf", lambda pages: pdf(pages, packed=True)),
    "j.epub": ("epub", epub),
}


def documents(leak: Leak) -> None:
    """The letters in every format, then what cannot be read as it is."""
    found = letters(random.Random(SEED))
    pages = [text_of(text).split("\n") for _, text in found]
    for name, (format, write) in WRITERS.items():
        leak.raw(name, write(pages))
        leak.truth.source(name, format)
        leak.truth.record(name, 0, tuple(key for key, _ in found))
        for _, text in found:
            for kind, normal in facts_of(text):
                leak.truth.value(name, None, kind, normal)
    unread(leak)


def unread(leak: Leak) -> None:
    """Scanned pages, a photograph, encrypted documents."""
    scans = Pdf()
    scans.scan()
    scans.scan()
    leak.raw("k.pdf", scans.bytes())
    leak.truth.unreadable("k.pdf", "pdf", "source.needs_ocr", records=1)
    leak.truth.issue("k.pdf", "source.needs_ocr")
    leak.raw("l.jpg", jpeg())
    leak.truth.unreadable("l.jpg", "jpeg", "source.needs_ocr", records=1)
    leak.raw("m.docx", compound({"EncryptionInfo": bytes(200), "EncryptedPackage": bytes(5000)}))
    leak.truth.unreadable("m.docx", "ole_encrypted", "source.encrypted")
    leak.raw("n.doc", old_word({0: "x\r"}, flags=0x300))
    leak.truth.unreadable("n.doc", "doc", "source.encrypted")


if __name__ == "__main__":
    shutil.rmtree(HERE / "documents", ignore_errors=True)
    written("documents", documents)
