"""What all documents of Office Open XML share: their vocabulary, their order of parts, links, properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from tocsin.sources.document import Said, said
from tocsin.sources.docx_fast import fast
from tocsin.sources.limits import limit
from tocsin.sources.office_parts import Parts
from tocsin.sources.office_xml import CELL, ROW, Exact, Rules, address
from tocsin.sources.source import Issue

WHOLE = 1 << 26


def _tab(found: dict[str, str]) -> str:
    """A tab of a run has no attribute; the others are positions on the ruler (ECMA-376 part 1, 17.3.1.37)."""
    return "\t" if len(found) == 1 else ""


def _field(found: dict[str, str]) -> str:
    """The start and the middle of a field (17.16.18)."""
    return " " if found.get("fldCharType") in ("begin", "separate") else ""


def _lines(found: dict[str, str]) -> str:
    """The attributes of an element that are a person's or a source's: one line each."""
    wanted = ("name", "userId", "val", "providerId")
    return "".join(f"{found[name]}\n" for name in wanted if found.get(name))


# ECMA-376 part 1: 17 (WordprocessingML), 19 (PresentationML), 21 (DrawingML), 22 (properties); [MS-ODRAWXML] for `wp14`.
RULES = Rules(
    begins={"txbxContent": "\n"},
    ends={"p": "\n", "tc": CELL, "tr": ROW},
    inline=frozenset(("t", "delText", "instrText", "delInstrText")),
    silent=frozenset(
        "posOffset align pctWidth pctHeight pctPosHOffset pctPosVOffset binData fldData tableStyleId "
        "TotalTime Pages Words Characters CharactersWithSpaces Lines Paragraphs Slides Notes HiddenSlides MMClips "
        "AppVersion DocSecurity ScaleCrop LinksUpToDate SharedDoc HyperlinksChanged i4 bool formatCode ptCount f".split()
    ),
    signs={
        "tab": _tab,
        "ptab": lambda found: "\t",
        "br": lambda found: "\n",
        "cr": lambda found: "\n",
        "noBreakHyphen": lambda found: "-",
        "fldChar": _field,
        "docVar": _lines,
        "connectString": _lines,
        "query": _lines,
        "cmAuthor": _lines,
        "author": _lines,
        "presenceInfo": _lines,
        "property": _lines,
    },
    shown=frozenset(("descr", "title", "author", "instr", "tooltip", "displayText", "string")),
)
# A link, a linked picture or a template that lies outside of the package (part 2, 6.5.3).
LINKS = Rules(
    signs={
        "Relationship": lambda found: (
            f"{address(found.get('Target', ''))}\n" if found.get("TargetMode") == "External" else ""
        )
    }
)
# Parts that hold forms and numbers of the program, nothing of a person.
SKIPPED = (
    "styles", "stylesWithEffects", "fontTable", "webSettings", "numbering", "[Content_Types]", "commentsExtended",
    "commentsIds", "commentsExtensible", "presProps", "viewProps", "tableStyles", "itemProps", "theme", "colors",
    "quickStyle", "layout", "slideLayout", "style", "themeOverride",
)  # fmt: skip


def text(parts: Parts, order: Iterable[str], places: dict[str, str | None]) -> Iterator[Said | Issue]:
    """The parts in the order of the prefixes `order`, then all the others; `places` says how a part's place is called.

    Every other part's place is its name.
    """
    budget = [limit("document", "bytes")]
    done: set[str] = set()
    names = [name for prefix in order for name in parts.names(prefix, ".xml")]
    for name in dict.fromkeys([*names, *parts.names(ending=".xml"), *parts.names(ending=".vml")]):
        if name not in done and not _skipped(name):
            done.add(name)
            place = places.get(name, name)
            yield from (_word if name.startswith("word/") else _exact)(parts, name, place, budget)
    for name in parts.names(ending=".rels"):
        yield from _exact(parts, name, name, budget, LINKS)
    for issue in parts.issues:
        if issue.place is None or issue.place.lower().endswith((".xml", ".rels", ".vml")):
            yield issue


def _skipped(name: str) -> bool:
    stem = name.rpartition("/")[2].rpartition(".")[0]
    return stem.rstrip("0123456789") in SKIPPED


def _word(parts: Parts, name: str, place: str | None, budget: list[int]) -> Iterator[Said | Issue]:
    """A part in WordprocessingML: fast where that is certain."""
    pieces: list[bytes | Issue] = []
    size = 0
    blocks = limited(parts, name, budget)
    for block in blocks:
        pieces.append(block)
        size += 0 if isinstance(block, Issue) else len(block)
        if size > WHOLE:
            break
    else:
        found = fast(b"".join(block for block in pieces if not isinstance(block, Issue)))
        if found is not None:
            yield Said(place, found)
            yield from (block for block in pieces if isinstance(block, Issue))
            return
    yield from exact(parts, name, place, chain(pieces, blocks), RULES)


def _exact(
    parts: Parts, name: str, place: str | None, budget: list[int], rules: Rules = RULES
) -> Iterator[Said | Issue]:
    return exact(parts, name, place, limited(parts, name, budget), rules)


def exact(
    parts: Parts, name: str, place: str | None, blocks: Iterable[bytes | Issue], rules: Rules
) -> Iterator[Said | Issue]:
    """A part through the exact reader, then what was wrong with it."""
    reader = Exact(rules)
    silent = True
    for given in reader.text(blocks):
        silent = silent and not isinstance(given, Issue)
        yield given if isinstance(given, Issue) else said(place, given)
    if reader.issue is not None and silent:
        yield Issue(source=parts.located.source, code=reader.issue, place=name)


def limited(parts: Parts, name: str, budget: list[int]) -> Iterator[bytes | Issue]:
    """A part's blocks as long as the document's budget of bytes lasts."""
    for block in parts.blocks(name):
        if not isinstance(block, Issue):
            budget[0] -= len(block)
            if budget[0] < 0:
                yield Issue(source=parts.located.source, code="source.too_large", place=name)
                return
        yield block
