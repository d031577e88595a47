"""ตัวอย่างอีเมล: each mail of the system as it looks, under the agency's own name."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from ita_flow.domain.mail_samples import MailSample
from ita_flow.domain.permissions import Permission
from ita_flow.mail.samples import SampleMail, sample_mail, samples_that_can_be_made
from ita_flow.web.access import actor, requires, today
from ita_flow.web.framed_mails import framed
from ita_flow.wording.mail_samples import NAMES, READERS

bp = Blueprint("mail_samples", __name__, url_prefix="/admin/reminders/samples")


@bp.get("")
@requires(Permission.REMINDER_READ)
def index() -> str:
    return _page(MailSample.INVITE)


@bp.get("/<name>")
@requires(Permission.REMINDER_READ)
def show(name: str) -> str:
    return _page(_sample_or_404(name))


@bp.get("/<name>/html")
@requires(Permission.REMINDER_READ)
def html(name: str) -> Response:
    return framed(_mail(_sample_or_404(name)).message.html)


def _page(chosen: MailSample) -> str:
    return render_template(
        "mail_samples/show.html",
        chosen=chosen,
        mail=_mail(chosen),
        samples=samples_that_can_be_made(),
        names=NAMES,
        readers=READERS,
    )


def _mail(sample: MailSample) -> SampleMail:
    return sample_mail(sample, actor().agency, today())


def _sample_or_404(name: str) -> MailSample:
    return next((sample for sample in samples_that_can_be_made() if sample.value == name), None) or abort(404)
