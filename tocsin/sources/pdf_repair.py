"""A PDF whose end is missing, made readable again: the objects that are there, a new page tree, a new table."""

from __future__ import annotations

import re

from tocsin.sources.pdf_objects import Objects
from tocsin.sources.pdf_syntax import Name, Ref, Value

PAGES = 200_000
LETTER = b"[0 0 612 792]"
PLAIN_FONT: dict[str, Value] = {
    "Type": Name("Font"),
    "Subtype": Name("Type1"),
    "BaseFont": Name("Helvetica"),
    "Encoding": Name("WinAnsiEncoding"),
}


def repaired(data: bytes) -> bytes | None:
    """`data` followed by what it lacks, None where no page is found (ISO 32000-2, 7.5.4, 7.7.2, 7.7.3).

    A page tree that was lost is put back under its own number, so that its pages find it.
    """
    objects = Objects(data)
    kept = {number: _written(objects.resolve(Ref(number, 0))) for number in objects.packed}
    pages: dict[int, dict[str, Value]] = {}
    for number in [*objects.places, *objects.packed]:
        value = objects.resolve(Ref(number, 0))
        if isinstance(value, dict) and value.get("Type") == Name("Page") and len(pages) < PAGES:
            pages[number] = value
    if not pages:
        pages = _loose(objects, kept)
    if not pages:
        return None
    known = objects.places.keys() | kept.keys()
    free = max(known) + 1
    parents = {entry.number for page in pages.values() if isinstance(entry := page.get("Parent"), Ref)}
    for number in parents - known:
        kept[number] = _tree(
            [own for own, page in pages.items() if page.get("Parent") == Ref(number, 0)], None
        )
    root, tree = free, free + 1
    kept[tree] = _tree(list(pages), LETTER)
    kept[root] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
    return _appended(data, dict(objects.places), kept, root)


def _loose(objects: Objects, kept: dict[int, bytes]) -> dict[int, dict[str, Value]]:
    """A page for every stream that draws text and that no page is left to show, its fonts taken for plain ones."""
    pages: dict[int, dict[str, Value]] = {}
    free = max([*objects.places, *objects.packed], default=0) + 1_000
    for number, at in sorted(objects.places.items(), key=lambda place: place[1]):
        stream = objects.stream(at)
        content = b"" if stream is None else objects.content(stream, 1 << 20)
        if b"BT" not in content or b"Tf" not in content or len(pages) >= PAGES:
            continue
        fonts = {
            found.decode("latin-1"): dict(PLAIN_FONT)
            for found in set(re.findall(rb"/([A-Za-z0-9+_.-]{1,40})[ \r\n]", content))
        }
        page: dict[str, Value] = {
            "Type": Name("Page"),
            "Contents": Ref(number, 0),
            "Resources": {"Font": dict(list(fonts.items())[:50])},
        }
        pages[free + len(pages)] = page
        kept[free + len(pages) - 1] = _written(page)
    return pages


def _tree(pages: list[int], box: bytes | None) -> bytes:
    """A node of the page tree."""
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    size = b"" if box is None else b" /MediaBox " + box
    return b"<< /Type /Pages /Kids [%s] /Count %d%s >>" % (kids, len(pages), size)


def _appended(data: bytes, places: dict[int, int], kept: dict[int, bytes], root: int) -> bytes:
    """The file with the objects of `kept` at its end and a table of all."""
    out = [data, b"\nendstream\nendobj\n"]
    at = len(data) + len(out[1])
    for number, content in kept.items():
        written = b"%d 0 obj\n%s\nendobj\n" % (number, content)
        places[number] = at
        out.append(written)
        at += len(written)
    size = max(places) + 1
    out.append(b"xref\n0 1\n0000000000 65535 f \n")
    out += [b"%d 1\n%010d 00000 n \n" % (number, places[number]) for number in sorted(places)]
    out.append(b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, at))
    return b"".join(out)


def _written(value: Value, depth: int = 0) -> bytes:
    """An object as it is written."""
    if isinstance(value, dict) and depth < 50:
        inside = b" ".join(b"/%s %s" % (_name(key), _written(one, depth + 1)) for key, one in value.items())
        return b"<< %s >>" % inside
    if isinstance(value, list) and depth < 50:
        return b"[%s]" % b" ".join(_written(one, depth + 1) for one in value)
    if isinstance(value, bytes):
        return b"<%s>" % value.hex().encode()
    if isinstance(value, Ref):
        return b"%d %d R" % (value.number, value.generation)
    if isinstance(value, Name):
        return b"/" + _name(value.text)
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return str(value).encode() if isinstance(value, int | float) else b"null"


def _name(text: str) -> bytes:
    """A name with its special characters escaped."""
    return b"".join(
        bytes([byte]) if 33 <= byte < 127 and byte not in b"#()<>[]{}/%" else b"#%02X" % byte
        for byte in text.encode("utf-8", "replace")
    )
