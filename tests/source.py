"""The program read as text: what its modules import, raise and call."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "ita_flow"
TEMPLATES = ROOT / "templates"
THAI = re.compile("[\u0e00-\u0e7f]+")


@dataclass(frozen=True)
class Module:
    """A file of the program."""

    path: Path

    def __str__(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        """``ita_flow.models.plans``; a package bears the name of its folder."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def room(self) -> str:
        return room_of(self.name)

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return _tree(self.path)

    def place(self, node: ast.AST) -> str:
        return f"{self}:{getattr(node, 'lineno', 1)}"


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def modules() -> list[Module]:
    return [Module(path) for path in sorted(PACKAGE.rglob("*.py"))]


@cache
def module_names() -> frozenset[str]:
    return frozenset(module.name for module in modules())


def room_of(name: str) -> str:
    """The first part below ``ita_flow``; what stands in ``ita_flow/__init__.py`` is the entrance."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else "entrance"


def imports_of(module: Module) -> Iterator[tuple[str, str]]:
    """Place and dotted name of everything that is imported, inside functions too."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((module.place(node), alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.place(node)}: write the whole name of what is imported"
            yield from ((module.place(node), _imported(node.module or "", alias.name)) for alias in node.names)


def _imported(package: str, name: str) -> str:
    """``from ita_flow import models`` imports a module, ``from ita_flow import create_app`` does not."""
    return f"{package}.{name}" if f"{package}.{name}" in module_names() else package


def calls_of(module: Module, names: frozenset[str]) -> Iterator[ast.Call]:
    """Calls of functions or classes with one of these names."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and name_called(node) in names:
            yield node


def name_called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
