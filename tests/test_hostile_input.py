"""Texts and files made to hold the program up: what is twice as long takes about twice as long, and no more."""

from __future__ import annotations

import importlib
import io
import pkgutil
import re
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

import pytest

import ita_flow
from ita_flow.domain.files import LARGEST_INDEX, MAX_NAME, clean_name, recognise
from ita_flow.domain.passwords import check_password
from ita_flow.domain.refusals import Invalid
from ita_flow.domain.searching import Search
from tests.growth import grows_evenly

LENGTH = 25_000
SECONDS_OF_NOISE = 0.2
SEEDS = [*"aก1๑ \n\t-.(*Oກ\u0915ุ\u0e4d", "ข้อ ", "1. ", "- ", "O1 ", "OIT", "คะแนน", "คะแนน ", "ระดับจังหวัด", "มาตรการ"]
SEEDS += ["ผลการประเมิน", "และ ", "อบจ.", "ของ", "ภายใน", "(ตาม ", "มุ่งเน้นที่ ", "ใน6เดือนแรก"]


def patterns() -> Iterator[re.Pattern[str]]:
    """Every pattern that stands in a module of the program, alone or in a table."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(ita_flow.__path__, "ita_flow."):
        for value in vars(importlib.import_module(module.name)).values():
            found |= {one.pattern: one for one in _patterns_in(value)}
    return iter(found.values())


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple | set | frozenset):
        for part in value:
            yield from _patterns_in(part)
    elif isinstance(value, dict):
        yield from _patterns_in([*value.keys(), *value.values()])


def holds_nobody_up(deed: Callable[[str], object], once: str, twice: str) -> bool:
    return grows_evenly(deed, once, twice, times=3, noise=SECONDS_OF_NOISE)


def test_all_patterns_are_found() -> None:
    assert len(list(patterns())) >= 45


@pytest.mark.parametrize("pattern", list(patterns()), ids=lambda pattern: ascii(pattern.pattern)[:40])
def test_no_text_holds_a_pattern_up(pattern: re.Pattern[str]) -> None:
    ways: Iterable[Callable[[str], object]] = (lambda text: pattern.sub("", text), pattern.fullmatch)
    for seed in SEEDS:
        text = (seed * LENGTH)[:LENGTH]
        for way in ways:
            assert holds_nobody_up(way, text, text + text + "\u0001"), ascii(seed)


def a_document(parts: int, *, named: bytes = b"word/document.xml") -> io.BytesIO:
    """A zip that lists a part so many times and holds nothing."""
    head = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, *[0] * 7, len(named), *[0] * 6)
    index, start = (head + named) * parts, b"PK\x03\x04" + bytes(26)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, parts & 0xFFFF, parts & 0xFFFF, len(index), len(start), 0)
    return io.BytesIO(start + index + end)


def test_a_document_of_a_million_parts_is_refused_before_its_list_is_read() -> None:
    bomb = a_document(LARGEST_INDEX // 40)

    with pytest.raises(Invalid, match="file_unpacks_too_large"):
        recognise("จดหมาย.docx", bomb)


def test_an_ordinary_document_is_accepted() -> None:
    assert recognise("จดหมาย.docx", a_document(1)).media_type.startswith("application/vnd.openxml")


@pytest.mark.parametrize(("place", "byte"), [(place, byte) for place in range(-22, 0) for byte in (0, 0x7F, 0xFF)])
def test_a_document_with_a_broken_end_breaks_nothing_else(place: int, byte: int) -> None:
    content = bytearray(a_document(2).getvalue())
    content[place] = byte

    with suppress(Invalid):
        recognise("จดหมาย.docx", io.BytesIO(bytes(content)))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("line\nbreak\r\nX-Evil: 1.pdf", "linebreakX-Evil: 1.pdf"),
        ('"; filename=evil.exe; x=".pdf', '"; filename=evil.exe; x=".pdf'),
        ("a\\b/c\\ง.pdf", "ง.pdf"),
        ("ก" * 300, "ก" * MAX_NAME),
        ("a." + "b" * 300, "a." + "b" * (MAX_NAME - 2)),
        ("ก" * 300 + ".docx", "ก" * (MAX_NAME - 5) + ".docx"),
    ],
    ids=lambda text: ascii(text)[:30],
)
def test_a_name_is_cleaned_and_never_too_long(name: str, kept: str) -> None:
    assert clean_name(name) == kept


def test_piled_up_marks_hold_nobody_up() -> None:
    """Composing such a text takes the square of its length."""
    piled = "a" + "\u0301\u0323" * 50_000

    for way in (clean_name, _refused_as_password):
        assert holds_nobody_up(way, piled, piled + piled)


def test_a_text_of_nothing_but_marks_holds_no_search_up() -> None:
    """Each of them is a hit, and belongs to the letter before the first."""
    found, marks = Search("\u0e35"), "\u0e35" * 2_500

    for way in (found.marked, found.passage):
        assert holds_nobody_up(way, marks, marks + marks)


def _refused_as_password(text: str) -> None:
    with pytest.raises(Invalid, match="password_too_long"):
        check_password(text, ())
