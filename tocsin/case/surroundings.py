"""Where data could slip away around Tocsin: swap, network, memory dumps, permissions of new files."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from pathlib import Path

from tocsin.case.encryption import Rest, swap_at_rest
from tocsin.case.fact import Fact, Standing, fact

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy")


def surroundings(root: Path) -> Iterator[Fact]:
    """All of it; `root` is where `proc` and `sys` stand. Routes and settings are read, nothing is opened."""
    yield from _swap(root)
    yield from _network(root)
    yield from _dumps()
    yield from _umask(root)


def _swap(root: Path) -> Iterator[Fact]:
    """Whether memory can reach a disk in clear."""
    try:
        rests = swap_at_rest(root)
    except (OSError, ValueError):
        yield fact("swap_unknown", Standing.UNKNOWN)
        return
    if not rests:
        yield fact("swap_none", Standing.OK)
    for rest in sorted(set(rests)):
        standing = {Rest.CLEAR: Standing.ATTENTION, Rest.UNKNOWN: Standing.UNKNOWN}.get(rest, Standing.OK)
        yield fact(f"swap_{rest}", standing, count=rests.count(rest))


def _network(root: Path) -> Iterator[Fact]:
    """Whether anything on this machine could reach the network."""
    routes = [_default_route(root / "proc/net/route", 1), _default_route(root / "proc/net/ipv6_route", 0)]
    if True in routes:
        yield fact("network_route", Standing.ATTENTION)
    elif None in routes:
        yield fact("network_unknown", Standing.UNKNOWN)
    else:
        yield fact("network_none", Standing.OK)
    proxies = [name for name in PROXIES if os.environ.get(name) or os.environ.get(name.upper())]
    if proxies:
        yield fact("network_proxy", Standing.ATTENTION, names=", ".join(proxies))


def _default_route(path: Path, column: int) -> bool | None:
    """Whether a table of routes has one to everywhere that is in use, not through the loopback."""
    try:
        lines = path.read_text().splitlines()[column:]
    except FileNotFoundError:
        return False if path.parent.is_dir() else None
    except OSError:
        return None
    for line in lines:
        cells = line.split()
        everywhere = len(cells) > 7 and not cells[column].strip("0") and (column == 1 or cells[1] == "00")
        if everywhere and "lo" not in (cells[0], cells[-1]):
            return True
    return False


def _dumps() -> Iterator[Fact]:
    """Whether the system would write this process's memory to disk if it fell; Tocsin forbids it for itself."""
    allowed = resource.getrlimit(resource.RLIMIT_CORE)[0] != 0
    yield fact("core_allowed" if allowed else "core_off", Standing.ATTENTION if allowed else Standing.OK)


def _umask(root: Path) -> Iterator[Fact]:
    """Whether files that a user writes beside the case, exports above all, are shut to others."""
    try:
        lines = (root / "proc/self/status").read_text().splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("Umask:"):
            mask = int(line.split()[1], 8)
            shut = mask & 0o077 == 0o077
            yield fact("umask", Standing.OK if shut else Standing.ATTENTION, mask=f"{mask:04o}")
            return
    yield fact("umask_unknown", Standing.UNKNOWN)
