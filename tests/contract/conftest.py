"""The command in this process, and a pile large enough for two cores."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.running import Ran
from tocsin.cli.group import run
from tocsin.kinds.fr.nir import fake as nir

Command = Callable[..., Ran]
ROWS = 560_000
TABLE = (
    "nom;prenom;date_naissance;num_secu;telephone;email\n"
    "MARTIN;Jean;12/03/1985;1 85 05 78 006 084 91;06 12 34 56 78;jean@example.fr\n"
    "DURAND;Lucie;1990-02-01;295109912611193;0612345679;lucie@example.fr\n"
)
NOTE = "Assurée 295109912611193, appelée au 06 12 34 56 78, courriel lucie@example.fr.\n"


@pytest.fixture
def tocsin(capfd: pytest.CaptureFixture[str]) -> Command:
    """The command in this process: quick, and every byte that reaches a descriptor is seen."""

    def command(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run([str(argument) for argument in arguments])
        seen = capfd.readouterr()
        return Ran(code, seen.out, seen.err)

    return command


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one CSV of some 60 MB: enough for two cores and for many parts."""
    folder = tmp_path_factory.mktemp("large")
    made = random.Random(20261121)
    lines = [
        f"{{}};{nir(made)};u{number}@example.org;06{number:08d};appel du {number % 28 + 1:02d} mars, sans suite notable ici\n"
        for number in range(3000)
    ]
    with open(folder / "grand.csv", "w", encoding="utf-8") as file:
        file.write("ligne;num_secu;email;telephone;commentaire\n")
        file.writelines(lines[number % 3000].format(number) for number in range(ROWS))
    return folder


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with a table of two persons and a note on one of them."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "patients.csv").write_text(TABLE, encoding="utf-8")
    (folder / "notes.txt").write_text(NOTE, encoding="utf-8")
    return folder
