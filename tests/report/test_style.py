"""The tokens of the style sheet: their contrast, computed as WCAG 2.2 defines it."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tocsin.report.page import style

TEXTS = ("ink", "quiet", "action")
GROUNDS = ("paper", "panel", "here")


def tokens(which: str) -> dict[str, str]:
    """The colours of the light page, of the dark one, or of the printed one."""
    blocks = re.findall(r":root \{(.*?)\}", style(), re.DOTALL)
    found = [dict(re.findall(r"--([a-z0-9]+): (#[0-9a-f]{6});", block)) for block in blocks]
    light, dark, printed = found
    return {"light": light, "dark": light | dark, "printed": light | printed}[which]


def luminance(colour: str) -> float:
    """Relative luminance of sRGB (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("which", ["light", "dark", "printed"])
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_can_be_read(which: str, text: str, ground: str) -> None:
    colours = tokens(which)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("which", ["light", "dark", "printed"])
@pytest.mark.parametrize("mark", ["bar", "attention"])
def test_bars_and_marks_stand_out(which: str, mark: str) -> None:
    """3 is the least for what is no text (WCAG 2.2, 1.4.11)."""
    colours = tokens(which)
    assert contrast(colours[mark], colours["paper"]) >= 3


@pytest.mark.parametrize("which", ["light", "dark", "printed"])
def test_the_scale_leaves_the_paper_step_by_step(which: str) -> None:
    colours = tokens(which)
    away = [contrast(colours[f"h{step}"], colours["paper"]) for step in range(6)]
    assert away == sorted(away)
    assert all(after / before > 1.15 for before, after in pairwise(away))


def test_the_sheet_covers_narrow_dark_print_and_still() -> None:
    for query in (
        "max-width: 34rem",
        "prefers-color-scheme: dark",
        "@media print",
        "prefers-reduced-motion",
        "focus-visible",
    ):
        assert query in style()
