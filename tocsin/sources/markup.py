"""The text that HTML or XML shows or hides: tags out, entities decoded, blocks on lines of their own.

One pass, linear in time whatever the document, in blocks: nothing is built, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote

from tocsin.sources.source import Issue

# HTML Living Standard, 4.5 and 4.10: phrasing elements do not break a line.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr".split()
)
CELLS = frozenset(("td", "th"))
SILENT = frozenset(("script", "style"))
SHOWN = frozenset(
    ("href", "alt", "title", "value", "content", "placeholder", "aria-label", "summary", "label")
)
# A tag, or a comment, longer than this is read as text.
LONGEST_TAG = 1 << 13
LONGEST = 1 << 23

_NAME = re.compile("</?[A-Za-z]")
_TAG = re.compile(r"</?([A-Za-z][^\s/>]*+)((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_SHORT_TAG = re.compile(r"</?([A-Za-z][^\s/>]*+)([^>]*+)>")
_ATTRIBUTE = re.compile(r"([^\s=\"'/]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass(slots=True)
class Markup:
    """A document on its way to text. `every` attribute is text (XML), or only those that people read (HTML)."""

    every: bool = False
    aside: list[str] = field(default_factory=list)
    silent: str = ""
    absent: set[str] = field(default_factory=set)

    def text(self, blocks: Iterator[bytes | Issue]) -> Iterator[bytes | Issue]:
        """The UTF-8 text of UTF-8 `blocks`; what a block leaves open waits for the next one."""
        waiting = ""
        for block in blocks:
            if isinstance(block, Issue):
                yield block
                continue
            waiting += block.decode("utf-8", "replace")
            shown, used = self._shown(waiting, final=False)
            waiting = waiting[used:]
            yield shown.encode("utf-8", "replace")
        shown, _ = self._shown(waiting, final=True)
        yield (shown + self._break("")).encode("utf-8", "replace")

    def _shown(self, text: str, *, final: bool) -> tuple[str, int]:
        """The text of `text`, and how much of it was used up."""
        pieces: list[str] = []
        at = 0
        self.absent.clear()
        while at < len(text):
            if self.silent:
                at = self._skip(text, at)
                if self.silent:
                    return "".join(pieces), len(text) if final else max(at, len(text) - 16)
                continue
            sign = text.find("<", at)
            stop = sign if sign >= 0 else self._whole(text, at, final=final)
            pieces.append(_BLANKS.sub(" ", unescape(text[at:stop])))
            if sign < 0:
                return "".join(pieces), stop
            end = self._token(text, sign, pieces)
            if end is None:
                if not final and len(text) - sign < LONGEST:
                    return "".join(pieces), sign
                pieces.append("<")
                end = sign + 1
            at = end
        return "".join(pieces), at

    def _whole(self, text: str, at: int, *, final: bool) -> int:
        """Where to stop so that no entity is cut."""
        cut = text.rfind("&", max(at, len(text) - 40)) if not final else -1
        return cut if cut >= 0 else len(text)

    def _skip(self, text: str, at: int) -> int:
        """Past the end tag of a script or a style sheet, if it is there."""
        found = re.compile(f"</{self.silent}[^>]*+>", re.IGNORECASE).search(text, at)
        if found is None:
            return at
        self.silent = ""
        return found.end()

    def _token(self, text: str, at: int, pieces: list[str]) -> int | None:
        """Past the tag, comment or declaration at `at`; None where it does not end within `text`."""
        if text.startswith("<!--", at):
            end = self._find(text, "-->", at + 4)
            if end is not None:
                self.aside.append(text[at + 4 : end])
            return None if end is None else end + 3
        if text.startswith("<![CDATA[", at):
            end = self._find(text, "]]>", at + 9)
            pieces.append("" if end is None else text[at + 9 : end])
            return None if end is None else end + 3
        end = self._find(text, ">", at)
        if end is None or text.startswith(("<!", "<?"), at):
            return None if end is None else end + 1
        return self._tag(text, at, pieces)

    def _find(self, text: str, sign: str, at: int) -> int | None:
        """Where `sign` stands from `at` on; what was not found once in a block is not looked for again."""
        found = -1 if sign in self.absent else text.find(sign, at)
        if found < 0:
            self.absent.add(sign)
        return None if found < 0 else found

    def _tag(self, text: str, at: int, pieces: list[str]) -> int:
        if not _NAME.match(text, at):
            pieces.append("<")
            return at + 1
        tag = _TAG.match(text, at, at + LONGEST_TAG) or _SHORT_TAG.match(text, at)
        if tag is None:
            pieces.append("<")
            return at + 1
        name = tag[1].lower()
        if tag[2]:
            self._attributes(tag[2])
        if name not in INLINE:
            pieces.append(self._break("\t" if name in CELLS else "\n"))
        if name in SILENT and not self.every and text[at + 1] != "/" and not tag[2].endswith("/"):
            self.silent = name
        return tag.end()

    def _attributes(self, written: str) -> None:
        """The attributes that are text; addresses without their scheme's escapes."""
        for name, double, single, bare in _ATTRIBUTE.findall(written):
            value = unescape(double or single or bare)
            low = name.lower()
            if not value.strip() or not (self.every or low in SHOWN or low.startswith("data-")):
                continue
            for scheme in ("mailto:", "tel:"):
                if value[: len(scheme)].lower() == scheme:
                    value = unquote(value[len(scheme) :])
            self.aside.append(value)

    def _break(self, sign: str) -> str:
        """The break itself, and before it what was set aside: comments and attributes, each on its line."""
        if not self.aside:
            return sign
        lines = "\n".join(_BLANKS.sub(" ", line) for line in self.aside)
        self.aside.clear()
        return f"\n{lines}\n{sign}" if sign == "\t" else f"\n{lines}\n"
