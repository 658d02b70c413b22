"""Whether a case is what it says: the journal's chain, and every file that counts."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tocsin.case import durable, folder, layout, statefile
from tocsin.case.heads import missing
from tocsin.case.journal import flaws
from tocsin.case.state import Head, Part, State
from tocsin.errors import CaseError


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold: a code of a sentence, where (a file of the case), and numbers."""

    code: str
    place: str
    arguments: tuple[tuple[str, str | int], ...] = ()


def verify(case_path: str | Path) -> list[Problem]:
    """Every problem of the case at `case_path`, closed or not; an empty list where all holds.

    Reads all files that count and compares their SHA-256. Takes no lock and changes nothing: a case that
    is being written to is judged by its state file at this moment. The chain shows that lines were
    changed or cut; it cannot show that somebody who may write everything wrote everything anew.
    Raises UsageError where there is no case, CaseError `case.damaged` for an unreadable state.
    """
    path = Path(case_path).absolute()
    folder.prepare(path, create=False)
    known = statefile.load(path)
    return [*_chain(path, known.journal), *_secret(path, known), *_parts(path, known)]


def _chain(path: Path, head: Head) -> list[Problem]:
    """The journal: damaged lines, links that do not hold, a cut tail, a head that is gone."""
    found, hashes = flaws(path)
    problems = [
        Problem(f"verify.journal_{flaw.why}", layout.JOURNAL, (("line", flaw.line),)) for flaw in found
    ]
    if missing(head, hashes):
        counts = (("expected", head.entries), ("found", len(hashes)))
        problems.append(Problem("verify.journal_shortened", layout.JOURNAL, counts))
    for one in head.breaks:
        counts = (("expected", int(one["entries"])), ("found", int(one["found"])))
        problems.append(Problem("verify.journal_was_broken", layout.JOURNAL, counts))
    return problems


def _secret(path: Path, known: State) -> list[Problem]:
    """The secret, where the case has made one and was not closed."""
    if known.secret is None or known.closed or known.closing:
        return []
    try:
        same = sha256((path / layout.SECRET).read_bytes()).hexdigest() == known.secret
    except OSError:
        same = False
    return [] if same else [Problem("verify.secret_lost", layout.SECRET)]


def _parts(path: Path, known: State) -> list[Problem]:
    """The files that count."""
    destroyed = {one["name"] for one in known.closing["destroy"]} if known.closing else set()
    problems = (_part(path, part) for name, part in known.parts().items() if name not in destroyed)
    return [problem for problem in problems if problem is not None]


def _part(path: Path, part: Part) -> Problem | None:
    """One file: there, of its size, of its content."""
    try:
        with durable.explained():
            sha256, size = durable.measure(path / part.name)
    except CaseError:
        return Problem("verify.part_missing", part.name)
    if size != part.bytes:
        return Problem("verify.part_size", part.name, (("expected", part.bytes), ("found", size)))
    return None if sha256 == part.sha256 else Problem("verify.part_changed", part.name)
