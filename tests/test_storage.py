"""The store of evidence: bytes under their hash, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from ita_flow.storage import CHUNK, Store, TooLarge

CONTENT = "คำสั่งแต่งตั้งคณะทำงาน".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()
LIMIT = 10 * CHUNK


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "evidence")


def files_in(store: Store) -> list[Path]:
    return [path for path in store.folder.rglob("*") if path.is_file()]


def test_what_was_put_can_be_opened_by_its_hash(store: Store) -> None:
    stored = store.put(io.BytesIO(CONTENT), LIMIT)

    with store.open(stored.sha256) as stream:
        assert stream.read() == CONTENT
    assert (stored.sha256, stored.size) == (SHA256, len(CONTENT))
    assert files_in(store) == [store.folder / SHA256[:2] / SHA256[2:]]


def test_the_same_bytes_are_kept_once(store: Store) -> None:
    first = store.put(io.BytesIO(CONTENT), LIMIT)

    second = store.put(io.BytesIO(CONTENT), LIMIT)

    assert first == second
    assert len(files_in(store)) == 1


def test_many_may_put_the_same_bytes_at_once(store: Store) -> None:
    content = os.urandom(3 * CHUNK)

    with ThreadPoolExecutor(8) as threads:
        stored = set(threads.map(lambda _: store.put(io.BytesIO(content), LIMIT), range(32)))

    assert len(stored) == 1
    assert [path.read_bytes() for path in files_in(store)] == [content]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, LIMIT])
def test_sizes_are_counted_to_the_byte(store: Store, size: int) -> None:
    assert store.put(io.BytesIO(b"x" * size), LIMIT).size == size


@pytest.mark.parametrize("limit", [0, len(CONTENT) - 1])
def test_what_is_too_large_leaves_nothing(store: Store, limit: int) -> None:
    with pytest.raises(TooLarge):
        store.put(io.BytesIO(CONTENT), limit)

    assert files_in(store) == []


class BrokenStream(io.RawIOBase):
    """A connection that is lost after the first bytes."""

    def __init__(self) -> None:
        self._chunks = [b"first bytes"]

    def read(self, _size: int = -1) -> bytes:
        if self._chunks:
            return self._chunks.pop()
        raise ConnectionError


def test_an_interrupted_upload_leaves_nothing(store: Store) -> None:
    broken: BinaryIO = BrokenStream()  # type: ignore[assignment]

    with pytest.raises(ConnectionError):
        store.put(broken, LIMIT)

    assert files_in(store) == []


def test_nobody_may_write_in_what_is_stored(store: Store) -> None:
    stored = store.put(io.BytesIO(CONTENT), LIMIT)
    path = store.path_of(stored.sha256)

    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../../etc/passwd",
        SHA256.upper(),
        SHA256[:-1],
        SHA256 + "0",
        f"{SHA256}\n",
        "a/" + SHA256[2:],
        "\0" * 64,
    ],
)
def test_only_a_hash_is_a_name(store: Store, name: str) -> None:
    store.put(io.BytesIO(CONTENT), LIMIT)

    with pytest.raises(FileNotFoundError):
        store.open(name)


def test_bytes_that_are_not_there_are_not_whole(store: Store) -> None:
    assert not store.is_whole(SHA256)


def test_a_flipped_byte_is_found(store: Store) -> None:
    stored = store.put(io.BytesIO(CONTENT), LIMIT)
    path = store.path_of(stored.sha256)
    assert store.is_whole(stored.sha256)

    path.chmod(0o600)
    path.write_bytes(CONTENT[:-1] + b"\0")

    assert not store.is_whole(stored.sha256)


def test_bytes_that_were_altered_are_there_all_the_same(store: Store) -> None:
    stored = store.put(io.BytesIO(CONTENT), LIMIT)
    assert store.holds(stored.sha256)

    store.path_of(stored.sha256).unlink()

    assert not store.holds(stored.sha256)
    assert not store.holds("no hash")


LONG_AGO, NOW = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 3, 18, tzinfo=UTC)


def test_only_old_leftovers_are_removed(store: Store) -> None:
    kept = store.put(io.BytesIO(CONTENT), LIMIT)
    for name, moment in (("old", LONG_AGO), ("young", NOW)):
        (store.folder / "tmp" / name).write_bytes(b"half of a file")
        os.utime(store.folder / "tmp" / name, (moment.timestamp(), moment.timestamp()))
    os.utime(store.path_of(kept.sha256), (LONG_AGO.timestamp(), LONG_AGO.timestamp()))

    assert store.remove_leftovers(NOW) == 1

    assert {path.name for path in files_in(store)} == {"young", SHA256[2:]}


def test_the_store_tells_what_it_holds_since_long(store: Store) -> None:
    old, young = store.put(io.BytesIO(CONTENT), LIMIT), store.put(io.BytesIO(b"new"), LIMIT)
    (store.folder / SHA256[:2] / "no hash").write_bytes(b"")
    for stored, moment in ((old, LONG_AGO), (young, NOW)):
        os.utime(store.path_of(stored.sha256), (moment.timestamp(), moment.timestamp()))

    assert list(store.hashes(NOW)) == [old.sha256]
