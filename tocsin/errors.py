"""The errors a person can meet: one class a cause, a stable code, never a personal value."""

from __future__ import annotations


class TocsinError(Exception):
    """Something outside our own code is wrong; `code` names the sentence that says what and the remedy.

    `place` says where (a masked source name, a flag, a key of FACTS), `arguments` fill the sentence's
    placeholders and hold counts, limits or names of settings, never a value from a source. `permanent`
    is False where trying again may help.
    """

    code = "error"
    exit_code = 4
    permanent = True

    def __init__(self, code: str | None = None, *, place: str | None = None, **arguments: str | int) -> None:
        self.code = code or type(self).code
        self.place = place
        self.arguments = arguments
        super().__init__(self.code)


class UsageError(TocsinError):
    """The command or its settings are wrong, or contradict the case (exit 2)."""

    code = "usage"
    exit_code = 2


class CheckFailed(TocsinError):
    """A verification that was asked for did not hold (exit 1)."""

    code = "check.failed"
    exit_code = 1


class CaseError(TocsinError):
    """The case folder cannot be opened, locked or written (exit 4)."""

    code = "case"


class SourceError(TocsinError):
    """A source cannot be read at all; inside a pile this becomes a row of ISSUES instead (exit 4)."""

    code = "source"


class DeclarationError(TocsinError):
    """A declaration (a kind, a law, a format) contradicts its own rules (exit 2)."""

    code = "declaration"
    exit_code = 2
