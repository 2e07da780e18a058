"""Files that cannot be imported: one clear sentence each, and nothing written."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from gongkai.catalogue.importing import import_file
from gongkai.cli.main import main
from importing_tables import banlao_html, hehua_docx, jiulong_xlsx, rushan_xlsx

DATA = Path(__file__).parent / "data" / "catalogue_tables"


def run(path: Path, capsys, monkeypatch, *options: str) -> tuple[int, str, list[str]]:
    """Exit code, what was said, and the files that are there afterwards and were not before."""
    monkeypatch.chdir(path.parent)
    before = set(path.parent.rglob("*"))
    code = main(["catalogue", "import", str(path), *options])
    said = capsys.readouterr()
    return code, said.out + said.err, sorted(str(p.name) for p in set(path.parent.rglob("*")) - before)


def copied(name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes((DATA / name).read_bytes())
    return path


def saved(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
    return path


def edited(path: Path, edit) -> Path:
    book = load_workbook(path)
    edit(book)
    book.save(path)
    return path


def with_formula(book: Workbook) -> None:
    book.worksheets[0]["F4"] = '=CONCATENATE("20","个工作日")'


def with_hidden_sheet(book: Workbook) -> None:
    book.create_sheet("旧版")["A1"] = "旧目录"
    book["旧版"].sheet_state = "hidden"


def hide_row(book: Workbook) -> None:
    book.worksheets[0].row_dimensions[4].hidden = True


def hide_columns(book: Workbook) -> None:
    book.worksheets[0].column_dimensions["H"].hidden = True


def merged_all(folder: Path) -> Path:
    """A sheet merged from end to end; the file is small, what it stands for is not."""
    path = jiulong_xlsx(folder)
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b'ref="A1:M1"', b'ref="A1:XFD1048576"')
            new.writestr(part.filename, content)
    return saved(path, out.getvalue())


def bomb(folder: Path) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 90_000_000)
    return saved(folder / "目录.xlsx", out.getvalue())


def with_entities(folder: Path) -> Path:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>')
    return saved(folder / "目录.docx", out.getvalue())


def empty_book(folder: Path) -> Path:
    Workbook().save(folder / "目录.xlsx")
    return folder / "目录.xlsx"


def crowded(folder: Path) -> Path:
    """One cell that holds many rows, as converted scans have it."""
    rows = "序号,公开事项,公开内容,公开依据,公开时限,公开主体,公开渠道\n"
    return saved(folder / "救灾领域目录.csv", rows + '"1\n2\n3\n4",政策,甲;乙,《条例》,20个工作日,镇,网站\n')


def poured_out(folder: Path) -> Path:
    """Columns that do not hold what their headers say."""
    head = "序号,公开事项,公开内容,公开依据,公开时限,公开主体,公开渠道\n"
    row = "{n},事项{n},内容,20个工作日内,■政府网站,《条例》,镇人民政府\n"
    return saved(folder / "救灾领域目录.csv", head + "".join(row.format(n=n) for n in range(1, 6)))


def tracked(folder: Path) -> Path:
    path = hehua_docx(folder)
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "word/document.xml":
                content = content.replace(b"<w:body>", b'<w:body><w:p><w:del w:id="1" w:author="x"/></w:p>', 1)
            new.writestr(part.filename, content)
    return saved(path, out.getvalue())


ORIGINAL = "请向发文单位要 Word 或 Excel 原件"
CASES = {
    "missing": (lambda d: d / "没有.xlsx", "没有“{path}”这个文件。没有写入任何内容。"),
    "folder": (lambda d: (d / "夹").mkdir() or d / "夹", "“{path}”是一个文件夹。请写明要导入的文件。"),
    "nothing": (lambda d: saved(d / "目录.csv", b""), "“目录.csv”是空文件。"),
    "pdf": (lambda d: saved(d / "目录.pdf", b"%PDF-1.7 x"), f"“目录.pdf”不能导入：这是 PDF 文件，表格的格子读不出来。{ORIGINAL}。"),
    "pdf named xlsx": (lambda d: saved(d / "目录.xlsx", b"%PDF-1.7 x"), "“目录.xlsx”不能导入：这是 PDF 文件"),
    "scan": (lambda d: saved(d / "目录.png", b"\x89PNG\r\n\x1a\n\0"), f"“目录.png”不能导入：这是图片或扫描件，不能导入。{ORIGINAL}。"),
    "web page named xls": (
        lambda d: saved(d / "目录.xls", banlao_html(d).read_bytes()),
        "“目录.xls”的扩展名是 .xls，里面却是网页（.html）。请用原来的程序打开，另存为正确的格式；或把扩展名改成 .html 再导入。",
    ),
    "docx named xlsx": (lambda d: saved(d / "目录.xlsx", hehua_docx(d).read_bytes()), "“目录.xlsx”的扩展名是 .xlsx，里面却是Word 文档（.docx）。"),
    "text named docx": (lambda d: saved(d / "目录.docx", "序号"), "“目录.docx”的扩展名是 .docx，里面却是文字。"),
    "unknown ending": (lambda d: saved(d / "目录.dat", "序号"), "“目录.dat”的扩展名是“.dat”，不知道按什么格式读。可以导入的格式："),
    "old word": (lambda d: saved(d / "目录.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")), "这是旧版 Word 文档（.doc）。请用 Word 或 WPS 打开，另存为 .docx 再导入。"),
    "password": (lambda d: copied("有密码.xlsx", d), "“有密码.xlsx”不能导入：文件有打开密码。请在 Word 或 Excel 中去掉密码（文件 → 信息 → 保护），保存后再导入。"),
    "too big": (lambda d: saved(d / "目录.xlsx", b"PK\x03\x04" + bytes(50_000_000)), "“目录.xlsx”有 50 MB，超过 20 MB，不像是一张目录表。请只留下目录，去掉图片再导入。"),
    "bomb": (bomb, "文件解开后太大，不像是一张目录表。"),
    "entities": (with_entities, "文件里有不该出现的内容（DOCTYPE）。"),
    "merged end to end": (merged_all, "合并单元格大得不合情理（合并到了整列或整张表）。请在 Excel 中取消多余的合并再导入。"),
    "broken": (lambda d: saved(d / "目录.xlsx", rushan_xlsx(d).read_bytes()[:4000]), "文件已经损坏，打不开。"),
    "empty sheet": (empty_book, "“目录.xlsx”不能导入：里面的工作表都是空的。"),
    "formula": (lambda d: edited(jiulong_xlsx(d), with_formula), "工作表“合订”的 F4 是公式，里面没有算好的结果。请用 Excel 打开、保存一次，或把公式粘贴成值，再导入。"),
    "hidden row": (lambda d: edited(jiulong_xlsx(d), hide_row), "工作表“合订”有隐藏的行（第 4 行），不知道该不该导入。请取消隐藏（或取消筛选），或删去它们再导入。"),
    "hidden column": (lambda d: edited(jiulong_xlsx(d), hide_columns), "工作表“合订”有隐藏的列（H 列），不知道该不该导入。"),
    "hidden sheet": (lambda d: edited(jiulong_xlsx(d), with_hidden_sheet), "工作表“旧版”是隐藏的，不知道该不该导入。请取消隐藏，或删去它再导入。"),
    "hidden row of .xls": (lambda d: copied("隐藏行.xls", d), "工作表“养老服务”有隐藏的行（第 5 行）"),
    "hidden column of .xls": (lambda d: copied("隐藏列.xls", d), "工作表“养老服务”有隐藏的列（M 列）"),
    "tracked changes": (tracked, "文档里有修订痕迹，不知道以改前还是改后为准。"),
    "no table": (lambda d: saved(d / "页.html", "<html><body><p>没有表格</p></body></html>"), "“页.html”不能导入：网页里没有表格。"),
    "no header": (lambda d: saved(d / "表.csv", "姓名,电话\n张三,1\n"), f"没有找到目录的表头（序号、公开事项、公开内容、公开依据、公开时限等）。扫描件、图片和按列倒出的文字不能导入；{ORIGINAL}。"),
    "header only": (lambda d: saved(d / "表.csv", "序号,公开事项,公开内容,公开依据,公开时限,公开主体\n"), "表头下面没有内容。"),
    "one letter a line": (lambda d: saved(d / "表.txt", "\n\n".join(["序号", "公开事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "公开方式", "公开层级"])), "表头的字一格一行，看不出哪几行是一格，像是按列倒出或从网页复制的文字。"),
    "GB18030": (lambda d: saved(d / "表.csv", "序号,公开事项".encode("gb18030")), "文件不是 UTF-8 编码，看起来是 GB18030（GBK、ANSI）编码，不能确定其中的汉字。请用记事本打开，选“文件 → 另存为”，编码选“UTF-8”后保存"),
    "crowded cell": (crowded, "第 2 行的“序号”一格里有 4 个序号，像是许多行挤进了一格（常见于扫描件或 PDF 转换）。"),
    "poured out by columns": (poured_out, "各列的内容与表头对不上，像是按列倒出或错位的文字。"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_bad_file_is_refused_in_one_sentence(case: str, tmp_path: Path, capsys, monkeypatch) -> None:
    make, sentence = CASES[case]
    path = make(tmp_path)
    code, said, written = run(path, capsys, monkeypatch)
    assert sentence.format(path=path) in said
    assert "没有写入任何内容" in said
    assert (code, written) == (2, [])


def test_formulas_with_saved_results_count_as_their_results(tmp_path: Path) -> None:
    path = jiulong_xlsx(tmp_path)
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = re.sub(rb'<c r="A4".*?</c>', b'<c r="A4"><f>ROW()-3</f><v>1</v></c>', content, count=1)
                assert b"ROW()-3" in content
            new.writestr(part.filename, content)
    assert import_file(saved(path, out.getvalue())).fields == import_file(jiulong_xlsx(tmp_path)).fields


def test_wrong_options_are_said(tmp_path: Path, capsys, monkeypatch) -> None:
    path = rushan_xlsx(tmp_path)
    assert "--since 的“明年”不是日期" in run(path, capsys, monkeypatch, "--since", "明年")[1]
    assert "--field 的“交通”不是标准目录的领域" in run(path, capsys, monkeypatch, "--field", "交通")[1]
    code, said, written = run(path, capsys, monkeypatch, "--review", "没有.csv")
    assert (code, written) == (2, [])
    assert "读不到核对表“没有.csv”" in said
