"""The reason behind every finding, in words: what the rule is, what was counted, what chance would explain."""

from __future__ import annotations

from collections.abc import Mapping

from tocsin.kinds import checks as c
from tocsin.kinds.kind import Kind, Needs
from tocsin.pipeline.scanning import Outcome
from tocsin.report.results import FindingKey, Why
from tocsin.scan import headers
from tocsin.sentences import say

ORDER = ["source_id", "field", "place", "kind"]


def explained(outcome: Outcome, kinds: Mapping[str, Kind], language: str) -> dict[FindingKey, Why]:
    """For every finding its reason."""
    found = outcome.findings.select(*ORDER, "candidates", "valid", "evidence")
    joined = found.join(outcome.reasons, on=ORDER, how="left", nulls_equal=True)
    return {
        (row["source_id"], row["field"], row["place"], row["kind"]): _why(row, kinds[row["kind"]], language)
        for row in joined.iter_rows(named=True)
    }


def _why(row: Mapping[str, object], kind: Kind, language: str) -> Why:
    words: tuple[str, ...] = ()
    if row["header"] and row["field"]:
        announced = {word for header in kind.headers for word in headers.tokens(header)}
        words = tuple(word for word in headers.tokens(str(row["field"])) if word in announced)
    samples = row["samples"]
    common = row["common"]
    return Why(
        rule=say(f"why.rule.{rule(kind)}", language),
        check=None if kind.check is None else say(f"why.check.{check(kind)}", language),
        chance=kind.chance,
        candidates=int(str(row["candidates"])),
        valid=int(str(row["valid"])),
        header_words=words,
        expected_by_chance=float(str(row["by_chance"] or 0.0)),
        masked_sample=tuple(samples) if isinstance(samples, list) else (),
        commonest=int(str(common)) if kind.family is not None or kind.name == "any.password" else None,
    )


def rule(kind: Kind) -> str:
    """The code of the sentence that says how a kind is known."""
    if kind.signs:
        return "class"
    if kind.pattern is None:
        return "words" if kind.words else "list"
    return {Needs.NOTHING: "pattern", Needs.CONTEXT: "pattern_context", Needs.HEADER: "pattern_header"}[
        kind.needs
    ]


def check(kind: Kind) -> str:
    """The code of the sentence that says what the check computes: the strongest part of it."""
    found = set(_parts(kind.check)) if kind.check is not None else set()
    for code, types in (
        ("luhn", {"luhn"}),
        ("residue", {"Residue"}),
        ("weighted", {"Weighted"}),
        ("function", {"Called"}),
        ("calendar", {"Calendar"}),
        ("list", {"OneOf", "TailOneOf"}),
    ):
        if found & types:
            return code
    return "range"


def _parts(node: object) -> list[str]:
    """The names of the algebra's parts in a check."""
    if isinstance(node, c.Weighted) and node.sum_digits:
        return ["luhn"]
    names = [type(node).__name__]
    for name in getattr(type(node), "__dataclass_fields__", {}):
        value = getattr(node, name)
        for inner in value if isinstance(value, tuple) else (value,):
            inner = inner[1] if isinstance(inner, tuple) and len(inner) == 2 else inner
            if hasattr(type(inner), "__dataclass_fields__"):
                names += _parts(inner)
    return names
