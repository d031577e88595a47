"""Office files as lines: which kind they are, and everything that may be wrong with them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from ita_flow.domain.refusals import Invalid
from ita_flow.intake.readers.archive import Archive
from ita_flow.intake.readers.docx import read_document
from ita_flow.intake.readers.lines import Transcript, refuse_empty
from ita_flow.intake.readers.xlsx import read_workbook

READERS = {"document": read_document, "workbook": read_workbook}
"""By the name of the root of the main part."""

# What a damaged archive, a damaged part of it or a number out of all reason makes of the library.
DAMAGES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ParseError,
    DefusedXmlException,
    EOFError,
    LookupError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
    OSError,
)


def transcribed(content: bytes) -> Transcript:
    """The lines of a Word document or a workbook. Raises ``Invalid`` with a key ``document_…`` for any other."""
    transcript = Transcript()
    try:
        _read(Archive(content), transcript)
    except MemoryError:
        raise Invalid("document_takes_too_much") from None
    except DAMAGES:
        raise Invalid("document_damaged") from None
    refuse_empty(transcript.lines)
    return transcript


def _read(archive: Archive, transcript: Transcript) -> None:
    if not archive.is_office:
        raise Invalid("document_other_archive")
    part = archive.main_part()
    if not archive.holds(part) or not part.endswith(".xml"):
        raise Invalid("document_other_format")
    read = READERS.get(archive.root_of(part))
    if read is None:
        raise Invalid("document_other_format")
    read(archive, part, transcript)
