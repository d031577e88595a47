"""An office file is an archive of XML parts: they are opened here, with bounds on what may come out."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, cast
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from ita_flow.domain.refusals import Invalid

MOST_MEMBERS = 2_000
MOST_BYTES_INSIDE = 50 * 1024 * 1024
HIGHEST_RATIO = 200
BYTES_OF_ANY_RATIO = 1024 * 1024

_IS_ENCRYPTED = 0x1
_CONTENT_TYPES, _RELATIONS, _MAIN = "[Content_Types].xml", "_rels/.rels", "/officeDocument"


class Archive:
    """The parts of an office file. Reading them raises ``Invalid`` when they are more than any document needs."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        members = self._zip.infolist()
        if len(members) > MOST_MEMBERS:
            raise Invalid("document_bombed")
        if any(member.flag_bits & _IS_ENCRYPTED for member in members):
            raise Invalid("document_encrypted")
        self._members = {member.filename: member for member in members}
        self._taken = 0

    @property
    def is_office(self) -> bool:
        return _CONTENT_TYPES in self._members and _RELATIONS in self._members

    def holds(self, part: str) -> bool:
        return part in self._members

    def main_part(self) -> str:
        """The name of the part that is the document, the workbook or the slides."""
        return next((target for kind, target in self.relations("").values() if kind.endswith(_MAIN)), "")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """The kind and the name of each part that this one refers to, by the key by which it does."""
        folder, name = posixpath.split(part)
        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.holds(listed):
            return {}
        return {
            relation.get("Id", ""): (relation.get("Type", ""), _target(folder, relation.get("Target", "")))
            for relation in self.elements(listed, "Relationship")
        }

    def root_of(self, part: str) -> str:
        """The name of the element that holds all others of the part."""
        with self._open(part) as stream:
            return next(
                (local_name(element) for _, element in iterparse(stream, events=("start",), forbid_dtd=True)), ""
            )

    def elements(self, part: str, *names: str) -> Iterator[Element]:
        """The elements of these names, each as soon as it is whole; it is emptied before the next one is read.

        One that stands inside of another is part of that one.
        """
        with self._open(part) as stream:
            yield from _outermost(stream, names)

    @contextmanager
    def _open(self, part: str) -> Iterator[IO[bytes]]:
        member = self._members[part]
        with self._zip.open(member) as stream:
            yield cast(IO[bytes], _Bounded(stream, self, member.compress_size))

    def count(self, taken: int) -> None:
        self._taken += taken
        if self._taken > MOST_BYTES_INSIDE:
            raise Invalid("document_bombed")


class _Bounded:
    """A member that counts what really comes out of it, whatever the archive claims."""

    def __init__(self, stream: IO[bytes], archive: Archive, packed: int) -> None:
        self._stream, self._archive, self._packed, self._taken = stream, archive, packed, 0

    def read(self, size: int = -1) -> bytes:
        taken = self._stream.read(size)
        self._archive.count(len(taken))
        self._taken += len(taken)
        if self._taken > max(BYTES_OF_ANY_RATIO, HIGHEST_RATIO * self._packed):
            raise Invalid("document_bombed")
        return taken


def _outermost(stream: IO[bytes], names: tuple[str, ...]) -> Iterator[Element]:
    above: list[Element] = []
    inside = 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        is_wanted = local_name(element) in names
        if event == "start":
            above.append(element)
            inside += is_wanted
            continue
        above.pop()
        inside -= is_wanted
        if is_wanted and not inside:
            yield element
        if not inside and above:
            above[-1].remove(element)


def local_name(element: Element) -> str:
    """The name without its namespace: office files come with two generations of namespaces."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, name: str) -> Element | None:
    return next((one for one in element if local_name(one) == name), None) if element is not None else None


def attribute(element: Element | None, name: str) -> str | None:
    """The attribute of this local name."""
    if element is None:
        return None
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)


def number_of(element: Element | None, name: str = "val", default: int = 0) -> int:
    """The attribute as a whole number; nonsense is the default."""
    text = attribute(element, name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else default


def is_on(element: Element | None, name: str = "val") -> bool:
    """Whether a switch is there and not turned off."""
    return element is not None and attribute(element, name) not in ("0", "false", "off", "none")


def _target(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
