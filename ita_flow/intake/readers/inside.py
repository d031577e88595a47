"""A program of its own, run by its path: an office file comes in, its lines or the refusal go out as JSON.

Whatever a hostile file makes of it, it can take no more memory, time or room than stand here.
"""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

MOST_MEMORY = 300 * 1024 * 1024
MOST_SECONDS = 5
PACKAGES = ("ita_flow", "ita_flow.intake", "ita_flow.intake.readers")


def answer(content: bytes) -> dict[str, Any]:
    """What goes out for these bytes."""
    refusals = importlib.import_module("ita_flow.domain.refusals")
    office = importlib.import_module("ita_flow.intake.readers.office")
    _bound()
    try:
        return asdict(office.transcribed(content))
    except refusals.Invalid as refusal:
        return {"refused": refusal.key, "values": refusal.values}


def _bound() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _stand_in_for_packages() -> None:
    """Their own modules open the whole house, which takes a second and a hundred megabytes."""
    root = Path(__file__).resolve().parents[3]
    for name in PACKAGES:
        package = ModuleType(name)
        package.__path__ = [str(root.joinpath(*name.split(".")))]
        sys.modules[name] = package


if __name__ == "__main__":
    _stand_in_for_packages()
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout)
