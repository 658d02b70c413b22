"""What the tests of fakes share: a leak of each profile, made and scanned once."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from tests.fakes.comparing import scanned
from tocsin.fakes import Made, fake
from tocsin.pipeline.scanning import Outcome

PERSONS, SEED = 300, 7


@dataclass(frozen=True)
class Leaked:
    """A leak, its truth, and what a scan says of it."""

    made: Made
    truth: dict[str, Any]
    outcome: Outcome


@pytest.fixture(scope="session")
def leaked(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Leaked]:
    """The leak of a profile, made and scanned the first time it is asked for."""

    @cache
    def make(profile: str) -> Leaked:
        made = fake(profile, PERSONS, SEED, tmp_path_factory.mktemp(profile) / "leak")
        truth = json.loads(made.findings.read_text(encoding="utf-8"))
        return Leaked(made, truth, scanned(made.pile))

    return make
