"""What languages, months and days of the week are called, in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ita_flow.domain.languages import Language
from ita_flow.domain.months import ENGLISH_MONTHS
from ita_flow.domain.months import MONTHS as THAI_MONTHS

LANGUAGES: Mapping[Language, str] = {Language.THAI: "ภาษาไทย", Language.ENGLISH: "English"}
"""Each by its own name, so that whoever looks for it can read it."""

MONTHS: Mapping[Language, Sequence[str]] = {
    Language.THAI: [full for full, _short in THAI_MONTHS],
    Language.ENGLISH: ENGLISH_MONTHS,
}
SHORT_MONTHS: Mapping[Language, Sequence[str]] = {
    Language.THAI: [short for _full, short in THAI_MONTHS],
    Language.ENGLISH: [name[:3] for name in ENGLISH_MONTHS],
}
SHORT_WEEKDAYS: Mapping[Language, Sequence[str]] = {
    Language.THAI: ("จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."),
    Language.ENGLISH: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
"""From Monday on."""
