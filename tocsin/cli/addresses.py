"""Databases given by address: wrong addresses refused, passwords asked for before anything is read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing

import click

from tocsin.errors import SourceError, UsageError
from tocsin.sentences import say
from tocsin.sources import database


def prepare(piles: Sequence[str], language: str) -> None:
    """Check every address of `piles`; on a terminal, ask for the password of a server that wants one.

    Raises UsageError for what is no address of a database. The password is kept for this run alone.
    """
    for pile in piles:
        if not database.is_address(pile) or database.sqlite_path(pile) is not None:
            continue
        try:
            address = database.address_of(pile)
        except SourceError:
            raise UsageError("cli.address") from None
        if address.password is not None:
            database.keep_password(address, address.password)
        elif sys.stdin.isatty() and _locked(address):
            asked = say("cli.database_password", language, database=address.shown)
            database.keep_password(address, click.prompt(asked, hide_input=True, err=True))


def _locked(address: database.Address) -> bool:
    """Whether the server turns this user away for want of the right password."""
    try:
        with closing(database.connect(address)):
            return False
    except SourceError as refusal:
        return refusal.code == "source.password"
