"""A list of phrases as one tree of bytes that numpy follows from many places of a text at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from tocsin.scan.arrays import Bytes, Places

PLURAL = "s"


class Tree:
    """Phrases in small letters, each with its number; text in either case is followed, plurals in `s` too."""

    def __init__(self, words: Mapping[str, int]) -> None:
        plurals = {
            f"{word}{PLURAL}": number for word, number in words.items() if word and word[-1:].isascii()
        }
        self.words: dict[str, int] = {**plurals, **words}
        self._edges: list[dict[int, int]] = [{}]
        finals = {self._added(word): number for word, number in self.words.items() if word}
        self._classes, classes = _byte_classes(self._edges)
        self._shift = len(classes).bit_length()
        wide = 1 << self._shift
        self._table = np.zeros(len(self._edges) * wide, dtype=np.int32)
        moves = [
            (node * wide + classes[byte], after * wide)
            for node, edges in enumerate(self._edges)
            for byte, after in edges.items()
        ]
        if moves:
            places, targets = np.array(moves, dtype=np.int64).T
            self._table[places] = targets
        self._finals = np.full(len(self._edges), -1, dtype=np.int32)
        self._finals[list(finals)] = list(finals.values())

    def follow(self, data: Bytes, at: Places) -> tuple[Places, Places, Places]:
        """Where phrases that begin at `at` (ascending) end: starts, ends and numbers, by start and end."""
        origin, states = at, np.zeros(len(at), dtype=np.int32)
        found: list[tuple[Places, Places, npt.NDArray[np.int32]]] = []
        while len(at):
            states = self._table.take(states + self._classes.take(data.take(at, mode="clip")))
            alive = np.flatnonzero(states)
            origin, at, states = origin.take(alive), at.take(alive) + 1, states.take(alive)
            numbers = self._finals.take(states >> self._shift)
            ended = np.flatnonzero(numbers >= 0)
            if len(ended):
                found.append((origin.take(ended), at.take(ended), numbers.take(ended)))
        if not found:
            return origin, at, at
        starts, ends, numbers = (np.concatenate(part) for part in zip(*found, strict=True))
        inside = np.flatnonzero(ends <= len(data))
        order = inside[np.lexsort((ends[inside], starts[inside]))]
        return starts[order], ends[order], numbers[order].astype(np.int64)

    def _added(self, word: str) -> int:
        """The node at which `word` ends."""
        node = 0
        for char in word:
            small, large = char.encode(), char.upper().encode() if len(char.upper()) == 1 else char.encode()
            node = self._child(node, small, None) if len(small) == 1 else self._accented(node, small, large)
        return node

    def _accented(self, node: int, small: bytes, large: bytes) -> int:
        """A character beyond ASCII, small or large, to one node."""
        after = self._child(self._child(node, small[:-1], None), small[-1:], None)
        return self._child(self._child(node, large[:-1], None), large[-1:], after)

    def _child(self, node: int, path: bytes, target: int | None) -> int:
        """The node behind `path`; with `target` the last step leads there."""
        for byte in path:
            if byte not in self._edges[node]:
                if target is None:
                    self._edges.append({})
                self._edges[node][byte] = len(self._edges) - 1 if target is None else target
            node = self._edges[node][byte]
        return node


def _byte_classes(edges: list[dict[int, int]]) -> tuple[npt.NDArray[np.int32], dict[int, int]]:
    """A class for each byte that the tree holds (0 for the others), capitals with their small letters."""
    used = sorted({byte for node in edges for byte in node})
    numbers = {byte: number for number, byte in enumerate(used, start=1)}
    classes = np.zeros(256, dtype=np.int32)
    classes[list(numbers)] = list(numbers.values())
    classes[65:91] = classes[97:123]
    return classes, numbers
