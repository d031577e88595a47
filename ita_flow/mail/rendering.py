"""A mail in words: its three parts from the templates in ``templates/email/<message>/``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import current_app

from ita_flow.domain.languages import Language
from ita_flow.i18n import NO_BREAK, language
from ita_flow.i18n.parts import with_thai_marked
from ita_flow.i18n.thai_lines import held_together

EMPTY_LINES = re.compile(r"\n{3,}")
BEFORE_A_UNIT = re.compile(r"(?<![0-9])([0-9]{1,3}) (?=[\u0e01-\u0e44])")
"""Where no line breaks on a page: between a number and what it counts."""

BETWEEN_TAGS = re.compile(r">[^<]+")
NO_WRAP = 'style="white-space:nowrap"'
"""Mail programs know no classes of ours."""


@dataclass(frozen=True)
class Message:
    """A mail in words, in the recipient's language."""

    subject: str
    text: str
    html: str
    language: Language = Language.THAI


def render(message: str, **values: object) -> Message:
    """The mail of this name; call it in the language of its reader."""
    templates = current_app.jinja_env
    subject, text, html = (
        templates.get_template(f"email/{message}/{part}").render(**values)
        for part in ("subject.txt", "body.txt", "body.html")
    )
    return Message(_plain(subject).strip(), _plain(text).strip() + "\n", _dressed(html), language())


def _dressed(html: str) -> str:
    """The page of a mail with what a reader of its language needs."""
    if language() is Language.ENGLISH:
        return with_thai_marked(html)
    head, body = BEFORE_A_UNIT.sub(rf"\1{NO_BREAK}", html).split("<body", 1)
    return f"{head}<body{BETWEEN_TAGS.sub(lambda text: held_together(text[0], NO_WRAP), body)}"


def _plain(text: str) -> str:
    """Text without spaces that only a browser needs, and without gaps where a template left something out."""
    return EMPTY_LINES.sub("\n\n", text.replace(NO_BREAK, " "))
