"""How much the values of a column look like names, places, nationalities, streets or ordinary words.

Every word of a value has a log-likelihood under each list (`scan.weights`); one that a list lacks costs that
list's `MISSING`, the logarithm of the share of genuine values it is thought to lack. Sums over the words and
means over distinct values are then ratios between lists, which no single list could give: 59 % of ordinary
French words stand in the list of surnames, but they are likelier as words.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.kinds.any.street import WAYS
from tocsin.scan import weights

Scores = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

MISSING = {"given": -1.3, "surname": -1.1, "word": -1.3}
MISSING_CITY = -1.0
WITH_FIGURES = -3.0
NO_SPLIT = -3.0
SAMPLE = 4096
DEPTH = 8
TITLES = tuple(
    "m mr mme mlle madame monsieur mademoiselle dr docteur pr professeur me maitre mrs ms miss sir".split()
)
PARTICLES = tuple(
    "de du des d da das dos do di del della la le les l el al ben bin van von der den ter st saint y e".split()
)
LINKS = tuple("nee ne ep epouse epoux veuve vve dit dite".split())
COMPANY = tuple(
    "sarl sas sasu sa eurl sci scp scop snc gie selarl earl gaec ets etablissement etablissements societe ste cie"
    " compagnie groupe group holding association asso federation syndicat mairie departement clinique hopital chu"
    " pharmacie laboratoire laboratoires cabinet garage boulangerie boucherie coiffure restaurant hotel transports"
    " services conseil consulting solutions industries immobilier batiment ltd inc gmbh llc corp plc srl fils freres"
    " cooperative mutuelle banque assurances fondation ecole college lycee universite institut editions".split()
)
PLACEHOLDERS = tuple(
    "na,n a,nc,nr,nd,null,none,nan,vide,inconnu,inconnue,neant,sans,unknown,xxx,non renseigne,nsp,aucun".split(
        ","
    )
)
# Letters that no decomposition takes apart.
WHOLE_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "þ": "th"}
NUMBERED = rf"^[0-9]{{1,4}} ?(?:bis|ter|quater|[a-d])? (?:{'|'.join(WAYS)}) "
POSTED = r"[a-z] [0-9]{5} [a-z]"
WAY_FIRST = rf"^(?:{'|'.join(WAYS)}) [a-z]"
NAMED = r"^[\p{L}\p{M}][\p{L}\p{M}'’ʼ`. ()-]{0,58}[\p{L}\p{M}.)]$|^\p{L}$"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Means and shares over the distinct values of a column (a sample of at most `SAMPLE` of them).

    `given`, `surname`, `full` (a given name and a surname), `word`, `city`: mean log₁₀ likelihood ratios
    against any string at all. The others are shares in [0, 1]: `hit_…` likelier so than as words, as a whole
    a region, a département, a nation's name or code, its people (`demonym`), an `address`, a `street`, in the
    form of a name (`named`), with a title, with a company's word, of several words. `distinct` is a count.
    """

    distinct: int
    given: float
    surname: float
    full: float
    word: float
    city: float
    hit_given: float
    hit_surname: float
    hit_full: float
    hit_city: float
    region: float
    departement: float
    nation: float
    demonym: float
    address: float
    street: float
    named: float
    titled: float
    company: float
    several: float


def keys(values: pl.Expr) -> pl.Expr:
    """The values as the lists are looked up: small letters without marks, single spaces for what separates."""
    bare = values.str.to_lowercase().str.normalize("NFKD").str.replace_all(r"\p{M}+", "")
    bare = bare.str.replace_many(WHOLE_LETTERS)
    return bare.str.replace_all(r"[\s'’ʼ`´‐‑–—_.,;()/-]+", " ").str.strip_chars(" ")


def name_shaped(values: pl.Expr) -> pl.Expr:
    """Whether a value has the form of a name (letters and what joins them, at most 60) and is no placeholder."""
    key = keys(values)
    shaped = values.str.strip_chars().str.contains(NAMED)
    return shaped & ~key.is_in(PLACEHOLDERS) & ~key.is_in(TITLES)


def measure(values: pl.Series) -> Likeness:
    """The likeness of distinct values (String, no nulls, at least one)."""
    step = max(1, -(-len(values) // SAMPLE))
    sample = pl.DataFrame({"value": values.gather_every(step)})
    sample = sample.select(name_shaped(pl.col("value")).alias("named"), keys(pl.col("value")).alias("key"))
    named = sample["named"].to_numpy()
    by_word, by_whole = _by_word(sample["key"]), _by_whole(sample["key"])
    word = by_word["word"]
    rival = np.maximum(word, 0.0)
    shares = {
        "hit_given": named & (by_word["given"] > rival),
        "hit_surname": named & (by_word["surname"] > rival),
        "hit_full": named & (by_word["full"] > rival),
        "hit_city": by_whole["city"] > MISSING_CITY,
        "region": by_whole["level"] >= 2,
        "departement": by_whole["level"] == 1,
        "nation": by_whole["nation"] >= 1,
        "demonym": by_whole["nation"] == 2,
        "address": _found(sample, NUMBERED, POSTED),
        "street": _found(sample, WAY_FIRST),
        "named": named,
        "titled": by_word["titled"],
        "company": by_word["company"],
        "several": by_word["own"] >= 2,
    }
    means = {name: by_word[name] for name in ("given", "surname", "full", "word")} | {
        "city": by_whole["city"]
    }
    return Likeness(len(values), **{name: float(np.mean(found)) for name, found in (means | shares).items()})


def _found(sample: pl.DataFrame, *patterns: str) -> Bools:
    """The keys in which one of the patterns stands."""
    found = pl.any_horizontal([pl.col("key").str.contains(pattern) for pattern in patterns])
    return sample.select(found).to_series().to_numpy()


def _by_word(key: pl.Series) -> dict[str, Scores]:
    """For each value: the sums over its words, the best split into given name and surname, and what flags it."""
    split = key.str.split(" ").list.head(DEPTH)
    count = split.list.len().to_numpy().astype(np.int64)
    tokens = split.explode()
    wanted = weights.hashed(tokens)
    row = np.repeat(np.arange(len(key)), count)
    at = row, np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count)
    figures = tokens.str.contains("[0-9]").to_numpy()
    neutral = tokens.is_in(PARTICLES + TITLES + LINKS).to_numpy()
    grids = {}
    for name, missing in MISSING.items():
        score = weights.words()[name].of(wanted, missing)
        score[figures] = WITH_FIGURES
        score[neutral] = 0.0
        grids[name] = _grid(len(key), at, score)
    own = _grid(len(key), at, ~neutral)
    return {name: grid.sum(axis=1) for name, grid in grids.items()} | {
        "full": _best_split(grids["given"], grids["surname"], own),
        "own": own.sum(axis=1),
        "titled": _grid(len(key), at, tokens.is_in(TITLES).to_numpy()).max(axis=1),
        "company": _grid(len(key), at, tokens.is_in(COMPANY).to_numpy()).max(axis=1),
    }


def _grid(size: int, at: tuple[Places, Places], score: Scores | Bools) -> Scores:
    """The words' scores, one row a value, one column a word of it, zeros after its last."""
    grid = np.zeros((size, DEPTH))
    grid[at] = score
    return grid


def _best_split(given: Scores, surname: Scores, own: Scores) -> Scores:
    """The best sum with the given name first or last and the rest surname, each with a word of its own."""
    before = own.cumsum(axis=1)
    inside = (before >= 1) & (before < before[:, -1:])
    first = given.cumsum(axis=1) + surname.sum(axis=1, keepdims=True) - surname.cumsum(axis=1)
    last = surname.cumsum(axis=1) + given.sum(axis=1, keepdims=True) - given.cumsum(axis=1)
    best: Scores = np.where(inside, np.maximum(first, last), NO_SPLIT).max(axis=1)
    return best


def _by_whole(key: pl.Series) -> dict[str, Scores]:
    """For each value as a whole: its score as a commune, its level as a region, its rank as a nation."""
    plainer = (
        pl.col("token")
        .str.replace(r" cedex.*$", "")
        .str.replace(r" \d{1,2}( ?(er|e|eme|arr|arrondissement))*$", "")
        .str.replace(r"\bste ", "sainte ")
        .str.replace(r"\bst ", "saint ")
        .str.replace_all(" s ", " sur ")
    )
    wanted = weights.hashed(pl.DataFrame({"token": key}).select(plainer).to_series())
    missing = {"city": MISSING_CITY, "level": 0.0, "nation": 0.0}
    return {name: weights.wholes()[name].of(wanted, none) for name, none in missing.items()}
