"""A phonetic key for French names: names that sound alike in French share it, however they are written.

The rules are those of French spelling: mute endings, doubled letters, the values of c, g, ph, qu, s between vowels,
nasal and compound vowels. Vowels other than the first become one class, so that "Dupond", "Dupont" and "Duppon",
or "Lefèvre" and "Lefebvre", meet. Applied to folded names (letters a to z).
"""

from __future__ import annotations

import re

# In order: a pattern and what it sounds like.
_RULES: tuple[tuple[str, str], ...] = (
    ("^(?:h)", ""),
    ("bv", "v"),
    ("ph", "f"),
    ("sch|sh|ch(?![lr])", "C"),
    ("ch", "k"),
    ("qu|q|ck", "k"),
    ("gu(?=[eiy])", "g"),
    ("ge(?=[ao])", "j"),
    ("g(?=[eiy])", "j"),
    ("gn", "N"),
    ("sc(?=[eiy])", "s"),
    ("c(?=[eiy])", "s"),
    ("c", "k"),
    ("x$", ""),
    ("th", "t"),
    ("h", ""),
    ("w", "v"),
    ("y", "i"),
    ("(?<=[aeiou])s(?=[aeiou])", "z"),
    ("(?:e?au[ldt]*|o[dt])[sx]?$", "o"),
    ("e?aux?", "o"),
    ("(?:ain|ein|in|im|yn|un)(?![aeioumn])", "I"),
    ("(?:an|am|en|em)(?![aeioumn])", "A"),
    ("(?:on|om)(?![aeioumn])", "O"),
    ("ille?", "i"),
    ("ou", "u"),
    ("oi", "wa"),
    ("ai|ei|ay|ey|eu|oe", "e"),
    ("er$|ez$|et$|ee$|es$|e$", "e"),
)
_COMPILED = tuple((re.compile(pattern), sound) for pattern, sound in _RULES)
_MUTE = re.compile("[tdspz]+$")
_DOUBLE = re.compile(r"(.)\1+")
_INNER = re.compile("(?<!^)[aeiou]+")


def key(name: str) -> str:
    """The key of a folded name, "" for an empty one; at most eight signs."""
    sound = _DOUBLE.sub(r"\1", name)
    for pattern, by in _COMPILED:
        sound = pattern.sub(by, sound)
    sound = _MUTE.sub("", sound) if len(sound) > 3 else sound
    return _DOUBLE.sub(r"\1", _INNER.sub("", sound))[:8]
