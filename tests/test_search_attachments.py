"""What of an attachment can be found: what a reader of the file sees, and where the file is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from gongkai.privacy.attachments.examining import examine
from gongkai.search.attachments import MOST_LETTERS, FileTexts
from gongkai.search.records import FileText
from gongkai.staging import NO_KEY
from test_rules_privacy_files import (
    VALUE,
    comment,
    document_with,
    hidden_column,
    hidden_row,
    hidden_sheet,
    pdf,
    properties,
    word_comment,
    word_properties,
    workbook_with,
)


def blocks(path: Path) -> tuple[str, ...]:
    text = FileTexts().of(path, "附件")
    assert text is not None
    assert text.title == "附件"
    return text.blocks


def test_a_word_file_gives_its_paragraphs_and_cells(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("最低生活保障申请表")
    document.add_paragraph("")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "申请人", "联系电话"
    document.save(tmp_path / "表.docx")
    assert blocks(tmp_path / "表.docx") == ("最低生活保障申请表", "申请人", "联系电话")


def test_a_workbook_gives_its_rows_sheet_by_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "金额"])
    book.active.append(["王*", 300])
    book.create_sheet("第二批").append(["李*", None, 500])
    hidden = book.create_sheet("底稿")
    hidden.append(["不公开"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "名册.xlsx")
    assert blocks(tmp_path / "名册.xlsx") == ("姓名 | 金额", "王* | 300", "李* | 500")


def test_what_a_reader_does_not_see_cannot_be_found(tmp_path: Path) -> None:
    changes = (word_comment, word_properties, deleted, field_code)
    for number, change in enumerate(changes):
        (tmp_path / f"{number}.docx").write_bytes(document_with(change))
    for number, change in enumerate((hidden_column, hidden_row, hidden_sheet, comment, properties)):
        (tmp_path / f"{number}.xlsx").write_bytes(workbook_with(change))
    found = [block for path in sorted(tmp_path.iterdir()) for block in blocks(path)]
    assert len(found) > 9
    assert not [block for block in found if VALUE in block]


def deleted(document: Any) -> None:
    run = document.add_paragraph("留下的话").add_run(VALUE)._r
    renamed(run, "delText")


def field_code(document: Any) -> None:
    run = document.add_paragraph("第页").add_run(VALUE)._r
    renamed(run, "instrText")


def renamed(run: Any, name: str) -> None:
    space = run.nsmap["w"]
    run.find(f"{{{space}}}t").tag = f"{{{space}}}{name}"


def test_a_pdf_gives_a_block_a_page(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Annual budget 2026"))
    assert blocks(tmp_path / "a.pdf") == ("Annual budget 2026",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_csv_and_text_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("村名,户数\r\n杨家村,27\r\n".encode(encoding))
    (tmp_path / "a.txt").write_bytes("第一行\n\n第二行\n".encode(encoding))
    assert blocks(tmp_path / "a.csv") == ("村名 | 户数", "杨家村 | 27")
    assert blocks(tmp_path / "a.txt") == ("第一行", "第二行")


def test_of_a_very_long_file_the_beginning_can_be_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("公示\n" * 60_000 + "最后一行\n", "utf-8")
    found = blocks(tmp_path / "a.txt")
    assert sum(map(len, found)) == MOST_LETTERS
    assert "最后一行" not in found


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", b"\xff\xd8"),
        ("a.zip", b"PK\x03\x04"),
        ("a.docx", b"not a document"),
        ("a.pdf", b"%PDF-1.4 broken"),
        ("a.txt", b""),
    ],
)
def test_a_file_without_readable_text_gives_none(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert FileTexts().of(tmp_path / name, "附件") is None


def test_a_file_that_is_not_there_gives_none(tmp_path: Path) -> None:
    assert FileTexts().of(tmp_path / "absent.docx", "附件") is None


def test_a_file_that_has_not_changed_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "a.txt").write_text("公示\n", "utf-8")
    (tmp_path / "b.txt").write_text("公告\n", "utf-8")
    first = FileTexts(tmp_path / "cache")
    assert [first.of(tmp_path / name, "附件") for name in ("a.txt", "b.txt")] == [
        FileText("附件", ("公示",)),
        FileText("附件", ("公告",)),
    ]
    first.save()
    (tmp_path / "b.txt").write_text("更正\n", "utf-8")
    read: list[str] = []
    monkeypatch.setattr("gongkai.search.attachments.examine", lambda path: read.append(path.name) or examine(path))
    second = FileTexts(tmp_path / "cache")
    assert second.of(tmp_path / "a.txt", "新名") == FileText("新名", ("公示",))
    assert second.of(tmp_path / "b.txt", "附件") == FileText("附件", ("更正",))
    assert read == ["b.txt"]
    second.save()
    assert "公告" not in (tmp_path / "cache/attachments.bin").read_bytes().decode("utf-8", "replace")


@pytest.fixture
def two_files(tmp_path: Path) -> Path:
    """A folder with a cache that knows the texts of two files in it."""
    (tmp_path / "cache").mkdir()
    texts = FileTexts(tmp_path / "cache")
    for name, text in (("a.txt", "公示"), ("b.txt", "公告")):
        (tmp_path / name).write_text(f"{text}\n", "utf-8")
        texts.of(tmp_path / name, "附件")
    texts.save()
    return tmp_path


def kept(folder: Path) -> str:
    return (folder / "cache/attachments.bin").read_bytes().decode("utf-8", "replace")


def test_a_file_that_nobody_asked_for_this_time_is_not_forgotten(two_files: Path) -> None:
    (two_files / "c.txt").write_text("更正\n", "utf-8")
    texts = FileTexts(two_files / "cache")
    texts.of(two_files / "c.txt", "附件")
    texts.save()
    assert all(text in kept(two_files) for text in ("公示", "公告", "更正"))


def test_the_text_of_a_file_that_is_gone_is_forgotten(two_files: Path) -> None:
    (two_files / "b.txt").unlink()
    FileTexts(two_files / "cache").save()
    assert "公示" in kept(two_files)
    assert "公告" not in kept(two_files)


def test_a_damaged_cache_of_texts_is_dropped(two_files: Path) -> None:
    (two_files / "cache/attachments.bin").write_bytes(b"?")
    assert FileTexts(two_files / "cache").of(two_files / "a.txt", "附件") == FileText("附件", ("公示",))


def test_a_key_tells_a_file_from_what_it_was_without_reading_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [tmp_path / name for name in ("a.txt", "b.jpg")]
    for path in files:
        path.write_text("公示", "utf-8")
    texts = FileTexts()
    assert texts.key(files) == NO_KEY  # it may change again within the same tick of the clock
    monkeypatch.setattr("gongkai.staging.RACY_NS", 0)
    before = texts.key(files)
    files[1].write_text("没有文字的文件", "utf-8")
    assert texts.key(files) == before
    files[0].write_text("更正公示", "utf-8")
    assert texts.key(files) != before
    assert texts.key([]) == texts.key(files[1:]) != NO_KEY
