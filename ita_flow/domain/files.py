"""Which files may be evidence: by name and by content, for a wrong name must not carry foreign content in."""

from __future__ import annotations

import unicodedata
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from ita_flow.domain.refusals import Invalid

MAX_NAME = 200
LONGEST_NAME_READ = 1_000
MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
LARGEST_INDEX = 1024 * 1024
"""Of the list of parts in an office document: it is read whole, and a hostile one holds a million parts."""


class StoreOutcome(StrEnum):
    """What was found when a file of the store was read again."""

    WHOLE = "whole"
    ALTERED = "altered"
    MISSING = "missing"


@dataclass(frozen=True)
class FileType:
    """A kind of file by its extension, the media type it is served as, and the bytes it begins with."""

    media_type: str
    signature: bytes
    part: str | None = None
    """The part that an office document must hold."""


FILE_TYPES: dict[str, FileType] = {
    "pdf": FileType("application/pdf", b"%PDF-"),
    "docx": FileType(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04", "word/document.xml"
    ),
    "xlsx": FileType(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04", "xl/workbook.xml"
    ),
    "jpg": FileType("image/jpeg", b"\xff\xd8\xff"),
    "jpeg": FileType("image/jpeg", b"\xff\xd8\xff"),
    "png": FileType("image/png", b"\x89PNG\r\n\x1a\n"),
}
ACCEPTED = ", ".join(f".{extension}" for extension in FILE_TYPES)


def clean_name(name: str) -> str:
    """The name as the person wrote it, without a path and without marks that hide or turn letters."""
    name = name[-LONGEST_NAME_READ:]  # composing takes long for very long names
    bare = PurePosixPath(name.replace("\\", "/")).name
    visible = "".join(letter for letter in unicodedata.normalize("NFC", bare) if not _is_hidden(letter)).strip()
    stem, dot, extension = visible.rpartition(".")
    if len(visible) <= MAX_NAME or len(extension) >= MAX_NAME:
        return visible[:MAX_NAME]
    return stem[: MAX_NAME - len(extension) - 1] + dot + extension


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


def recognise(name: str, stream: BinaryIO) -> FileType:
    """The type of this file; raises Invalid when it is not accepted or is not what its name says."""
    kind = FILE_TYPES.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise Invalid("file_type_not_accepted", field="files", name=name)
    head = stream.read(len(kind.signature))
    stream.seek(0)
    if not head:
        raise Invalid("file_is_empty", field="files", name=name)
    if head != kind.signature:
        raise Invalid("file_is_something_else", field="files", name=name)
    if kind.part:
        _look_into_office_document(name, stream, kind.part)
        stream.seek(0)
    return kind


class _IndexTooLarge(Exception):
    """The list of parts is larger than any office document's."""


class _Sparing:
    """A stream of which nobody reads very much at once."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.seek, self.tell = stream, stream.seek, stream.tell

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= LARGEST_INDEX:
            size = LARGEST_INDEX + 1
        content = self._stream.read(size)
        if len(content) > LARGEST_INDEX:
            raise _IndexTooLarge
        return content


def _look_into_office_document(name: str, stream: BinaryIO, part: str) -> None:
    try:
        with zipfile.ZipFile(cast(BinaryIO, _Sparing(stream))) as archive:
            members = archive.infolist()
    except _IndexTooLarge:
        raise Invalid("file_unpacks_too_large", field="files", name=name) from None
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise Invalid("file_is_damaged", field="files", name=name) from None
    names = {member.filename for member in members}
    if part not in names or any(member.endswith("vbaProject.bin") for member in names):
        raise Invalid("file_is_something_else", field="files", name=name)
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED_BYTES:
        raise Invalid("file_unpacks_too_large", field="files", name=name)
