"""The English words of every Thai sentence, read from the catalogue when somebody first asks for them.

The program is written in Thai, so Thai needs no catalogue. ``python3 dev.py words`` brings the catalogue up to date.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Domain
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from ita_flow.domain.languages import Language
from ita_flow.extensions import babel
from ita_flow.i18n import language
from ita_flow.i18n.numbers import Countable, counted

ENGLISH_WORDS = Path(__file__).parent.parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"
AS_WRITTEN = NullTranslations()


class English(Translations):
    """The English catalogue."""

    def ugettext(self, message: str) -> str:
        return Countable(super().ugettext(message))


class Catalogue(Domain):
    """The words of the language that is being spoken."""

    def get_translations(self) -> NullTranslations:
        return english() if language() is Language.ENGLISH else AS_WRITTEN


CATALOGUE = Catalogue()  # type: ignore[no-untyped-call]


@cache
def english() -> English:
    """The catalogue as it is in git, made ready once a process: no compiled file can be older than its source."""
    compiled = BytesIO()
    with ENGLISH_WORDS.open("rb") as words:
        write_mo(compiled, read_po(words, locale=Language.ENGLISH.value))
    compiled.seek(0)
    return English(compiled)


def teach(app: Flask) -> None:
    """Let this application and its templates find their words here."""
    babel.init_app(app)  # web/languages.py says who reads what
    babel.domain_instance = CATALOGUE
    app.jinja_env.globals.update(gettext=_in_template)


@pass_context
def _in_template(context: Context, sentence: str, **values: object) -> str:
    """A sentence of ours, whose tags stay, filled with values, whose tags do not."""
    text = counted(CATALOGUE.get_translations().ugettext(sentence), values)
    return (Markup(text) if context.eval_ctx.autoescape else text) % values
