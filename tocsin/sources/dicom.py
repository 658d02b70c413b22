"""DICOM files: the texts of the header as one record, the patient first, then doctors and relatives; no pixels.

Rules: DICOM PS3.10 7.1 (preamble, meta information), PS3.6 (data dictionary), PS3.5 6.1.2.3 (character sets), 6.2 (PN),
from public implementations; unverified against the standard's text.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from tocsin.sources.dicom_elements import PIXELS, TEXTS, Damaged, Element, Reader, Syntax, elements
from tocsin.sources.hl7_rows import Person, put, rows_with_mentions, together
from tocsin.sources.hl7_types import day
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Given, Issue, Section, Sniffed
from tocsin.sources.whole import one_section

BEGIN = 132
INFLATED = 1 << 26
SYNTAX, CHARSET, DOCUMENT, NEXT_GROUP = 0x00020010, 0x00080005, 0x00420011, 0x00030000
SYNTAXES = {
    "1.2.840.10008.1.2": Syntax(explicit=False),
    "1.2.840.10008.1.2.2": Syntax(order="big"),
}
DEFLATED = "1.2.840.10008.1.2.1.99"
CHARSETS = {
    "ISO_IR 100": "latin-1", "ISO_IR 101": "iso8859_2", "ISO_IR 109": "iso8859_3", "ISO_IR 110": "iso8859_4",
    "ISO_IR 144": "iso8859_5", "ISO_IR 127": "iso8859_6", "ISO_IR 126": "iso8859_7", "ISO_IR 138": "iso8859_8",
    "ISO_IR 148": "iso8859_9", "ISO_IR 203": "iso8859_15", "ISO_IR 13": "shift_jis", "ISO_IR 166": "tis_620",
    "ISO_IR 192": "utf-8", "GB18030": "gb18030", "GBK": "gbk", "ISO 2022 IR 87": "iso2022_jp",
    "ISO 2022 IR 149": "euc_kr", "ISO 2022 IR 100": "latin-1",
}  # fmt: skip
NAMES = {
    0x00080050: "numero_examen", 0x00080080: "etablissement", 0x00080081: "etablissement.adresse",
    0x00081030: "examen.libelle", 0x0008103E: "examen.serie", 0x00081080: "diagnostic.libelle",
    0x00100020: "patient.ipp", 0x00100030: "patient.date_naissance", 0x00100040: "patient.sexe",
    0x00101000: "patient.identifiant", 0x00101010: "patient.age", 0x00101020: "patient.taille",
    0x00101030: "patient.poids", 0x00101040: "patient.adresse", 0x00102000: "alerte_medicale",
    0x00102110: "allergie.libelle", 0x00102150: "patient.pays", 0x00102152: "patient.region",
    0x00102154: "patient.telephone", 0x00102155: "patient.telephone", 0x00102160: "patient.origine_ethnique",
    0x00102180: "patient.profession", 0x001021B0: "antecedents", 0x001021F0: "patient.religion",
    0x00104000: "commentaire", 0x00321060: "examen.libelle", 0x00380010: "sejour.numero", 0x0040A160: "compte_rendu",
}  # fmt: skip
PATIENT_NAMES = {0x00100010: "nom", 0x00101001: "nom", 0x00101005: "nom_naissance"}
OTHERS = {
    0x00080090: "medecin", 0x0008009C: "medecin", 0x00081048: "medecin", 0x00081050: "medecin",
    0x00081060: "medecin", 0x00081070: "operateur", 0x00321032: "medecin", 0x00400006: "medecin",
    0x0040A075: "medecin", 0x00102297: "proche", 0x00101060: "mere", 0x0040A123: "tiers",
}  # fmt: skip
PROSE = frozenset({"commentaire", "antecedents", "compte_rendu", "alerte_medicale"})
_UID = re.compile(r"[0-9]+(?:\.[0-9]+){3,}")


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The preamble of 128 bytes and the prefix."""
    return Sniffed(confidence=0.99) if head[128:BEGIN] == b"DICM" else None


def read(section: Section) -> Iterator[Given]:
    """The header as one record; an issue where it is damaged, and for a document that it wraps."""
    located = section.located
    stretch = stretch_of(located)
    told = _Told()
    try:
        for element in _data_set(stretch.read_at, stretch.length()):
            told.add(element)
    except (Damaged, zlib.error):
        yield Issue(source=located.source, code="source.damaged", place="record 0")
    if told.documents:
        yield Issue(
            source=located.source, code="source.unsupported", place="record 0", detail="dicom document"
        )
    yield from rows_with_mentions([together([told.patient, *told.others])], 0, PROSE)


def _data_set(read: Reader, length: int) -> Iterator[Element]:
    """The elements of the file, its meta information first: it says how the rest is written."""
    name, at = "", BEGIN
    for element in elements(read, BEGIN, length, Syntax(), NEXT_GROUP):
        at = element.start + element.length
        if element.tag == SYNTAX:
            name = element.value.decode("latin-1").strip("\0 ")
        yield element
    if name == DEFLATED:
        unpacked = zlib.decompressobj(-zlib.MAX_WBITS).decompress(read(at, INFLATED), INFLATED)
        yield from elements(lambda start, count: unpacked[start : start + count], 0, len(unpacked), Syntax())
        return
    yield from elements(read, at, length, SYNTAXES.get(name, Syntax()), PIXELS)


class _Told:
    """What the elements tell of the patient and of others."""

    def __init__(self) -> None:
        self.patient: Person = {}
        self.others: list[Person] = []
        self.documents = 0
        self._encoding = "latin-1"

    def add(self, element: Element) -> None:
        """One element."""
        if element.tag == CHARSET:
            said = [part.strip() for part in element.value.decode("latin-1").split("\\")]
            self._encoding = next((CHARSETS[part] for part in said if part in CHARSETS), "latin-1")
        self.documents += element.tag == DOCUMENT
        if element.tag in (CHARSET, DOCUMENT, SYNTAX) or element.tag & 0xFFFF == 0:
            return
        text = self._text(element)
        for value in (text,) if element.kind in ("LT", "ST", "UT") else text.split("\\"):
            self._value(element.tag, value.strip("\0 "))

    def _text(self, element: Element) -> str:
        """A value that is text by its representation or, where that is not written, by its look; else nothing."""
        if element.kind not in TEXTS and element.kind:
            return ""
        text = element.value.decode(self._encoding, "replace").rstrip("\0 ")
        plain = text.isprintable() or element.kind or element.tag in NAMES
        return "" if not plain or element.kind == "UI" or _UID.fullmatch(text) else text

    def _value(self, tag: int, value: str) -> None:
        """One of the values of an element."""
        if tag in PATIENT_NAMES:
            _name(self.patient, "patient", PATIENT_NAMES[tag], value)
        elif tag in OTHERS:
            person: Person = {}
            self.others.append(person)
            _name(person, OTHERS[tag], "nom", value)
        else:
            field = NAMES.get(tag, f"{tag >> 16:04X},{tag & 0xFFFF:04X}")
            put(self.patient, field, day(value) if tag == 0x00100030 else value)


def _name(person: Person, owner: str, field: str, value: str) -> None:
    """PN: family name, given name, further names; the same again in other scripts after an equals sign."""
    for written in value.split("="):
        parts = [part.strip() for part in written.split("^")]
        for name, part in zip((field, "prenom", "autres_prenoms"), parts, strict=False):
            put(person, f"{owner}.{name}", part)


FORMAT = Format(
    name="dicom",
    label={"fr": "imagerie médicale (DICOM), en-tête", "en": "medical imaging (DICOM), header"},
    reader="dicom",
    sniff=sniff,
    survey=one_section,
    read=read,
)
