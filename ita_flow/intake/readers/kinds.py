"""What a file is, by its bytes: its name may say anything."""

from __future__ import annotations

import re

from ita_flow.domain.refusals import Invalid

ARCHIVE = b"PK\x03\x04"
BYTES_LOOKED_AT = 1024

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "document_old_office"),
    (rb"(?s:.*)%PDF-", "document_pdf"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|RIFF....WEBP|BM....\x00\x00\x00\x00|....ftyp", "document_picture"),
    (rb"PK\x05\x06|Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", "document_other_archive"),
    (rb"(?i:(?:\xef\xbb\xbf)?\s*(?:<!doctype|<html|<\?xml|<table|\{\\rtf))", "document_other_format"),
)


def is_office(content: bytes) -> bool:
    return content.startswith(ARCHIVE)


def refuse_foreign(content: bytes) -> None:
    """Raises ``Invalid`` for what is known to be something else than a document that can be read here."""
    head = content[:BYTES_LOOKED_AT]
    for signature, key in _FOREIGN:
        if re.match(signature, head, re.DOTALL):
            raise Invalid(key)
