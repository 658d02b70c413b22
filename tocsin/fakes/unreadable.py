"""Files that a pile always has and that give no record: images of paper, locked or cut archives, nothing at all."""

from __future__ import annotations

import gzip
import io
import zipfile

from tocsin.fakes.leak import EPOCH, Leak

_LOCAL_FLAGS, _CENTRAL_FLAGS = 6, 8


def stub(leak: Leak, name: str) -> None:
    """A PDF of one page that is nothing but a grey picture, as a scanner writes it."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 30>>\nstream\nq 595 0 0 842 0 0 cm /I Do Q  \nendstream",
        b"<</Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Length 64>>\n"
        b"stream\n%s\nendstream" % (b"\xc8" * 64),
    )
    written = b"".join(b"%d 0 obj%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    leak.raw(name, b"%PDF-1.4\n" + written + b"trailer<</Root 1 0 R>>\n%%EOF\n")
    leak.truth.unreadable(name, "pdf", "source.needs_ocr", records=1)


def encrypted(leak: Leak, name: str, member: str) -> None:
    """A zip archive whose only member says that it is encrypted; its bytes are noise."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as packer:
        packer.writestr(zipfile.ZipInfo(member, EPOCH), leak.rng.randbytes(2048))
    data = bytearray(buffer.getvalue())
    data[data.index(b"PK\x03\x04") + _LOCAL_FLAGS] |= 1
    data[data.rindex(b"PK\x01\x02") + _CENTRAL_FLAGS] |= 1
    leak.raw(name, bytes(data))
    leak.truth.unreadable(name, "zip", "source.encrypted")


def truncated(leak: Leak, name: str) -> None:
    """A gzip-compressed log of a machine, of nobody, cut short at two thirds."""
    lines = [
        f"automate {leak.rng.randrange(4)} cycle {turn} etat {leak.rng.choice(('pret', 'lavage', 'mesure'))}"
        for turn in range(400)
    ]
    packed = gzip.compress("\n".join(lines).encode(), mtime=0)
    leak.raw(name, packed[: len(packed) * 2 // 3])
    inner = name.rpartition("/")[2].removesuffix(".gz")
    leak.truth.unreadable(f"{name}!/{inner}", "text", "source.truncated", records=None)


def empty(leak: Leak, name: str) -> None:
    """A file of no byte."""
    leak.raw(name, b"")
    leak.truth.unreadable(name, "empty", "source.empty", unread=0)
