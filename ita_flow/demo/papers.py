"""Small but real files for the demo's evidence, so that every download opens."""

from __future__ import annotations

import io
import struct
import zlib
from typing import BinaryIO

WIDTH, HEIGHT = 320, 200
TEAL, PAPER = b"\x0a\x55\x66", b"\xef\xf6\xf7"


def paper(name: str, number: int) -> BinaryIO:
    """The content of a file of that name; ``number`` makes each different."""
    return io.BytesIO(_picture(number) if name.endswith(".png") else _page(number))


def _page(number: int) -> bytes:
    """A PDF of one page."""
    words = f"BT /F1 18 Tf 72 740 Td (ITA Flow demo: evidence {number}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
        b"/Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for place, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (place, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _picture(number: int) -> bytes:
    """A PNG with as many bars as its number says."""
    bars = number % 8 + 1
    rows = b"".join(b"\0" + b"".join(_dot(x, y, bars) for x in range(WIDTH)) for y in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _dot(x: int, y: int, bars: int) -> bytes:
    bar, inside = divmod(x, WIDTH // bars)
    height = (bar + 1) * HEIGHT // (bars + 1)
    return TEAL if inside > 6 and y > HEIGHT - height else PAPER


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
