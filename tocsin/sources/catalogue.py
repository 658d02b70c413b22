"""All source formats, found by looking into this folder, and the one that a content is in."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TypeVar

from tocsin.errors import SourceError
from tocsin.sources.opening import ending
from tocsin.sources.source import Format, Given, Issue, Located, Rows, Section, Sniffed, Surveyed
from tocsin.sources.stretch import Stretch

T = TypeVar("T")
HEAD = 1 << 18


@cache
def formats() -> dict[str, Format]:
    """Every module of this folder that declares a `FORMAT`, by the format's name, in order of names."""
    found: dict[str, Format] = {}
    package = __name__.rpartition(".")[0]
    for entry in pkgutil.iter_modules(import_module(package).__path__):
        declared = getattr(import_module(f"{package}.{entry.name}"), "FORMAT", None)
        for declaration in declared if isinstance(declared, tuple) else (declared,):
            if isinstance(declaration, Format):
                if declaration.name in found:
                    raise AssertionError(f"format {declaration.name} stands twice")
                found[declaration.name] = declaration
    return dict(sorted(found.items()))


def sniff(head: bytes, size: int) -> tuple[Format, Sniffed] | None:
    """The format whose content this is, by the highest confidence (by name where two are equal).

    `head` is the first 256 KiB, `size` the whole in bytes (-1 where a stream does not say). None: no
    format knows it.
    """
    best: tuple[Format, Sniffed] | None = None
    for format in formats().values():
        sniffed = format.sniff(head, size)
        if sniffed is not None and (best is None or sniffed.confidence > best[1].confidence):
            best = (format, sniffed)
    return best


def container_of(base: Stretch) -> Format | None:
    """The archive format of these bytes, None where they are no archive."""
    head = base.read_at(0, HEAD)
    found = sniff(head, -1) if any(format.sniff(head, -1) for format in _containers()) else None
    return found[0] if found is not None and found[0].container is not None else None


@cache
def _containers() -> tuple[Format, ...]:
    return tuple(format for format in formats().values() if format.container is not None)


def survey(located: Located) -> Iterator[Section | Issue | Surveyed]:
    """The format's survey of `located`, then what went wrong with its bytes; a refusal becomes an issue."""
    return _told(located, _surveyed(located), located.bytes)


def _surveyed(located: Located) -> Iterator[Section | Issue | Surveyed]:
    for given in formats()[located.format].survey(located):
        if isinstance(given, Surveyed):
            yield from ending(located)
        yield given


def read(section: Section) -> Iterator[Given]:
    """The format's records of `section`; a refusal becomes an issue."""
    located = section.located
    return _told(located, formats()[located.format].read(section), None)


def members(located: Located) -> Iterator[Located | Issue]:
    """What a container holds; a refusal becomes an issue."""
    container = formats()[located.format].container
    return iter(()) if container is None else _told(located, container(located), located.bytes)


def sample(located: Located) -> Rows | None:
    """The format's own sample of a table; None where it has none or cannot be read."""
    given = next(_told(located, map(formats()[located.format].sample, (located,)), None))
    return given if isinstance(given, Rows) else None


def _told(located: Located, given: Iterator[T], unread: int | None) -> Iterator[T | Issue]:
    """`given`, up to where its reader refuses to go on or fails: what came before stands, an issue says the rest.

    A reader that fails on hostile bytes is our mistake, yet it must not cost everything else that is still to be
    read; its exception's text may hold a value and is dropped.
    """
    try:
        yield from given
    except SourceError as refusal:
        yield Issue(source=located.source, code=refusal.code, bytes_unread=unread)
    except (MemoryError, GeneratorExit, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:
        detail = type(failure).__name__
        yield Issue(source=located.source, code="source.reader_failed", bytes_unread=unread, detail=detail)
