"""Texts, presentations and drawings in OpenDocument (ODT, ODP, ODG): content, headers, notes, deletions, properties."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tocsin.sources import zip as archive
from tocsin.sources.document import Said, record
from tocsin.sources.limits import limit
from tocsin.sources.office_parts import Parts, mimetype
from tocsin.sources.office_xml import CELL, ROW, Rules
from tocsin.sources.ooxml import exact, limited
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.whole import one_section

PREFIX = "application/vnd.oasis.opendocument."
# OpenDocument 1.3 part 2, annex on media types; whatever is neither sheet nor one of these is read as `odf`.
FAMILIES = {"odt": "text", "odp": "presentation", "odg": "graphics"}
LABELS = {
    "odt": {"fr": "texte OpenDocument (ODT)", "en": "OpenDocument text (ODT)"},
    "odp": {"fr": "présentation OpenDocument (ODP)", "en": "OpenDocument presentation (ODP)"},
    "odg": {"fr": "dessin OpenDocument (ODG)", "en": "OpenDocument drawing (ODG)"},
    "odf": {"fr": "autre document OpenDocument", "en": "other OpenDocument document"},
}
SKIPPED = ("META-INF/", "Configurations2/", "ObjectReplacements/", "Thumbnails/", "mimetype", "layout-cache")
SETTINGS = ("settings.xml", "manifest.rdf")


def _spaces(found: dict[str, str]) -> str:
    """As many blanks as `text:s` says (part 3, 6.1.3)."""
    count = found.get("c", "1")
    return " " * min(int(count), 1000) if count.isascii() and count.isdigit() and len(count) < 5 else " "


# OpenDocument 1.3 part 3: 5 and 6 (text), 9 (tables), 10 (frames), 13 (forms), 14.1 (annotations).
RULES = Rules(
    begins={"annotation": "\n", "note-body": "\n", "text-box": "\n", "title": "\n", "desc": "\n"},
    ends={
        **dict.fromkeys(("p", "h", "annotation", "creator", "date", "title", "desc"), "\n"),
        **dict.fromkeys(("table-cell", "covered-table-cell"), CELL),
        "table-row": ROW,
    },
    inline=frozenset(("p", "h")),
    silent=frozenset(("binary-data", "date-string", "editing-cycles", "editing-duration")),
    signs={"s": _spaces, "tab": lambda found: "\t", "line-break": lambda found: "\n"},
    shown=frozenset(("href", "current-value", "string-value", "description", "label")),
)


def _sniff(name: str) -> Callable[[bytes, int], Sniffed | None]:
    def sniff(head: bytes, size: int) -> Sniffed | None:
        """The member `mimetype` says the family."""
        kind = mimetype(head)
        if not kind.startswith(PREFIX):
            return None
        family = kind.removeprefix(PREFIX)
        named = next((one for one, prefix in FAMILIES.items() if family.startswith(prefix)), "odf")
        return Sniffed(confidence=0.99 if name != "odf" else 0.95) if named == name else None

    return sniff


def encrypted(parts: Parts) -> bool:
    """Whether the manifest says so of the content (part 2, 4.4): without the password nothing can be read."""
    manifest = parts.read("META-INF/manifest.xml", 1 << 24)
    return b"encryption-data" in manifest or "encrypted-package" in parts.members


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """One section; none of an encrypted document."""
    if encrypted(Parts(located)):
        yield Issue(source=located.source, code="source.encrypted", bytes_unread=located.bytes)
        yield from (given for given in one_section(located) if isinstance(given, Surveyed))
        return
    yield from one_section(located)


def read(section: Section) -> Iterator[Given]:
    """The document as one record; parts other than the content bear their name as place."""
    yield from record(_said(Parts(section.located)))


def _said(parts: Parts) -> Iterator[Said | Issue]:
    budget = [limit("document", "bytes")]
    names = ["content.xml", "styles.xml", "meta.xml", *parts.names(ending=".xml")]
    for name in dict.fromkeys(names):
        if name in parts.members and not name.startswith(SKIPPED) and not name.endswith(SETTINGS):
            place = None if name == "content.xml" else name
            yield from exact(parts, name, place, limited(parts, name, budget), RULES)
    if "content.xml" not in parts.members:
        yield Issue(source=parts.located.source, code="source.damaged", place="content.xml")
    yield from (issue for issue in parts.issues if issue.place is None or issue.place.endswith(".xml"))


def members(located: Located) -> Iterator[Located | Issue]:
    """Pictures, embedded objects and whatever else lies in the package."""
    parts = Parts(located)
    if encrypted(parts):
        return
    before = len(located.source) + 2
    for found in parts.others((".xml", ".rdf")):
        name = found.place if isinstance(found, Issue) else found.source[before:]
        if not (name or "").startswith(SKIPPED):
            yield found


def _format(name: str) -> Format:
    return Format(
        name=name,
        label=LABELS[name],
        reader="expat",
        sniff=_sniff(name),
        survey=survey,
        read=read,
        container=members,
        member=archive.member,
        itself=True,
    )


FORMAT = tuple(_format(name) for name in LABELS)
