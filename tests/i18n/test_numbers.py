"""One or many, in English texts."""

from __future__ import annotations

import pytest
from flask_babel import LazyString

from ita_flow.i18n.numbers import Countable

TASKS = "%(count)s {task|tasks}"
LEFT = "{One measure is|Measures are} left: %(count)s"
OF = "%(done)s of %(all)s {step|steps} done"
BY = "%(count)s {task|tasks} of %(name)s"
APART = "%(days)d%(space)s{day|days}"


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        (TASKS, {"count": 1}, "1 task"),
        (TASKS, {"count": 0}, "0 tasks"),
        (TASKS, {"count": "21"}, "21 tasks"),
        (LEFT, {"count": 1}, "One measure is left: 1"),
        (OF, {"done": 3, "all": 1}, "3 of 1 step done"),
        (OF, {"done": 1, "all": 4}, "1 of 4 steps done"),
        (BY, {"count": 1, "name": "Somsri"}, "1 task of Somsri"),
        (APART, {"days": 1, "space": " "}, "1 day"),
        ("{neither|nor}", {}, "nor"),
        ("100%% of %(name)s", {"name": "a|b"}, "100% of a|b"),
    ],
)
def test_the_form_goes_with_the_number(text: str, values: dict[str, object], said: str) -> None:
    assert Countable(text) % values == said


def test_a_lazy_text_is_counted_too() -> None:
    lazy = LazyString(lambda: Countable(TASKS))

    assert str(lazy) % {"count": 1} == "1 task"
