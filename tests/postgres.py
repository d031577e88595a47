"""A PostgreSQL of the tests' own: Debian's programs, a folder for the time of the run, no password, no address.

PostgreSQL refuses to run as root, so there it runs as nobody. It dies with the tests that started it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa

SERVER_OF_YOUR_OWN = "ITA_FLOW_TEST_DATABASE_URL"
"""The address of a server on which the tests are superuser, instead of one that they start."""

DEBIAN = Path("/usr/lib/postgresql")
NOBODY = 65534
SECONDS_TO_START = 30
IN_A_HURRY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60")
ONLY_BY_SOCKET = "listen_addresses="


def is_available() -> bool:
    return bool(os.environ.get(SERVER_OF_YOUR_OWN)) or folder_of_programs() is not None


def folder_of_programs() -> Path | None:
    """Where ``initdb`` and ``postgres`` stand; Debian keeps them off the PATH."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(DEBIAN.glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


@contextmanager
def a_server() -> Iterator[sa.URL]:
    """The address of a running server, or of yours."""
    if yours := os.environ.get(SERVER_OF_YOUR_OWN):
        yield sa.make_url(yours).set(drivername="postgresql+psycopg")
        return
    with a_cluster(*IN_A_HURRY) as cluster:
        yield cluster.address


@contextmanager
def a_cluster(*settings: str) -> Iterator[Cluster]:
    """A running server in a folder of its own, which can be stopped and started again."""
    programs = folder_of_programs()
    assert programs, "PostgreSQL is not installed"
    folder = Path(tempfile.mkdtemp(prefix="ita-flow-postgres-"))
    try:
        _make_cluster(programs, folder)
        cluster = Cluster(programs, folder, settings)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop_at_once()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    """PostgreSQL on a folder; nobody but us finds its socket there."""

    def __init__(self, programs: Path, folder: Path, settings: Sequence[str]) -> None:
        options = [part for setting in (*settings, ONLY_BY_SOCKET) for part in ("-c", setting)]
        self._command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
        self._folder = folder
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> sa.URL:
        return sa.URL.create(
            "postgresql+psycopg", username="postgres", database="postgres", query={"host": str(self._folder)}
        )

    def start(self) -> None:
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(_as_nobody(self._command), cwd=self._folder, stdout=log, stderr=log)
        _wait_for(self._folder, self._server)

    def stop_at_once(self) -> None:
        """As ``pg_ctl stop -m immediate`` does: nobody is waited for, nothing is put away; the log is read at start."""
        if self._server:
            self._server.send_signal(signal.SIGQUIT)
            self._server.wait(timeout=SECONDS_TO_START)
            self._server = None


def execute(server: sa.URL, statements: str) -> None:
    """Run statements outside of a transaction, such as CREATE DATABASE."""
    with psycopg.connect(dsn_of(server), autocommit=True) as connection:
        connection.execute(statements.encode())


def dsn_of(server: sa.URL) -> str:
    """The address as psycopg itself writes it."""
    return server.set(drivername="postgresql").render_as_string(hide_password=False)


def _make_cluster(programs: Path, folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    initdb = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    made = subprocess.run(_as_nobody([*initdb, "--no-locale", "--no-sync"]), cwd=folder, capture_output=True, text=True)
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


def _as_nobody(command: list[str]) -> list[str]:
    """The command under a user that PostgreSQL accepts; with setpriv it also ends when we are killed."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return command
    drop = ["--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"] if os.geteuid() == 0 else []
    return [setpriv, *drop, "--pdeathsig", "QUIT", *command]


def _wait_for(folder: Path, server: subprocess.Popen[bytes]) -> None:
    give_up_at = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            psycopg.connect(f"host={folder} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}") from error
            time.sleep(0.05)
