"""The program knows how plans are written, and nothing of the one document it was first tried on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ita_flow.domain.areas import AREAS
from ita_flow.domain.scoring import INDICATORS, INSTRUMENTS
from tests.seed import seed
from tests.source import PACKAGE

LONGEST_SHARED_RUN = 29
OF_THE_PLAN = "มาตรการส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน"
"""What the assessment calls the plan of every agency."""

OFFICIAL_NAMES = [OF_THE_PLAN, *AREAS.values(), *INDICATORS.values(), *(rule.name for rule in INSTRUMENTS.values())]
BETWEEN = "\0"


def letters_of(text: str) -> str:
    return "".join(text.split())


def without_official_names(text: str) -> str:
    for name in sorted(map(letters_of, OFFICIAL_NAMES), key=len, reverse=True):
        text = text.replace(name, BETWEEN)
    return text


def runs_of(text: str, length: int) -> Iterator[str]:
    return (text[start : start + length] for start in range(len(text) - length + 1))


def shared_with(document: str, program: str) -> list[str]:
    known = set(runs_of(letters_of(document), LONGEST_SHARED_RUN + 1))
    written = without_official_names(letters_of(program))
    return [run for run in runs_of(written, LONGEST_SHARED_RUN + 1) if run in known]


def texts_of_the_program() -> Iterator[tuple[Path, str]]:
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            try:
                yield path, path.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


@pytest.mark.seed
def test_no_sentence_of_the_document_stands_in_the_program() -> None:
    document = seed().decode()

    copied = {
        str(path.relative_to(PACKAGE)): runs
        for path, text in texts_of_the_program()
        if (runs := shared_with(document, text))
    }

    assert copied == {}


def test_the_search_finds_a_copied_sentence_whatever_its_spaces() -> None:
    document = "ควบคุมการใช้รถส่วนกลางของหน่วยงานให้ถูกต้องตามระเบียบ"

    assert shared_with(document, "ควบคุม การใช้รถ ส่วนกลาง\nของหน่วยงานให้ถูกต้อง")
    assert not shared_with(document, "ควบคุมการใช้รถ ส่วนกลาง")


def test_the_search_lets_official_names_be() -> None:
    assert not shared_with(AREAS[5], f"ประเด็นที่ 5 {AREAS[5]}")
