"""HPRIM santé (H|, P|, OBR|, OBX| lines): every patient a record, doctors its further mentions.

HPRIM santé 2.x follows ASTM E1238: the numbers of fields are those of public implementations, unverified against the
association's text, which it keeps for its members.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from tocsin.sources import hl7_types as types
from tocsin.sources.encoding import detect
from tocsin.sources.hl7_persons import Layout, professionals, told
from tocsin.sources.hl7_rows import Person, rows_with_mentions, together
from tocsin.sources.hl7_segments import Segment, Signs, segments
from tocsin.sources.source import Format, Given, Issue, Located, Section, Sniffed, Surveyed
from tocsin.sources.vcard_blocks import records_in, survey_by, text_of

_BEGIN = re.compile(rb"(?<![^\r\n])P\|(?=\d*\|)")
_BEGINS = re.compile(_BEGIN.pattern.decode())
_FIRST = re.compile(r"\s*H\|([^\w\s|]{2,5})\|")


LAYOUT: Mapping[str, Layout] = {
    "P": {
        2: (types.text, "patient.identifiant"),
        3: (types.text, "patient.ipp"),
        4: (types.text, "patient.numero_dossier"),
        5: (types.name, "patient"),
        6: (types.text, "patient.nom_naissance"),
        7: (types.date, "patient.date_naissance"),
        8: (types.text, "patient.sexe"),
        10: (types.address, "patient"),
        12: (types.text, "patient.telephone"),
    },
    "OBR": {4: (types.coded, "examen")},
    "OBX": {3: (types.coded, "analyse"), 5: (types.text, "analyse.resultat")},
    "C": {3: (types.text, "commentaire")},
    "line": {1: (types.text, "line")},
}
DOCTORS: Mapping[str, tuple[int, ...]] = {"P": (13,), "OBR": (16,)}
PROSE = frozenset({"commentaire", "analyse.resultat", "line"})


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The header line; its delimiters are the dialect."""
    encoding = detect(head, size)
    if encoding is None:
        return None
    text = head[:4096].decode(encoding, "replace").removeprefix("\ufeff")
    found = _FIRST.match(text)
    return (
        Sniffed(confidence=0.99, encoding=encoding, dialect=(("hprim.signs", found[1]),)) if found else None
    )


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """Sections of whole patients."""
    return survey_by(located, _BEGIN)


def read(section: Section) -> Iterator[Given]:
    """The patients as rows, and their doctors."""
    text, issue = text_of(section)
    signs = Signs("|", *str(section.located.setting("hprim.signs"))[:4])
    found = [_persons(segments(record, signs, "A")) for record in records_in(text, _BEGINS)]
    yield from rows_with_mentions(found, section.first, PROSE)
    if issue is not None:
        yield issue


def _persons(segments: Iterable[Segment]) -> list[Person]:
    """The patient of a record first, then the doctors; what else the lines hold is the patient's."""
    patient: Person = {}
    doctors: list[Person] = []
    for segment in segments:
        numbers = DOCTORS.get(segment.name, ())
        told(patient, segment, LAYOUT.get(segment.name, {}), numbers)
        doctors += professionals(segment, numbers)
    return together([patient, *doctors])


FORMAT = Format(
    name="hprim",
    label={"fr": "messages de santé (HPRIM santé)", "en": "health messages (HPRIM santé)"},
    reader="hprim",
    sniff=sniff,
    survey=survey,
    read=read,
)
