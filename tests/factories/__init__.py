"""Rows for arranging a test: sensible by default, different by keyword, committed.

They are written straight into the tables, without the deeds: a test of a deed must not stand on another deed.
"""

from tests.factories.cast import Cast, a_cast
from tests.factories.chains import a_chain, a_named_seat, an_acting_order
from tests.factories.keeping import one_commit
from tests.factories.mails import a_chase, a_mail
from tests.factories.people import (
    NOW,
    PASSWORD,
    TODAY,
    YEAR,
    a_division,
    a_membership,
    a_section,
    a_user,
    an_agency,
)
from tests.factories.plans import LATE, T0, T1, T7, T14, a_plan, a_task, reminder_rules
from tests.factories.reports import a_decision, a_file, a_link, a_report
from tests.factories.snapshot import the_cast

__all__ = [
    "LATE",
    "T0",
    "T1",
    "T7",
    "T14",
    "a_chain",
    "a_named_seat",
    "an_acting_order",
    "NOW",
    "PASSWORD",
    "TODAY",
    "YEAR",
    "Cast",
    "a_cast",
    "a_decision",
    "a_division",
    "a_file",
    "a_link",
    "a_chase",
    "a_mail",
    "a_membership",
    "a_plan",
    "a_report",
    "a_section",
    "a_task",
    "a_user",
    "an_agency",
    "one_commit",
    "reminder_rules",
    "the_cast",
]
