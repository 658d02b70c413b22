"""Columns of strings as the bytes in which they stand: read without a copy, and made from bytes.

polars gives and takes columns through the Arrow C data interface (arrow.apache.org, "The Arrow C data
interface" and "PyCapsule interface"). A value is a view of sixteen bytes: its length in four, then the value
itself where it has at most twelve bytes, else its first four bytes, the number of a buffer and its place there.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from tocsin.scan.arrays import Bytes, Places

Matrix = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
INLINE = 12
VIEW, LARGE = b"vu", b"U"


class _Schema(ctypes.Structure):
    pass


class _Array(ctypes.Structure):
    pass


class _Stream(ctypes.Structure):
    pass


_FREE_SCHEMA = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))
_FREE_ARRAY = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))
_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_void_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.c_void_p),
    ("dictionary", ctypes.c_void_p),
    ("release", _FREE_SCHEMA),
    ("private", ctypes.c_void_p),
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.c_void_p),
    ("dictionary", ctypes.c_void_p),
    ("release", _FREE_ARRAY),
    ("private", ctypes.c_void_p),
]
_Stream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Schema))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(_Stream), ctypes.POINTER(_Array))),
    ("get_last_error", ctypes.c_void_p),
    ("release", ctypes.c_void_p),
    ("private", ctypes.c_void_p),
]
_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_pointer.restype, _pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
_capsule = ctypes.pythonapi.PyCapsule_New
_capsule.restype, _capsule.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]


class Strings:
    """The values of a String column without nulls; their bytes stay as long as this object does."""

    __slots__ = ("_buffers", "_bytes", "_series", "_views", "lengths", "longest", "shortest")

    def __init__(self, series: pl.Series) -> None:
        self._series = series.rechunk()
        self._views, self._buffers = _seen(self._series)
        self._bytes: Matrix = self._views.view(np.uint8)
        self.lengths: Places = self._views.view(np.uint32)[:, 0].astype(np.int64)
        self.shortest = int(self.lengths.min(initial=1 << 32))
        self.longest = int(self.lengths.max(initial=0))

    def matrix(self, rows: Places | None, length: int) -> Matrix:
        """The values of `rows` (None: all), each of which has `length` bytes: one row a byte, one column a value."""
        views = self._views if rows is None else self._views[rows]
        if length <= INLINE:
            return np.ascontiguousarray(views.view(np.uint8)[:, 4 : 4 + length].T)
        taken = np.empty((length, len(views)), dtype=np.uint8)
        for buffer, begin, stop, places in self._runs(views):
            taken[:, begin:stop] = _stretches(buffer, places, length).T
        return taken

    def edges(self) -> tuple[Bytes, Bytes]:
        """The first and the last byte of each value, none of which is empty."""
        return np.ascontiguousarray(self._bytes[:, 4]), self._last()

    def _last(self) -> Bytes:
        """The last byte of each value."""
        if self.shortest == self.longest <= INLINE:
            return np.ascontiguousarray(self._bytes[:, 3 + self.longest])
        if self.shortest > INLINE:
            last = np.empty(len(self._views), dtype=np.uint8)
            for buffer, begin, stop, places in self._runs(self._views):
                last[begin:stop] = buffer.take(places + (self.lengths[begin:stop] - 1))
            return last
        inner = np.arange(3, len(self._views) * 16, 16) + np.minimum(self.lengths, INLINE)
        last = self._bytes.ravel().take(inner)
        long = np.flatnonzero(self.lengths > INLINE)
        ends = self.lengths[long] - 1
        for buffer, begin, stop, places in self._runs(self._views[long]):
            last[long[begin:stop]] = buffer.take(places + ends[begin:stop])
        return last

    def any_byte(self, low: int, high: int) -> bool:
        """Whether some byte lies in [low, high] of the values or of the buffers in which long ones stand."""
        parts = list(self._buffers)
        if self.shortest <= INLINE:
            inline = self._bytes[:, 4:]
            parts.append(inline if self.longest <= INLINE else inline[self.lengths <= INLINE])
        return any(bool((part - np.uint8(low) <= np.uint8(high - low)).any()) for part in parts)

    def _runs(self, views: Words) -> Iterator[tuple[Bytes, int, int, Places]]:
        """Values that are not inline in runs that stand in one buffer: it, the first, the one after the last, the
        places of their first bytes."""
        if not len(views):
            return
        where = views[:, 1]
        numbers, places = where & np.uint64(0xFFFFFFFF), (where >> np.uint64(32)).astype(np.int64)
        edges = [0, *(np.flatnonzero(numbers[1:] != numbers[:-1]) + 1).tolist(), len(views)]
        for begin, stop in pairwise(edges):
            yield self._buffers[int(numbers[begin])], begin, stop, places[begin:stop]


def _stretches(buffer: Bytes, places: Places, length: int) -> Matrix:
    """buffer[place : place + length] for each place, one a row; without a copy where they follow each other."""
    begin, count = int(places[0]), len(places)
    if int(places[-1]) - begin == (count - 1) * length and (np.diff(places) == length).all():
        return buffer[begin : begin + count * length].reshape(count, length)
    return buffer.take(places[:, None] + np.arange(length))


def made(matrix: Matrix) -> pl.Series:
    """The columns of `matrix` [length, n] (ASCII) as strings."""
    length, count = matrix.shape
    if length <= INLINE:
        views = np.zeros((count, 16), dtype=np.uint8)
        views[:, 0] = length
        views[:, 4 : 4 + length] = matrix.T
        return _given(VIEW, count, [views, np.zeros(1, dtype=np.int64)])
    offsets = np.arange(0, (count + 1) * length, length, dtype=np.int64)
    return _given(LARGE, count, [offsets, np.ascontiguousarray(matrix.T)])


def _seen(series: pl.Series) -> tuple[Words, list[Bytes]]:
    """The views of a column of one chunk, and the buffers that they speak of."""
    capsule = series.__arrow_c_stream__()
    stream = _Stream.from_address(_pointer(capsule, b"arrow_array_stream"))
    array = _Array()
    if stream.get_next(ctypes.byref(stream), ctypes.byref(array)) or not array.release:
        return np.zeros((0, 2), dtype=np.uint64), []
    try:
        held = [array.buffers[number] for number in range(array.n_buffers)]
        views = _memory(held[1], (array.offset + array.length) * 16)[array.offset * 16 :]
        sizes = _memory(held[-1], (len(held) - 3) * 8).view(np.int64).tolist()
        buffers = [_memory(place, size) for place, size in zip(held[2:-1], sizes, strict=True)]
        return views.view(np.uint64).reshape(-1, 2), buffers
    finally:
        array.release(ctypes.byref(array))


def _memory(place: int | None, size: int) -> Bytes:
    """`size` bytes of memory that a series keeps."""
    if not place or not size:
        return np.zeros(0, dtype=np.uint8)
    memory: Any = (ctypes.c_uint8 * size).from_address(place)
    return np.frombuffer(memory, dtype=np.uint8)


class _Given:
    """Buffers on their way into polars, which takes them over through two capsules."""

    def __init__(self, form: bytes, count: int, buffers: Sequence[npt.NDArray[Any]]) -> None:
        self._schema = _Schema(format=form, name=b"", release=_free_schema)
        places = (ctypes.c_void_p * (len(buffers) + 1))(None, *(buffer.ctypes.data for buffer in buffers))
        self._array = _Array(length=count, n_buffers=len(places), release=_free_array)
        self._array.buffers = ctypes.cast(places, ctypes.POINTER(ctypes.c_void_p))
        key = self._array.private = ctypes.addressof(places)
        _lent[key] = (buffers, places)

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        return (
            _capsule(ctypes.addressof(self._schema), b"arrow_schema", None),
            _capsule(ctypes.addressof(self._array), b"arrow_array", None),
        )


_lent: dict[int, object] = {}


def _drop_schema(schema: Any) -> None:
    schema.contents.release = _FREE_SCHEMA()


def _drop_array(array: Any) -> None:
    _lent.pop(array.contents.private, None)
    array.contents.release = _FREE_ARRAY()


_free_schema, _free_array = _FREE_SCHEMA(_drop_schema), _FREE_ARRAY(_drop_array)


def _given(form: bytes, count: int, buffers: Sequence[npt.NDArray[Any]]) -> pl.Series:
    """A column made of buffers that polars holds until it drops the column."""
    return pl.Series(_Given(form, count, buffers), dtype=pl.String)
