"""Clinical documents (HL7 CDA release 2): one record, its patient first, then authors, recipients, relatives.

Rules: HL7 CDA R2 and the French header (CI-SIS, volet structuration minimale), from public examples; unverified against
their texts. No entity is ever declared, expanded or fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from tocsin.sources.decoding import utf8_blocks
from tocsin.sources.encoding import detect
from tocsin.sources.hl7_rows import Person, put, rows_with_mentions, together
from tocsin.sources.hl7_types import INS, PROFESSIONALS, day
from tocsin.sources.markup import Markup
from tocsin.sources.source import Format, Given, Issue, Section, Sniffed
from tocsin.sources.text import pieces
from tocsin.sources.whole import one_section

_START = re.compile(
    r"\s*(?:<\?xml\s[^>]*\?>\s*)?(?:<\?[^>]{0,500}\?>\s*|<!--.{0,5000}?-->\s*)*<(?:\w+:)?ClinicalDocument[\s>]",
    re.DOTALL,
)
# Elements that begin another person, and whose role it plays.
OTHERS = {
    "author": "medecin", "legalAuthenticator": "medecin", "authenticator": "medecin", "dataEnterer": "medecin",
    "performer": "medecin", "responsibleParty": "medecin", "encounterParticipant": "medecin",
    "informationRecipient": "destinataire", "informant": "proche", "participant": "proche", "guardian": "tuteur",
}  # fmt: skip
PARTS = {
    "given": "prenom", "streetAddressLine": "adresse", "streetName": "adresse", "houseNumber": "adresse",
    "postalCode": "code_postal", "city": "ville", "country": "pays", "name": "nom_complet", "family": "nom",
}  # fmt: skip
_PLACES = frozenset({"custodian", "location", "birthplace"})
_BREAKS = frozenset("paragraph item td th tr caption br title text content".split())
_PROSE = "compte_rendu"


class _Entities(Exception):
    """The document declares an entity."""


def sniff(head: bytes, size: int) -> Sniffed | None:
    """The root element of a clinical document."""
    encoding = detect(head, size)
    if encoding is None:
        return None
    text = head[:16384].decode(encoding, "replace").removeprefix("\ufeff")
    return Sniffed(confidence=0.985, encoding=encoding) if _START.match(text) else None


def read(section: Section) -> Iterator[Given]:
    """The document as one record; what a damaged one held before its damage, or its text where it declares entities."""
    located, document = section.located, _Document()
    try:
        for block in utf8_blocks(located):
            if isinstance(block, Issue):
                yield block
            else:
                document.parser.Parse(block, False)
        document.parser.Parse(b"", True)
    except _Entities:
        yield Issue(source=located.source, code="source.xml_entities")
        yield from pieces(Markup(every=True).text(utf8_blocks(located)))
        return
    except expat.ExpatError:
        yield Issue(source=located.source, code="source.damaged", place="record 0")
    if document.wrapped:
        yield Issue(
            source=located.source, code="source.unsupported", place="record 0", detail="cda nonXMLBody"
        )
    yield from rows_with_mentions([document.persons()], 0, frozenset({_PROSE}))


class _Document:
    """What the elements of a document tell, person by person."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.EntityDeclHandler = _refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.wrapped = False
        self._patient: Person = {}
        self._others: list[Person] = []
        self._whose: list[tuple[int, str, Person]] = [(0, "patient", self._patient)]
        self._tags: list[str] = []
        self._said: list[str] = []
        self._prose: list[str] = []
        self._maiden = self._quiet = False

    def persons(self) -> list[Person]:
        """The patient first; the narrative is the patient's."""
        put(self._patient, _PROSE, re.sub(r"[ \t]*\n\s*", "\n", "".join(self._prose)))
        return together([self._patient, *self._others])

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._tags.append(name)
        self._said = []
        if name in OTHERS:
            person: Person = {}
            self._others.append(person)
            self._whose.append((len(self._tags), OTHERS[name], person))
        self._maiden = name == "family" and attributes.get("qualifier", "").startswith("BR")
        self._quiet = name == "text" and attributes.get("representation") == "B64"
        self.wrapped |= self._quiet
        self._attributes(name, attributes)

    def _attributes(self, name: str, attributes: dict[str, str]) -> None:
        """What stands in attributes: identifiers, ways to reach, days, codes."""
        _, owner, person = self._whose[-1]
        value = attributes.get("value", "")
        if name == "id" and not self._elsewhere():
            number, root = attributes.get("extension", ""), attributes.get("root", "")
            put(
                person,
                f"{owner}.{_called(root)}",
                number[1:] if root == PROFESSIONALS and len(number) == 12 else number,
            )
        elif name == "telecom" and not self._elsewhere():
            scheme, _, rest = value.partition(":")
            put(person, f"{owner}.{'courriel' if scheme.lower() == 'mailto' else 'telephone'}", rest or value)
        elif name == "birthTime":
            put(person, f"{owner}.date_naissance", day(value))
        elif name == "administrativeGenderCode":
            put(person, f"{owner}.sexe", attributes.get("code", ""))
        else:
            for field in ("extension", "value", "code", "displayName"):
                put(person, f"{name}.{field}", attributes.get(field, ""))

    def _elsewhere(self) -> bool:
        """Whether the place is an organisation's, a document's or an act's, not a person's."""
        inside = self._tags[self._whose[-1][0] :]
        known = len(self._whose) > 1 or "recordTarget" in self._tags
        return not known or any("Organization" in tag or tag in _PLACES for tag in inside)

    def _data(self, data: str) -> None:
        if not self._quiet:
            self._said.append(data)
            if "text" in self._tags or self._tags[-1] == "title":
                self._prose.append(data)

    def _end(self, tag: str) -> None:
        name = self._tags[-1]
        if name in _BREAKS and self._prose:
            self._prose.append("\n")
        _, owner, person = self._whose[-1]
        value = "".join(self._said)
        if "birthplace" in self._tags and name == "city":
            put(person, f"{owner}.lieu_naissance", value)
        elif name in PARTS and not self._elsewhere():
            put(person, f"{owner}.{'nom_naissance' if self._maiden else PARTS[name]}", value)
        elif "text" not in self._tags and name != "title":
            put(person, f"{self._tags[-2] if len(self._tags) > 1 else ''}.{name}", value)
        if self._whose[-1][0] == len(self._tags):
            self._whose.pop()
        self._tags.pop()
        self._said, self._maiden, self._quiet = [], False, False


def _called(root: str) -> str:
    """What an identifier is by the OID of who gave it."""
    if root == PROFESSIONALS:
        return "rpps"
    return "ins" if INS.search(root) else "identifiant"


def _refuse(*declared: object) -> None:
    raise _Entities


FORMAT = Format(
    name="cda",
    label={"fr": "document de santé (CDA)", "en": "clinical document (CDA)"},
    reader="expat",
    sniff=sniff,
    survey=one_section,
    read=read,
)
