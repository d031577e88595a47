"""However a table is made, twice as much of it takes no more than twice the work."""

from __future__ import annotations

import pytest

from tests.growth import grows_evenly
from tests.intake.documents import read

HEADING = "ประเด็น\tหัวข้อการวิเคราะห์\tมาตรการ\tผู้รับผิดชอบ\tหน่วยงาน\tระยะเวลา\n"
ROW = "1\tO1\tก\tกองคลัง\tนายดี\tตลอดปี\n"
SECONDS_OF_NOISE = 0.5


def numbered(row: str, count: int = 800) -> str:
    """So many rows that all differ."""
    return HEADING + "".join(row.format(number) for number in range(count))


@pytest.mark.parametrize(
    "part",
    [
        HEADING * 1_000,
        (HEADING + ROW) * 500,
        "ประเด็น\tมาตรการ\tx\t\n\t\tผู้รับผิดชอบ\tระยะเวลา\n" * 1_000,
        HEADING + ROW + "\tต่อ\t\t\tต่อ\t\n" * 2_000,
        numbered("1\tO1 เรื่อง{0}\tก{0}\tกอง{0}\tนายดี\tตลอดปี {0}\n"),
        numbered("กระบวนการกำกับดูแลการใช้ทรัพย์สินของ{0:07}\tO1\tก\tกองคลัง\tนายดี\tตลอดปี\n"),
        numbered("ก\nข้อ{0}\tO1\tก\tนาย\tนายดี\tนาย{0}\n"),
        HEADING + "1\t" + "o1-o99, " * 2_000 + "\tก\tกองคลัง\t\tตลอดปี\n",
        HEADING + "1\tO1\tก\t" + "กองคลัง และ " * 1_500 + "\t\t" + "ตลอด" * 1_500 + "\n",
        HEADING + "1\t" + "ข้อ 1 - " * 2_000 + "\tก\t" + "ทุก(" * 2_000 + "\t\t6เดือน\n",
    ],
    ids=[
        "headings", "short tables", "headings in two lines", "cut rows", "units", "areas", "foreign rows", "ranges",
        "divisions", "half codes",
    ],
)  # fmt: skip
def test_twice_the_tables_take_no_more_than_twice_the_work(part: str) -> None:
    assert grows_evenly(read_without_end, part, part * 2, times=4, noise=SECONDS_OF_NOISE)


def read_without_end(text: str) -> None:
    assert read(text).draft is None
