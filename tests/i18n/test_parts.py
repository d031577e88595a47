"""Thai parts of an English page are marked, wherever they can be."""

from __future__ import annotations

import pytest

from ita_flow.i18n.parts import with_thai_marked


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>Division: กองคลัง</p>", '<p>Division: <span lang="th">กองคลัง</span></p>'),
        ("<p>กองคลัง และพัสดุ 2567</p>", '<p><span lang="th">กองคลัง และพัสดุ</span> 2567</p>'),
        ('<a title="กอง">x</a>', '<a title="กอง">x</a>'),
        ('<option value="1">กอง</option>', '<option lang="th" value="1">กอง</option>'),
        ("<option>All</option>", "<option>All</option>"),
        ("<title>กอง — ITA</title>", "<title>กอง — ITA</title>"),
        ("<textarea>กอง\n<b></textarea>", "<textarea>กอง\n<b></textarea>"),
        (
            '<svg aria-label="กอง"><title>กอง</title><text>กอง</text></svg><b>กอง</b>',
            '<svg aria-label="กอง"><title>กอง</title><text><tspan lang="th">กอง</tspan></text></svg>'
            '<b><span lang="th">กอง</span></b>',
        ),
        ("<script>กอง < 1</script>", "<script>กอง < 1</script>"),
        ("กอง &lt;ก&gt;", '<span lang="th">กอง</span> &lt;<span lang="th">ก</span>&gt;'),
    ],
)
def test_thai_is_marked(html: str, marked: str) -> None:
    assert with_thai_marked(html) == marked


def test_what_is_marked_is_not_marked_again() -> None:
    once = with_thai_marked("<p>กองคลัง</p>")

    assert with_thai_marked(once) == once


def test_nothing_is_lost() -> None:
    html = "a < b > ก\n<p class='x'>ข</p><!-- ค -->"

    assert with_thai_marked(html).replace('<span lang="th">', "").replace("</span>", "") == html
