"""What formats of one compressed stream without a header of its own share: their content is their only member."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tocsin.sources.decoders import Engine
from tocsin.sources.names import beside, stem
from tocsin.sources.source import Format, Issue, Located, Sniffed
from tocsin.sources.unpacking import Unpacked

Endings = tuple[tuple[str, str], ...]


def compressed(name: str, magic: bytes, endings: Endings, begin: Callable[[], Engine]) -> Format:
    """The format `name`, known by `magic`; `begin` makes a decoder, `endings` say what a file's name becomes."""

    def members(located: Located) -> Iterator[Located | Issue]:
        """The content, under the archive's name without its ending."""
        inner = beside(located.source, stem(located.source, endings))
        yield replace(located, source=inner, members=(*located.members, 0), bytes=-1)

    return Format(
        name=name,
        label={"fr": f"fichier compressé {name}", "en": f"{name}-compressed file"},
        reader=name,
        sniff=lambda head, size: Sniffed(confidence=1.0) if head.startswith(magic) else None,
        survey=lambda located: iter(()),
        read=lambda section: iter(()),
        container=members,
        member=lambda base, number: Unpacked(base, begin, again=magic),
    )
