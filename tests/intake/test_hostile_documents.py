"""Files made to do harm: each is refused with a reason, and takes no more than its reader may take."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ita_flow.domain.refusals import Invalid
from ita_flow.intake import read_plan
from ita_flow.intake.readers import apart, archive, inside
from ita_flow.intake.readers.archive import MOST_MEMBERS
from ita_flow.intake.readers.office import transcribed
from tests.intake.documents import AGENCY, YEAR, report
from tests.intake.makers import as_docx, as_xlsx, blocks_of, parts_of, with_part, zipped

DOCUMENT, SHEET = "word/document.xml", "xl/worksheets/sheet1.xml"
GOOD_DOCX, GOOD_XLSX = as_docx(["ก", [["ข", "ค"]]]), as_xlsx(["ก", [["ข", "ค"]]])
ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 20


def refusal_of(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        transcribed(content)
    return refused.value.key


def with_body(text: bytes) -> bytes:
    return with_part(GOOD_DOCX, DOCUMENT, lambda part: part.replace(b"<w:body>", b"<w:body>" + text))


def a_bomb(megabytes: int) -> bytes:
    """A part of a single letter that unfolds to so many megabytes."""
    return with_body(b"<w:p><w:r><w:t>" + b"a" * megabytes * 1024 * 1024 + b"</w:t></w:r></w:p>")


def paragraphs_of_noise(count: int) -> bytes:
    """Paragraphs that do not fold well, so that no ratio gives them away."""
    return b"".join(b"<w:p><w:r><w:t>%x</w:t></w:r></w:p>" % (number**7) for number in range(count))


def many_members() -> bytes:
    return zipped({**parts_of(GOOD_DOCX), **{f"word/{number}.xml": b"" for number in range(MOST_MEMBERS)}})


def with_flag(content: bytes, flag: int) -> bytes:
    """The archive with a flag set on its first member, in the list of members."""
    at = content.index(b"PK\x01\x02") + 8
    return content[:at] + struct.pack("<H", flag) + content[at + 2 :]


def lying_about_its_size(content: bytes, part: str) -> bytes:
    """The archive claims that this part is one byte long."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        size = struct.pack("<I", opened.getinfo(part).file_size)
    return content.replace(size, struct.pack("<I", 1))


BILLION_LAUGHS = (
    b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + depth, b"&%c;" % (97 + depth) * 10) for depth in range(8))
    + b"]>"
)
OUTSIDE = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def with_entities(content: bytes, part: str, declared: bytes) -> bytes:
    return with_part(
        content, part, lambda xml: xml.replace(b"?>", b"?>" + declared, 1) if b"?>" in xml else declared + xml
    )


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (GOOD_DOCX[: len(GOOD_DOCX) // 2], "document_damaged"),
        (GOOD_DOCX[:-10], "document_damaged"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "document_other_archive",
        ),
        (zipped({"photo.jpg": b"\xff\xd8\xff"}), "document_other_archive"),
        (zipped({}), "document_other_archive"),
        (zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"}), "document_other_format"),
        (zipped({"[Content_Types].xml": "<Types/>", "_rels/.rels": "no markup"}), "document_damaged"),
        (with_entities(GOOD_DOCX, DOCUMENT, BILLION_LAUGHS), "document_damaged"),
        (with_entities(GOOD_DOCX, DOCUMENT, OUTSIDE), "document_damaged"),
        (with_entities(GOOD_DOCX, "_rels/.rels", OUTSIDE), "document_damaged"),
        (with_entities(GOOD_XLSX, SHEET, BILLION_LAUGHS), "document_damaged"),
        (with_entities(GOOD_XLSX, "xl/sharedStrings.xml", OUTSIDE), "document_damaged"),
        (with_flag(GOOD_XLSX, 1), "document_encrypted"),
        (many_members(), "document_bombed"),
        (with_body(b"<w:sdt><w:sdtContent>" * 3_000), "document_damaged"),
        (with_body(b"<w:tbl><w:tr><w:tc>" * 1_000 + b"</w:tc></w:tr></w:tbl>" * 1_000), "document_damaged"),
        (with_body(b"<w:tbl/>" * 10), None),
        (with_body(paragraphs_of_noise(30_000)), "document_too_many_lines"),
        (with_body(b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % (b"ab " * 60_000)), "document_row_too_long"),
        (lying_about_its_size(GOOD_DOCX, DOCUMENT), "document_damaged"),
    ],
)
def test_a_hostile_archive_is_refused_with_a_reason(content: bytes, key: str | None) -> None:
    assert key is None or refusal_of(content) == key
    assert key is not None or transcribed(content)


def test_a_bomb_is_not_unfolded() -> None:
    bomb = a_bomb(100)

    assert len(bomb) < 200_000
    assert refusal_of(bomb) == "document_bombed"


def test_what_all_parts_hold_together_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    content = with_body(b"<w:sectPr>" + paragraphs_of_noise(1_000) + b"</w:sectPr>")
    monkeypatch.setattr(archive, "MOST_BYTES_INSIDE", sum(map(len, parts_of(content).values())))
    assert transcribed(content)

    monkeypatch.setattr(archive, "MOST_BYTES_INSIDE", len(parts_of(content)[DOCUMENT]))
    assert refusal_of(content) == "document_bombed"


@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx", "plan.csv", "plan.txt", "plan.pdf", "plan"])
@pytest.mark.parametrize("content", [GOOD_DOCX, GOOD_XLSX], ids=["Word", "workbook"])
def test_the_name_of_an_office_file_decides_nothing(content: bytes, name: str) -> None:
    reading = read_plan(content, name, YEAR, AGENCY)

    assert "ตาราง" in reading.problems[0].needed


def test_an_encrypted_file_says_to_save_it_without_a_password() -> None:
    (problem,) = read_plan(ENCRYPTED, "plan.docx", YEAR, AGENCY).problems

    assert "ไม่มีรหัสผ่าน" in problem.needed


BOUNDED = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("inside", {path!r})
inside = importlib.util.module_from_spec(spec)
spec.loader.exec_module(inside)
inside.MOST_SECONDS = 1
inside._bound()
"""


class TestApart:
    """The program that reads office files on its own."""

    @pytest.fixture
    def reading_program(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
        """Lets the reader be a program of these lines, run under the bounds of the true one."""

        def begin(lines: str) -> None:
            program = tmp_path / "program.py"
            program.write_text(BOUNDED.format(path=inside.__file__) + lines, encoding="utf-8")
            monkeypatch.setattr(apart, "_COMMAND", (sys.executable, "-I", str(program)))

        return begin

    @pytest.mark.skipif(sys.platform == "win32", reason="has no such bounds")
    @pytest.mark.parametrize(
        ("lines", "key"),
        [
            (f"print(len(bytearray({inside.MOST_MEMORY})))", "document_damaged"),
            ("while True: pass", "document_takes_too_much"),
            ("open('written', 'wb').write(b'x' * 10_000_000)", "document_damaged"),
            ("raise SystemExit(1)", "document_damaged"),
            ("import os; os.kill(os.getpid(), 9)", "document_takes_too_much"),
        ],
        ids=["memory", "time", "room", "error", "killed"],
    )
    def test_whatever_it_is_made_to_do_ends_in_a_refusal(
        self,
        lines: str,
        key: str,
        reading_program: Callable[[str], None],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        reading_program(lines)

        with pytest.raises(Invalid) as refused:
            apart.paper_of_office(GOOD_DOCX)

        assert refused.value.key == key
        assert not (tmp_path / "written").exists() or not (tmp_path / "written").stat().st_size

    def test_one_that_only_waits_is_ended(
        self, reading_program: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reading_program("import time; time.sleep(600)")
        monkeypatch.setattr(apart, "LONGEST_WAIT", 0.5)

        with pytest.raises(Invalid) as refused:
            apart.paper_of_office(GOOD_DOCX)

        assert refused.value.key == "document_takes_too_much"

    def test_it_opens_no_other_part_of_the_house(self, reading_program: Callable[[str], None]) -> None:
        reading_program(
            "inside._stand_in_for_packages(); inside.answer(sys.stdin.buffer.read())\n"
            "import json; names = [name for name in sys.modules if name.partition('.')[0] in ('flask', 'sqlalchemy')]\n"
            "json.dump({'refused': 'names', 'values': {'names': names}}, sys.stdout)"
        )

        with pytest.raises(Invalid) as said:
            apart.paper_of_office(GOOD_DOCX)

        assert said.value.values["names"] == []

    def test_a_document_that_needs_more_memory_than_it_may_have_is_refused(
        self, reading_program: Callable[[str], None]
    ) -> None:
        cell = b"<w:tc><w:p><w:r><w:t>%d</w:t></w:r></w:p></w:tc>"
        rows = (
            b"<w:tr>" + b"".join(cell % (row * column) for column in range(50)) + b"</w:tr>" for row in range(1_500)
        )
        reading_program(
            "inside.MOST_MEMORY //= 4; inside._stand_in_for_packages()\n"
            "import json; json.dump(inside.answer(sys.stdin.buffer.read()), sys.stdout)"
        )

        with pytest.raises(Invalid) as refused:
            apart.paper_of_office(with_body(b"<w:tbl>" + b"".join(rows) + b"</w:tbl>"))

        assert refused.value.key == "document_takes_too_much"

    def test_a_whole_report_comes_through_as_it_does_without_it(self) -> None:
        content = as_docx(blocks_of(report()))

        paper = apart.paper_of_office(content)

        assert [line.cells for line in paper.lines] == transcribed(content).lines
