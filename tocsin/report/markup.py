"""HTML that cannot forget to escape: plain strings are always escaped, only `Html` passes as it is."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable

Attribute = str | int | float | bool | None
VOID = frozenset({"meta", "br", "hr", "rect", "line"})
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


EMPTY = Html("")


def safe(text: str) -> Html:
    """`text` as markup: escaped, and every control or direction character made visible as `⟨U+202E⟩`.

    `Html` comes back unchanged. The name of a file may hold line breaks or turn the line round (Unicode
    Technical Report 36); neither reaches the page.
    """
    if isinstance(text, Html):
        return text
    if text.isascii() and text.isprintable():
        return Html(html.escape(text))
    return Html(html.escape("".join(_seen(char) for char in text)))


def _seen(char: str) -> str:
    """`char`, or its number where it cannot be seen."""
    return f"⟨U+{ord(char):04X}⟩" if unicodedata.category(char) in UNSEEN else char


def join(parts: Iterable[str], between: str = "") -> Html:
    """The parts one after the other, each escaped where it is not markup."""
    return Html(safe(between).join(safe(part) for part in parts))


def tag(name: str, /, *children: str, **attributes: Attribute) -> Html:
    """One element. `class_` and `data_why` become `class` and `data-why`; None and False are left out."""
    pairs = "".join(_pair(key, value) for key, value in attributes.items())
    if name in VOID and not children:
        return Html(f"<{name}{pairs}>" if name in {"meta", "br", "hr"} else f"<{name}{pairs}/>")
    return Html(f"<{name}{pairs}>{join(children)}</{name}>")


def _pair(key: str, value: Attribute) -> str:
    """One attribute with its blank in front."""
    if value is None or value is False:
        return ""
    key = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {key}"
    text = safe(value if isinstance(value, str) else str(value)).replace('"', "&quot;")
    return f' {key}="{text}"'


def clip(text: str, length: int = 120) -> str:
    """`text` of at most `length` characters, the middle left out where it is longer (the end says the type)."""
    if len(text) <= length:
        return text
    tail = length // 3
    return f"{text[: length - tail - 1]}…{text[-tail:]}"
