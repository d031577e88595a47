"""The assessor's advice: two parts of EIT, question by question, and the items of OIT that lost marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ita_flow.domain.findings import Channel
from ita_flow.domain.thai import ITEM_CODE, arabic_digits, item_code
from ita_flow.intake.draft import DraftFinding
from ita_flow.intake.notebook import Notebook, found, needed
from ita_flow.intake.readers import Line
from ita_flow.intake.recognise.layout import before_a_table, has_bullet, joined, paragraphs, without_bullet

LONGEST_HEADING = 200

_QUESTION = re.compile(
    r"(?:และ\s?)?(?:([0-9๐-๙]{1,2})\s?[.)]\s?)?ข้อ\s?([eE]\s?[0-9๐-๙]{1,2})(?![0-9๐-๙])\s?(?:ประเด็น\s?)?(.*)"
)
_LIKE_A_QUESTION = re.compile(r"(?:และ\s?)?[0-9๐-๙]{1,2}\s?[.)]\s?ข้อ(?:\s|$)")
_ITEM_HEADING = re.compile(rf"ข้อ\s?({ITEM_CODE})(?![0-9๐-๙])\s?(.*)")
_CITATION = re.compile(r"\((?:อ้างอิง(?:จาก|ตาม)?|ตาม)\s?([^()]{1,100})\)")
_CODE = re.compile(rf"(?<![0-9A-Za-z๐-๙])(?:{ITEM_CODE})(?![0-9๐-๙])")
_THEREFORE = "ดังนั้น"


@dataclass
class _Block:
    """The lines that belong to one finding while they are gathered."""

    channel: Channel
    code: str
    number: int | None
    title: str
    lines: list[Line] = field(default_factory=list)


def findings_of(lines: Sequence[Line], notebook: Notebook) -> tuple[DraftFinding, ...]:
    """All findings in source order, which is by weight and not by number."""
    captions = before_a_table(lines)
    drafts: list[DraftFinding] = []
    for block in _blocks(lines, notebook):
        earlier = [draft for draft in drafts if draft.channel is block.channel]
        first = next((draft for draft in earlier if draft.code == block.code), None)
        if first:
            notebook.problem(
                notebook.place_of(block.lines[0]),
                found("found_twice", code=block.code, row=notebook.place_of(first.lines["code"])),
                needed("needed_once"),
            )
        else:
            drafts.append(_finding(block, len(earlier) + 1, captions, notebook))
    return tuple(drafts)


def _blocks(lines: Iterable[Line], notebook: Notebook) -> list[_Block]:
    blocks: list[_Block] = []
    channel: Channel | None = None
    is_open = False
    for line in lines:
        if line.is_row or _is_heading(line):
            channel, is_open = (None if line.is_row else _channel_of(line.text)), False
        elif block := _start(line, channel, notebook):
            blocks.append(block)
            is_open = True
        elif is_open:
            blocks[-1].lines.append(line)
    return blocks


def _is_heading(line: Line) -> bool:
    begins = line.text.startswith("ข้อเสนอแนะ") or (line.text.startswith("ส่วนที่") and "EIT" in line.text)
    return begins and len(line.text) <= LONGEST_HEADING


def _channel_of(heading: str) -> Channel | None:
    words = arabic_digits(heading).casefold()
    if "oit" in words:
        return Channel.OIT
    if not words.startswith("ส่วนที่"):
        return None
    if "survey" in words or words.startswith(("ส่วนที่2", "ส่วนที่ 2")):
        return Channel.EIT_SURVEY
    return Channel.EIT_PUBLIC


def _start(line: Line, channel: Channel | None, notebook: Notebook) -> _Block | None:
    if channel is Channel.OIT:
        return _item_start(line)
    match = _QUESTION.match(line.text)
    if match and channel:
        number = int(arabic_digits(match[1])) if match[1] else None
        code = arabic_digits("".join(match[2].split())).lower()
        return _Block(channel, code, number, "", [Line(line.number, (match[3],))])
    if match:
        notebook.problem(notebook.place_of(line), line.text, needed("needed_channel"))
    elif channel and _LIKE_A_QUESTION.match(line.text):
        notebook.problem(notebook.place_of(line), line.text, needed("needed_finding"))
    return None


def _item_start(line: Line) -> _Block | None:
    match = _ITEM_HEADING.match(line.text)
    code = item_code(match[1]) if match else None
    if match is None or code is None:
        return None
    return _Block(Channel.OIT, code.lower(), None, match[2], [Line(line.number, ("",))])


def _finding(block: _Block, sequence: int, captions: set[int], notebook: Notebook) -> DraftFinding:
    if block.number not in (None, sequence):
        notebook.doubt("sequence", block.lines[0].number, f"{block.number}. {block.code}", sequence=sequence)
    body, response = _body_and_response(block, captions)
    issue, _, advice = joined(body).partition(_THEREFORE)
    lines = {"code": block.lines[0].number, "issue": (body or block.lines)[0].number}
    lines |= _places(body, {"advice": _THEREFORE}) | ({"response": response[0].number} if response else {})
    items, cited_on = _items(block, body)
    return DraftFinding(
        channel=block.channel,
        sequence=sequence,
        code=block.code,
        issue=issue.strip(),
        advice=advice.strip(),
        items=items,
        response=without_bullet(joined(response)),
        lines=lines | ({"items": cited_on} if items else {}),
        title=block.title,
    )


def _body_and_response(block: _Block, captions: set[int]) -> tuple[list[Line], list[Line]]:
    """What the assessor found and advises, and the answer to an appeal, which stands as an item of a list."""
    parts = [part for part in paragraphs(block.lines) if any(line.text for line in part)]
    if len(parts) > 1 and parts[-1][0].number in captions and not has_bullet(parts[-1][0].text):
        parts.pop()
    body = [line for part in parts for line in part]
    answer = next(
        (i for i, line in enumerate(body) if block.channel is Channel.OIT and has_bullet(line.text)), len(body)
    )
    return body[:answer], body[answer:]


def _places(body: Iterable[Line], words: dict[str, str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for line in body:
        for name, word in words.items():
            if word in line.text:
                places.setdefault(name, line.number)
    return places


def _items(block: _Block, body: Sequence[Line]) -> tuple[tuple[str, ...], int]:
    """Codes in the order in which they are cited, each once, and the line of the first."""
    cited = [(block.code.upper(), block.lines[0].number)] if block.channel is Channel.OIT else []
    for line in body:
        codes = [code for citation in _CITATION.findall(line.text) for code in _CODE.findall(citation)]
        cited += [(code, line.number) for written in codes if (code := item_code(written))]
    return tuple(dict.fromkeys(code for code, _ in cited)), cited[0][1] if cited else 0
