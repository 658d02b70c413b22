"""Whom and what the segments of HL7 v2 speak of: the patient, relatives, doctors, the insured.

Numbers of fields: HL7 v2.5.1 chapters 3 (PID, NK1, PV1, PD1, MRG), 4 (ORC, OBR), 6 (DG1, GT1, IN1, IN2), 7 (OBX), from
public implementations; unverified against the standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tocsin.sources import hl7_types as types
from tocsin.sources.hl7_rows import Person, put, together
from tocsin.sources.hl7_segments import Segment

Layout = Mapping[int, tuple[types.Reader, str]]

PATIENT: Mapping[str, Layout] = {
    "PID": {
        2: (types.identifier, "patient"),
        3: (types.identifier, "patient"),
        4: (types.identifier, "patient"),
        5: (types.name, "patient"),
        7: (types.date, "patient.date_naissance"),
        8: (types.text, "patient.sexe"),
        9: (types.name, "patient"),
        11: (types.address, "patient"),
        13: (types.telecom, "patient"),
        14: (types.telecom, "patient"),
        18: (types.identifier, "dossier"),
        19: (types.text, "patient.numero_secu"),
        20: (types.text, "patient.permis_conduire"),
        23: (types.text, "patient.lieu_naissance"),
    },
    "MRG": {1: (types.identifier, "patient"), 4: (types.identifier, "patient"), 7: (types.name, "patient")},
    "PV1": {19: (types.identifier, "sejour")},
    "OBR": {4: (types.coded, "examen")},
    "OBX": {3: (types.coded, "analyse"), 5: (types.text, "analyse.resultat")},
    "DG1": {3: (types.coded, "diagnostic"), 4: (types.text, "diagnostic.libelle")},
    "AL1": {3: (types.coded, "allergie"), 5: (types.text, "allergie.reaction")},
    "RXE": {2: (types.coded, "medicament")},
    "RXO": {1: (types.coded, "medicament")},
    "NTE": {3: (types.text, "commentaire")},
    "line": {1: (types.text, "line")},
}
# Segments that tell of one other person each.
OTHERS: Mapping[str, Layout] = {
    "NK1": {
        2: (types.name, "proche"),
        4: (types.address, "proche"),
        5: (types.telecom, "proche"),
        6: (types.telecom, "proche"),
        16: (types.date, "proche.date_naissance"),
        33: (types.identifier, "proche"),
        37: (types.text, "proche.numero_secu"),
    },
    "GT1": {
        3: (types.name, "assure"),
        5: (types.address, "assure"),
        6: (types.telecom, "assure"),
        8: (types.date, "assure.date_naissance"),
        9: (types.text, "assure.sexe"),
        12: (types.text, "assure.numero_secu"),
    },
    "IN1": {
        16: (types.name, "assure"),
        18: (types.date, "assure.date_naissance"),
        19: (types.address, "assure"),
        43: (types.text, "assure.sexe"),
        49: (types.identifier, "assure"),
    },
    "IN2": {
        1: (types.identifier, "assure"),
        2: (types.text, "assure.numero_secu"),
        63: (types.telecom, "assure"),
    },
}
# Fields each of whose repetitions is a professional.
PROFESSIONALS: Mapping[str, tuple[int, ...]] = {
    "PD1": (4,),
    "PV1": (7, 8, 9, 17, 52),
    "ORC": (10, 11, 12, 19),
    "OBR": (10, 16, 28),
    "OBX": (16,),
    "DG1": (16,),
    "ROL": (4,),
    "TXA": (5, 9, 10, 11),
    "EVN": (5,),
    "RXA": (10,),
    "AIP": (3,),
}
_TECHNICAL = frozenset({("MSH", 1), ("MSH", 2), ("FHS", 1), ("BHS", 1), ("H", 1), ("H", 2), ("OBX", 2)})
PROSE = frozenset({"commentaire", "analyse.resultat", "line"})


def persons(segments: Iterable[Segment]) -> tuple[list[Person], int]:
    """The persons of a message, its patient first, and how many documents in it were not read (OBX of type ED, RP)."""
    patients: list[Person] = [{}]
    others: list[Person] = []
    embedded = 0
    for segment in segments:
        if segment.name == "PID" and any(field.startswith("patient.") for field in patients[-1]):
            patients.append({})
        if segment.name == "IN2" and others:
            told(others[-1], segment, OTHERS["IN2"])
        elif segment.name in OTHERS:
            others.append(told({}, segment, OTHERS[segment.name]))
        else:
            embedded += _without_document(segment)
            told(patients[-1], segment, PATIENT.get(segment.name, {}), PROFESSIONALS.get(segment.name, ()))
            others += professionals(segment, PROFESSIONALS.get(segment.name, ()))
    return together([*patients, *others]), embedded


def told(person: Person, segment: Segment, layout: Layout, elsewhere: Iterable[int] = ()) -> Person:
    """What a segment tells of a person; a field that has no name here is called by its number (`PV1.3`)."""
    for number, written in enumerate(segment.fields, 1):
        if not written or number in elsewhere or (segment.name, number) in _TECHNICAL:
            continue
        if number in layout:
            read, owner = layout[number]
            for components in segment.repetitions(number):
                read(person, owner, segment, components)
            continue
        for value in segment.leaves(number):
            put(person, f"{segment.name}.{number}", value)
    return person


def professionals(segment: Segment, numbers: Iterable[int]) -> list[Person]:
    """The doctors and other professionals of a segment."""
    found: list[Person] = []
    for number in numbers:
        for components in segment.repetitions(number):
            person: Person = {}
            found.append(person)
            types.professional(person, "medecin", segment, components)
    return found


def _without_document(segment: Segment) -> int:
    """Whether an OBX holds a document in base64 or points to one; it is taken out."""
    if segment.name != "OBX" or len(segment.fields) < 5 or segment.fields[1] not in ("ED", "RP"):
        return 0
    segment.fields[4] = ""
    return 1
