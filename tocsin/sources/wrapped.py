"""What platforms wrap around the data that they hand a person: JSON inside JavaScript, JSON encoded twice.

X (Twitter) writes `window.YTD.tweets.part0 = [ … ]`: the value is a source of its own. Facebook and Instagram escape
each byte of UTF-8 as if it were a character (`\\u00c3\\u00a9` for é): mended before it is read, and told.
"""

from __future__ import annotations

import json as standard
import re
from collections.abc import Iterator
from dataclasses import replace

from tocsin.sources import json
from tocsin.sources.decoding import begin, utf8, utf8_blocks, wide
from tocsin.sources.encoding import detect
from tocsin.sources.json_rows import whole_text
from tocsin.sources.limits import limit
from tocsin.sources.names import beside, stem
from tocsin.sources.opening import read_range, stretch_of
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.stretch import Part, Stretch

_ASSIGNED = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$]*(?:\.[\w$]+|\[[^\]\n]{1,80}\])*\s*=\s*(?=[\[{]\s*[\[{\"\]}0-9])"
)
_TWICE = re.compile(rb"\\u00[cdefCDEF][0-9a-fA-F]\\u00[89abAB][0-9a-fA-F]")
_RUN = re.compile(r"(?<!\\)((?:\\\\)*)((?:\\u00[0-9a-fA-F]{2})+)")


def sniff_script(head: bytes, size: int) -> Sniffed | None:
    """One assignment of a JSON value, at the very start."""
    found = _ASSIGNED.match(head[:4096])
    if found is None:
        return None
    inner = json.sniff(head[found.end() :], size)
    return None if inner is None else Sniffed(confidence=0.985, encoding=inner.encoding)


def members(located: Located) -> Iterator[Located]:
    """The value, under the script's name."""
    name = stem(located.source, ((".js", ".json"),))
    yield replace(located, source=beside(located.source, name), members=(*located.members, 0), bytes=-1)


def member(base: Stretch, number: int) -> Stretch:
    """From the value's first bracket to its last, whatever ends the statement left out."""
    found = _ASSIGNED.match(base.read_at(0, 4096))
    start = 0 if found is None else found.end()
    length = base.length()
    tail = base.read_at(max(length - 64, start), 64)
    return Part(base, start, length - start - (len(tail) - len(tail.rstrip(b"; \t\r\n"))))


def sniff_twice(head: bytes, size: int) -> Sniffed | None:
    """A JSON document with bytes of UTF-8 escaped one by one."""
    if _TWICE.search(head) is None or detect(head, size) is None:
        return None
    inner = json.sniff(head, size)
    return None if inner is None else replace(inner, confidence=0.99)


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """That of the JSON document, and a word on what is mended."""
    for given in json.survey(located):
        if isinstance(given, Surveyed):
            yield Issue(source=located.source, code="source.repaired_encoding")
        yield given


def read(section: Section) -> Iterator[Given]:
    """The elements as rows, their characters mended."""
    located = section.located
    if section.stop is not None and section.stop - section.start > limit("json", "element_bytes"):
        yield json.bad_element(located, section.first, section.stop - section.start)
        return
    if wide(located):
        text = b"".join(one for one in utf8_blocks(located) if isinstance(one, bytes)).decode()
    else:
        text = utf8(_content(section), located.encoding)[0].decode()
    yield from json.read_elements(section, mended(text))


def _content(section: Section) -> bytes:
    """The bytes of a section, or of what stands around the elements."""
    located = section.located
    after = located.setting("json.after")
    if after is None:
        return read_range(located, section.start, section.stop)
    start = int(located.setting("json.start") or 0)
    return read_range(located, begin(located), start) + stretch_of(located).read_at(int(after), 1 << 26)


def mended(text: str) -> str:
    """JSON text in which every run of escaped bytes that is UTF-8 is the characters that it means."""
    return _RUN.sub(_mend, text)


def _mend(found: re.Match[str]) -> str:
    raw = bytes.fromhex(found[2].replace("\\u00", ""))
    try:
        meant = raw.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return found[1] + standard.dumps(whole_text(meant), ensure_ascii=False)[1:-1]


FORMAT = (
    Format(
        name="script",
        label={"fr": "JSON dans du JavaScript (archive X)", "en": "JSON inside JavaScript (X archive)"},
        reader="json",
        sniff=sniff_script,
        survey=lambda located: iter(()),
        read=lambda section: iter(()),
        container=members,
        member=member,
    ),
    Format(
        name="json_twice",
        label={
            "fr": "JSON encodé deux fois (Facebook, Instagram)",
            "en": "JSON encoded twice (Facebook, Instagram)",
        },
        reader="json",
        sniff=sniff_twice,
        survey=survey,
        read=read,
    ),
)
