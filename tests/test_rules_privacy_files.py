"""Attachments of every kind, hidden places included; what cannot be read is said."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import docx
import openpyxl
import pypdf
import pytest
from openpyxl.comments import Comment
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from gongkai.privacy.attachments import Piece, UncheckableError, read
from gongkai.privacy.attachments.examining import examine
from gongkai.privacy.detectors import Kind, scan
from numbers_of_nobody import id_number

VALUE = id_number(Random(11))


def found(name: str, data: bytes) -> list[str]:
    """The places in which an ID number is found."""
    pieces = [p for p in read(name, data) if isinstance(p, Piece)]
    return [p.where for p in pieces for h in scan(p.text, wrapped=p.wrapped, heading=p.heading) if h.kind is Kind.ID]


def saved(thing) -> bytes:
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def pdf(text: str) -> bytes:
    """A PDF file with one page that shows ``text``."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(300, 300)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode("ascii"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def workbook_with(change) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["序号", "村", "金额", "备注"])
    sheet.append([1, "上坪村", 500, ""])
    change(book, sheet)
    return saved(book)


def hidden_column(_book, sheet):
    sheet["D2"] = VALUE
    sheet.column_dimensions["D"].hidden = True


def hidden_row(_book, sheet):
    sheet["D9"] = VALUE
    sheet.row_dimensions[9].hidden = True


def hidden_sheet(book, _sheet):
    other = book.create_sheet("底册")
    other["A1"] = VALUE
    other.sheet_state = "veryHidden"


def comment(_book, sheet):
    sheet["A1"].comment = Comment(VALUE, "a")


def properties(book, _sheet):
    book.properties.description = f"x {VALUE}"


def defined_name(book, _sheet):
    book.defined_names["key"] = openpyxl.workbook.defined_name.DefinedName("key", attr_text=f'"{VALUE}"')


def page_header(_book, sheet):
    sheet.oddHeader.center.text = VALUE


def validation(_book, sheet):
    rule = openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1=f'"{VALUE},a"')
    rule.add("B2")
    sheet.add_data_validation(rule)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (hidden_column, "工作表“名单”的 D2 单元格（隐藏列）"),
        (hidden_row, "工作表“名单”的 D9 单元格（隐藏行）"),
        (hidden_sheet, "工作表“底册”（隐藏的工作表）的 A1 单元格"),
        (comment, "工作表“名单”的 A1 单元格的批注"),
        (properties, "文件属性"),
        (defined_name, "工作簿的名称定义"),
        (page_header, "工作表的公式、页眉页脚等处"),
        (validation, "工作表的公式、页眉页脚等处"),
    ],
)
def test_workbook(change, where: str):
    assert where in found("a.xlsx", workbook_with(change))


def document_with(change) -> bytes:
    document = docx.Document()
    document.add_paragraph("示范镇")
    change(document)
    return saved(document)


def split_runs(document):
    paragraph = document.add_paragraph()
    for part in (VALUE[:5], VALUE[5:11], VALUE[11:]):
        paragraph.add_run(part)


def table_cell(document):
    document.add_table(1, 1).cell(0, 0).text = VALUE


def header(document):
    document.sections[0].header.paragraphs[0].text = VALUE


def footer(document):
    document.sections[0].footer.paragraphs[0].text = VALUE


def word_comment(document):
    document.add_comment(document.paragraphs[0].runs, text=VALUE, author="a", initials="a")


def word_properties(document):
    document.core_properties.comments = VALUE


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (split_runs, "正文"),
        (table_cell, "正文"),
        (header, "页眉"),
        (footer, "页脚"),
        (word_comment, "批注"),
        (word_properties, "文件属性"),
    ],
)
def test_document(change, where: str):
    assert where in found("a.docx", document_with(change))


def test_footnotes_and_embedded_files():
    note = f'<w:footnotes xmlns:w="urn:w"><w:p><w:r><w:t>{VALUE}</w:t></w:r></w:p></w:footnotes>'.encode()
    inner = workbook_with(hidden_column)
    data = zipped({"[Content_Types].xml": b"<a/>", "word/footnotes.xml": note, "word/embeddings/a.xlsx": inner})
    assert found("a.docx", data) == ["脚注", "内含文件“word/embeddings/a.xlsx”工作表“名单”的 D2 单元格（隐藏列）"]


def test_pdf():
    assert found("a.pdf", pdf(VALUE)) == ["第1页"]


def test_encrypted_pdf_cannot_be_checked():
    writer = pypdf.PdfWriter(io.BytesIO(pdf("x")))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(UncheckableError, match="加了密码"):
        list(read("a.pdf", out.getvalue()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_any_encoding(encoding: str):
    assert found("a.csv", f"序号,村,备注\r\n1,上坪村,{VALUE}\r\n".encode(encoding)) == ["第2行第3列"]


def test_zip_in_zip_and_chinese_names():
    inner = zipped({"名单.csv": f"a,{VALUE}\n".encode()})
    assert found("a.zip", zipped({"内.zip": inner})) == ["内含文件“内.zip”内含文件“名单.csv”第1行第2列"]


def test_limits_of_archives():
    data = b"x"
    for _ in range(8):
        data = zipped({"a.zip": data})
    with pytest.raises(UncheckableError, match="层数太多"):
        list(read("a.zip", data))
    with pytest.raises(UncheckableError, match="超过 5000 个"):
        list(read("a.zip", zipped({f"{n}.txt": b"" for n in range(5001)})))


@pytest.mark.parametrize("name", ["a.pdf", "a.xlsx", "a.docx", "a.xls", "a.doc", "a.zip", "a.csv", "a.bin"])
@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0\1\2", b""])
def test_rubbish_never_breaks_the_reader(tmp_path: Path, name: str, start: bytes):
    path = tmp_path / name
    path.write_bytes(start + Random(1).randbytes(3000) if start else b"")
    report = examine(path)
    assert report.name == name


def test_numbers_in_old_word_files_are_seen_and_the_file_still_counts_as_unchecked(tmp_path: Path):
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + VALUE.encode("utf-16-le"))
    report = examine(path)
    assert [h.kind for p in report.pieces for h in scan(p.text)] == [Kind.ID]
    assert report.reason == "的格式不能完整检查"
