"""What a kind of personal data is: one frozen declaration that every other part derives from."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tocsin.citation import Citation
from tocsin.kinds.checks import Check


class Category(StrEnum):
    """The classes of kinds that the law and the report speak of."""

    IDENTITY = "identity"
    CONTACT = "contact"
    BIRTH = "birth"
    NATIONAL_ID = "national_id"
    OFFICIAL_DOCUMENT = "official_document"
    BANK = "bank"
    CARD = "card"
    CREDENTIAL = "credential"
    HEALTH = "health"
    SPECIAL = "special"
    JUDICIAL = "judicial"
    LOCATION = "location"
    DEVICE = "device"
    PROFESSIONAL = "professional"
    DOCUMENT = "document"
    MINOR = "minor"
    PSEUDONYM = "pseudonym"
    OTHER = "other"


class Boundary(StrEnum):
    """What may stand beside an occurrence in text; checked on the Unicode neighbours, never consumed.

    `WORD`: neither neighbour is a letter or a digit (of any script).
    `DIGIT`: neither neighbour is a digit; letters may touch.
    `ADDRESS`: as WORD, and on the left neither of `. - _ + @`; a full stop may follow (end of sentence).
    `NUMBER`: as WORD, and not part of a longer number (no `,` `.` followed by a digit, none before).
    `LINE`: nothing else stands on the line.
    """

    WORD = "word"
    DIGIT = "digit"
    ADDRESS = "address"
    NUMBER = "number"
    LINE = "line"


class Needs(StrEnum):
    """What must stand beside a value of the right shape before it counts.

    `NOTHING`: shape and check prove it. `CONTEXT`: a column header, or a context word near it in text.
    `HEADER`: a column header only, never in free text.
    """

    NOTHING = "nothing"
    CONTEXT = "context"
    HEADER = "header"


# ---- how a value is normalised: steps that are data, applied in order -------------------------------


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove every one of these ASCII characters."""

    characters: str


@dataclass(frozen=True, slots=True)
class Upper:
    """ASCII letters to capitals."""


@dataclass(frozen=True, slots=True)
class Lower:
    """ASCII letters to small ones."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Replace the first match of a regular expression (same restrictions as a kind's pattern, `^` and
    `$` allowed) by a template with `${1}` groups, in `re` and polars alike."""

    pattern: str
    template: str


@dataclass(frozen=True, slots=True)
class Through:
    """A plain function on one value, for the rare rule that no step says; slow, so for distinct values."""

    function: Callable[[str], str]


Step = Drop | Upper | Lower | Swap | Through


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A value that an outside source publishes as a genuine or specimen one, and where."""

    value: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One independent piece of evidence for or against a document's being of a class.

    `weight` is the decimal logarithm of how much likelier it stands in such a document than in another one.
    It stands there where `pattern` (RE2, over the text in small letters without accents, between words)
    matches at least `times` times, or where one of `kinds` has at least `times` values in it; where it does
    not, `missing` (zero or less) is what its absence says.
    `name` says it to a reader, in a few words of French without a value.
    """

    name: str
    weight: float
    pattern: str | None = None
    kinds: tuple[str, ...] = ()
    times: int = 1
    missing: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of personal data: how it looks, how it is proved, what to call it, and examples.

    `pattern` uses explicit ASCII classes only (no backslash class, no `.`, no negated class, no flag, no
    look-around, no anchor) and compiles in `re`, RE2 and polars. A kind has a `pattern`, or `words`
    (a vocabulary whose members are themselves the finding), or a `lexicon` (names and places, judged by
    column), or several of them; a class of documents (lexicon "documents") is told by its `signs`.

    `chance` is the share of random look-alikes (strings of the pattern with uniform characters) that
    pass `check`; 1.0 without a check. `keyed` says that changing one digit of a genuine value makes
    `check` fail. `prior` is how much rarer or commoner than an ordinary kind it is (log10, 0 ordinary).
    `headers` are column names in the wild, matched token-wise after folding case and accents.
    `context` are words that announce it in text within some 80 characters; empty means the headers.
    `grade` and `family` (credentials) say how well a value is protected, from the value alone.
    `face_of` names the kind of which this is another way of writing; its findings bear that name.
    `show` are the first and last characters that a mask may leave readable.
    """

    name: str
    label: Mapping[str, str]
    category: Category
    pattern: str | None = None
    words: tuple[str, ...] = ()
    lexicon: str | None = None
    signs: tuple[Sign, ...] = ()
    boundary: Boundary = Boundary.WORD
    normalise: tuple[Step, ...] = ()
    check: Check | None = None
    keyed: bool = False
    chance: float = 1.0
    prior: float = 0.0
    needs: Needs = Needs.NOTHING
    headers: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    fake: Callable[[random.Random], str]
    valid: tuple[Example, ...] = ()
    invalid: tuple[str, ...] = ()
    in_text: tuple[tuple[str, tuple[str, ...]], ...] = ()
    citations: tuple[Citation, ...] = ()
    dpv: str | None = None
    grade: Callable[[str], str | None] | None = None
    family: Callable[[str], str | None] | None = None
    show: tuple[int, int] = (0, 0)
    aliases: tuple[str, ...] = ()
    face_of: str | None = None
    note: Mapping[str, str] = field(default_factory=dict)

    @property
    def territory(self) -> str:
        """`any` or the country code before the dot."""
        return self.name.partition(".")[0]

    def shaped(self, value: str) -> bool:
        """Whether the whole of `value` (outer blanks dropped) has this kind's shape."""
        if self.pattern is not None and re.fullmatch(self.pattern, value.strip(), re.ASCII) is not None:
            return True
        return bool(self.words) and fold(value) in {fold(word) for word in self.words}

    def normal(self, value: str) -> str:
        """`value` in the form in which two writings of one value are equal."""
        value = value.strip()
        for step in self.normalise:
            value = apply(step, value)
        return value

    def accepts(self, value: str) -> bool:
        """Whether `value` has the shape and passes the check."""
        return self.shaped(value) and (self.check is None or self.check.holds(self.normal(value)))


def apply(step: Step, value: str) -> str:
    """`value` after one step of normalisation."""
    match step:
        case Drop(characters):
            return value.translate({ord(char): None for char in characters})
        case Upper():
            return "".join(chr(ord(c) - 32) if "a" <= c <= "z" else c for c in value)
        case Lower():
            return "".join(chr(ord(c) + 32) if "A" <= c <= "Z" else c for c in value)
        case Swap(pattern, template):
            return re.sub(
                pattern, re.sub(r"\$\{(\d+)\}", r"\\g<\1>", template), value, count=1, flags=re.ASCII
            )
        case Through(function):
            return function(value)


_FOLDED = str.maketrans("àâäáãåçéèêëíìîïñóòôöõúùûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy", "")


def fold(text: str) -> str:
    """`text` in small letters without French accents, œ and æ spelled out: for headers and words."""
    return text.lower().translate(_FOLDED).replace("œ", "oe").replace("æ", "ae").strip()
