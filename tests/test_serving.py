"""Before anything is served: what may not be, and whose word about the visitor is taken."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from waitress.adjustments import Adjustments

from ita_flow.config import Settings
from ita_flow.serving import behind_proxy
from tests.source import ROOT


def an_installation(folder: Path) -> Settings:
    return Settings(folder, f"sqlite:///{folder}/none.sqlite3", secret_key="only for tests")


def test_without_a_proxy_nobody_is_believed(tmp_path: Path) -> None:
    assert behind_proxy(an_installation(tmp_path)) == {}


def test_only_the_named_proxy_says_who_asks_and_how(tmp_path: Path) -> None:
    settings = replace(an_installation(tmp_path), trusted_proxy="127.0.0.1")

    known = Adjustments(**behind_proxy(settings))

    assert known.trusted_proxy == "127.0.0.1"
    assert known.trusted_proxy_headers == {"x-forwarded-for", "x-forwarded-proto"}


def test_a_wsgi_server_of_your_own_is_refused_as_serve_is(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("ITA_FLOW_")}

    started = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env={**environment, "ITA_FLOW_INSTANCE": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert started.returncode == 1
    assert started.stderr.startswith("ยังไม่ได้ตั้งกุญแจลับ")
