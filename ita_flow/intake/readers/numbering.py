"""The numbers and bullets that Word writes before the paragraphs of a list, and keeps apart from their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from xml.etree.ElementTree import Element

from ita_flow.domain.thai import thai_digits
from ita_flow.intake.readers.archive import Archive, attribute, child, local_name, number_of

BULLET = "- "
_LEVEL = re.compile(r"%([1-9])")
_ARABIC = ("decimal", "decimalZero", "decimalFullWidth")
_THAI = ("thaiNumbers", "thaiCounting")

Level = tuple[str, str, int]
"""How its numbers are written, the text around them, and the first of them."""


@dataclass
class Numbering:
    """The lists of a document, and how far each was counted."""

    archive: Archive
    parts: dict[str, str]
    counted: dict[str, Counter[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: Archive, document: str) -> Numbering:
        return cls(archive, {kind.rpartition("/")[2]: part for kind, part in archive.relations(document).values()})

    @cached_property
    def levels(self) -> dict[str, dict[int, Level]]:
        part = self.parts.get("numbering", "")
        return _levels(self.archive, part) if self.archive.holds(part) else {}

    @cached_property
    def by_style(self) -> dict[str, tuple[str, int]]:
        # The styles are often the largest part of a short document, and few paragraphs name one.
        part = self.parts.get("styles", "")
        return dict(_styles(self.archive, part)) if self.archive.holds(part) else {}

    def mark_of(self, paragraph: Element) -> str:
        """What Word shows before this paragraph, with a space; counts it. Letters and Roman numbers are left out."""
        of_list, depth = self._list_of(paragraph)
        level = self.levels.get(of_list, {}).get(depth) if of_list else None
        if level is None or not _has_text(paragraph):
            return ""
        counted = self.counted.setdefault(of_list, Counter())
        counted[depth] += 1
        for deeper in [one for one in counted if one > depth]:
            del counted[deeper]
        return self._mark(level, self.levels[of_list], counted)

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        properties = child(paragraph, "pPr")
        own = child(properties, "numPr")
        if own is not None:
            return attribute(child(own, "numId"), "val") or "", number_of(child(own, "ilvl"))
        style = attribute(child(properties, "pStyle"), "val")
        return self.by_style.get(style, ("", 0)) if style else ("", 0)

    def _mark(self, level: Level, levels: dict[int, Level], counted: Counter[int]) -> str:
        style, around, _ = level
        if style == "bullet":
            return BULLET
        if style not in _ARABIC + _THAI:
            return ""

        def number(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            first = levels[depth][2] if depth in levels else 1
            return str(first + max(0, counted[depth] - 1))

        mark = _LEVEL.sub(number, around[:40])
        return f"{thai_digits(mark) if style in _THAI else mark} "


def _has_text(paragraph: Element) -> bool:
    return any(local_name(one) == "t" and one.text for one in paragraph.iter())


def _levels(archive: Archive, part: str) -> dict[str, dict[int, Level]]:
    patterns: dict[str, dict[int, Level]] = {}
    lists: dict[str, dict[int, Level]] = {}
    for element in archive.elements(part, "abstractNum", "num"):
        if local_name(element) == "abstractNum":
            levels = (one for one in element if local_name(one) == "lvl")
            patterns[attribute(element, "abstractNumId") or ""] = {
                number_of(level, "ilvl"): _level(level) for level in levels
            }
        else:
            pattern = attribute(child(element, "abstractNumId"), "val") or ""
            lists[attribute(element, "numId") or ""] = patterns.get(pattern, {})
    return lists


def _level(level: Element) -> Level:
    return (
        attribute(child(level, "numFmt"), "val") or "decimal",
        attribute(child(level, "lvlText"), "val") or "",
        number_of(child(level, "start"), default=1),
    )


def _styles(archive: Archive, part: str) -> Iterator[tuple[str, tuple[str, int]]]:
    for style in archive.elements(part, "style"):
        numbered = child(child(style, "pPr"), "numPr")
        number = attribute(child(numbered, "numId"), "val")
        if number:
            yield attribute(style, "styleId") or "", (number, number_of(child(numbered, "ilvl")))
