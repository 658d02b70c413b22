"""Whether what is written at a path lands on an encrypted disk, as far as Linux tells."""

from __future__ import annotations

import os
import re
from enum import StrEnum
from pathlib import Path

ROOT = Path("/")
IN_MEMORY = frozenset(("tmpfs", "ramfs"))
ENCRYPTING = frozenset(("ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.securefs"))
OCTAL = re.compile(r"\\([0-7]{3})")
DEEPEST = 12


class Rest(StrEnum):
    """How data rest: encrypted, in memory only, in clear as far as the system sees, or not to be known."""

    ENCRYPTED = "encrypted"
    MEMORY = "memory"
    CLEAR = "clear"
    UNKNOWN = "unknown"


def at_rest(path: Path, root: Path = ROOT) -> Rest:
    """How data written at `path` rest; `root` is where `proc` and `sys` stand.

    Reads `/proc/self/mountinfo` (proc(5)) and the device-mapper identities in `/sys` (dm-crypt writes
    `CRYPT-`). A disk that encrypts itself, or one that the machine's host encrypts, counts as clear here:
    the system cannot see it. Network, stacked and ZFS file systems are unknown.
    """
    mount = _mount_of(path, root)
    if mount is None:
        return Rest.UNKNOWN
    number, kind, device = mount
    if kind in IN_MEMORY:
        return Rest.MEMORY
    if kind in ENCRYPTING:
        return Rest.ENCRYPTED
    found = _by_number(number, root)
    if found is None and device.startswith("/dev/"):
        found = _by_device(device, root)
    return Rest.UNKNOWN if found is None else device_at_rest(found)


def swap_at_rest(root: Path = ROOT) -> list[Rest]:
    """How each swap area of `/proc/swaps` rests; an empty list where there is none.

    Raises OSError where the system does not tell.
    """
    found = []
    for line in (root / "proc/swaps").read_text(errors="replace").splitlines()[1:]:
        name, kind = line.split()[:2]
        if kind == "file":
            found.append(at_rest(Path(_unescaped(name)), root))
        else:
            device = _by_device(name, root)
            found.append(Rest.UNKNOWN if device is None else device_at_rest(device))
    return found


def device_at_rest(device: Path, depth: int = 0) -> Rest:
    """How a block device of `/sys` rests: its own layer, else what all the devices under it say."""
    if device.name.startswith("zram"):
        return Rest.MEMORY
    if _read(device / "dm/uuid").startswith("CRYPT-"):
        return Rest.ENCRYPTED
    if device.name.startswith("loop") or depth > DEEPEST:
        return Rest.UNKNOWN
    if (device / "partition").exists():
        return device_at_rest(device.parent, depth + 1)
    below = sorted((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    rests = {device_at_rest(slave.resolve(), depth + 1) for slave in below}
    for worst in (Rest.CLEAR, Rest.UNKNOWN, Rest.ENCRYPTED):
        if worst in rests:
            return worst
    return Rest.CLEAR


def _mount_of(path: Path, root: Path) -> tuple[str, str, str] | None:
    """Of the mount that holds `path`: device number, file system, device."""
    real, best, chosen = Path(os.path.realpath(path)), -1, None
    for line in _read(root / "proc/self/mountinfo").splitlines():
        before, separator, after = line.partition(" - ")
        left, right = before.split(" "), after.split(" ")
        if not separator or len(left) < 5 or len(right) < 2:
            continue
        point = Path(_unescaped(left[4]))
        if (real == point or point in real.parents) and len(point.parts) >= best:
            best, chosen = len(point.parts), (left[2], right[0], _unescaped(right[1]))
    return chosen


def _by_number(number: str, root: Path) -> Path | None:
    """The folder in `/sys` of a device number such as `253:0`."""
    link = root / "sys/dev/block" / number
    return link.resolve() if link.exists() else None


def _by_device(device: str, root: Path) -> Path | None:
    """The folder in `/sys` of a device such as `/dev/dm-0` or `/dev/mapper/x` (btrfs and swap name it only)."""
    name = Path(os.path.realpath(device)).name
    link = root / "sys/class/block" / name
    return link.resolve() if link.exists() else None


def _unescaped(text: str) -> str:
    """A path of `/proc`, where blanks and backslashes stand as octal numbers."""
    return OCTAL.sub(lambda found: chr(int(found.group(1), 8)), text)


def _read(path: Path) -> str:
    """The file's text; empty where it is not there."""
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
