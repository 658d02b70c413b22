"""tar archives (POSIX ustar and pax, GNU, old V7), read on after a damaged header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tocsin.sources.names import beside, escaped, hostile
from tocsin.sources.opening import stretch_of
from tocsin.sources.source import Format, Issue, Located, Sniffed
from tocsin.sources.stretch import Damage, Nothing, Part, Stretch

# POSIX.1-2017, pax, "ustar Interchange Format" and "pax Header Block"; GNU tar manual, "Basic Tar Format".
BLOCK = 512
FILES = (b"0", b"\0", b"7")
LINKS = (b"1", b"2")
FOLDERS = (b"5", b"D", b"V")
LONG_NAME, LONG_LINK, PAX, PAX_GLOBAL = b"L", b"K", b"x", b"g"
HEADERS = (LONG_NAME, LONG_LINK, PAX, PAX_GLOBAL)
LONGEST = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A member: `number` is where its first header begins, its bytes are [start, start + size)."""

    number: int
    name: bytes
    kind: bytes
    start: int
    size: int

    @property
    def next(self) -> int:
        """Where the next member's first header begins."""
        return self.start + -(-self.size // BLOCK) * BLOCK


def sniff(head: bytes, size: int) -> Sniffed | None:
    """A first block whose checksum is right."""
    return Sniffed(confidence=0.95) if _sound(head[:BLOCK]) else None


def members(located: Located) -> Iterator[Located | Issue]:
    """Every file of the archive, and an issue for everything that is none or cannot be read."""
    base, at = stretch_of(located), 0
    while (block := base.read_at(at, BLOCK)) and block.strip(b"\0"):
        entry = _entry(base, at)
        if entry is None:
            found = _next_header(base, at)
            stop = found if found is not None else base.length()
            cut = len(block) < BLOCK
            code = "source.truncated" if cut else "source.damaged"
            yield Issue(source=located.source, code=code, bytes_unread=stop - at)
            at = stop
        else:
            yield from _given(located, entry)
            at = entry.next
    if base.damage is None and not block:
        yield Issue(source=located.source, code="source.no_end")


def _given(located: Located, entry: Entry) -> Iterator[Located | Issue]:
    name = escaped(entry.name)
    if entry.kind in FOLDERS:
        return
    if entry.kind not in FILES:
        code = "source.symlink" if entry.kind in LINKS else "source.not_a_file"
        yield Issue(source=located.source, place=name, code=code, bytes_unread=entry.size or None)
        return
    if hostile(name):
        yield Issue(source=located.source, place=name, code="source.hostile_name")
    chain = (*located.members, entry.number)
    yield replace(located, source=beside(located.source, name), members=chain, bytes=entry.size)


def member(base: Stretch, number: int) -> Stretch:
    """The bytes of the member whose first header begins at `number`."""
    entry = _entry(base, number)
    return Nothing(base, Damage("source.damaged")) if entry is None else Part(base, entry.start, entry.size)


def _entry(base: Stretch, number: int) -> Entry | None:
    """The member at `number`: its own header after those that only speak of it; None where it is damaged."""
    at, settings = number, dict[bytes, bytes]()
    while _sound(block := base.read_at(at, BLOCK)):
        kind, size = block[156:157], _number(block[124:136])
        if kind not in HEADERS:
            name = settings.get(b"path") or _name(block)
            size = int(settings.get(b"size", size))
            links = kind in LINKS or kind in FOLDERS
            return Entry(number=number, name=name, kind=kind, start=at + BLOCK, size=0 if links else size)
        content = base.read_at(at + BLOCK, min(size, LONGEST))
        if kind == LONG_NAME:
            settings[b"path"] = content.rstrip(b"\0")
        elif kind == PAX:
            settings.update(_settings(content))
        at += BLOCK + -(-size // BLOCK) * BLOCK
    return None


def _settings(content: bytes) -> dict[bytes, bytes]:
    """The `length keyword=value` lines of a pax header that matter here."""
    found: dict[bytes, bytes] = {}
    while content:
        length = content.partition(b" ")[0]
        if not length.isdigit() or not 0 < int(length) <= len(content):
            break
        keyword, _, value = content[len(length) + 1 : int(length) - 1].partition(b"=")
        if keyword == b"path" or (keyword == b"size" and value.isdigit()):
            found[keyword] = value
        content = content[int(length) :]
    return found


def _name(block: bytes) -> bytes:
    """Name and, in ustar, the prefix before it."""
    name, prefix = block[:100].partition(b"\0")[0], block[345:500].partition(b"\0")[0]
    return prefix + b"/" + name if prefix and block[257:263] == b"ustar\0" else name


def _number(raw: bytes) -> int:
    """An octal number, or GNU's base 256 where the first bit is set."""
    if raw[:1] >= b"\x80":
        return int.from_bytes(bytes((raw[0] & 0x7F,)) + raw[1:], "big")
    digits = raw.strip(b" \0")
    return int(digits, 8) if digits else 0


def _sound(block: bytes) -> bool:
    """Whether a block is a header: complete, and its checksum (signed or not) is right."""
    if len(block) < BLOCK or not block[148:156].strip(b" \0").isdigit():
        return False
    try:
        told, _ = _number(block[148:156]), _number(block[124:136])
    except ValueError:
        return False
    plain = block[:148] + b" " * 8 + block[156:]
    return told in (sum(plain), sum(byte - 256 if byte > 127 else byte for byte in plain))


def _next_header(base: Stretch, at: int) -> int | None:
    """The next block after `at` that is a header."""
    at += BLOCK
    while len(block := base.read_at(at, BLOCK)) == BLOCK:
        if _sound(block):
            return at
        at += BLOCK
    return None


FORMAT = Format(
    name="tar",
    label={"fr": "archive tar", "en": "tar archive"},
    reader="tar",
    sniff=sniff,
    survey=lambda located: iter(()),
    read=lambda section: iter(()),
    container=members,
    member=member,
)
