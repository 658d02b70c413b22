"""Every code that this room can give has its sentence, in both languages with the same placeholders."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import tocsin.case

SENTENCES = tomllib.loads((files("tocsin.sentences") / "case.toml").read_text(encoding="utf-8"))
ROOM = Path(tocsin.case.__file__).parent
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def test_every_error_has_a_sentence_and_every_sentence_of_an_error_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(ROOM.glob("*.py")))
    raised = set(re.findall(r'(?:UsageError|CaseError)\(\s*"(case\.[a-z_]+)"', source))
    raised |= set(re.findall(r'"(case\.[a-z_]+)" if ', source)) | set(
        re.findall(r'else "(case\.[a-z_]+)"', source)
    )
    raised |= set(re.findall(r'errno\.\w+: "(case\.[a-z_]+)"', source)) | {"case.disk"}
    assert raised == {code for code in SENTENCES if code.startswith("case.")}


def test_both_languages_say_the_same() -> None:
    for words in SENTENCES.values():
        assert words.keys() == {"fr", "en"}
        assert sorted(PLACEHOLDER.findall(words["fr"])) == sorted(PLACEHOLDER.findall(words["en"]))


def test_french_has_its_narrow_spaces() -> None:
    for words in SENTENCES.values():
        assert not re.search(r" [;:!?»]|« |'", words["fr"])
