"""A slow and plain reader of delimited text, written apart from the product: what the product must agree with."""

from __future__ import annotations

from dataclasses import dataclass, field

LINES, CHARACTERS = 1000, 1 << 20


@dataclass
class Reading:
    """Rows by record number, bad lines by physical line from 1, and how many records there are in all."""

    rows: dict[int, list[str | None]] = field(default_factory=dict)
    bad: list[int] = field(default_factory=list)
    records: int = 0


def reference(
    text: str, columns: int, delimiter: str, quote: str, escape: str = "", newline: str = "\n"
) -> Reading:
    """The rows of `text`, character by character."""
    lines = text.split(newline)
    if not lines[-1]:
        lines.pop()
    reading, at = Reading(), 0
    while at < len(lines):
        if not chopped(lines[at]).strip(" "):
            at += 1
            continue
        cells, used = row_at(lines, at, delimiter, quote, escape, newline, columns)
        if cells is None:
            reading.bad.append(at + 1)
        else:
            reading.rows[reading.records] = [cell or None for cell in cells]
        reading.records += 1
        at += used
    return reading


def chopped(line: str) -> str:
    return line[:-1] if line[-1:] == "\r" else line


def row_at(
    lines: list[str], at: int, delimiter: str, quote: str, escape: str, newline: str, columns: int
) -> tuple[list[str] | None, int]:
    """The row that begins at line `at`, over as many lines as its quotes ask for and the limits allow."""
    for used in range(1, LINES + 1):
        if at + used > len(lines):
            return None, 1
        whole = newline.join(lines[at : at + used])
        if used > 1 and len(whole) > CHARACTERS:
            return None, 1
        state, cells = cells_of(chopped(whole), delimiter, quote, escape)
        if state == "bad" or (state == "open" and len(cells) >= columns):
            return None, 1
        if state == "whole":
            return (cells, used) if len(cells) == columns else (None, 1)
    return None, 1


def cells_of(text: str, delimiter: str, quote: str, escape: str) -> tuple[str, list[str]]:
    """The cells that end in a text of whole lines: all of them ("whole"), those before one that is left open
    ("open"), or those before one whose closing quote text follows ("bad")."""
    cells, cell, state, at = [], "", "start", 0
    while at < len(text):
        char = text[at]
        after = text[at + 1 : at + 2]
        if state == "quoted":
            if escape and char == escape and after and after in (quote, escape):
                cell, at = cell + after, at + 1
            elif char == quote and after == quote:
                cell, at = cell + quote, at + 1
            elif char == quote:
                state = "closed"
            else:
                cell += char
        elif char == delimiter:
            cells.append(cell)
            cell, state = "", "start"
        elif state == "closed":
            return "bad", cells
        elif state == "start" and quote and char == quote:
            state = "quoted"
        else:
            cell, state = cell + char, "plain"
        at += 1
    return ("open", cells) if state == "quoted" else ("whole", [*cells, cell])
