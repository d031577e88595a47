"""What every answer tells the browser: run nothing but ours, guess no types, tell nobody where people were."""

from __future__ import annotations

from flask import Flask, Response, request

from ita_flow.config import Settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",  # the mails of web/framed_mails.py; no other page of ours lets itself be framed
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
AT_SIGN_OUT = {"Clear-Site-Data": '"cache", "cookies", "storage"'}
HOME_HOSTS = ("127.0.0.1", "localhost")


def dress(app: Flask) -> None:
    """Put the headers on every answer, and answer only to our own host names."""
    settings: Settings = app.config["SETTINGS"]
    app.config["TRUSTED_HOSTS"] = [settings.host, *HOME_HOSTS]
    headers = ALWAYS | (OVER_TLS if settings.is_https else {})

    @app.after_request
    def put_on(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if request.blueprint != "assets":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
