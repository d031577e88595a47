"""Whatever is done to a document, it is read or refused; reading never breaks."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ita_flow.intake import read_plan
from tests.growth import grows_evenly
from tests.intake.documents import AGENCY, YEAR, read, report

LINES = report().split("\n")
SECONDS_OF_NOISE = 0.5
ODD = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    [
        "\t",
        "\t\t\t\t\t\t",
        "๐34",
        "ข้อ e1",
        "และ 9. ข้อ",
        "- ผลคะแนน",
        "(อ้างอิงจาก",
        "8. ",
        "\u0930",
        "31 กุมภาพันธ์ 2567",
        "**",
    ]
)


@st.composite
def mutated_reports(draw: st.DrawFn) -> str:
    """The report with some lines dropped, doubled, swapped, cut or filled with odd letters."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        cut = draw(st.integers(0, len(lines[at])))
        odd = draw(ODD)
        lines[at : at + 1] = draw(
            st.sampled_from(
                [
                    [],
                    [lines[at]] * 2,
                    [odd],
                    [lines[at][:cut]],
                    [lines[at][:cut] + odd + lines[at][cut:]],
                    lines[at : at + 2][::-1],
                ]
            )
        )
    return "\n".join(lines)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated_reports())
def test_a_mutated_report_is_read_or_refused(text: str) -> None:
    reading = read(text)

    assert (reading.draft is None) == bool(reading.problems)
    assert all(problem.place and problem.found and problem.needed for problem in reading.problems)
    assert all(doubt.suggestion and 1 <= doubt.line <= len(re.split("\r\n|\r|\n", text)) for doubt in reading.doubts)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.integers(0, len(report().encode())))
def test_bytes_put_anywhere_are_read_or_refused(odd: bytes, at: int) -> None:
    content = report().encode()

    reading = read_plan(content[:at] + odd + content[at:], "report.txt", YEAR, AGENCY)

    assert (reading.draft is None) == bool(reading.problems)


@pytest.mark.parametrize(
    "part",
    [
        report(),
        "กา" * 49_000 + "\n",
        "\u200b" * 90_000 + "ก\n",
        "1. กระบวนการปฏิบัติงานที่โปร่งใสและประสิทธิภาพ\n" * 1_000,
        "ส่วนที่ 1 (EIT Public)\n" + "1. ข้อ e1 " + "(อ้างอิงจาก " * 7_000 + "\n",
        "ผลการประเมินมาตรการ" * 5_000 + "\n",
        "่" * 90_000 + "\n",
        "มอบหมาย" * 12_000 + "\n",
        "1 \t" * 24_000 + "\n",
    ],
    ids=[
        "reports",
        "one syllable",
        "invisible",
        "headings",
        "brackets",
        "openings of years",
        "marks",
        "words",
        "cells",
    ],
)
def test_twice_the_document_takes_no_more_than_twice_the_work(part: str) -> None:
    assert grows_evenly(read_without_end, part * 2, part * 4, times=4, noise=SECONDS_OF_NOISE)


def read_without_end(text: str) -> None:
    assert read(text).draft is None
