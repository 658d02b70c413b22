"""Messages of segments, fields, repetitions and components, as HL7 v2 and HPRIM (ASTM E1238) write them.

Rules: HL7 v2.5.1 chapter 2 (2.5.3 delimiters, 2.7 escape sequences), from public implementations; the standard itself
was not read (unverified).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_BREAK = re.compile(r"[\r\n\x0b\x1c]+")
_NAME = re.compile(r"[A-Z][A-Z0-9]{0,2}")
_HEADERS = ("MSH", "FHS", "BHS", "H")


@dataclass(frozen=True, slots=True)
class Signs:
    """The delimiters that a message's header declares."""

    fields: str = "|"
    components: str = "^"
    repetitions: str = "~"
    escape: str = "\\"
    inner: str = "&"


def signs_of(text: str, header: str) -> Signs:
    """The delimiters of a message by its `header` segment (MSH, H); the usual ones where it declares none.

    They stand in one order in HL7 and in HPRIM: fields, components, repetitions, escape, subcomponents.
    """
    found = re.search(rf"(?:^|[\r\n\x0b\x1c]){header}([^\w\s])([^\r\n]{{0,5}})", text)
    if found is None:
        return Signs()
    said = found[2].split(found[1], 1)[0]
    return Signs(found[1], *said[:4]) if len(said) >= 2 else Signs(found[1])


@dataclass(slots=True)
class Segment:
    """One segment: its name and its fields as written; `fields[0]` is the field numbered 1."""

    name: str
    signs: Signs
    fields: list[str] = field(default_factory=list)

    def repetitions(self, number: int) -> list[list[str]]:
        """The repetitions of a field, each as its components, still with subcomponents and escapes."""
        if not 0 < number <= len(self.fields) or not self.fields[number - 1]:
            return []
        signs = self.signs
        return [one.split(signs.components) for one in self.fields[number - 1].split(signs.repetitions)]

    def plain(self, value: str) -> str:
        """A component without escapes; HL7's explicit null (two quotes) is nothing."""
        if value == '""':
            return ""
        escape = self.signs.escape
        if escape not in value:
            return value
        return re.sub(
            rf"{re.escape(escape)}([^{re.escape(escape)}\r\n]{{1,64}}){re.escape(escape)}", self._meant, value
        )

    def _meant(self, found: re.Match[str]) -> str:
        """What an escape sequence means; highlighting means nothing, an unknown one stays."""
        code, signs = found[1], self.signs
        known = {"F": signs.fields, "S": signs.components, "R": signs.repetitions, "T": signs.inner}
        known |= {"E": signs.escape, "H": "", "N": ""}
        if code in known:
            return known[code]
        if code[0] == ".":
            return "\n"
        if code[0] == "X" and re.fullmatch(r"X(?:[0-9A-Fa-f]{2})+", code):
            return bytes.fromhex(code[1:]).decode("cp1252", "replace")
        return found[0]

    def leaves(self, number: int) -> Iterator[str]:
        """Every value of a field, whatever it is part of."""
        for components in self.repetitions(number):
            for component in components:
                for value in component.split(self.signs.inner):
                    yield self.plain(value)


def segments(text: str, signs: Signs, follows: str | None = None) -> Iterator[Segment]:
    """The segments of one message; a line that is none goes on with the one before.

    `follows` is the segment that says of itself that it goes on with the one before (HPRIM's A).
    """
    last: Segment | None = None
    for line in _BREAK.split(text):
        name, sign, rest = line.partition(signs.fields)
        known = sign and _NAME.fullmatch(name)
        if known and name == follows and last is not None:
            _go_on(last, rest, signs)
            continue
        if not known:
            if last is not None and line.strip():
                last.fields[-1] += "\n" + line
            elif line.strip():
                last = Segment("line", signs, [line])
            continue
        if last is not None:
            yield last
        fields = rest.split(signs.fields)
        if name in _HEADERS:
            fields = [signs.fields, "", *fields[1:]]
        last = Segment(name, signs, fields)
    if last is not None:
        yield last


def _go_on(last: Segment, rest: str, signs: Signs) -> None:
    """The fields of a continuation after those of its segment: the first one in the middle of the last."""
    first, *more = rest.split(signs.fields)
    last.fields[-1] += first
    last.fields += more
