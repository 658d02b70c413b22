"""The case's secret: 32 random bytes that key its hashes and go with it when it is closed."""

from __future__ import annotations

import secrets
from hashlib import sha256

from tocsin.case import durable
from tocsin.case.layout import SECRET
from tocsin.case.replacing import Ledger
from tocsin.errors import CaseError

LENGTH = 32


def secret_of(case: Ledger) -> bytes:
    """The secret, made at the first call; the state keeps its SHA-256, which tells nothing of it.

    Raises CaseError `case.secret_lost` where the file is gone or is another one: a fresh secret would
    silently give every person a second name.
    """
    path = case.path / SECRET
    if case.state.secret is None:
        fresh = secrets.token_bytes(LENGTH)
        with durable.explained():
            durable.replace(path, fresh)
        case.state.secret = sha256(fresh).hexdigest()
        case.save()
    try:
        found = path.read_bytes()
    except OSError:
        found = b""
    if sha256(found).hexdigest() != case.state.secret:
        raise CaseError("case.secret_lost")
    return found
