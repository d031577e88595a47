"""The shapes that pages draw: parts fill the whole, words say what is drawn, and many weigh no more than some."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask, render_template_string

KINDS = ("done", "wait", "prog", "back", "none")
MANY = (0, 1, 7, 70, 700)

SEGMENTS = """
{% from "components/segment_bar.html" import segment_bar %}{{ segment_bar(parts, "ในคำพูด") }}"""
DOTS = """{% from "components/dot_line.html" import dot_line %}{{ dot_line(points, "คะแนน", "ปี 2566 ได้ 97.14") }}"""
TARGET = """{% from "components/target_bar.html" import target_bar %}{{ target_bar(percent, target, claimed) }}"""


def drawn(template: str, **given: object) -> Element:
    text = render_template_string(template, **given)
    assert not re.search(r"nan|none%|inf%|Undefined|-\d+(\.\d+)?%", text, re.IGNORECASE), text
    tree: Element = html5lib.parse(text, namespaceHTMLElements=False)
    for element in tree.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    return tree


def share(element: Element, name: str = "width") -> float:
    return float(element.get(name, "0").removesuffix("%"))


def parts_of(total: int) -> list[tuple[str, int]]:
    """So many, dealt out to all kinds in turn."""
    return [(kind, len(range(place, total, len(KINDS)))) for place, kind in enumerate(KINDS)]


def segments(tree: Element) -> list[Element]:
    return [one for one in tree.iter("rect") if "plain-only" not in one.get("class", "")]


@pytest.mark.parametrize("total", MANY)
def test_the_parts_of_a_bar_fill_it_without_a_gap(plain_app: Flask, total: int) -> None:
    rects = segments(drawn(SEGMENTS, parts=parts_of(total)))

    assert sum(map(share, rects)) == pytest.approx(100)
    ends = [round(share(one, "x") + share(one), 3) for one in rects]
    assert [share(one, "x") for one in rects[1:]] == pytest.approx(ends[:-1])


@pytest.mark.parametrize("total", MANY)
def test_each_state_of_a_bar_takes_its_share(plain_app: Flask, total: int) -> None:
    parts = parts_of(total)

    widths = dict.fromkeys(KINDS, 0.0)
    for rect in segments(drawn(SEGMENTS, parts=parts)):
        kind = rect.get("class", "f-wait").removeprefix("f-")
        widths[kind if total else "none"] += share(rect)

    for kind, number in parts:
        assert widths[kind] == pytest.approx(100 * number / total if total else 100 * (kind == "none"), abs=0.01)


def test_up_to_forty_each_has_its_own_part(plain_app: Flask) -> None:
    assert len(segments(drawn(SEGMENTS, parts=parts_of(7)))) == 7
    assert len(segments(drawn(SEGMENTS, parts=parts_of(40)))) == 40
    assert len(segments(drawn(SEGMENTS, parts=parts_of(41)))) == len(KINDS)


def test_a_bar_of_hundreds_weighs_no_more_than_one_of_dozens(plain_app: Flask) -> None:
    dozens, hundreds = (render_template_string(SEGMENTS, parts=parts_of(total)) for total in (70, 700))

    assert len(hundreds) <= len(dozens) + 40  # a few digits more


@pytest.mark.parametrize(("percent", "target", "claimed"), [(0, 0, 0), (56, 92, 70), (100, 100, 100), (120, None, 130)])
def test_a_bar_with_a_target_stays_within_its_width(
    plain_app: Flask, percent: int, target: int | None, claimed: int
) -> None:
    tree = drawn(TARGET, percent=percent, target=target, claimed=claimed)

    assert all(0 <= share(one) <= 100 for one in tree.iter("rect"))
    assert [share(one, "x1") for one in tree.iter("line")] == ([] if target is None else [target])


def years(*numbers: float | None) -> list[tuple[int, float | None]]:
    return list(enumerate(numbers, 2562))


@pytest.mark.parametrize(
    ("points", "dots", "lines"),
    [
        ([], 0, 0),
        (years(97.14), 1, 0),
        (years(None, None, None, None, 97.14), 1, 0),
        (years(80.5, 91.2, None, 95.0, 97.14), 4, 2),
        (years(*[90.0] * 7), 7, 6),
    ],
)
def test_dots_are_joined_only_where_years_follow_each_other(
    plain_app: Flask, points: Sequence[tuple[int, float | None]], dots: int, lines: int
) -> None:
    tree = drawn(DOTS, points=points)

    assert len(list(tree.iter("circle"))) == dots
    assert sum(one.get("class") == "l-teal w2" for one in tree.iter("line")) == lines
    told = ["".join(one.itertext()) for one in tree.iter("text")]
    for year, number in points:
        assert str(year) in told
        assert number is None or str(number) in told


@pytest.mark.parametrize("lowest", [0.0, 42.5, 79.99, 80.0, 100.0])
def test_no_dot_falls_below_its_axis(plain_app: Flask, lowest: float) -> None:
    tree = drawn(DOTS, points=years(lowest, 97.14))

    foot = max(float(one.get("y1", "0")) for one in tree.iter("line") if one.get("class") == "l-field")
    assert all(float(one.get("cy", "0")) <= foot for one in tree.iter("circle"))
