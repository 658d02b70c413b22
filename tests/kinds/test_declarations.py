"""Every kind keeps the rules of a declaration; the examples in the declarations are the tests."""

from __future__ import annotations

import pkgutil
import random
import re
from collections.abc import Callable
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import polars as pl
import pytest
import re2

from tocsin.citation import Verification
from tocsin.kinds.catalogue import TERRITORIES, bundled
from tocsin.kinds.kind import Category, Kind, Needs, Swap, fold
from tocsin.scan.compiled import holds
from tocsin.scan.values import normal

KINDS = list(bundled().values())
SEED = 20261121
FAKES = 300
CHARACTERS = 1_000_000
GENERIC = frozenset(
    (
        "code",
        "numero",
        "num",
        "no",
        "n",
        "id",
        "identifiant",
        "number",
        "valeur",
        "value",
        "champ",
        "field",
        "data",
    )
)
PLAIN = (op.LITERAL, op.IN, op.BRANCH, op.SUBPATTERN, op.MAX_REPEAT, op.MIN_REPEAT)


def named(kinds: list[Kind]) -> list[Any]:
    """Parameters that bear the kinds' names."""
    return [pytest.param(kind, id=kind.name) for kind in kinds]


ALL = named(KINDS)
PATTERNED = named([kind for kind in KINDS if kind.pattern is not None])
JUDGED = named([kind for kind in KINDS if kind.pattern is not None or kind.words])
KEYED = named([kind for kind in KINDS if kind.keyed])
CHECKED = named([kind for kind in KINDS if kind.pattern is not None and kind.check is not None])


def fakes(kind: Kind, count: int) -> list[str]:
    """The same fakes at every run."""
    rng = random.Random(SEED)
    return [kind.fake(rng) for _ in range(count)]


def forbidden(items: Any, allowed: tuple[Any, ...] = PLAIN) -> list[str]:
    """The constructs of a parsed pattern that the three engines do not read alike.

    A letter beyond ASCII may stand for itself (`février`); a range may not reach there.
    """
    wrong: list[str] = []
    for code, argument in items:
        if code not in allowed:
            wrong.append(str(code))
        elif code is op.IN:
            wrong += [str(inner) for inner, what in argument if not _plain_member(inner, what)]
        elif code is op.BRANCH:
            wrong += [one for branch in argument[1] for one in forbidden(branch, allowed)]
        elif code is op.SUBPATTERN:
            wrong += ["flags"] if argument[1] or argument[2] else []
            wrong += forbidden(argument[3], allowed)
        elif code in (op.MAX_REPEAT, op.MIN_REPEAT):
            wrong += forbidden(argument[2], allowed)
    return wrong


def _plain_member(code: Any, what: Any) -> bool:
    return code is op.LITERAL or (code is op.RANGE and what[1] < 128)


@pytest.mark.parametrize("kind", PATTERNED)
def test_pattern_holds_plain_constructs_only(kind: Kind) -> None:
    parsed = parser.parse(kind.pattern)
    assert forbidden(parsed) == []
    assert parsed.state.flags in (0, re.UNICODE)
    steps = [step.pattern for step in kind.normalise if isinstance(step, Swap)]
    assert [wrong for step in steps for wrong in forbidden(parser.parse(step), (*PLAIN, op.AT))] == []


@pytest.mark.parametrize("kind", PATTERNED)
def test_three_engines_read_the_pattern_alike(kind: Kind, look_alikes: Any) -> None:
    assert kind.pattern is not None
    values = [
        value.strip() for value in fakes(kind, 200) + look_alikes(kind.pattern, 200, random.Random(SEED))
    ]
    values += [value[:-1] for value in values] + ["", "x", "0"]
    whole = f"^(?:{kind.pattern})$"
    by_python = [re.fullmatch(kind.pattern, value, re.ASCII) is not None for value in values]
    by_re2 = [re2.fullmatch(kind.pattern, value) is not None for value in values]
    assert by_re2 == by_python
    assert pl.Series(values).str.contains(whole).to_list() == by_python


@pytest.mark.parametrize("kind", ALL)
def test_fakes_are_the_same_for_one_seed_and_hold_one_line(kind: Kind) -> None:
    made = fakes(kind, 100)
    assert made == fakes(kind, 100)
    assert all(value.strip() == value and value and "\n" not in value for value in made)


@pytest.mark.parametrize("kind", JUDGED)
def test_fakes_are_accepted(kind: Kind) -> None:
    assert [value for value in fakes(kind, FAKES) if not kind.accepts(value)] == []


@pytest.mark.parametrize("kind", KEYED)
def test_a_keyed_fake_with_one_digit_changed_is_refused(kind: Kind) -> None:
    """Every place that holds a digit, every other digit; letters are no part of what `keyed` promises."""
    assert kind.check is not None
    passed = 0
    for value in fakes(kind, 25):
        for at, char in enumerate(value):
            if char in "0123456789":
                others = (value[:at] + digit + value[at + 1 :] for digit in "0123456789" if digit != char)
                passed += sum(kind.accepts(other) for other in others)
    assert passed == 0


@pytest.mark.parametrize("kind", ALL)
def test_examples_are_judged_as_declared(kind: Kind) -> None:
    assert all(example.source.strip() for example in kind.valid)
    assert [at for at, example in enumerate(kind.valid) if not kind.accepts(example.value)] == []
    assert [at for at, value in enumerate(kind.invalid) if kind.accepts(value)] == []


@pytest.mark.parametrize("kind", KEYED)
def test_a_key_is_proved_by_numbers_of_others(kind: Kind) -> None:
    assert len({kind.normal(example.value) for example in kind.valid}) >= 3 or set(kind.note) == {"fr", "en"}
    assert kind.invalid


@pytest.mark.parametrize("kind", ALL)
def test_normal_form_is_its_own_normal_form(kind: Kind) -> None:
    values = fakes(kind, 300) + [example.value for example in kind.valid]
    once = [kind.normal(value) for value in values]
    assert [kind.normal(value) for value in once] == once


@pytest.mark.parametrize("kind", ALL)
def test_whole_columns_are_normalised_as_one_value_is(kind: Kind) -> None:
    """Columns of many values, and of one value again and again."""
    for values in (fakes(kind, 60), fakes(kind, 1) * 40, [fakes(kind, 9)[-1]] * 40):
        assert normal(kind, pl.Series(values)).to_list() == [kind.normal(value) for value in values]


@pytest.mark.parametrize("kind", CHECKED)
def test_chance_is_what_random_look_alikes_show(kind: Kind, look_alikes: Any) -> None:
    """Up to 60,000 strings of the pattern, fewer where fewer tell as much, or where they are long."""
    assert kind.pattern is not None
    assert kind.check is not None
    rng = random.Random(SEED)
    length = sum(map(len, look_alikes(kind.pattern, 200, rng))) / 200
    count = int(min(60_000, CHARACTERS / length, max(2_000, 150 / kind.chance)))
    values = [kind.normal(value) for value in look_alikes(kind.pattern, count, rng)]
    measured = float(holds(kind.check, pl.Series(values)).mean())
    slack = 3 / count
    assert kind.chance / 1.5 - slack <= measured <= kind.chance * 1.5 + slack


@pytest.mark.parametrize("kind", ALL)
def test_headers_are_folded_tokens_and_none_is_generic(kind: Kind) -> None:
    unfolded = [header for header in kind.headers if fold(header) != header]
    odd = [header for header in kind.headers if re.fullmatch("[a-z0-9]+(?: [a-z0-9]+)*", header) is None]
    assert (unfolded, odd) == ([], [])
    assert [header for header in kind.headers if set(header.split()) <= GENERIC] == []
    assert len(set(kind.headers)) == len(kind.headers)
    assert kind.headers or kind.needs is Needs.NOTHING


@pytest.mark.parametrize("kind", ALL)
def test_names_labels_and_category(kind: Kind) -> None:
    assert re.fullmatch("[a-z]{2,3}[.][a-z][a-z0-9_]*", kind.name)
    assert set(kind.label) == {"fr", "en"}
    assert all(kind.label.values())
    assert isinstance(kind.category, Category)
    assert set(kind.note) in (set(), {"fr", "en"})
    assert kind.dpv is None or kind.dpv.startswith("https://w3id.org/dpv/")
    assert all(0 <= size <= 6 for size in kind.show)
    assert 0 < kind.chance <= 1
    assert kind.chance == 1 or kind.check is not None
    assert not kind.keyed or kind.check is not None


@pytest.mark.parametrize("kind", ALL)
def test_citations_say_how_far_they_were_checked(kind: Kind) -> None:
    """A kind with a check cites its rule; a key that nobody could read about says so and needs context."""
    assert kind.citations or kind.check is None
    for citation in kind.citations:
        read = citation.verification is not Verification.MEMORY
        assert (citation.checked_on is not None) == read
        assert citation.title.strip()
    if kind.keyed and all(citation.verification is Verification.MEMORY for citation in kind.citations):
        assert set(kind.note) == {"fr", "en"}
        assert kind.needs is not Needs.NOTHING


@pytest.mark.parametrize("kind", PATTERNED)
def test_sentences_hold_what_they_say(kind: Kind, finder: Callable[[Kind, str], list[str]]) -> None:
    """Two sentences with values and one without; where shape and check suffice, the slow finder agrees."""
    if kind.needs is not Needs.HEADER:
        assert sum(bool(values) for _, values in kind.in_text) >= 2
    assert any(not values for _, values in kind.in_text)
    for text, values in kind.in_text:
        assert [value for value in values if value not in text or not kind.accepts(value)] == []
        if kind.check is not None or kind.needs is not Needs.CONTEXT:
            assert tuple(finder(kind, text)) == values


def test_every_module_of_a_territory_is_in_the_catalogue() -> None:
    """A file bears its kind's name: `fr/nir.py` is `fr.nir`, `eu/be_nn.py` is `be.nn`."""
    written = set()
    for package in TERRITORIES:
        territory = package.__name__.rpartition(".")[2]
        for found in pkgutil.iter_modules(package.__path__):
            written.add(found.name.replace("_", ".", 1) if territory == "eu" else f"{territory}.{found.name}")
    assert {kind.name for kind in KINDS} == written
