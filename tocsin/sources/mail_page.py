"""The text of the HTML pages in mails, by a few passes over the whole page instead of one step a tag.

Gives the words that `markup` gives, with what people do not see (comments, addresses of links, descriptions of
pictures) after the text: mails are mostly pages, and most of a page is tags.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

from tocsin.sources.markup import CELLS, INLINE, SHOWN

_TAG = re.compile(r"(</?[A-Za-z!?][^<>]*>)")
_NAME = re.compile(r"</?([A-Za-z][^\s/>]*)")
_SILENT = re.compile(r"<(script|style)[\s>]", re.I)
_ENDS = {name: re.compile(f"</{name}[^<>]*>", re.I) for name in ("script", "style")}
_ATTRIBUTE = re.compile(
    r"[\s\"'/](?:"
    + "|".join(sorted(SHOWN))
    + r"|data-[\w-]{1,64})\s?=\s?(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))",
    re.I,
)
_BLANKS = re.compile(r"[ \u00a0]{2,}")
_LINES = re.compile(r"[ \t]*\n[ \t\n]*")


class _Tags(dict[str, str]):
    """What stands for each tag of one page, worked out once for all that are alike; `aside` what their attributes say."""

    def __init__(self, aside: list[str]) -> None:
        super().__init__()
        self.aside = aside

    def __missing__(self, tag: str) -> str:
        if "=" in tag:
            self.aside += [value for found in _ATTRIBUTE.findall(tag) for value in found if value.strip()]
        named = _NAME.match(tag)
        name = named[1].lower() if named is not None else ""
        sign = self[tag] = "" if name in INLINE else "\t" if name in CELLS else "\n"
        return sign


def page(html: str) -> str:
    """The text of a page: blocks on lines of their own, then comments and attributes, one a line; linear in time."""
    shown, aside = _apart(html.replace("\n", " ").replace("\r", " ").replace("\t", " "))
    pieces, tags = _TAG.split(shown), _Tags(aside)
    pieces[1::2] = [tags[tag] for tag in pieces[1::2]]
    text = "\n".join(("".join(pieces), *map(_address, dict.fromkeys(aside))))
    if "&" in text:
        text = unescape(text)
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def _apart(html: str) -> tuple[str, list[str]]:
    """The page without scripts, style sheets and comments; and the comments, one of an Outlook page as a page."""
    pieces: list[str] = []
    aside: list[str] = []
    at = 0
    while True:
        comment = html.find("<!--", at)
        silent = _SILENT.search(html, at, comment if comment >= 0 else len(html))
        if silent is not None:
            pieces.append(html[at : silent.start()])
            end = _ENDS[silent[1].lower()].search(html, silent.end())
            if end is None:
                return "".join(pieces), aside
            at = end.end()
        elif comment >= 0:
            pieces.append(html[at:comment])
            stop = html.find("-->", comment + 4)
            aside.append(_TAG.sub(" ", html[comment + 4 : stop if stop >= 0 else len(html)]).strip())
            if stop < 0:
                return "".join(pieces), aside
            at = stop + 3
        else:
            return "".join((*pieces, html[at:])), aside


def _address(value: str) -> str:
    """An attribute; of a link to a person the address as it is."""
    scheme = value[:7].lower()
    return unquote(value.split(":", 1)[1]) if scheme.startswith(("mailto:", "tel:")) else value
