"""`case.json`, the one truth about a case: which stages ran and which files count."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tocsin.case import durable
from tocsin.case.harmless import canonical, digest
from tocsin.case.layout import STATE

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file that counts: its name under the case, SHA-256, rows (0 where it has none) and bytes.

    `key` names a part among those of its table; `meta` is a small mapping of counts with which a resumed
    stage recovers what the part gave without reading it.
    """

    name: str
    sha256: str
    rows: int
    bytes: int
    key: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)

    def written(self) -> dict[str, Any]:
        """As `case.json` holds it."""
        entry: dict[str, Any] = {
            "name": self.name,
            "sha256": self.sha256,
            "rows": self.rows,
            "bytes": self.bytes,
        }
        if self.key is not None:
            entry["key"] = self.key
        return entry | ({"meta": self.meta} if self.meta else {})


@dataclass(slots=True, kw_only=True)
class Ran:
    """One stage: `running` or `done`, its times, settings, what it was given, and its parts by name."""

    state: str
    started: str
    finished: str | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    inputs_digest: str | None = None
    parts: dict[str, Part] = field(default_factory=dict)

    def written(self) -> dict[str, Any]:
        """As `case.json` holds it."""
        return {
            "state": self.state,
            "started": self.started,
            "finished": self.finished,
            "settings": self.settings,
            "settings_digest": digest(self.settings),
            "inputs_digest": self.inputs_digest,
            "parts": [part.written() for part in self.parts.values()],
        }


@dataclass(frozen=True, slots=True)
class Replacement:
    """A file that is about to take the place of a known one: the intent, kept until the rename is sure."""

    stage: str
    part: Part
    temporary: str

    def written(self) -> dict[str, Any]:
        """As `case.json` holds it."""
        return {"stage": self.stage, "part": self.part.written(), "temporary": self.temporary}


@dataclass(slots=True, kw_only=True)
class Head:
    """The journal as last seen: how many entries, the last one's hash, and every break found since."""

    entries: int = 0
    hash: str | None = None
    breaks: list[dict[str, Any]] = field(default_factory=list)

    def written(self) -> dict[str, Any]:
        """As `case.json` holds it."""
        return {"entries": self.entries, "hash": self.hash, "breaks": self.breaks}


@dataclass(slots=True, kw_only=True)
class State:
    """All of `case.json`. `closing` is the plan of a closing that has begun, `closed` when it ended."""

    created: str
    expires: str
    versions: dict[str, str]
    settings: dict[str, Any] = field(default_factory=dict)
    catalogue_digest: str | None = None
    law_digest: str | None = None
    secret: str | None = None
    stages: dict[str, Ran] = field(default_factory=dict)
    pending: list[Replacement] = field(default_factory=list)
    journal: Head = field(default_factory=Head)
    closing: dict[str, Any] | None = None
    closed: str | None = None

    def parts(self) -> dict[str, Part]:
        """Every file that counts, by name."""
        return {name: part for ran in self.stages.values() for name, part in ran.parts.items()}

    def counts(self, name: str) -> bool:
        """Whether a file of this name counts."""
        return any(name in ran.parts for ran in self.stages.values())

    def enter(self, stage: str, part: Part) -> None:
        """Let `part` count for `stage`, and no longer for another stage that made a file of its name."""
        for ran in self.stages.values():
            ran.parts.pop(part.name, None)
        self.stages[stage].parts[part.name] = part

    def written(self) -> dict[str, Any]:
        """As `case.json` holds it."""
        return {
            "format": FORMAT,
            "created": self.created,
            "expires": self.expires,
            "versions": self.versions,
            "settings": self.settings,
            "catalogue_digest": self.catalogue_digest,
            "law_digest": self.law_digest,
            "secret": self.secret,
            "journal": self.journal.written(),
            "stages": {name: ran.written() for name, ran in self.stages.items()},
            "pending": [one.written() for one in self.pending],
            "closing": self.closing,
            "closed": self.closed,
        }

    def save(self, folder: Path) -> None:
        """Write `case.json` whole, so that a crash leaves the old one or the new one; OSError if it cannot."""
        durable.replace(folder / STATE, canonical(self.written()) + b"\n")
