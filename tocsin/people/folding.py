"""Names made comparable: folded letters, tokens, titles, particles, and the several names of one person as a set.

Rules after INSEE's and matchID's practice (see docs/people.md): accents, case, hyphens and apostrophes do not
tell persons apart; a birth name and a usage name are both names of the person; particles may be left out.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from anyascii import anyascii

# What stands before a name and is none. Folded writing.
TITLES = frozenset(
    "m mr mme mlle mmes mrs ms miss monsieur madame mademoiselle dr docteur doctor pr prof professeur me maitre".split()
)
PARTICLES = frozenset(
    "de du des d la le les l von van der den af da das do dos di del della el al ben bint ait".split()
)
# Words that join two names of one person: "A epouse B", "A nee B", "A dit B".
JOINERS = frozenset("epouse ep epse nee ne veuve vve usage dit dite alias divorcee".split())
# What forms hold where no name is known (matchID's list and common defaults); folded writing.
PLACEHOLDERS = frozenset(
    """inconnu inconnue anonyme anonymous unknown test teste tests nom prenom sansnom sansprenom sp snc nc na nd
    neant null none nil vide x xx xxx xxxx nr aucun aucune nonrenseigne nonrenseignee noncommunique supprime
    supprimee patient client utilisateur user admin default todo""".split()
)
_LETTERS = re.compile("[^a-z]+")
_SPECIAL = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)


def folded(text: str) -> str:
    """Small letters a to z, words apart by one space; other scripts are transliterated."""
    low = text.lower().translate(_SPECIAL)
    if not low.isascii():
        low = "".join(char for char in unicodedata.normalize("NFKD", low) if not unicodedata.combining(char))
        if not low.isascii():
            low = anyascii(low).lower()
    return _LETTERS.sub(" ", low).strip()


def words(text: str) -> list[str]:
    """The words of a name without titles."""
    found = folded(text).split()
    return [word for word in found if word not in TITLES] if len(found) > 1 else found


@cache
def _bare(tokens: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(token for token in tokens if token not in PARTICLES)
    return kept or tokens


def family_forms(text: str) -> tuple[str, ...]:
    """The surnames that a written one may stand for, the whole first; () for a placeholder.

    "Dupont ép. Martin", "DUPONT-MARTIN", "de La Tour": the whole without particles, then each part of two letters
    or more where a hyphen or a word like "née" joins them.
    """
    groups: list[list[str]] = [[]]
    for word in words(text):
        if word in JOINERS and groups[-1]:
            groups.append([])
        elif word not in JOINERS:
            groups[-1].append(word)
    parts = ["".join(_bare(tuple(group))) for group in groups if group]
    if len(parts) == 1 and "-" in text:
        pieces = ["".join(_bare(tuple(folded(piece).split()))) for piece in text.split("-")]
        parts += [piece for piece in pieces if len(piece) > 2]
    elif len(parts) > 1:
        parts.append("".join(parts))
    return tuple(dict.fromkeys(part for part in parts if part and part not in PLACEHOLDERS))


def given_forms(text: str) -> tuple[str, ...]:
    """The given names that a written one may stand for, the first one (a compound is one) first; () for none.

    "Jean-Pierre, Paul": jeanpierre, then jean, then jeanpierrepaul.
    """
    first = re.split(r"[,;/]| {2,}", text.strip(), maxsplit=1)[0]
    compound = [folded(piece) for piece in first.split()]
    compound = [piece for piece in compound if piece and piece not in TITLES] or [folded(first)]
    lead = compound[0].replace(" ", "")
    forms = [lead, compound[0].split(" ")[0] if compound[0] else ""]
    if len(compound) > 1 and lead in COMPOUND_LEADS:
        forms.append((compound[0] + compound[1]).replace(" ", ""))
    return tuple(dict.fromkeys(form for form in forms if form and form not in PLACEHOLDERS))


# First halves of French compound given names that are often written without their hyphen ("Jean Pierre").
COMPOUND_LEADS = frozenset("jean marie anne pierre louis paul charles rose marc claude francois".split())
