"""The store of evidence: bytes under their SHA-256, written once and never changed."""

from __future__ import annotations

import hashlib
import io
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

CHUNK = 256 * 1024
SHA256 = re.compile(r"[0-9a-f]{64}")


class TooLarge(Exception):
    """The stream held more bytes than allowed; nothing was kept."""


@dataclass(frozen=True)
class Stored:
    """Where bytes stand in the store, and how many."""

    sha256: str
    size: int


class Store:
    """A folder of files named by their content: ``ab/cdef…``. Put before the row is committed; a crash leaves only
    bytes that nothing points to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, stream: BinaryIO, limit: int) -> Stored:
        """Keep the stream's bytes, safe on disk when this returns; raises TooLarge beyond ``limit`` bytes."""
        incoming = self.folder / "tmp"
        incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = incoming / secrets.token_hex(16)
        try:
            stored = _write(stream, path, limit)
            self._settle(path, stored.sha256)
        finally:
            path.unlink(missing_ok=True)
        return stored

    def open(self, sha256: str) -> BinaryIO:
        """The bytes under this hash; raises FileNotFoundError when they are not in the store."""
        return self.path_of(sha256).open("rb")

    def path_of(self, sha256: str) -> Path:
        if not SHA256.fullmatch(sha256):
            raise FileNotFoundError(sha256)
        return self.folder / sha256[:2] / sha256[2:]

    def holds(self, sha256: str) -> bool:
        """Whether there are bytes under this hash, whole or not."""
        with suppress(FileNotFoundError):
            return self.path_of(sha256).is_file()
        return False

    def is_whole(self, sha256: str) -> bool:
        """Whether the bytes still have the hash they are named by."""
        with suppress(FileNotFoundError), self.open(sha256) as stream:
            return hashlib.file_digest(cast(io.BufferedReader, stream), "sha256").hexdigest() == sha256
        return False

    def hashes(self, before: datetime) -> Iterator[str]:
        """The hashes of all files that were put in before this moment."""
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            sha256 = path.parent.name + path.name
            if SHA256.fullmatch(sha256) and _is_older(path, before):
                yield sha256

    def remove_leftovers(self, before: datetime) -> int:
        """Remove what uploads left that broke off before this moment; returns how many files."""
        leftovers = [path for path in self.folder.glob("tmp/*") if _is_older(path, before)]
        for path in leftovers:
            path.unlink(missing_ok=True)
        return len(leftovers)

    def _settle(self, path: Path, sha256: str) -> None:
        final = self.path_of(sha256)
        if not final.parent.exists():
            final.parent.mkdir(exist_ok=True, mode=0o700)
            _sync_folder(self.folder)
        with suppress(FileExistsError):
            os.link(path, final)
        _sync_folder(final.parent)


def _write(stream: BinaryIO, path: Path, limit: int) -> Stored:
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        os.chmod(path, 0o400)
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise TooLarge
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _is_older(path: Path, moment: datetime) -> bool:
    with suppress(FileNotFoundError):  # somebody may end an upload meanwhile
        return path.stat().st_mtime < moment.timestamp()
    return False


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system knows how (Windows does not open folders)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
