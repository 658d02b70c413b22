"""Lists of files on pages of the web: leak sites and folder indexes, links with sizes and dates beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlsplit

from tocsin.sources.listing_cell import DATE, moment, size
from tocsin.sources.listing_text import Listed

_ROWS = frozenset("tr li br p div dt dd option".split())
_SILENT = frozenset("script style head".split())
_TITLE = re.compile(
    r"\s*(?:Index of|Index de|Directory listing for|Listing of|Contenu de)\s*:?\s+(/.*?)/?\s*", re.I
)
_SIZED = re.compile(
    r"(?<![\w.,/-])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)*)\s?"
    r"([KMGTkmgt]i?[BbOo]?|[BbOo]|bytes?|octets?)?(?![\w.,/-])"
)
# The parser of pages stumbles over declarations that are none.
_DECLARED = re.compile(r"<!(?!--)")
_ENDING = re.compile(r"\.\w{1,8}$")


def is_html(text: str) -> bool:
    """Whether this is a page with links or rows."""
    head = text[:4096].lstrip().lower()
    return head.startswith("<") and re.search(r"<(?:a\s|html|!doctype html|table|ul|pre)", head) is not None


def html_entries(text: str) -> Iterator[Listed]:
    """The files of a page; where some have sizes, links without one are the page's own."""
    page = _Page()
    page.feed(_DECLARED.sub(" ", text))
    page.close()
    page.end_row()
    found = [listed for listed in page.found if listed is not None]
    sized = any(listed.bytes is not None for listed in found)
    yield from (listed for listed in found if listed.bytes is not None or not sized)


@dataclass(slots=True)
class _Row:
    """A link with the text beside it."""

    href: str | None = None
    label: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


class _Page(HTMLParser):
    """A page cut into rows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Listed | None] = []
        self._row = _Row()
        self._linked = False
        self._silent = 0
        self._folder = ""
        self._folders: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A link or a row begins; a list inside an entry makes that entry a folder."""
        if tag in _SILENT:
            self._silent += 1
        elif tag == "ul":
            name = " ".join("".join(self._row.label or self._row.beside).split()).rstrip("/")
            self._row = _Row()
            self._folders.append(name if self._folders else "")
        elif tag in _ROWS:
            self.end_row()
        elif tag == "a":
            if self._row.href is not None:
                self.end_row()
            self._row.href, self._linked = dict(attrs).get("href") or "", True
        elif tag == "td":
            self._row.beside.append("\t")

    def handle_endtag(self, tag: str) -> None:
        """A link or a row ends."""
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "a":
            self._linked = False
        elif tag == "ul":
            self.end_row()
            del self._folders[-1:]
        elif tag in _ROWS:
            self.end_row()

    def handle_data(self, data: str) -> None:
        """Text of a link, text beside one, or the title that says of which folder this is the index."""
        title = _TITLE.fullmatch(data)
        if title is not None:
            self._folder = title.group(1)
        elif not self._silent:
            (self._row.label if self._linked else self._row.beside).append(data)

    def end_row(self) -> None:
        """Take in what the row says."""
        row, self._row, self._linked = self._row, _Row(), False
        name, beside = _name(row)
        if name is None:
            return
        date = DATE.search(beside)
        rest = DATE.sub("\t", beside)
        sizes = [found for found in _SIZED.finditer(rest) if found.group(2) or row.href is not None]
        sizes.sort(key=lambda found: not found.group(2))
        span = size(re.sub(r"[ \u00a0\u202f](?=\d)", "", sizes[0].group())) if sizes else None
        if span is None and not _ENDING.search(name):
            return
        folder = "/".join([self._folder, *filter(None, self._folders)])
        path = name if name.startswith("/") else f"{folder}/{name}"
        self.found.append(Listed(path, span, moment(date.group()) if date else ()))


def _name(row: _Row) -> tuple[str | None, str]:
    """The path that a row names (None: a folder, or none at all), and the text beside it."""
    label, beside = "".join(row.label).strip(), "".join(row.beside)
    if row.href is None:
        cells = [cell.strip() for cell in beside.split("\t") if cell.strip()]
        named = [
            cell for cell in cells if _ENDING.search(cell) and size(cell) is None and not DATE.match(cell)
        ]
        first = named[0] if named else None
        return (first.replace("\\", "/") if first and len(cells) > 1 else None), beside.replace(
            first or "\n", "\t", 1
        )
    if re.search(r"[/\\]", label.strip("/\\")) and _ENDING.search(label):
        return label.replace("\\", "/"), beside
    try:
        address = urlsplit(row.href)
    except ValueError:
        return (label or None), beside
    queried = [value for _, value in parse_qsl(address.query) if _ENDING.search(value)]
    path = unquote(queried[0] if queried else address.path).replace("\\", "/")
    last = path.rpartition("/")[2]
    cut = label.rstrip(".>…").strip()
    if not last and _ENDING.search(label):
        return label, beside
    if not last or label.endswith("/") or address.path.endswith("/") and not queried:
        return None, beside
    if _ENDING.search(label) and cut == label and last != label:
        return label, beside
    local = not address.scheme and not address.netloc
    return (path.removeprefix("./") if local or queried else last), beside
