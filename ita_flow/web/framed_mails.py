"""A mail as its reader sees it, in a frame of a page of ours: nothing in it runs, and nothing is fetched but our face.

The frame keeps our origin, for a browser gives fonts to no other; scripts, forms and pop-ups stay locked out.
"""

from __future__ import annotations

from flask import Response

from ita_flow.web.assets import asset_url

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "sandbox allow-same-origin",
        "default-src 'none'",
        "style-src 'unsafe-inline'",  # mail programs read no other style
        "font-src 'self'",
        "frame-ancestors 'self'",
    )
)
WEIGHTS = {400: "Sarabun-Regular.ttf", 600: "Sarabun-SemiBold.ttf"}


def framed(html: str) -> Response:
    """The answer for the frame; the page around it shows it by ``components/framed_mail.html``.

    The mail names the Thai face of our pages first. A mail program takes it from the reader's machine where it is
    installed; here it is at hand, so that a mail can be read on any machine.
    """
    faces = "".join(_face(weight, name) for weight, name in WEIGHTS.items())
    response = Response(html.replace("</head>", f"<style>{faces}</style></head>", 1), mimetype="text/html")
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    return response


def _face(weight: int, name: str) -> str:
    source = f'url("{asset_url(name)}") format("truetype")'
    return f'@font-face {{ font-family: "Sarabun"; font-weight: {weight}; src: {source}; }}'
