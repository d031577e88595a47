"""Thai parts of an English page, such as names and titles, marked so that they are read aloud as Thai."""

from __future__ import annotations

import re

PIECES = re.compile(
    r"""<span\ lang="th">[^<]*</span>          # marked already
      | <(script|style|title|textarea|desc)\b.*?</\1>   # nothing can be marked inside
      | <option\b[^>]*>[^<]*                   # marked as a whole
      | <[^>]*>
      | [^<]+""",
    re.VERBOSE | re.DOTALL,
)
THAI_RUN = re.compile("[\u0e00-\u0e7f]+(?:[\\s\u00a0\u200b0-9/.,()–-]+[\u0e00-\u0e7f]+)*")
THAI_OPTION = re.compile("(<option\\b)([^>]*>[^<]*[\u0e00-\u0e7f])")


def with_thai_marked(html: str) -> str:
    """The same English page with ``lang="th"`` on whatever is Thai in it. Attributes and titles cannot be marked."""
    mark = "span"
    pieces = []
    for piece in PIECES.finditer(html):
        text = piece[0]
        if text.startswith(("<svg", "</svg")):
            mark = "span" if text.startswith("</") else "tspan"
        pieces.append(_marked(text, mark))
    return "".join(pieces)


def _marked(piece: str, mark: str) -> str:
    if piece.startswith("<option"):
        return THAI_OPTION.sub(r'\1 lang="th"\2', piece)
    if piece.startswith("<"):
        return piece
    return THAI_RUN.sub(rf'<{mark} lang="th">\g<0></{mark}>', piece)
