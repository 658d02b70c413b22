"""The certificate of a closing: what was destroyed, what stays, and what no program can reach."""

from __future__ import annotations

from typing import Any

from tocsin.case import folder, layout
from tocsin.case.case import Case
from tocsin.case.lock import NAME as LOCK
from tocsin.case.statefile import versions
from tocsin.sentences import LANGUAGES, say

BEYOND_REACH = ("ssd", "snapshots", "file_system", "backups", "swap", "copies", "earlier")
OVERWRITTEN = {True: "yes", False: "no", None: "unknown"}


def certificate(case: Case, closed: str, actor: str) -> dict[str, Any]:
    """The certificate as data, of a case whose files are destroyed; only counts, digests and our own names."""
    state = case.state
    destroyed = state.closing["destroy"] if state.closing else []
    kept = [
        {"name": part.name, "rows": part.rows, "bytes": part.bytes, "sha256": part.sha256}
        for _, part in sorted(state.parts().items())
        if part.name not in layout.CERTIFICATES
    ]
    return {
        "format": 1,
        "versions": versions(),
        "keep": "counts",
        "created": state.created,
        "expires": state.expires,
        "begun": state.closing["begun"] if state.closing else closed,
        "closed": closed,
        "actor": actor,
        "destroyed": destroyed,
        "total": {"files": len(destroyed), "bytes": sum(entry["bytes"] for entry in destroyed)},
        "masked": [entry["name"] for entry in kept if entry["name"] in layout.MASKED],
        "kept": kept,
        "left": _left(case),
        "cannot_reach": [f"certificate.beyond_{what}" for what in BEYOND_REACH],
        "journal_head": case.journal.head,
    }


def _left(case: Case) -> dict[str, int]:
    """How many files that Tocsin did not write stay in the folder; their names are not ours to print."""
    ours = {*case.state.parts(), *layout.CERTIFICATES, layout.STATE, layout.JOURNAL, LOCK}
    sizes = [(case.path / name).lstat().st_size for name in folder.names(case.path) if name not in ours]
    return {"files": len(sizes), "bytes": sum(sizes)}


def in_words(facts: dict[str, Any]) -> str:
    """The certificate for people, in French then in English."""
    return "\n\n".join("\n".join(_page(facts, language)) for language in LANGUAGES) + "\n"


def _page(facts: dict[str, Any], language: str) -> list[str]:
    """One language's page, line by line."""

    def told(code: str, **arguments: object) -> str:
        return say(f"certificate.{code}", language, **arguments)

    times = {key: facts[key] for key in ("created", "begun", "closed", "actor")}
    lines = [told("title"), "", told("when", **times), told("versions", version=facts["versions"]["tocsin"])]
    lines += ["", told("destroyed", **facts["total"])]
    for entry in facts["destroyed"]:
        overwritten = told(f"overwritten_{OVERWRITTEN[entry['overwritten']]}")
        lines += [f"- {entry['name']}", "  " + told("file", bytes=entry["bytes"], overwritten=overwritten)]
        lines += [f"  SHA-256 {entry['sha256']}"]
    lines += ["", told("kept")]
    lines += [f"- {name}" for name in (layout.STATE, layout.JOURNAL)]
    lines += [f"- {entry['name']}\n  SHA-256 {entry['sha256']}" for entry in facts["kept"]]
    lines += [told("masked")] if facts["masked"] else []
    lines += ["", told("left", **facts["left"]), "", told("beyond")]
    lines += [f"- {say(code, language)}" for code in facts["cannot_reach"]]
    return [*lines, "", told("head", hash=facts["journal_head"])]
