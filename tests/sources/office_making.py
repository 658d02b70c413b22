"""Office documents made by specification, part by part, for tests."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(parts: dict[str, str | bytes], *, stored: bool = False) -> bytes:
    """A zip archive of these parts, in this order."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as packer:
        for name, content in parts.items():
            packer.writestr(name, content)
    return buffer.getvalue()


def word(body: str, **others: str | bytes) -> bytes:
    """A DOCX whose body holds this XML; `others` are parts (`__` for `/`, `_` before the ending for `.`)."""
    return package({"[Content_Types].xml": CONTENT_TYPES, "word/document.xml": word_part(body), **others})


def word_part(body: str) -> str:
    """A part in WordprocessingML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{WORD}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="u:wp" xmlns:v="u:v" '
        f'xmlns:a="u:a" xmlns:m="u:m"><w:body>{body}</w:body></w:document>'
    )


def paragraph(text: str) -> str:
    """A paragraph of one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def links(*targets: str) -> str:
    """A part of relationships to the outside."""
    inside = "".join(
        f'<Relationship Id="r{n}" Type="u" Target="{escape(t)}" TargetMode="External"/>'
        for n, t in enumerate(targets)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">{inside}</Relationships>'
