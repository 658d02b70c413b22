"""FHIR resources and bundles (JSON, JSON lines): read as JSON is, identifiers named by the system that gave them.

Rules: FHIR R4 (Identifier.system, urn:oid:), from public examples; the OIDs of the INS and of professionals are ANS's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from tocsin.sources import json, jsonl
from tocsin.sources.hl7_types import INS, PROFESSIONALS
from tocsin.sources.source import Format, Given, Rows, Section, Sniffed

_SYSTEM, _VALUE = "identifier[].system", "identifier[].value"
_RPPS = ("rpps", PROFESSIONALS)


def sniff_document(head: bytes, size: int) -> Sniffed | None:
    """A JSON document whose first bytes name a type of resource."""
    return _surer(json.sniff(head, size)) if b'"resourceType"' in head else None


def sniff_lines(head: bytes, size: int) -> Sniffed | None:
    """JSON lines, the first of which names a type of resource."""
    return _surer(jsonl.sniff(head, size)) if b'"resourceType"' in head.split(b"\n", 1)[0] else None


def _surer(sniffed: Sniffed | None) -> Sniffed | None:
    return None if sniffed is None else replace(sniffed, confidence=min(sniffed.confidence + 0.005, 1.0))


def named(given: Iterator[Given]) -> Iterator[Given]:
    """What was read, with the identifiers of known systems in columns of their own."""
    for one in given:
        yield replace(one, frame=_named(one.frame)) if isinstance(one, Rows) else one


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    for column in frame.columns:
        prefix = column.removesuffix(_SYSTEM)
        value = f"{prefix}{_VALUE}"
        if prefix != column and value in frame.columns and frame[value].dtype == pl.List(pl.String):
            frame = _apart(frame, prefix, column, value)
    return frame


def _apart(frame: pl.DataFrame, prefix: str, system: str, value: str) -> pl.DataFrame:
    """The values of one path of identifiers: those of the INS, of the directory of professionals, and the others."""
    found: dict[str, list[list[str] | None]] = {name: [] for name in (f"{prefix}ins", f"{prefix}rpps", value)}
    for systems, values in zip(frame[system].to_list(), frame[value].to_list(), strict=True):
        row: dict[str, list[str]] = {name: [] for name in found}
        aligned = systems if systems and len(systems) == len(values or ()) else [None] * len(values or ())
        for said, cell in zip(aligned, values or (), strict=True):
            if cell is not None:
                row[f"{prefix}{name}" if (name := _called(said or "")) else value].append(cell)
        for name, cells in row.items():
            found[name].append(cells or None)
    made = [pl.Series(name, cells, pl.List(pl.String())) for name, cells in found.items()]
    new = [series for series in made if series.name == value or series.null_count() < len(series)]
    return frame if any(series.name in frame.columns for series in new[:-1]) else frame.with_columns(new)


def _called(system: str) -> str:
    """What a system's identifiers are; "" for one that is not known."""
    if INS.search(system):
        return "ins"
    return "rpps" if any(word in system.lower() for word in _RPPS) else ""


def read_document(section: Section) -> Iterator[Given]:
    """The resources of a bundle, or the one resource, as rows."""
    return named(json.read(section))


def read_lines(section: Section) -> Iterator[Given]:
    """The resources of lines as rows."""
    return named(jsonl.read(section))


FORMAT = (
    Format(
        name="fhir",
        label={"fr": "données de santé (FHIR, JSON)", "en": "health data (FHIR, JSON)"},
        reader="json",
        sniff=sniff_document,
        survey=json.survey,
        read=read_document,
    ),
    Format(
        name="fhir_lines",
        label={"fr": "données de santé (FHIR, lignes JSON)", "en": "health data (FHIR, JSON lines)"},
        reader="json",
        sniff=sniff_lines,
        survey=jsonl.survey,
        read=read_lines,
    ),
)
