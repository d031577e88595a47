"""Templates: every sentence can be translated, nothing stands in line, nothing comes from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import TEMPLATES, THAI

MOST_LINES = 120
ALL = sorted(path for path in TEMPLATES.rglob("*") if path.is_file())
PAGES = [path for path in ALL if "email" not in path.relative_to(TEMPLATES).parts]
"""Mails are apart: mail programs understand styles only in line."""

COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
TRANS = re.compile(r"\{%-?\s*trans\b.*?\{%-?\s*endtrans\s*-?%\}", re.DOTALL)
TRANSLATED = re.compile(r"\b(?:_|n?gettext)\(\s*(?:(?:\"[^\"]*\"|'[^']*')\s*,?\s*)+", re.DOTALL)
PLACEHOLDER = re.compile(r"placeholder=(\"[^\"]*\"|'[^']*')")
ADDRESS = re.compile(r"https?://\w|[\"'(=\s]//\w")
IN_LINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)(?![^>]*application/json)|javascript:",
    re.IGNORECASE,
)


def name_of(path: Path) -> str:
    return path.relative_to(TEMPLATES).as_posix()


def test_every_sentence_can_be_translated() -> None:
    assert not list(places(ALL, THAI, without=(COMMENT, TRANS, TRANSLATED)))


def test_nothing_stands_in_line() -> None:
    assert not list(places(PAGES, IN_LINE, without=(COMMENT,)))


def test_no_address_is_written_down() -> None:
    assert not list(places(PAGES, ADDRESS, without=(COMMENT, PLACEHOLDER)))


def test_templates_are_short() -> None:
    assert not [name_of(path) for path in ALL if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES]


def places(paths: list[Path], pattern: re.Pattern[str], without: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    """File, line and what was found, for the message of a failing test."""
    for path in paths:
        for number, line in enumerate(blanked(path.read_text(encoding="utf-8"), *without).splitlines(), start=1):
            yield from (f"templates/{name_of(path)}:{number} {match[0]}" for match in pattern.finditer(line))


def blanked(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with matches blanked out, every line where it was."""
    for pattern in patterns:
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text


@pytest.mark.parametrize(
    "sentence",
    ["<p>ไทย</p>", '<a title="ไทย">', "{{ 'ไทย' }}", '{{ _("ไทย") }} ไทย', "{% set x = 'ไทย' %}"],
)
def test_a_bare_sentence_is_found(sentence: str) -> None:
    assert THAI.search(blanked(sentence, COMMENT, TRANS, TRANSLATED))


@pytest.mark.parametrize(
    "sentence",
    [
        '{{ _("ไทย") }}',
        "{{ _('ไทย %(n)s', n=1) }}",
        '{{ ngettext("ไทย", "ไทย", 2) }}',
        "{% trans %}ไทย{% endtrans %}",
        "{# ไทย #}",
    ],
)
def test_a_wrapped_sentence_is_let_be(sentence: str) -> None:
    assert not THAI.search(blanked(sentence, COMMENT, TRANS, TRANSLATED))


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color:red">',
        "<style>",
        "<script>alert(1)</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_what_stands_in_line_is_found(line: str) -> None:
    assert IN_LINE.search(line)


@pytest.mark.parametrize("line", ['<link href="https://cdn.example/x.css">', '<script src="//cdn.example/x.js">'])
def test_an_address_is_found(line: str) -> None:
    assert ADDRESS.search(line)
