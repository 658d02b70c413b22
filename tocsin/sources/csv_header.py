"""Whether the first row of a table names its fields, by its shape beside the rows below, and those names."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Words that head columns in any trade; kinds keep their own. A row made of such words is a header.
WORDS = frozenset(
    """id ids num no nr numero number ref reference code type nom noms name prenom prenoms firstname lastname
    first last surname given mail email courriel tel telephone phone mobile portable fax adresse address rue
    street ville city commune cp zip postal pays country region departement naissance birth date jour mois annee
    year month day sexe sex genre civilite title titre age login user username utilisateur pass password mdp mot
    passe hash client customer patient societe company organisation siret siren nir secu ssn iban bic compte
    account montant amount prix price total quantite qty statut status etat state note notes commentaire
    commentaires comment comments description libelle label value valeur created updated ip url site service
    key cle lat lon latitude longitude""".split()
)
_TYPES = (
    ("number", re.compile(r"[-+]?[0-9][0-9 .,%€$]*")),
    ("date", re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}([T ][0-9:.+Z]*)?")),
    ("mail", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")),
    ("phone", re.compile(r"\+?[0-9][0-9 ./()-]{5,}")),
    ("url", re.compile(r"https?://\S+")),
    ("code", re.compile(r"(?=\S*[0-9])[0-9A-Za-z+/=$.:_-]{6,}")),
    ("digits", re.compile(r".*[0-9].*[0-9].*", re.DOTALL)),
)
_NAME = re.compile(r"_*[^\W\d_]\w*([ _./'’°#()-]+\w+)*[ .:?*)°#]*")
_PARTS = re.compile(r"[^\W\d_]+")
_ACCENTS = str.maketrans("éèêëàâîïôöûüùç", "eeeeaaiioouuuc")
_LONGEST = 200
_TYPED_BELOW = 2.0
_HOSTILE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of `rows` (all of one length) is a header.

    A cell that is typed like data (a number, a date, an address) speaks against it, as does a value that
    comes again below, unless most others are words that head columns; columns that are typed below a name that is not, and words that head columns, speak
    for it.
    """
    first, below = [cell.strip() for cell in rows[0]], rows[1:200]
    filled = [cell for cell in first if cell]
    if not filled or any(len(cell) > _LONGEST for cell in filled):
        return False
    words = sum(1 for cell in filled if _is_word(cell) and _typed(cell) in ("text", "digits"))
    told = words >= 2 and words * 2 >= len(filled)
    if not told and any(_typed(cell) not in ("text", "digits") for cell in filled):
        return False
    if len(filled) * 2 < len(first) or len(set(filled)) * 2 < len(filled):
        return False
    named = sum(1 for cell in filled if _NAME.fullmatch(cell) and len(cell) <= 60)
    if named * 2 < len(filled):
        return False
    score = 2.0 * sum(1 for cell in filled if _is_word(cell)) / len(filled)
    score += named / len(filled) - 1.0
    score += _contrast(first, below)
    return score > 0.5


def _is_word(cell: str) -> bool:
    """Whether a part of the cell is a word that heads columns."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cell)
    parts = _PARTS.findall(split.lower().translate(_ACCENTS).replace("_", " "))
    return len(parts) <= 6 and any(part in WORDS for part in parts)


def _contrast(first: Sequence[str], below: Sequence[Sequence[str]]) -> float:
    """How unlike the cells below it the first row is: -2 (alike) to 3, of which 1 for any column typed below."""
    found: list[float] = []
    for cell, values in zip(first, zip(*below, strict=True), strict=False):
        shown = [value.strip() for value in values if value.strip()]
        if shown and cell:
            found.append(_column_contrast(cell, shown))
    return sum(found) / len(found) + (max(found) == _TYPED_BELOW) if found else 0.0


def _column_contrast(cell: str, values: list[str]) -> float:
    """How unlike `values` the cell above them is: repeated there, typed otherwise, or of another case or length."""
    same = values.count(cell)
    if same > 1 and same * 50 > len(values):
        return -2.0
    typed = sum(1 for value in values if _typed(value) != "text")
    if typed * 10 >= len(values) * 8:
        return _TYPED_BELOW if _typed(cell) == "text" else 0.0
    if typed * 10 > len(values) * 2:
        return 0.5
    lengths = sorted(map(len, values))
    apart = len(cell) > lengths[-1] * 1.5 or len(cell) * 2 < lengths[0]
    case = sum(1 for value in values if _case(value) == _case(cell))
    return (0.5 if apart else 0.0) + (
        0.5 if case * 5 < len(values) else -0.3 if case * 5 > len(values) * 4 else 0.0
    )


def _case(cell: str) -> str:
    """How the letters of a cell are written."""
    if "_" in cell:
        return "snake"
    return "lower" if cell.islower() else "upper" if cell.isupper() else "title"


def _typed(cell: str) -> str:
    """The name of the first type that the whole cell fits, else "text"."""
    return next((name for name, pattern in _TYPES if pattern.fullmatch(cell)), "text")


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Field names from header cells: visible characters only, none empty, none twice (`nom`, `nom_2`).

    An empty one becomes `column_3` after its place from 1, and so does one that a query would take for a
    pattern of columns.
    """
    names: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells, 1):
        plain = _HOSTILE.sub(" ", cell).strip()[:_LONGEST]
        if not plain or plain == "*" or (plain.startswith("^") and plain.endswith("$")):
            plain = f"column_{place}"
        name, again = plain, 1
        while name in taken:
            again += 1
            name = f"{plain}_{again}"
        taken.add(name)
        names.append(name)
    return tuple(names)
