"""xz: one compressed stream, whose content is its only member; further streams after the first belong to it."""

from __future__ import annotations

from tocsin.sources.compressed import compressed
from tocsin.sources.decoders import unxz

FORMAT = compressed("xz", b"\xfd7zXZ\x00", ((".txz", ".tar"), (".xz", "")), unxz)
