"""When something cannot be done: a page in Thai that says what happened, what to do, and the way back."""

from __future__ import annotations

import logging
import secrets
from urllib.parse import quote, urlsplit

from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, RequestEntityTooLarge, SecurityError

from ita_flow.config import MAX_FILE_BYTES, MEGABYTE, settings
from ita_flow.database import is_passing
from ita_flow.domain.refusals import NotPermitted, Refusal, Stale
from ita_flow.extensions import db
from ita_flow.web.access import begin_reading
from ita_flow.web.addresses import own_path
from ita_flow.wording import sentence_of

log = logging.getLogger(__name__)

RETRY_SECONDS = "5"


def answer_for_errors(app: Flask) -> None:
    """Give every way of failing its page."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(StaleDataError, someone_was_quicker)
    app.register_error_handler(IntegrityError, someone_was_quicker)
    app.register_error_handler(DBAPIError, database_failed)
    app.register_error_handler(SecurityError, unknown_host)
    app.register_error_handler(CSRFError, form_too_old)
    app.register_error_handler(404, not_found)
    app.register_error_handler(410, gone)
    app.register_error_handler(RequestEntityTooLarge, too_large)
    app.register_error_handler(InternalServerError, broken)
    app.register_error_handler(HTTPException, not_understood)


def refused(refusal: Refusal) -> ResponseReturnValue:
    if isinstance(refusal, NotPermitted):
        return _page(403, _("ท่านไม่มีสิทธิใช้หน้านี้"), sentence_of(refusal), "lock")
    if isinstance(refusal, Stale):
        return _page(409, _("ข้อมูลเปลี่ยนไปแล้ว"), sentence_of(refusal), "arrow-repeat")
    return _page(422, _("ยังทำรายการนี้ไม่ได้"), sentence_of(refusal), "exclamation-circle")


def someone_was_quicker(error: StaleDataError | IntegrityError) -> ResponseReturnValue:
    log.warning("conflict on %s: %s", _place(), error)
    db.session.rollback()
    return refused(Stale("someone_was_quicker"))


def database_failed(error: DBAPIError) -> ResponseReturnValue:
    """Busy or away for a moment: try again. Anything else is our own mistake."""
    return _busy(error) if _will_pass(error) else broken(error)


def _will_pass(error: DBAPIError) -> bool:
    return is_passing(error) or "connection" in str(error.orig)


def _busy(error: DBAPIError) -> ResponseReturnValue:
    log.warning("database busy on %s: %s", _place(), error.orig)
    return render_template("errors/busy.html"), 503, {"Retry-After": RETRY_SECONDS}


def unknown_host(_error: SecurityError) -> ResponseReturnValue:
    """Asked for under a name that is not ours; no page, for its links would bear that name."""
    return _("โปรดเปิดระบบด้วยที่อยู่เว็บของหน่วยงานท่าน"), 400, {"Content-Type": "text/plain; charset=utf-8"}


def form_too_old(_error: CSRFError) -> ResponseReturnValue:
    sentence = _("หน้านี้เปิดค้างไว้นานเกินไป หรือท่านเข้าสู่ระบบใหม่หลังเปิดหน้านี้ ข้อมูลยังไม่เปลี่ยนแปลง โปรดเปิดหน้าเดิมใหม่แล้วส่งอีกครั้ง")
    return _page(400, _("ส่งแบบฟอร์มนี้ไม่ได้"), sentence, "hourglass-bottom")


def not_found(_error: HTTPException) -> ResponseReturnValue:
    sentence = _("อาจพิมพ์ที่อยู่เว็บผิด หรือรายการนี้ไม่ใช่ของหน่วยงานท่าน โปรดตรวจที่อยู่เว็บ หรือเริ่มใหม่จากหน้าแรก")
    return _page(404, _("ไม่พบหน้านี้"), sentence, "signpost-split")


def gone(error: HTTPException) -> ResponseReturnValue:
    """It was there once; whoever answers so says what became of it."""
    return _page(410, _("เปิดไฟล์นี้ไม่ได้"), str(error.description), "file-earmark-x")


def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    sentence = _(
        "ไฟล์ที่ส่งรวมกันใหญ่เกินไป แต่ละไฟล์ต้องไม่เกิน %(limit)d MB โปรดกลับไปเลือกไฟล์ที่เล็กลงหรือแนบทีละไฟล์ ร่างที่บันทึกไว้ยังอยู่ครบ",
        limit=MAX_FILE_BYTES // MEGABYTE,
    )
    return _page(413, _("ไฟล์ใหญ่เกินไป"), sentence, "file-earmark-x")


def not_understood(error: HTTPException) -> ResponseReturnValue:
    if error.code and error.code < 400:
        return error.get_response()
    sentence = _("โปรดกลับไปหน้าเดิมแล้วลองอีกครั้ง หรือเริ่มใหม่จากหน้าแรก")
    return _page(error.code or 400, _("เปิดหน้านี้ไม่ได้"), sentence, "exclamation-circle")


def broken(error: Exception) -> ResponseReturnValue:
    cause = getattr(error, "original_exception", None) or error
    if isinstance(cause, DBAPIError) and _will_pass(cause):  # it went away while the page of a refusal was made
        return _busy(cause)
    reference = _reference()
    log.error("reference %s on %s", reference, _place(), exc_info=cause)
    return render_template("errors/broken.html", reference=reference), 500


def _place() -> str:
    """The page for the log: its rule and its numbers, for a path may hold a secret or forge a line."""
    numbers = {name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)}
    return f"{request.url_rule} {numbers or ''}".rstrip()


def _reference() -> str:
    """A number that a person can read out on the telephone, and that stands in the log."""
    return secrets.token_hex(3).upper()


def _page(status: int, title: str, sentence: str, icon_name: str) -> ResponseReturnValue:
    _make_ready_to_read()
    page = render_template("errors/refused.html", title=title, sentence=sentence, icon_name=icon_name, back=_way_back())
    return page, status


def _make_ready_to_read() -> None:
    """The frame reads the menu of a signed-in person; a deed that was refused has ended the transaction for it."""
    if g.get("person") and not (db.session().in_transaction() and db.session.is_active):
        begin_reading()


def _way_back() -> str | None:
    """The page the person came from, when a form of it was refused, or a link on it led nowhere."""
    ours = (request.host_url, f"{settings().base_url}/")
    if not (request.referrer and request.referrer.startswith(ours)):
        return None
    before = urlsplit(request.referrer)
    is_this_page = request.method == "GET" and before.path == quote(request.path)
    return None if is_this_page or own_path(before.path) is None else request.referrer
