"""bzip2: one compressed stream, whose content is its only member; further streams after the first belong to it."""

from __future__ import annotations

from tocsin.sources.compressed import compressed
from tocsin.sources.decoders import bunzip

FORMAT = compressed("bzip2", b"BZh", ((".tbz2", ".tar"), (".bz2", "")), bunzip)
