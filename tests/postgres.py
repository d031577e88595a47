"""A PostgreSQL of the tests' own: Debian's programs, a folder for the time of the run, no password, no address.

PostgreSQL refuses to run as root, so there it runs as nobody. It dies with the tests that started it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa

SERVER_OF_YOUR_OWN = "ITA_FLOW_TEST_DATABASE_URL"
"""The address of a server on which the tests are superuser, instead of one that they start."""

DEBIAN = Path("/usr/lib/postgresql")
NOBODY = 65534
SECONDS_TO_START = 30
IN_A_HURRY = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60", "listen_addresses=")


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
    programs = folder_of_programs()
    assert programs, "PostgreSQL is not installed"
    folder = Path(tempfile.mkdtemp(prefix="ita-flow-postgres-"))
    try:
        _make_cluster(programs, folder)
        with _running(programs, folder):
            yield sa.URL.create(
                "postgresql+psycopg", username="postgres", database="postgres", query={"host": str(folder)}
            )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


@contextmanager
def _running(programs: Path, folder: Path) -> Iterator[None]:
    options = [part for setting in IN_A_HURRY for part in ("-c", setting)]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(_as_nobody(command), cwd=folder, stdout=log, stderr=log) as server,
    ):
        try:
            _wait_for(folder, server)
            yield
        finally:
            server.terminate()


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
