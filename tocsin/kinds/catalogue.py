"""All kinds, found by looking into the territories' folders; nothing is registered by hand."""

from __future__ import annotations

import importlib.util
import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from tocsin.errors import DeclarationError
from tocsin.kinds import any as any_
from tocsin.kinds import eu, fr
from tocsin.kinds.kind import Kind

Catalogue = dict[str, Kind]
TERRITORIES = (any_, eu, fr)


@cache
def bundled() -> Catalogue:
    """The kinds that Tocsin ships, by name, in the order of their names."""
    kinds: list[Kind] = []
    for package in TERRITORIES:
        for found in pkgutil.iter_modules(package.__path__):
            module = import_module(f"{package.__name__}.{found.name}")
            kinds.append(_declared(module, found.name))
    return _ordered(kinds)


def catalogue(extra: Path | None = None) -> Catalogue:
    """The bundled kinds and those of the folder `extra` (one `KIND` a file); a name may stand once.

    The files of `extra` are Python that is run: they come from the user, never from a pile.
    Raises DeclarationError with the file's name where one declares no kind.
    """
    if extra is None:
        return bundled()
    if not extra.is_dir():
        raise DeclarationError("kinds.no_folder")
    kinds = list(bundled().values())
    for path in sorted(extra.glob("*.py")):
        specification = importlib.util.spec_from_file_location(f"tocsin_kinds_extra_{path.stem}", path)
        if specification is None or specification.loader is None:
            raise DeclarationError("kinds.unreadable", place=path.name)
        module = importlib.util.module_from_spec(specification)
        try:
            specification.loader.exec_module(module)
        except Exception:
            raise DeclarationError("kinds.unreadable", place=path.name) from None
        kinds.append(_declared(module, path.name))
    return _ordered(kinds)


def _declared(module: ModuleType, place: str) -> Kind:
    """The module's `KIND`."""
    kind = getattr(module, "KIND", None)
    if not isinstance(kind, Kind):
        raise DeclarationError("kinds.no_declaration", place=place)
    return kind


def _ordered(kinds: list[Kind]) -> Catalogue:
    """By name; two kinds of one name are refused."""
    catalogue: Catalogue = {}
    for kind in sorted(kinds, key=lambda kind: kind.name):
        if kind.name in catalogue:
            raise DeclarationError("kinds.twice", place=kind.name)
        catalogue[kind.name] = kind
    return catalogue
