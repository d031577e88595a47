"""อีเมลแจ้งเตือนของฉัน: which mails a person has less often, which always come, and when the next one does."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ita_flow.domain.mail_choices import options_of, sure_mails_of
from ita_flow.domain.permissions import Permission
from ita_flow.queries.mail_choices import declined_by, next_mail_of
from ita_flow.web.access import actor, now, requires, today
from ita_flow.web.forms.mail_choices import MailChoicesForm
from ita_flow.web.once import attempt
from ita_flow.wording.mail_choices import SURE_MAILS, WHEN
from ita_flow.workflow.mail_choices import choose_mails

bp = Blueprint("mail_choices", __name__, url_prefix="/account/notifications")


@bp.get("")
@requires(Permission.ACCOUNT_USE)
def edit() -> str:
    return _page(_form())


@bp.post("")
@requires(Permission.ACCOUNT_USE)
def choose() -> tuple[str, int] | Response:
    form = _form()
    location = attempt(form, lambda: _chosen(form))
    if location is None:
        return _page(form), 422
    flash(_("บันทึกการรับอีเมลแล้ว"), "success")
    return redirect(location, code=303)


def _chosen(form: MailChoicesForm) -> str:
    choose_mails(actor(), form.less, form.usual, at=now())
    return url_for(".edit")


def _form() -> MailChoicesForm:
    return MailChoicesForm.offering(options_of(actor().posts_on(today())), declined_by(actor()))


def _page(form: MailChoicesForm) -> str:
    return render_template(
        "mail_choices/edit.html",
        form=form,
        when=WHEN,
        sure_mails=[SURE_MAILS[mail] for mail in sure_mails_of(actor().posts_on(today()))],
        next_mail_at=next_mail_of(actor(), today()),
    )
