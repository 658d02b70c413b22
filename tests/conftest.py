"""What every test has at hand: a seeded generator, a case folder of its own, and no network."""

from __future__ import annotations

import os
import random
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SEED = 20261121

# The machine that runs the tests is shared: a slow example is not a failure, so no example has a deadline.
# A check of a change must not depend on luck: it draws the same examples every time. `HYPOTHESIS_PROFILE=search`
# looks for new ones, on a machine of one's own.
QUIET = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
for name, examples, same in (("ci", 60, True), ("fuzz", 400, True), ("search", 2000, False)):
    settings.register_profile(
        name,
        max_examples=examples,
        derandomize=same,
        deadline=None,
        print_blob=True,
        suppress_health_check=QUIET,
    )
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture
def rng() -> random.Random:
    """A generator that gives every run of every test the same numbers."""
    return random.Random(SEED)


@pytest.fixture
def case_dir(tmp_path: Path) -> Path:
    """An empty folder for a case, which only its owner can open."""
    folder = tmp_path / "case"
    folder.mkdir(mode=stat.S_IRWXU)
    return folder


@pytest.fixture(autouse=True)
def closed_world(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same language, terminal and proxies (none) on every machine."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
