"""The catalogue is whole: what the program says is in it, in English, with the same places to fill.

``python3 dev.py words`` brings it up to date; what has no English then is written by hand.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from ita_flow.i18n.catalogue import ENGLISH_WORDS
from tests.source import ROOT, THAI

KEYWORDS = {"_": None, "_l": None, "gettext": None, "_lp": ((1, "c"), 2)}
PLACE = re.compile(r"%\(\w+\)[sd]|%%")
TAG = re.compile(r"</?[a-z][^>]*>")
CHOICE = re.compile(r"\{[^{}|%]*\|[^{}|%]*\}")


@dataclass(frozen=True)
class Entry:
    """A sentence of the program with its English; ``context`` tells two meanings of one Thai word apart."""

    context: str | None
    thai: str
    english: str
    is_guessed: bool


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    with ENGLISH_WORDS.open("rb") as words:
        messages = [message for message in read_po(words, locale="en") if message.id]
    return [Entry(one.context, str(one.id), str(one.string), one.fuzzy) for one in messages]


def test_it_holds_what_the_program_says_and_nothing_else(entries: list[Entry]) -> None:
    said, written = set(_said_by_the_program()), {(entry.context, entry.thai) for entry in entries}

    assert (said - written, written - said) == (set(), set()), "run: python3 dev.py words"


def _said_by_the_program() -> Iterator[tuple[str | None, str]]:
    """Each sentence with its context, as ``dev.py words`` finds them."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    for mapping in mappings:
        found = extract_from_dir(ROOT, [(mapping["pattern"], mapping["method"])], keywords=KEYWORDS)
        yield from ((context, str(sentence)) for _file, _line, sentence, _comments, context in found)


def test_everything_has_its_english(entries: list[Entry]) -> None:
    assert [entry.thai for entry in entries if not entry.english or entry.is_guessed] == []


def test_no_english_text_holds_thai(entries: list[Entry]) -> None:
    assert [entry.english for entry in entries if THAI.search(entry.english)] == []


@pytest.mark.parametrize("mark", [PLACE, TAG], ids=["places", "tags"])
def test_places_and_tags_are_those_of_the_thai(entries: list[Entry], mark: re.Pattern[str]) -> None:
    differing = [
        (entry.thai, entry.english)
        for entry in entries
        if Counter(mark.findall(entry.thai)) != Counter(mark.findall(entry.english))
    ]

    assert differing == []


def test_choices_are_whole_and_have_a_number_to_go_by(entries: list[Entry]) -> None:
    torn = [
        entry.english
        for entry in entries
        if set("{|}") & set(CHOICE.sub("", entry.english))
        or CHOICE.search(entry.english)
        and not PLACE.search(entry.english)
    ]

    assert torn == []


def test_what_is_glued_to_something_keeps_its_space(entries: list[Entry]) -> None:
    """ "และ" with a space before it, between two names, needs that space in English too."""
    glued = [entry for entry in entries if entry.thai != entry.thai.strip()]

    assert glued
    assert [entry.thai for entry in glued if entry.english == entry.english.strip()] == []
