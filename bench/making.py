"""What is measured on: a dense table and prose, synthetic, of nobody, the same for a seed."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.catalogue import bundled
from tocsin.kinds.kind import Needs
from tocsin.kinds.lists import draw, load

Numbers = npt.NDArray[np.int64]
STREETS = ("rue", "avenue", "boulevard", "place", "impasse", "chemin", "allée")
COMMENTS = (
    "à rappeler avant midi",
    "dossier complet",
    "bilan demandé par le médecin traitant",
    "a déménagé, adresse à vérifier",
    "ne souhaite pas recevoir la lettre",
    "résultats remis en main propre",
    "",
)


def table(path: Path, rows: int, seed: int = 1) -> dict[str, int]:
    """A CSV of 12 columns whose identifiers are all different and genuine in form; gives the truth by kind."""
    numbers = np.random.default_rng(seed)
    rng = random.Random(seed)
    surnames = pl.Series([draw("surnames", rng).upper() for _ in range(5000)])
    given = pl.Series([draw("given_names", rng).title() for _ in range(2000)])
    streets = pl.Series([f"{rng.choice(STREETS)} {draw('surnames', rng).title()}" for _ in range(5000)])

    def pick(pool: pl.Series) -> pl.Series:
        return pool.gather(numbers.integers(0, len(pool), rows))

    serial = pl.Series(np.arange(rows)).cast(pl.String)
    year, month, day = (
        numbers.integers(1930, 2020, rows),
        numbers.integers(1, 13, rows),
        numbers.integers(1, 28, rows),
    )
    sex = numbers.integers(1, 3, rows)
    born = _padded(day, 2) + "/" + _padded(month, 2) + "/" + pl.Series(year).cast(pl.String)
    names, firsts = pick(surnames), pick(given)
    frame = pl.DataFrame(
        {
            "id_dossier": serial,
            "nom": names,
            "prenom": firsts,
            "sexe": pl.Series(np.where(sex == 1, "M", "F")),
            "date_naissance": born,
            "num_secu": _nir(sex, year, month, numbers, rows),
            "courriel": "u" + serial + "." + _padded(numbers.integers(0, 1000, rows), 3) + "@example.org",
            "telephone": "06" + _padded(numbers.permutation(rows) + 10_000_000, 8),
            "iban": _iban(numbers, rows),
            "adresse": pl.Series(numbers.integers(1, 200, rows)).cast(pl.String) + " " + pick(streets),
            "code_postal": pick(pl.Series(["75001", "69003", "13008", "31000", "59000", "44000", "67000"])),
            "commentaire": pick(pl.Series(COMMENTS)),
        }
    )
    frame.write_csv(path, separator=";")
    identifiers = ("fr.nir", "any.email", "any.phone", "any.iban")
    return dict.fromkeys(identifiers, rows)


def _padded(numbers: Numbers, width: int) -> pl.Series:
    return pl.Series(numbers).cast(pl.String).str.zfill(width)


def _nir(sex: Numbers, year: Numbers, month: Numbers, numbers: np.random.Generator, rows: int) -> pl.Series:
    """Numbers with their key; the order of rows makes them different."""
    body = sex * 10**12 + (year % 100) * 10**10 + month * 10**8 + numbers.integers(1, 20, rows) * 10**6
    serial = np.arange(rows)
    body += (serial // 999 % 989 + 1) * 1000 + serial % 999 + 1
    return pl.Series(body * 100 + 97 - body % 97).cast(pl.String)


def _iban(numbers: np.random.Generator, rows: int) -> pl.Series:
    """French accounts with their RIB key: FR76."""
    bank, desk = numbers.integers(10000, 99999, rows), numbers.integers(10000, 99999, rows)
    account = numbers.permutation(rows) + 10**10
    key = 97 - (89 * bank + 15 * desk + 3 * account) % 97
    return "FR76" + _padded(bank, 5) + _padded(desk, 5) + _padded(account, 11) + _padded(key, 2)


def prose(path: Path, size: int, every: int, seed: int = 1) -> dict[str, int]:
    """French words as they are frequent, a value of some kind every `every` characters or so; gives the truth.

    All kinds that text is searched for take part, those that need a word beside them with that word.
    """
    rng = random.Random(seed)
    common, weights = frequent()
    kinds = [
        kind
        for kind in bundled().values()
        if kind.pattern is not None and kind.needs is not Needs.HEADER and kind.face_of is None
    ]
    truth: dict[str, int] = {}
    sure = {kind.name for kind in kinds if kind.needs is Needs.NOTHING and kind.keyed}
    with path.open("w", encoding="utf-8") as out:
        written = 0
        while written < size:
            line = " ".join(rng.choices(common, weights, k=max(every // 6, 4)))
            kind = rng.choice(kinds)
            said = f" {kind.context[0]} : " if kind.needs is Needs.CONTEXT and kind.context else " "
            line += f"{said}{kind.fake(rng)}\n"
            if kind.name in sure:
                truth[kind.name] = truth.get(kind.name, 0) + 1
            out.write(line)
            written += len(line.encode())
    return truth


def frequent() -> tuple[list[str], list[float]]:
    """The commonest French words, and how common each is."""
    words = load("words")
    common = sorted(words, key=lambda word: -words[word])[:8000]
    return common, [words[word] for word in common]
