"""The application for a WSGI server of your own: ``wsgi:app``."""

from ita_flow import create_app

app = create_app()
