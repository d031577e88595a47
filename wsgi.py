"""The application for a WSGI server of your own: ``wsgi:app``. It refuses to start like ``ita-flow serve``."""

from flask_babel import force_locale

from ita_flow import create_app, schema
from ita_flow.config import read_settings
from ita_flow.domain.refusals import Refusal
from ita_flow.serving import refuse_unfit
from ita_flow.wording import sentence_of

settings = read_settings()
app = create_app(settings)
schema.teach(app)  # for ``flask db``
with app.app_context(), force_locale("th"):
    try:
        refuse_unfit(settings)
    except Refusal as refusal:
        raise SystemExit(sentence_of(refusal)) from None
