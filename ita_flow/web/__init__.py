"""HTTP: request, session and the signed-in person live here and nowhere else."""

from __future__ import annotations

from flask import Flask

from ita_flow.web import (
    access,
    addresses,
    approvals,
    assessments,
    assets,
    auth,
    bodies,
    bulk_approvals,
    dashboard,
    demo,
    errors,
    evidence,
    frame,
    headers,
    health,
    home,
    plans,
    progress_reports,
    tasks,
)

ROOMS = (
    approvals.bp,
    assessments.bp,
    assets.bp,
    auth.bp,
    bulk_approvals.bp,
    dashboard.bp,
    demo.bp,
    evidence.bp,
    health.bp,
    home.bp,
    plans.bp,
    progress_reports.bp,
    tasks.bp,
)
"""The families of pages, in alphabetical order."""


def open_door(app: Flask) -> None:
    """Bring the pages to the application."""
    app.request_class = bodies.BoundedRequest
    app.url_map.converters["int"] = addresses.RowNumber
    access.guard(app)
    headers.dress(app)
    errors.answer_for_errors(app)
    frame.furnish(app)
    for room in ROOMS:
        app.register_blueprint(room)
