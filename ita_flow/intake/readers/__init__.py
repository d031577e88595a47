"""From the bytes of a file of any kind to numbered lines of cells. Another kind of file is another module here."""

from __future__ import annotations

from ita_flow.domain.refusals import Invalid
from ita_flow.intake.readers.apart import paper_of_office
from ita_flow.intake.readers.csv_table import delimiter_of, paper_of_table
from ita_flow.intake.readers.kinds import is_office, refuse_foreign
from ita_flow.intake.readers.lines import Line
from ita_flow.intake.readers.paper import Paper
from ita_flow.intake.readers.text import decoded, paper_of_text

__all__ = ["Line", "Paper", "read_paper"]

MOST_BYTES = 5 * 1024 * 1024
MOST_BYTES_OF_OFFICE = 20 * 1024 * 1024


def read_paper(content: bytes, file_name: str) -> Paper:
    """The lines of a document. Raises ``Invalid`` with a key ``document_…`` for what cannot be read.

    The name decides nothing but whether a text with commas is a table.
    """
    if is_office(content):
        _refuse_large("document_office_too_large", content, MOST_BYTES_OF_OFFICE)
        return paper_of_office(content)
    refuse_foreign(content)
    _refuse_large("document_too_large", content, MOST_BYTES)
    text = decoded(content)
    delimiter = delimiter_of(text, file_name)
    return paper_of_table(text, delimiter) if delimiter else paper_of_text(text)


def _refuse_large(key: str, content: bytes, most: int) -> None:
    if len(content) > most:
        raise Invalid(key, size=_megabytes(len(content)), most=_megabytes(most))


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f}"
