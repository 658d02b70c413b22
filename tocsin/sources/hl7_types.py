"""What the composite values of HL7 v2 hold: names, addresses, identifiers, telecommunications, coded terms, dates.

Rules: HL7 v2.5.1 chapter 2A (XPN, XAD, CX, XTN, XCN, CE, TS), from public implementations; unverified against the
standard. Types of identifiers: HL7 table 0203; OIDs of the INS: ANS, « Liste des OID des autorités d'affectation des INS ».
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain

from tocsin.sources.hl7_rows import Person, put
from tocsin.sources.hl7_segments import Segment

INS = re.compile(r"\b1\.2\.250\.1\.213\.1\.4\.(?:[2-9]|1[01])\b|INS-(?:NIR|NIA|C|A)\b")
PROFESSIONALS = "1.2.250.1.71.4.2.1"
_IDENTIFIERS = {
    "PI": "ipp",
    "MR": "ipp",
    "SS": "numero_secu",
    "NH": "numero_secu",
    "NI": "numero_secu",
    "SNS": "numero_secu",
}
_IDENTIFIERS |= {
    "INS": "ins",
    "INS-NIR": "ins",
    "INS-C": "ins_c",
    "PPN": "passeport",
    "DL": "permis",
    "RPPS": "rpps",
    "ADELI": "adeli",
}
_DATE = re.compile(r"([12]\d{3})(\d\d)(\d\d)\d*(?:\.\d+)?(?:[+-]\d{4})?")

Reader = Callable[[Person, str, Segment, list[str]], None]


def _part(segment: Segment, components: list[str], number: int) -> str:
    """Component `number` (from 1), of its subcomponents the first."""
    if number > len(components):
        return ""
    return segment.plain(components[number - 1].split(segment.signs.inner)[0])


def _rest(
    person: Person, field: str, segment: Segment, components: list[str], known: tuple[int, ...]
) -> None:
    """Components that have no name of their own: nothing is lost."""
    for number, component in enumerate(components, 1):
        for at, value in enumerate(component.split(segment.signs.inner)):
            if number not in known or at:
                put(person, field, segment.plain(value))


def name(person: Person, owner: str, segment: Segment, components: list[str]) -> None:
    """XPN: family name, given name, further ones; a maiden or birth name by its type code (component 7)."""
    maiden = _part(segment, components, 7) in ("M", "B") and "nom_naissance" or "nom"
    put(person, f"{owner}.{maiden}", _part(segment, components, 1))
    put(person, f"{owner}.prenom", _part(segment, components, 2))
    for given in re.split(r"[ ,]+", _part(segment, components, 3)):
        put(person, f"{owner}.autres_prenoms", given)


def address(person: Person, owner: str, segment: Segment, components: list[str]) -> None:
    """XAD: street, further line, town, region, postcode, country; the place of birth by its type (component 7)."""
    if _part(segment, components, 7) in ("N", "BDL", "F"):
        put(person, f"{owner}.lieu_naissance", _part(segment, components, 3))
        return
    for number, field in enumerate(
        ("adresse", "complement_adresse", "ville", "region", "code_postal", "pays"), 1
    ):
        put(person, f"{owner}.{field}", _part(segment, components, number))
    _rest(person, f"{owner}.adresse_reste", segment, components, (1, 2, 3, 4, 5, 6, 7))


def identifier(person: Person, owner: str, segment: Segment, components: list[str]) -> None:
    """CX: the number, under the name that its type or its authority gives it."""
    put(person, f"{owner}.{_called(segment, components[3:5])}", _part(segment, components, 1))


def _called(segment: Segment, said: list[str]) -> str:
    """What an identifier is by its authority and its type; the identity of health (INS) by its OID."""
    if any(INS.search(segment.plain(part)) for part in said):
        return "ins"
    kinds = chain.from_iterable((_IDENTIFIERS.get(part.strip().upper()),) for part in said)
    return next((kind for kind in kinds if kind is not None), "identifiant")


def telecom(person: Person, owner: str, segment: Segment, components: list[str]) -> None:
    """XTN: the number (or area and local number), the e-mail address."""
    for number in (1, 12):
        put(person, f"{owner}.telephone", _part(segment, components, number))
    put(person, f"{owner}.courriel", _part(segment, components, 4))
    parts = [_part(segment, components, number) for number in (5, 6, 7)]
    put(person, f"{owner}.telephone", f"{'+' if parts[0] else ''}{''.join(parts)}" if parts[2] else "")


def professional(person: Person, owner: str, segment: Segment, components: list[str]) -> None:
    """XCN: a person with a number: RPPS, ADELI or an own one by type (component 13) and authority (9)."""
    said = components[7:9] + components[12:13]
    called = _called(segment, said)
    number = _part(segment, components, 1)
    if called == "identifiant" and re.fullmatch(r"(?:8?[01]?)1\d{10}", number):
        called = "rpps"
    put(person, f"{owner}.{called}", number)
    put(person, f"{owner}.nom", _part(segment, components, 2))
    put(person, f"{owner}.prenom", _part(segment, components, 3))


def coded(person: Person, owner: str, segment: Segment, components: list[str]) -> None:
    """CE, CWE: a code and its text, and those of another coding."""
    for code, text in ((1, 2), (4, 5)):
        put(person, f"{owner}.code", _part(segment, components, code))
        put(person, f"{owner}.libelle", _part(segment, components, text))


def date(person: Person, owner: str, segment: Segment, components: list[str]) -> None:
    """TS: a day, without its time; `owner` is the field's whole name."""
    put(person, owner, day(_part(segment, components, 1)))


def day(value: str) -> str:
    """YYYYMMDD… as ISO 8601 writes it; anything else as it stands."""
    found = _DATE.fullmatch(value.strip())
    return "-".join(found.groups()) if found else value


def text(person: Person, owner: str, segment: Segment, components: list[str]) -> None:
    """A value or running text; `owner` is the field's whole name."""
    put(person, owner, "\n".join(segment.plain(component) for component in components))
