"""zstd: one compressed stream, whose content is its only member; further frames after the first belong to it."""

from __future__ import annotations

from tocsin.sources.compressed import compressed
from tocsin.sources.decoders import unzstd

FORMAT = compressed("zstd", b"\x28\xb5\x2f\xfd", ((".tzst", ".tar"), (".zst", ""), (".zstd", "")), unzstd)
