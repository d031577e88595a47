"""HTTP: request, session and the signed-in person live here and nowhere else."""

from __future__ import annotations

from flask import Flask

from ita_flow.web import (
    access,
    acting_orders,
    activity,
    addresses,
    agency,
    approval_chains,
    approvals,
    assessment_windows,
    assessments,
    assets,
    assignments,
    auth,
    bodies,
    bulk_approvals,
    calendar,
    chase,
    dashboard,
    demo,
    divisions,
    errors,
    evidence,
    findings,
    frame,
    freshness,
    hand_overs,
    headers,
    health,
    holidays,
    home,
    languages,
    mail,
    mail_choices,
    mail_samples,
    measures,
    named_seats,
    notifications,
    people,
    people_import,
    plan_editing,
    plan_exports,
    plan_imports,
    plan_start,
    plans,
    posts,
    progress_reports,
    rehearsals,
    reminder_ledger,
    reminder_rules,
    search,
    settings,
    task_editing,
    task_exports,
    tasks,
    units,
    unsubscribing,
)

ROOMS = (
    acting_orders.bp,
    activity.bp,
    agency.bp,
    approval_chains.bp,
    approvals.bp,
    assessment_windows.bp,
    assessments.bp,
    assets.bp,
    assignments.bp,
    auth.bp,
    bulk_approvals.bp,
    calendar.bp,
    chase.bp,
    dashboard.bp,
    demo.bp,
    divisions.bp,
    evidence.bp,
    findings.bp,
    freshness.bp,
    hand_overs.bp,
    health.bp,
    holidays.bp,
    home.bp,
    languages.bp,
    mail.bp,
    mail_choices.bp,
    mail_samples.bp,
    measures.bp,
    named_seats.bp,
    notifications.bp,
    people.bp,
    people_import.bp,
    plan_editing.bp,
    plan_exports.bp,
    plan_imports.bp,
    plan_start.bp,
    plans.bp,
    posts.bp,
    progress_reports.bp,
    reminder_ledger.bp,
    reminder_rules.bp,
    search.bp,
    settings.bp,
    task_editing.bp,
    task_exports.bp,
    tasks.bp,
    units.bp,
    unsubscribing.bp,
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
    languages.listen(app)
    rehearsals.show_unseen_mails(app)
    for room in ROOMS:
        app.register_blueprint(room)
