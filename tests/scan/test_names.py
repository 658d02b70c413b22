"""Names and places: found in columns made of lists, unknown names and typing errors; never in ordinary columns."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import polars as pl
import pytest

from tocsin.kinds import lists
from tocsin.kinds.any import (
    address,
    city,
    full_name,
    given_name,
    health,
    laboratory,
    nationality,
    region,
    street,
    surname,
)
from tocsin.scan.likeness import keys, name_shaped
from tocsin.scan.names import Judged, judge

SYLLABLES = "ba bou cha da dri fe gan go hel jo ka kel lin mar mo nak ny pou ra ric sa shi ta tro vel wen xi yan zor".split()
HEARINGS = Path(__file__).resolve().parents[3] / "shared" / "data" / "hearings"
NEUTRAL = ("", "col_7", "valeur", "x")
Maker = Callable[[random.Random], str]


def column(values: Sequence[str]) -> pl.DataFrame:
    """Distinct values with their counts."""
    counted = Counter(values)
    return pl.DataFrame({"value": list(counted), "count": list(counted.values())})


def found(values: Sequence[str], header: str = "", *beside: str) -> list[tuple[str, str]]:
    """The kinds and evidence that `judge` gives."""
    return [(judged.kind, judged.evidence) for judged in judge(column(values), header, beside)]


def invented(rng: random.Random) -> str:
    """A name that no list holds, or hardly."""
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randrange(2, 4))).capitalize()


def mistyped(value: str, rng: random.Random) -> str:
    """One letter in the middle replaced."""
    at = rng.randrange(1, max(2, len(value) - 1))
    return value[:at] + rng.choice("aeinorstlu") + value[at + 1 :]


def held_out(make: Maker, rng: random.Random, count: int) -> list[str]:
    """Values of a kind of which one in seven is invented and one in twelve mistyped."""
    values = []
    for _ in range(count):
        value = invented(rng) if rng.random() < 0.15 else make(rng)
        values.append(mistyped(value, rng) if rng.random() < 0.08 else value)
    return values


def cased(values: list[str], rng: random.Random) -> list[str]:
    """All in capitals, all in small letters, or as they are: a column is written one way."""
    return (
        [rng.choice((str.upper, str.lower, str))(value) for value in values] if rng.random() < 0.2 else values
    )


COLUMNS = (
    (
        "any.given_name",
        given_name.fake,
        ("", "prenom", "PRÉNOM", "first_name", "prenomUsuel", "prenom_patient"),
    ),
    ("any.surname", surname.fake, ("", "nom", "NOM_PATIENT", "lastName", "nom de naissance")),
    ("any.full_name", full_name.fake, ("", "Nom et prénom", "full_name", "patient", "name")),
    ("any.city", city.fake, ("", "ville", "CITY", "adresse_ville", "lieu de naissance")),
)


@pytest.mark.parametrize(
    ("kind", "make", "names"), COLUMNS, ids=lambda part: part if isinstance(part, str) else None
)
@pytest.mark.parametrize("count", [60, 400, 3000])
def test_columns_with_unknown_names_are_found(
    kind: str, make: Maker, names: tuple[str, ...], count: int, rng: random.Random
) -> None:
    for header in names:
        for _ in range(3):
            values = cased(held_out(make, rng, count), rng)
            judged = judge(column(values), header)
            assert [one.kind for one in judged] == [kind], header
            assert judged[0].candidates == count
            assert judged[0].valid >= 0.97 * count
            assert judged[0].evidence == (
                "list+header" if header and header != "name" else judged[0].evidence
            )


@pytest.mark.parametrize(
    ("kind", "make", "header"),
    [
        ("any.region", region.fake, "région"),
        ("any.nationality", nationality.fake, "nationalite"),
        ("any.address", address.fake, "adresse_client"),
        ("any.address", address.fake, ""),
        ("any.street", street.fake, "nom_voie"),
        ("any.street", street.fake, ""),
        ("fr.commune", city.fake, "commune de naissance"),
    ],
)
def test_other_places(kind: str, make: Maker, header: str, rng: random.Random) -> None:
    assert [one for one, _ in found([make(rng) for _ in range(300)], header)] == [kind]


def test_addresses_of_many_forms() -> None:
    values = [
        "12, rue de la République 75001 Paris",
        "3 bis avenue du Général Leclerc",
        "Résidence les Glycines, 4 allée des Érables",
        "14 BD VICTOR HUGO",
        "8 place de l’Église",
        "101 chemin du Moulin",
        "Lieu-dit Kervénal",
        "6 imp. des Prés",
    ]
    assert found(values, "adresse") == [("any.address", "list+header")]
    assert found(values) == [("any.address", "list")]


def test_full_names_of_many_forms() -> None:
    values = [
        "MARTIN Jean-Pierre",
        "Jean-Pierre Martin",
        "Mme Jeanne DUPONT ép. MARTIN",
        "M. Paul de La Tour",
        "LE GOFF Yann",
        "Dr Sophie BERNARD",
        "N'GUYEN Marie Claude",
        "Monsieur LEFEBVRE Antoine",
    ]
    for header in ("patient", "nom_prenom", "client", "Titulaire"):
        assert found(values, header) == [("any.full_name", "list+header")]


def test_the_pair_confirms_what_neither_could_say_alone(rng: random.Random) -> None:
    given = [given_name.fake(rng) for _ in range(12)]
    family = [surname.fake(rng) for _ in range(12)]
    assert found(given, "c1") == found(family, "c2") == []
    assert found(given, "c1", "nom") == [("any.given_name", "pair")]
    assert found(family, "c2", "prénom") == [("any.surname", "pair")]
    by_kind = judge(column(family), "c2", (), ("any.given_name",))
    assert [(one.kind, one.evidence) for one in by_kind] == [("any.surname", "pair")]


def test_names_from_elsewhere_need_a_header_that_means_nothing_else(rng: random.Random) -> None:
    values = [f"{invented(rng)}{rng.choice(SYLLABLES)}" for _ in range(200)]
    assert found(values) == []
    assert found(values, "nom") == []
    assert found(values, "prenom") == [("any.given_name", "header")]
    assert found(values, "nom_de_famille") == [("any.surname", "header")]
    assert found(values, "nom", "prenom") == [("any.surname", "header")]


def test_given_names_under_a_vague_header_stay_given_names(rng: random.Random) -> None:
    assert [kind for kind, _ in found([given_name.fake(rng) for _ in range(300)], "nom")] == [
        "any.given_name"
    ]


def test_placeholders_and_empty_cells_are_not_plausible(rng: random.Random) -> None:
    values = (
        [surname.fake(rng) for _ in range(300)] + ["N/A"] * 40 + ["inconnu"] * 10 + [" "] * 50 + ["12345"] * 5
    )
    (judged,) = judge(column(values), "nom de famille")
    assert judged == Judged("any.surname", 355, 300, judged.confidence, "list+header")


def ordinary(rng: random.Random) -> Iterator[tuple[str, list[str]]]:
    """Columns that hold nobody."""
    loaded = lists.load("words")
    written = list(loaded)
    yield "common words", rng.choices(written, weights=[weight**0.5 for weight in loaded.values()], k=800)
    yield "rare words", rng.choices(written, k=800)
    yield "frequent words", written[:400]
    pairs = zip(rng.choices(written[:9000], k=500), rng.choices(written[:9000], k=500), strict=True)
    yield "two words", [" ".join(pair) for pair in pairs]
    yield (
        "months",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    )
    yield "days", "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
    yield (
        "colours",
        "rouge bleu vert jaune noir blanc gris rose violet orange marron beige turquoise ivoire".split(),
    )
    yield (
        "status",
        "actif inactif suspendu en_attente clos ouvert validé refusé ACTIVE PENDING closed".split(),
    )
    yield "titles", ["M.", "Mme", "Mlle", "Monsieur", "Madame", "M", "MME"]
    yield "departements", [row[0] for row in lists.rows("regions") if row[1] == "1"]
    yield "countries", [row[3] for row in lists.rows("nationalities") if row[3]]
    yield "diagnoses", list(health.WORDS)
    yield "analyses", list(laboratory.WORDS)
    yield (
        "companies",
        [
            f"{head} {surname.fake(rng)}{tail}"
            for head in ("Boulangerie", "Garage", "SARL", "Transports", "Pharmacie", "Cabinet", "Ets")
            for tail in ("", " et Fils", " SAS")
            for _ in range(3)
        ],
    )
    yield (
        "products",
        [
            f"{thing} {trait}"
            for thing in (
                "Souris",
                "Clavier",
                "Écran",
                "Câble",
                "Casque",
                "Imprimante",
                "Table",
                "Lampe",
                "Chaise",
            )
            for trait in ("sans fil", "noir", "24 pouces", "USB", "compact", "pro", "premium", "pliante")
        ],
    )
    yield (
        "medicines",
        "Doliprane Dafalgan Levothyrox Kardegic Spasfon Ventoline Augmentin Tahor Inexium Lasilix".split(),
    )
    yield "codes", [f"AB{number:04d}" for number in range(300)]
    yield "numbers", [str(number) for number in range(300)]
    yield "mail", [f"{invented(rng).lower()}@example.org" for _ in range(300)]


HEADERS_OF_NOTHING = (
    *NEUTRAL,
    "libelle",
    "commentaire",
    "nom_produit",
    "statut",
    "type",
    "nom",
    "name",
    "categorie",
)


@pytest.mark.parametrize("header", HEADERS_OF_NOTHING)
def test_ordinary_columns_say_nothing(header: str, rng: random.Random) -> None:
    wrong = {name: found(values, header) for name, values in ordinary(rng) if found(values, header)}
    assert wrong == {}


def test_ordinary_columns_beside_a_given_name_say_nothing(rng: random.Random) -> None:
    wrong = {name: found(values, "libelle", "prenom") for name, values in ordinary(rng)}
    assert {name: kinds for name, kinds in wrong.items() if kinds} == {}


@pytest.mark.parametrize("header", [*NEUTRAL, "commentaire", "description", "nom", "texte"])
def test_public_hearings_hold_no_column_of_names(header: str) -> None:
    """Words, lines and sentences of published texts: ordinary French, in which some names occur."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(HEARINGS.glob("*.txt"))]
    assert texts
    text = "\n".join(texts)
    words = re.findall(r"[^\W\d_]{2,}", text)
    sentences = [part.strip() for part in re.split(r"[.!?\n]+", text) if part.strip()]
    triples = [" ".join(words[at : at + 3]) for at in range(0, len(words) - 3, 3)]
    for values in (words, sentences, triples):
        assert found(values, header) == []


def test_names_in_a_column_of_something_else_are_not_announced(rng: random.Random) -> None:
    family = [surname.fake(rng) for _ in range(300)]
    for header in ("nom_fichier", "nom_produit", "raison_sociale", "marque", "type", "libelle", "code"):
        assert found(family, header) == []


def test_nothing_to_judge() -> None:
    assert judge(column([]).cast({"value": pl.String(), "count": pl.Int64()}), "nom") == []
    assert judge(column(["", "  "]), "nom") == []


def test_order_of_the_values_changes_nothing(rng: random.Random) -> None:
    values = column([surname.fake(rng) for _ in range(1500)])
    assert judge(values, "nom") == judge(values.sample(fraction=1.0, shuffle=True, seed=3), "nom")


def test_keys_agree_with_the_lists(rng: random.Random) -> None:
    values = ["L'Haÿ-les-Roses", " Saint–Étienne ", "CŒUR", "N’Guyen", "Jean  Pierre"]
    values += [make(rng) for make in (given_name.fake, surname.fake, city.fake) for _ in range(200)]
    frame = pl.DataFrame({"value": values}).select(keys(pl.col("value")))
    assert frame["value"].to_list() == [lists.key(value) for value in values]


@pytest.mark.parametrize(
    ("value", "shaped"),
    [
        ("Jean-Pierre", True),
        ("D'Artagnan", True),
        ("O’Neil", True),
        ("Łukasz", True),
        ("X", True),
        ("Müller (née Roux)", True),
        ("N/A", False),
        ("inconnu", False),
        ("Mme", False),
        ("a1", False),
        ("", False),
        ("-", False),
        ("jean@example.org", False),
        ("M" * 70, False),
    ],
)
def test_form_of_a_name(value: str, shaped: bool) -> None:
    assert pl.DataFrame({"value": [value]}).select(name_shaped(pl.col("value"))).item() is shaped


def test_two_hundred_thousand_values_are_judged_quickly(rng: random.Random) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    base = [surname.fake(rng) for _ in range(2000)]
    values = [f"{name}{one}{two}" for name in base for one in letters[:10] for two in letters[:10]]
    frame = column(values)
    judge(frame, "nom de famille")
    begin = time.process_time()
    assert judge(frame, "nom de famille")[0].candidates == len(values)
    assert time.process_time() - begin < 1.5  # about 0.1 s measured; the bound leaves room for a busy machine
