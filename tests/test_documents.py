"""The documents are true: their links lead somewhere, their example works, their addresses are no machine's."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tocsin.kinds.catalogue import bundled, catalogue
from tocsin.kinds.kind import Kind

ROOT = Path(__file__).resolve().parent.parent


def documents() -> list[Path]:
    """Every Markdown file of the repository that is its own."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_links_between_documents_lead_somewhere() -> None:
    """A relative link in a Markdown file names a file that exists."""
    broken: list[str] = []
    for path in documents():
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append(f"{path.name} -> {target}")
    assert broken == []


def worked_example(folder: Path) -> Kind:
    """The kind that CONTRIBUTING.md shows, loaded as a file given with `--kinds` is."""
    (block,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL
    )
    (folder / "example.py").write_text(block, encoding="utf-8")
    (name,) = catalogue(folder).keys() - bundled().keys()
    return catalogue(folder)[name]


def test_the_worked_example_of_a_kind_holds(tmp_path: Path, rng: random.Random) -> None:
    """Its fakes pass, its examples pass, its wrong ones do not, and one digit changed is refused."""
    kind = worked_example(tmp_path)
    assert all(kind.accepts(example.value) for example in kind.valid)
    assert not any(kind.accepts(value) for value in kind.invalid)
    for _ in range(50):
        value = kind.normal(kind.fake(rng))
        assert kind.accepts(value)
        at = rng.randrange(len(value))
        other = (int(value[at]) + rng.randrange(1, 10)) % 10
        assert not kind.accepts(f"{value[:at]}{other}{value[at + 1 :]}")


def test_every_document_is_found() -> None:
    """A document that no other document links to is lost."""
    linked: set[Path] = set()
    for path in documents():
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
            linked.add((path.parent / target).resolve())
    assert [
        path.name
        for path in documents()
        if path.parent != ROOT and path not in linked | {ROOT / "docs/index.md"}
    ] == []


def test_every_decision_says_context_choice_and_cost() -> None:
    """One page each, in one form, numbered without a gap."""
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, page in enumerate(pages, 1):
        text = page.read_text(encoding="utf-8")
        assert page.name.startswith(f"{number:04d}-")
        assert text.startswith(f"# {number:04d}: ")
        assert [line for line in text.splitlines() if line.startswith("## ")] == [
            "## Context",
            "## Choice",
            "## Cost",
        ]
        assert text.count("\n") <= 60
