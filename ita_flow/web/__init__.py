"""HTTP: request, session and the signed-in person live here and nowhere else."""

from __future__ import annotations

from flask import Flask

from ita_flow.web import access, approvals, assets, auth, errors, evidence, frame, headers, health, progress_reports

ROOMS = (
    approvals.bp,
    assets.bp,
    auth.bp,
    evidence.bp,
    health.bp,
    progress_reports.bp,
)
"""The families of pages, in alphabetical order."""


def open_door(app: Flask) -> None:
    """Bring the pages to the application."""
    access.guard(app)
    headers.dress(app)
    errors.answer_for_errors(app)
    frame.furnish(app)
    for room in ROOMS:
        app.register_blueprint(room)
