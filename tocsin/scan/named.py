"""Names that give something away: of files, folders, archive members and columns, scanned and masked like text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import polars as pl

from tocsin.kinds.kind import Category, Needs, fold
from tocsin.kinds.lists import key, load
from tocsin.masked import DOT
from tocsin.scan.headers import tokens
from tocsin.scan.search import Searcher
from tocsin.scan.tally import Spot, Tallies, count

_TOKEN = re.compile(r"[A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+|[^\W\d_a-zß-öø-ÿ]+(?![a-zß-öø-ÿ])|[^\W\d_]")
_NUMBER = re.compile(r"[0-9]{9,}")
_EXTENSION = re.compile(r"[.][A-Za-z]{2,5}(?=$|[!/])")
SHORTEST = 7
NUMBERED = frozenset(
    {
        Category.NATIONAL_ID,
        Category.OFFICIAL_DOCUMENT,
        Category.BANK,
        Category.CARD,
        Category.CREDENTIAL,
        Category.DEVICE,
        Category.LOCATION,
        Category.PROFESSIONAL,
    }
)
_GLUE = re.compile(r"[_~]|\+(?![0-9])")
BORNE, BEARERS, USED, COMMON = 200, 20, 200, 20_000
# Words of file names and columns that lists of surnames hold as well.
ORDINARY = frozenset(
    (
        "leak leaks dump data base bases file fichier fichiers export exports import backup sauvegarde table tables"
        " client clients patient patients user users contact contacts mail mails paris prod test tests demo final"
        " copie liste list lists annuaire archive archives scan scans report rapport notes note doc docs readme"
        " janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre france french"
        " sauvegarde resultats resultat courrier courriers facture factures facturation dossier dossiers cr dump temp tmp"
        " csv tsv json jsonl xml html htm txt zip tar gz sql log logs xlsx pdf docx eml page pages sheet feuille"
    ).split()
)


def scan_names(engine: Searcher, names: Sequence[str], place: str) -> Tallies:
    """What is found in `names` themselves, counted at `place` ("name" or "header")."""
    tallies = Tallies()
    lines = [_GLUE.sub(" ", name) for name in names]
    text = "\n".join(line.replace("\n", " ") for line in lines).encode("utf-8", "replace")
    table = engine.search(text)
    for number in table["kind"].unique().sort().to_list():
        rows = table.filter(pl.col("kind") == number)
        tally = tallies.at(Spot(None, place, number))
        kind = engine.kinds[number]
        count(tally, kind, rows["value"], rows["valid"].to_numpy(), rows["announced"].to_numpy())
    numbers = {kind.name: number for number, kind in enumerate(engine.kinds)}
    people = [found for line in lines for found in _people(line)] if place == "name" else []
    if people and "any.full_name" in numbers:
        number = numbers["any.full_name"]
        tally = tallies.at(Spot(None, place, number))
        values = pl.Series([fold(person) for person in people], dtype=pl.String)
        count(tally, engine.kinds[number], values, np.ones(len(values), dtype=np.bool_), None)
        tally.evidence, tally.confidence = "list", 0.7
    return tallies


class Shown:
    """Masks, in a name, what is a value of somebody; remembers, as the same few names come often."""

    def __init__(self, engine: Searcher) -> None:
        self._engine = engine
        self._known: dict[str, str] = {}
        self._announced = frozenset(
            number
            for number, kind in enumerate(engine.kinds)
            if kind.needs is Needs.CONTEXT
            and (kind.keyed or kind.category in NUMBERED)
            and kind.pattern is not None
        )

    def __call__(self, name: str) -> str:
        """`name` with its values as stars; separators, ordinary words and the file's extension stay."""
        if name not in self._known:
            self._known[name] = self._masked(name)
        return self._known[name]

    def _masked(self, name: str) -> str:
        line = _GLUE.sub(" ", name.replace("\n", " "))
        text = line.encode("utf-8", "replace")
        hidden = [False] * len(name)
        for start, end in self._engine.search(text).select("start", "end").iter_rows():
            first, last = (
                len(text[:start].decode("utf-8", "ignore")),
                len(text[:end].decode("utf-8", "ignore")),
            )
            hidden[first:last] = [True] * (last - first)
        for start, end in self._possible(name):
            hidden[start:end] = [True] * (end - start)
        for match in _NUMBER.finditer(line):
            hidden[match.start() : match.end()] = [True] * (match.end() - match.start())
        for start, end in _names_in(line, hidden):
            hidden[start:end] = [True] * (end - start)
        return "".join(
            DOT if hide and char.isalnum() else char for hide, char in zip(hidden, name, strict=True)
        )

    def _possible(self, name: str) -> list[tuple[int, int]]:
        """What could be a number of somebody if a word announced it: in a name nothing does, so it is hidden."""
        found = []
        stem = _EXTENSION.sub(lambda match: " " * len(match.group()), name.replace("\n", " "))
        for begin, end in _components(stem):
            for line in {stem[begin:end], _GLUE.sub(" ", stem[begin:end])}:
                text = line.encode("utf-8", "replace")
                for start, stop in (
                    self._engine.search(text, self._announced).select("start", "end").iter_rows()
                ):
                    value = text[start:stop].decode("utf-8", "ignore")
                    if len(value) >= SHORTEST and any(char.isdigit() for char in value):
                        first = begin + len(text[:start].decode("utf-8", "ignore"))
                        found.append((first, first + len(value)))
        return found


@cache
def _plain_words() -> frozenset[str]:
    """Words of columns' and files' names, which are nobody's."""
    from tocsin.kinds.catalogue import bundled

    given = load("given_names")
    words = {word for kind in bundled().values() for header in kind.headers for word in tokens(header)}
    headers = {word for word in words if given.get(word, 0) < COMMON}
    return frozenset(headers | ORDINARY)


def _names_in(line: str, hidden: Sequence[bool] = ()) -> list[tuple[int, int]]:
    """The places of given names and surnames in a name; beside one, or beside any other value that is
    `hidden` already, every word that is no ordinary one."""
    found: list[tuple[int, int]] = []
    for begin, end in _components(line):
        words = [(match.start() + begin, match.end() + begin) for match in _TOKEN.finditer(line[begin:end])]
        sure = [place for place in words if _is_name(line[slice(*place)])]
        if sure or any(hidden[begin:end]):
            found += [place for place in words if place in sure or _is_beside(line[slice(*place)])]
    return found


def _people(line: str) -> list[str]:
    """Pairs of a given name and another name side by side."""
    people = []
    for begin, end in _components(line):
        words = [match.group() for match in _TOKEN.finditer(line[begin:end])]
        for one, two in pairwise(words):
            if (_is_given(one) and _is_surname(two)) or (_is_surname(one) and _is_given(two)):
                people.append(f"{one} {two}")
    return people


def _components(line: str) -> list[tuple[int, int]]:
    """The steps of a path."""
    return [match.span() for match in re.finditer(r"[^/!]+", line)]


def _is_beside(word: str) -> bool:
    """Whether a word beside a name is one too: in a list of names, or in no list of words."""
    folded = key(word)
    if folded in _plain_words() or len(folded) < 2:
        return False
    return _is_given(word) or _is_surname(word) or load("words").get(folded, 0) < USED


def _is_given(word: str) -> bool:
    folded = key(word)
    return folded not in _plain_words() and load("given_names").get(folded, 0) >= BORNE


def _is_surname(word: str) -> bool:
    folded = key(word)
    return folded not in _plain_words() and load("surnames").get(folded, 0) >= BEARERS


def _is_name(word: str) -> bool:
    """Whether one word alone is to be masked: a frequent name that is no word; a capitalised word that is a very
    common name, or a rare name and no word."""
    folded = key(word)
    if len(word) < 3 or folded in _plain_words():
        return False
    used = load("words").get(folded, 0)
    if _is_given(word) and used < USED:
        return True
    listed = folded in load("given_names") or folded in load("surnames")
    common = load("given_names").get(folded, 0) >= COMMON
    return word[0].isupper() and (common or (listed and used < USED))
