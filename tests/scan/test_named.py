"""Names of files and columns: values of somebody become stars, ordinary names stay as they are."""

from __future__ import annotations

import random
import re

import polars as pl
import pytest

from tocsin.kinds.catalogue import bundled
from tocsin.kinds.lists import load
from tocsin.scan.named import Shown, scan_names
from tocsin.scan.search import Searcher

ORDINARY = [
    "leak.csv", "clients_2021.csv", "export_patients.jsonl", "dump.sql#clients",
    "archive.zip!/data/export.csv", "base_prod.tar!/table_contacts.json", "notes.txt", "README.md", "rapport_final_v2.pdf",
    "liste des patients.xlsx", "0001.html", "données/fichier-test.xml", "img_0042.jpg", "annuaire 2024.tsv", "logs/app.log",
    "date_naissance", "num_secu", "nom_de_famille", "prenom", "e-mail", "code postal", "adresse_1", "col_7",
]  # fmt: skip
SIGNS = re.compile(r"[^\W_]")


@pytest.fixture(scope="module")
def shown(searcher: Searcher) -> Shown:
    return Shown(searcher)


def common(name: str, least: int) -> list[str]:
    """Long, frequent names of a list that are no ordinary words."""
    words = load("words")
    return sorted(
        word
        for word, times in load(name).items()
        if times >= least and word.isalpha() and len(word) > 4 and words.get(word, 0) < 20
    )


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_names_stay(name: str, shown: Shown) -> None:
    assert shown(name) == name


@pytest.mark.parametrize("glue", [" ", "_", "-", "."])
def test_a_person_in_a_file_name_is_masked(glue: str, shown: Shown, rng: random.Random) -> None:
    given, surnames = common("given_names", 20_000), common("surnames", 2_000)
    failed = 0
    for _ in range(200):
        one, two = rng.choice(given), rng.choice(surnames)
        name = f"{two.upper()}{glue}{one.capitalize()}{glue}dossier.pdf"
        masked = shown(name)
        assert len(masked) == len(name)
        assert masked.endswith(".pdf")
        failed += one.capitalize() in masked or two.upper() in masked
    assert failed == 0


def test_what_stands_beside_a_name_is_masked_too(shown: Shown) -> None:
    assert "Zybrantek" not in shown("Zybrantek_Camille.pdf")
    assert "VIH" not in shown("DUPONT_Jean_VIH.pdf")


@pytest.mark.parametrize("kind", ["any.email", "fr.nir", "any.phone", "any.iban", "any.card"])
@pytest.mark.parametrize("form", ["{}", "{}.pdf", "scan/{}.txt", "dossier_{}_v2.csv", "a.zip!/{}.json"])
def test_values_in_names_are_masked(kind: str, form: str, shown: Shown, rng: random.Random) -> None:
    for _ in range(40):
        value = bundled()[kind].fake(rng)
        masked = shown(form.format(value))
        assert value not in masked
        digits = sum(char.isdigit() for char in value)
        if kind != "any.email":
            assert sum(char.isdigit() for char in masked) <= digits // 3 + form.count("2")


def test_masks_keep_length_and_separators(shown: Shown, rng: random.Random) -> None:
    for kind in ("any.email", "fr.nir", "any.phone"):
        name = f"a-{bundled()[kind].fake(rng)}.csv"
        masked = shown(name)
        assert len(masked) == len(name)
        assert SIGNS.sub("", name) == SIGNS.sub("", masked.replace("*", ""))


def test_a_masked_name_is_the_same_each_time_and_masks_to_itself(shown: Shown, rng: random.Random) -> None:
    name = f"lettre {bundled()['fr.nir'].fake(rng)}.txt"
    assert shown(name) == shown(name)
    assert shown(shown(name)) == shown(name)


def test_names_that_are_no_text_do_not_break_the_mask(shown: Shown) -> None:
    for name in ("", "%FF%FE.csv", "a\nb.csv", "ligne\r.csv", "🙂.txt", "\udcff.csv"):
        assert len(shown(name)) == len(name)


def test_values_in_names_are_counted_at_their_place(searcher: Searcher, rng: random.Random) -> None:
    numbers = {kind.name: number for number, kind in enumerate(searcher.kinds)}
    names = [f"dossier_{bundled()['fr.nir'].fake(rng)}.pdf", "leak.csv", "patients.csv"]
    found = dict(scan_names(searcher, names, "name"))
    nir = next(tally for spot, tally in found.items() if spot.kind == numbers["fr.nir"])
    assert (nir.candidates, nir.valid) == (1, 1)
    assert {(spot.field, spot.place) for spot in found} == {(None, "name")}


def test_a_person_in_a_name_is_counted(searcher: Searcher) -> None:
    numbers = {kind.name: number for number, kind in enumerate(searcher.kinds)}
    one, two = common("given_names", 50_000)[0], common("surnames", 5_000)[0]
    tallies = scan_names(searcher, [f"{two.upper()}_{one.capitalize()}.pdf"], "name")
    assert [spot.kind for spot, _ in tallies if spot.kind == numbers["any.full_name"]] != []
    in_header = scan_names(searcher, ["nom", "prenom", "adresse"], "header")
    assert list(in_header) == []


def test_no_names_no_tallies(searcher: Searcher) -> None:
    assert list(scan_names(searcher, [], "name")) == []
    assert pl.Series([spot for spot, _ in scan_names(searcher, ["", " "], "name")]).is_empty()
