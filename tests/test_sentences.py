"""Every refusal has a Thai sentence, with all that the sentence needs; every sentence can be translated."""

from __future__ import annotations

import ast
import inspect
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pytest
from flask import Flask
from flask_babel import Babel

from ita_flow import wording
from ita_flow.domain import refusals
from ita_flow.domain.refusals import Refusal
from ita_flow.domain.states import PlanDeed, ProposalDeed, ReportDeed, TaskDeed
from tests.source import THAI, Module, calls_of, modules, name_called

KINDS = frozenset(name for name, kind in inspect.getmembers(refusals, inspect.isclass) if issubclass(kind, Refusal))
EXPANSIONS: Mapping[tuple[str, str], type[StrEnum]] = {
    ("plan_", "deed.value"): PlanDeed,
    ("proposal_", "deed.value"): ProposalDeed,
    ("report_", "deed.value"): ReportDeed,
    ("task_", "deed.value"): TaskDeed,
}
"""What may stand in the braces of a key that is written as an f-string, by how the key begins."""


@dataclass(frozen=True)
class Raised:
    """A refusal that the program makes."""

    place: str
    key: str
    values: frozenset[str | None]
    """Names of what it brings; with None among them they are not all known here."""


@pytest.fixture(scope="module")
def raised() -> list[Raised]:
    """Every refusal with a key that can be read off; a variable in its place is passed over."""
    found = [
        Raised(module.place(call), key, frozenset(keyword.arg for keyword in call.keywords))
        for module in modules()
        for call in calls_of(module, KINDS)
        for key in _keys_of(module, call)
    ]
    assert found
    return found


def _keys_of(module: Module, call: ast.Call) -> list[str]:
    key = call.args[0] if call.args else None
    if isinstance(key, ast.Constant):
        return [str(key.value)]
    if isinstance(key, ast.JoinedStr):
        begins = ast.literal_eval(key.values[0])
        return [
            "".join(parts) for parts in itertools.product(*(_spellings(module, part, begins) for part in key.values))
        ]
    return []


def _spellings(module: Module, part: ast.expr, begins: str) -> list[str]:
    if isinstance(part, ast.Constant):
        return [str(part.value)]
    assert isinstance(part, ast.FormattedValue)
    written = ast.unparse(part.value)
    assert (begins, written) in EXPANSIONS, f"{module.place(part)}: add what {{{written}}} can be to EXPANSIONS"
    return [member.value for member in EXPANSIONS[begins, written]]


@pytest.fixture
def thai() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_locale="th")
    with app.app_context():
        yield


def test_every_refusal_can_be_put_into_words(raised: list[Raised]) -> None:
    speechless = {f"{refusal.place} {refusal.key}" for refusal in raised if not wording.knows(refusal.key)}

    assert not speechless


@pytest.mark.usefixtures("thai")
def test_every_refusal_brings_what_its_sentence_needs(raised: list[Raised]) -> None:
    lacking = [f"{refusal.place} {refusal.key} {missing}" for refusal in raised for missing in _missing(refusal)]

    assert not lacking


def _missing(refusal: Raised) -> Iterator[str]:
    if None in refusal.values or not wording.knows(refusal.key):
        return
    values = {str(name): 1 for name in refusal.values}
    try:
        wording.sentence_of(Refusal(refusal.key, **values))
    except KeyError as error:
        yield f"lacks {error}"


def test_every_key_has_one_sentence() -> None:
    nouns = [getattr(noun, "SENTENCES", {}) for _, noun in inspect.getmembers(wording, inspect.ismodule)]

    keys = [key for sentences in nouns for key in sentences]

    assert keys
    assert [key for key in keys if keys.count(key) > 1] == []


TRANSLATIONS = frozenset({"_", "_l", "gettext", "lazy_gettext", "ngettext", "lazy_ngettext"})
BEFORE_ANY_LANGUAGE = frozenset({"BadSetting"})
"""Settings are read before it is known who reads."""

SPEAKING_ROOMS = {"queries", "mail", "workflow", "web", "api", "jobs"}
"""The command line is apart: its Thai stands where the help of each command needs it."""

LISTS_OF_WORDS = {"ita_flow.i18n.thai_lines"}
"""Modules about words, which say nothing to anybody."""


def test_every_sentence_can_be_translated() -> None:
    bare = [
        sentence
        for module in modules()
        if module.room in SPEAKING_ROOMS and module.name not in LISTS_OF_WORDS
        for sentence in _untranslated(module)
    ]

    assert not bare


def _untranslated(module: Module) -> Iterator[str]:
    """Thai strings outside the functions that translate; docstrings are let be."""
    calls = [node for node in ast.walk(module.tree) if _translates(node)]
    let_be = {part for call in calls for part in ast.walk(call)}
    let_be |= {node.value for node in ast.walk(module.tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(module.tree):
        if _is_thai(node) and node not in let_be:
            yield f"{module.place(node)} {ast.unparse(node)}"


def _is_thai(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(THAI.search(node.value))


def _translates(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and name_called(node) in TRANSLATIONS | BEFORE_ANY_LANGUAGE
