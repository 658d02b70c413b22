"""The pages of a PDF as PDFium sees them: text, notes, form fields, and whether a page is a picture of text.

PDFium's own texts and messages never leave this module; nothing of a document is run: neither scripts nor actions.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import pypdfium2 as pdfium
import pypdfium2.raw as raw

# A page with fewer characters than this and a picture over half of it is taken for a scan.
FEW = 100
HALF = 0.5
# Without any text a smaller picture is enough.
SOME = 0.02
# A page without any text but with so many drawn shapes may be text that was turned into outlines.
SHAPES = 200
LOOKED_AT = 2000
_NOTE_KEYS = (b"Contents", b"T", b"Subj", b"V", b"DV", b"TU")
_ODD = re.compile("[\x01-\x08\x0e-\x1f\ue000-\ue0ff\ufffd-\uffff]")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text, and whether its picture still has to be read."""

    text: str
    scanned: bool


class Locked(Exception):
    """A password is needed."""


class Unreadable(Exception):
    """PDFium finds no document in these bytes, or no page at this number."""


class Pages:
    """An open document; `count` is how many pages it says it has."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        try:
            self._document = pdfium.PdfDocument(data, password=password)
            self._document.init_forms()
            self.count = len(self._document)
        except pdfium.PdfiumError:
            locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
            raise (Locked if locked else Unreadable) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._document.close()

    def page(self, number: int) -> Page:
        """Page `number` (from 0); raises Unreadable."""
        try:
            page = self._document[number]
        except (pdfium.PdfiumError, IndexError):
            raise Unreadable from None
        try:
            handle = raw.FPDFText_LoadPage(page.raw)
            if not handle:
                raise Unreadable
            text = _text(handle)
            raw.FPDFText_ClosePage(handle)
            notes = list(dict.fromkeys(self._notes(page)))
            scanned = _scanned(page, text)
        finally:
            page.close()
        return Page(_joined(text, notes), scanned)

    def picture(self, number: int, scale: float) -> tuple[int, int, bytes]:
        """Page `number` in grey: width, height and one byte a pixel; raises Unreadable."""
        try:
            page = self._document[number]
            width, height = page.get_size()
            scale = min(scale, (50_000_000 / max(width * height, 1)) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
        except (pdfium.PdfiumError, IndexError):
            raise Unreadable from None
        lines = bytes(bitmap.buffer)
        rows = (
            lines[at : at + bitmap.width] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride)
        )
        found = (bitmap.width, bitmap.height, b"".join(rows))
        page.close()
        return found

    def about(self) -> Iterator[str]:
        """The document's properties (14.3.3), one a line, then its bookmarks."""
        for key, value in self._document.get_metadata_dict(skip_empty=True).items():
            if not key.endswith("Date"):
                yield f"{key}: {value}"
        try:
            for bookmark in self._document.get_toc(max_depth=20):
                yield bookmark.get_title()
        except pdfium.PdfiumError:
            return

    def _notes(self, page: Any) -> Iterator[str]:
        """What notes, links and form fields of a page say (12.5, 12.7)."""
        forms = self._document.formenv
        for at in range(max(raw.FPDFPage_GetAnnotCount(page.raw), 0)):
            note = raw.FPDFPage_GetAnnot(page.raw, at)
            if not note:
                continue
            for key in _NOTE_KEYS:
                yield _string(raw.FPDFAnnot_GetStringValue, note, key)
            if forms is not None and raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_WIDGET:
                yield _string(raw.FPDFAnnot_GetFormFieldName, forms.raw, note)
                yield _string(raw.FPDFAnnot_GetFormFieldValue, forms.raw, note)
            yield self._target(note)
            raw.FPDFPage_CloseAnnot(note)

    def _target(self, note: Any) -> str:
        """Where a link leads."""
        link = raw.FPDFAnnot_GetLink(note)
        action = raw.FPDFLink_GetAction(link) if link else None
        if not action or raw.FPDFAction_GetType(action) != raw.PDFACTION_URI:
            return ""
        length = raw.FPDFAction_GetURIPath(self._document.raw, action, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 1))
        raw.FPDFAction_GetURIPath(self._document.raw, action, buffer, length)
        return buffer.value.decode("utf-8", "replace").removeprefix("mailto:").removeprefix("tel:")


def _string(call: Any, *given: Any) -> str:
    """A string that PDFium gives in UTF-16, asked for its length first."""
    length = call(*given, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    call(*given, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _text(handle: Any) -> str:
    """The text of a page, in PDFium's order."""
    count = raw.FPDFText_CountChars(handle)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    got = raw.FPDFText_GetText(handle, 0, count, buffer)
    return bytes(buffer)[: max(got - 1, 0) * 2].decode("utf-16-le", "replace")


def _joined(text: str, notes: list[str]) -> str:
    """The page's text with plain line ends, hyphens where PDFium marks them, and its notes on lines of their own."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ")
    for mark in ("\ufffe", "\x02"):
        text = text.replace(f"{mark}\n", "-").replace(mark, "-")
    lines = "".join(f"{note}\n" for note in notes if note.strip())
    return text + ("" if text.endswith("\n") or not text else "\n") + lines


def _scanned(page: Any, text: str) -> bool:
    """Whether the page shows more than its text: a picture or outlines in its stead, or signs without a meaning."""
    said = text.strip()
    if len(_ODD.findall(said)) * 3 > len(said) > FEW // 5:
        return True
    if len(said) >= FEW:
        return False
    shapes, area = 0, 0.0
    for at in range(min(raw.FPDFPage_CountObjects(page.raw), LOOKED_AT)):
        one = raw.FPDFPage_GetObject(page.raw, at)
        kind = raw.FPDFPageObj_GetType(one)
        shapes += kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING)
        if kind == raw.FPDF_PAGEOBJ_IMAGE or (kind == raw.FPDF_PAGEOBJ_FORM and not said):
            area = max(area, _area(one))
    width, height = page.get_size()
    share = area / max(width * height, 1.0)
    return share >= HALF or (not said and (share > SOME or shapes >= SHAPES))


def _area(one: Any) -> float:
    """The area of an object's box on the page."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(one, *(ctypes.byref(side) for side in sides)):
        return 0.0
    left, bottom, right, top = (side.value for side in sides)
    return max(right - left, 0.0) * max(top - bottom, 0.0)
