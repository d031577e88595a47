"""The house holds: floors, one clock, plain names, small files, nothing from outside."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from tests.source import PACKAGE, ROOT, Module, calls_of, imports_of, modules, room_of

FLOORS = (
    "domain",
    "config extensions",
    "i18n storage database free_days",
    "schema",
    "wording",
    "models",
    "queries",
    "mail documents intake",
    "workflow",
    "web api",
    "entrance",
    "jobs demo",
    "serving",
    "cli",
)
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms.split()}
DOORS = {"web", "api", "entrance", "jobs", "demo", "serving", "cli"}
MOST_LINES = 300


def height(room: str) -> int:
    assert room in HEIGHT, f"give {room} a place in FLOORS"
    return HEIGHT[room]


def test_imports_point_downwards() -> None:
    climbing = [
        f"{place} imports {name}"
        for module in modules()
        for place, name in imports_of(module)
        if name.split(".")[0] == "ita_flow" and room_of(name) != module.room
        if height(room_of(name)) >= height(module.room)
    ]

    assert not climbing


def test_the_domain_is_plain_python() -> None:
    plain = sys.stdlib_module_names | {"ita_flow"}

    guests = [
        f"{place} imports {name}"
        for module in modules()
        if module.room == "domain"
        for place, name in imports_of(module)
        if name.split(".")[0] not in plain
    ]

    assert not guests


def test_only_the_web_knows_of_requests() -> None:
    curious = [
        module.place(node)
        for module in modules()
        if module.room not in ("web", "api")
        for node in _imports_from(module, "flask", "flask_login")
        if {alias.name for alias in node.names} & {"request", "session", "g", "current_user"}
    ]

    assert not curious


def _imports_from(module: Module, *packages: str) -> Iterator[ast.ImportFrom]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module in packages:
            yield node


CLOCK = "ita_flow.domain.clock"
READINGS = frozenset({"now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime"})
KINDS_OF_TIME = {"date", "datetime", "time"}


def test_only_the_clock_reads_the_time() -> None:
    readings = [
        module.place(call)
        for module in modules()
        if module.name != CLOCK
        for call in calls_of(module, READINGS)
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).split(".")[-1] in KINDS_OF_TIME
    ]

    assert not readings


def test_only_doors_look_at_the_clock() -> None:
    looks = [
        module.place(node)
        for module in modules()
        if module.room not in DOORS
        for node in _imports_from(module, "ita_flow.extensions", CLOCK)
        if {alias.name for alias in node.names} & {"clock", "real_now"}
    ]

    assert not looks


EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "handle", "handler", "process", "data", "do"}
NAMES_OF_OTHERS = {"process_bind_param", "process_result_value"}
"""Methods that a library calls by this name."""


def test_names_say_something() -> None:
    empty = [
        place
        for module in modules()
        for place, name in _names_in(module)
        if name not in NAMES_OF_OTHERS and set(_words(name)) & EMPTY_WORDS
    ]

    assert not empty


def _names_in(module: Module) -> Iterator[tuple[str, str]]:
    yield str(module), module.path.stem
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield f"{module.place(node)} {node.name}", node.name


def _words(name: str) -> list[str]:
    return re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")


def test_modules_are_short() -> None:
    long = [str(module) for module in modules() if len(module.text.splitlines()) > MOST_LINES]

    assert not long


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_lock_files_name_no_address(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")

    assert "--hash=sha256:" in lock
    assert "://" not in lock


FROM_ELSEWHERE = re.compile(r"(url\(\s*|@import\s+|fetch\(|from\s+|import\s+)['\"]?(https?:)?//")


def test_own_styles_and_scripts_load_nothing_from_elsewhere() -> None:
    files = [path for path in (PACKAGE / "static").rglob("*") if path.suffix in (".css", ".js")]

    assert not [str(path) for path in files if FROM_ELSEWHERE.search(path.read_text(encoding="utf-8"))]
