"""The application for a WSGI server of your own: ``wsgi:app``."""

from ita_flow import create_app, schema

app = create_app()
schema.teach(app)  # for ``flask db``
