"""What this version does not take yet, refused with a sentence instead of being passed over."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.errors import UsageError


def refuse_addresses(piles: Sequence[str]) -> None:
    """Database addresses are read by a later version. Raises UsageError."""
    if any("://" in pile for pile in piles):
        raise UsageError("cli.no_databases")
