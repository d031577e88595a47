"""HTTP: request, session and the signed-in person live here and nowhere else."""

from __future__ import annotations

from flask import Flask


def open_door(app: Flask) -> None:
    """Bring the pages to the application."""
