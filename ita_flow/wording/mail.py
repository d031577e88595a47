"""Sentences about mails, and what their kinds and their failures are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

SENTENCES: dict[str, LazyString] = {
    "mail_address_unfit": _l("อีเมล %(email)s ใช้ไม่ได้ โปรดแก้ไขอีเมลของผู้รับก่อน แล้วจึงส่งอีกครั้ง"),
    "mail_is_not_given_up": _l("อีเมลฉบับนี้รอส่งหรือส่งแล้ว จึงไม่ต้องส่งอีกครั้ง"),
    "mail_is_no_longer_true": _l("เรื่องในอีเมลฉบับนี้ไม่เป็นปัจจุบันแล้ว จึงไม่ต้องส่งอีก"),
}

KINDS: Mapping[str, LazyString] = {
    "anchor": _l("รหัสตรวจสอบประจำวัน"),
    "chase": _l("ติดตามความก้าวหน้า"),
    "event": _l("แจ้งเรื่องที่เกิดขึ้น"),
    "invite": _l("คำเชิญเข้าใช้ระบบ"),
    "reminder": _l("แจ้งเตือนประจำวัน"),
    "test": _l("อีเมลทดสอบ"),
}
"""By the values of ``MessageKind``, which stands above this floor."""

FAILURES: Mapping[str, LazyString] = {
    "refused": _l("เซิร์ฟเวอร์ปลายทางไม่รับอีเมลที่ส่งถึงที่อยู่นี้"),
    "try_later": _l("เซิร์ฟเวอร์ปลายทางยังไม่รับในขณะนั้น"),
    "unreachable": _l("ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้ หรือการเชื่อมต่อขาด"),
}
"""By the values of ``Failure``."""

NOT_MADE = _l("ระบบจัดทำอีเมลฉบับนี้ไม่สำเร็จ โปรดแจ้งผู้ดูแลเซิร์ฟเวอร์")


def mail_called(kind: str) -> str:
    """What a mail of this kind is called."""
    return str(KINDS[kind])


def why_not_sent(failure: str | None) -> str:
    """In which way the last attempt failed; without one the mail could not even be made."""
    return str(FAILURES[failure] if failure else NOT_MADE)
