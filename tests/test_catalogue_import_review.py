"""Questions and answers: what is not certain is asked about, answered in a table, and only then written."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import yaml

from gongkai.catalogue.importing import Imported, import_file
from gongkai.cli.main import main
from gongkai.reading.schema import schema
from importing_tables import (
    banlao_html,
    hehua_docx,
    jiulong_xlsx,
    rushan_xlsx,
    wingdings_docx,
    wingdings_text,
)
from table_files import write_xlsx

HEAD = ["序号", "一级事项", "二级事项", "公开内容", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "全社会", "特定群体", "主动", "依申请", "乡级"]  # fmt: skip
GOOD = ["1", "政策法规文件", "政策法规", "文件名称；文号", "《社会救助暂行办法》", "20个工作日内", "镇人民政府", "■政府网站", "√", "", "√", "", "√"]  # fmt: skip


def table(folder: Path, *rows: list[str], name: str = "社会救助领域目录.csv", head: list[str] = HEAD) -> Path:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    path = folder / name
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def row(**changed: str) -> list[str]:
    names = dict(zip(("n", "l1", "l2", "content", "basis", "limit", "subject", "channels", "public", "groups", "own", "request", "town"), GOOD, strict=True))  # fmt: skip
    return list((names | changed).values())


def asked(imported: Imported) -> list[tuple[str, str, str]]:
    return [(q.row, q.column, q.shown) for q in imported.questions if q.open]


def run(*arguments: object) -> int:
    return main(["catalogue", "import", *map(str, arguments), "--since", "2026-01-01"])


def fill(review: Path, answers: dict[str, str], *, encoding: str = "utf-8-sig") -> None:
    """As a clerk does it in Excel: ``answers`` by column of the table."""
    rows = list(csv.reader(io.StringIO(review.read_text("utf-8-sig"), newline="")))
    for cells in rows[1:]:
        cells[7] = answers.get(cells[3], cells[7])
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    review.write_bytes(out.getvalue().encode(encoding))


def test_a_table_without_doubts_is_written_at_once(here: Path, capsys) -> None:
    assert run(rushan_xlsx(here)) == 0
    path = here / "catalogue" / "own" / "03-caizheng-yujuesuan.yaml"
    assert "2 行，其中本地自有 0 行，2026-01-01 起用" in capsys.readouterr().out
    data = yaml.safe_load(path.read_text("utf-8"))
    assert list(schema("field").violations(data)) == []
    assert data["field"]["since"] == "2026-01-01"
    second = data["entries"][1]
    assert second["original"]["公开依据"] == "同上"
    assert second["basis"] == data["entries"][0]["basis"]
    assert second["note"].endswith("公开依据、公开渠道和载体原写“同上”，按上一行展开。")
    assert data["entries"][0]["extra"] == {"备注": "涉密部门除外"}
    assert data["entries"][0]["original"]["公开时限"] == "本级政府财政部门批复后 20 日内"


def test_questions_answers_and_a_second_run(here: Path, capsys) -> None:
    source = wingdings_text(here)
    assert run(source) == 1
    assert not (here / "catalogue").exists()
    review = here / "政务局部分.txt.核对.csv"
    assert review.read_bytes().startswith(b"\xef\xbb\xbf")
    said = capsys.readouterr().out
    assert "表里没有“公开层级”" in said
    assert f"--review {review}" in said
    fill(review, {"公开层级": "县级、乡级"})
    assert run(source, "--review", review) == 0
    data = yaml.safe_load((here / "catalogue" / "own" / "01-zhongda-jianshe-xiangmu.yaml").read_text("utf-8"))
    assert {tuple(e["levels"]) for e in data["entries"]} == {("县级", "乡级")}


def test_leaving_a_reading_accepts_it(here: Path) -> None:
    source = wingdings_docx(here)
    assert run(source) == 1
    assert run(source, "--review", here / "政务局部分.docx.核对.csv") == 0


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_review_file_may_be_saved_as_excel_saves_it(here: Path, encoding: str) -> None:
    source = table(here, row(limit="按上级规定"))
    assert run(source) == 1
    review = here / "社会救助领域目录.csv.核对.csv"
    fill(review, {"公开时限": "10个工作日内"}, encoding=encoding)
    assert run(source, "--review", review) == 0
    data = yaml.safe_load(next((here / "catalogue" / "own").iterdir()).read_text("utf-8"))
    assert data["entries"][0]["time_limit"]["text"] == "10个工作日内"
    assert data["entries"][0]["original"]["公开时限"] == "按上级规定"


def test_an_answer_that_cannot_be_read_stays_open(here: Path) -> None:
    source = table(here, row(channels="？政府网站", town="？"))
    assert run(source) == 1
    review = here / "社会救助领域目录.csv.核对.csv"
    fill(review, {"公开层级": "看情况"})
    assert run(source, "--review", review) == 1
    text = review.read_text("utf-8-sig")
    assert "“改为”看不懂" in text
    assert "看情况" in text
    assert "必须填写“改为”" in text


def test_a_review_file_is_not_overwritten_unasked(here: Path, capsys) -> None:
    source = table(here, row(limit="按上级规定"))
    run(source)
    review = here / "社会救助领域目录.csv.核对.csv"
    fill(review, {"公开时限": "10个工作日内"})
    before = review.read_bytes()
    assert run(source) == 2
    assert "已有核对表" in capsys.readouterr().err
    assert review.read_bytes() == before


def test_answers_for_another_file_are_refused(here: Path, capsys) -> None:
    source = table(here, row(limit="按上级规定"))
    run(source)
    table(here, row(limit="按有关规定"))
    assert run(source, "--review", here / "社会救助领域目录.csv.核对.csv") == 2
    assert "可能不是同一份文件的核对表" in capsys.readouterr().err
    assert run(source, "--review", source) == 2
    assert "不是核对表" in capsys.readouterr().err


def test_a_version_that_is_there_is_not_replaced(here: Path, capsys) -> None:
    source = rushan_xlsx(here)
    assert run(source) == 0
    assert run(source) == 2
    assert "已经是这个领域从 2026-01-01 起用的版本" in capsys.readouterr().err
    assert main(["catalogue", "import", str(source), "--since", "2027-01-01"]) == 0
    assert sorted(p.name for p in (here / "catalogue" / "own").iterdir()) == [
        "03-caizheng-yujuesuan-2027-01-01.yaml",
        "03-caizheng-yujuesuan.yaml",
    ]


def test_texts_in_the_review_file_are_no_formulas(here: Path) -> None:
    source = table(here, row(limit='=HYPERLINK("x")'))
    assert run(source) == 1
    review = here / "社会救助领域目录.csv.核对.csv"
    assert "'=HYPERLINK" in review.read_text("utf-8-sig")
    assert run(source, "--review", review) == 0


# --- what is asked


def test_a_level1_name_is_filled_from_above_but_nothing_else_without_a_question(tmp_path: Path) -> None:
    done = import_file(table(tmp_path, row(), row(n="2", l1="", l2="监督检查", basis="")))
    first, second = done.fields[0].entries
    assert second.level1 == first.level1
    assert asked(done) == [("3", "公开依据", "《社会救助暂行办法》")]


def test_ditto_in_the_first_row_is_asked_about(tmp_path: Path) -> None:
    done = import_file(table(tmp_path, row(basis="同上"), row(n="2", l2="监督检查", basis="同上")))
    assert [q[:2] for q in asked(done)] == [("2", "公开依据"), ("3", "公开依据")]


def test_ditto_is_expanded_from_the_row_above(tmp_path: Path) -> None:
    done = import_file(table(tmp_path, row(), row(n="2", l2="监督检查", basis="同 上", limit="（同上）")))
    assert asked(done) == []
    second = done.fields[0].entries[1]
    assert second.basis == done.fields[0].entries[0].basis
    assert second.time_limit_text == "20个工作日内"
    assert done.originals[second.id]["公开依据"] == "同 上"
    assert "原写“同上”" in (second.note or "")


def test_lost_ticks_are_one_question_a_column_and_never_taken_for_yes_or_no(tmp_path: Path) -> None:
    path = banlao_html(tmp_path)
    text = path.read_text("utf-8").replace("""<span style="font-family:'Wingdings 2'">P</span>""", "")
    path.write_text(text, encoding="utf-8")
    done = import_file(path)
    # the words in 特定群体 show that its column is there, hence the rows without any are asked about one by one
    assert sorted(q[:2] for q in asked(done)) == [
        ("3", "公开对象"), ("4", "公开对象"), ("全表", "公开层级"), ("全表", "公开方式"),
    ]  # fmt: skip


def test_optional_or_not_used_is_asked_once_for_the_table(tmp_path: Path) -> None:
    some = "■政府网站 □两微一端"
    done = import_file(table(tmp_path, row(channels=some), row(n="2", l2="监督检查", channels=some)))
    assert asked(done) == [("全表", "公开渠道和载体的 □", "□ 是可选")]
    head = [h if h != "公开渠道和载体" else "公开渠道和载体（“■”表示必选项，“□”表示可选项）" for h in HEAD]
    done = import_file(table(tmp_path, row(channels=some), head=head))
    assert asked(done) == []
    assert done.fields[0].entries[0].channels_may == ("两微一端",)


def test_an_unknown_sign_is_asked_once_for_the_table(tmp_path: Path) -> None:
    done = import_file(table(tmp_path, row(channels="◎政府网站"), row(n="2", l2="监督检查", channels="◎政府网站")))
    assert ("全表", "公开渠道和载体的 ◎", "") in asked(done)


def test_two_kinds_of_ticks_are_asked_about(tmp_path: Path) -> None:
    done = import_file(table(tmp_path, row(channels="■政府网站 ▲政府公报")))
    assert asked(done) == [("全表", "公开渠道和载体的符号", "■、▲ 都是已选")]


def test_a_short_row_is_put_right_or_asked_about(tmp_path: Path) -> None:
    short = row(n="2", l2="监督检查")
    del short[1]
    done = import_file(table(tmp_path, row(), short))
    assert asked(done) == []
    assert done.fields[0].entries[1].level1 == "政策法规文件"
    del short[9]
    done = import_file(table(tmp_path, row(), short))
    assert {q[0] for q in asked(done)} == {"3"}


def test_rows_that_only_resemble_a_standard_row_are_asked_about_and_others_are_the_townships_own(
    tmp_path: Path,
) -> None:
    done = import_file(
        table(tmp_path, row(l1="最低生活保障", l2="审核公示信息"), row(n="2", l1="便民服务", l2="代办点"))
    )
    assert [q[1:] for q in asked(done)] == [("对应的标准条目", "19-02-03 最低生活保障/审核信息")]
    own = done.fields[0].entries[1]
    assert (own.id, own.local) == ("19-90-01", True)


def test_own_rows_keep_their_ids_from_year_to_year(tmp_path: Path) -> None:
    rows = [row(l1="便民服务", l2="代办点"), row(n="2", l1="便民服务", l2="自助机")]
    before = import_file(table(tmp_path, *rows)).fields
    after = import_file(table(tmp_path, *reversed(rows)), known=before).fields[0]
    assert {e.level2: e.id for e in after.entries} == {e.level2: e.id for e in before[0].entries}


def test_the_same_names_twice_are_asked_about(tmp_path: Path) -> None:
    done = import_file(table(tmp_path, row(l1="便民服务", l2="代办点"), row(n="2", l1="便民服务", l2="代办点")))
    assert ("3", "二级事项的重名", "代办点（2）") in asked(done)


def test_a_field_that_no_title_names_is_asked_about(tmp_path: Path) -> None:
    done = import_file(table(tmp_path, row(), name="目录.csv"))
    assert ("全表", "领域", "") in asked(done)
    done = import_file(table(tmp_path, row(), name="目录.csv"), field_id="19")
    assert done.fields[0].id == "19"


def test_a_heading_across_the_table_is_no_row(tmp_path: Path) -> None:
    band = ["一、监督检查", *[""] * 12]
    done = import_file(table(tmp_path, row(), band, row(n="2", l1="", l2="监督检查"), row(n="3", l1="", l2="举报电话")))
    assert [e.level1 for e in done.fields[0].entries] == ["政策法规文件", "监督检查", "监督检查"]
    assert any("通栏的小标题" in remark for remark in done.remarks)
    assert [q[:2] for q in asked(done)][:2] == [("4", "一级事项"), ("5", "一级事项")]


def test_channels_may_have_a_tick_column_each(tmp_path: Path) -> None:
    at = HEAD.index("公开渠道和载体")
    top = [h if n <= at else "" for n, h in enumerate(HEAD)]
    top[at + 1 : at + 1] = ["", ""]
    top[at + 3 :] = HEAD[at + 1 :]
    sub = ["" for _ in top]
    sub[at : at + 3] = ["政府网站", "政务新媒体", "村公示栏"]
    cells = row()
    cells[at : at + 1] = ["√", "", "√"]
    path = write_xlsx(
        tmp_path / "社会救助领域目录.xlsx", {"表": [top, sub, [c or None for c in cells]]}, {"表": ["H1:J1"]}
    )
    done = import_file(path)
    assert asked(done) == []
    assert done.fields[0].entries[0].channels_must == ("政府网站", "社区/企事业单位/村公示栏(电子屏)")


def test_a_limit_that_stands_under_the_cycle_is_asked_about(tmp_path: Path) -> None:
    done = import_file(table(tmp_path, [*row(limit="长期公开"), "形成或变更20个工作日"], head=[*HEAD, "更新周期"]))
    assert asked(done) == [("2", "公开时限", "长期公开；形成或变更20个工作日")]
    assert done.fields[0].entries[0].extra == (("更新周期", "形成或变更20个工作日"),)


def test_the_rest_of_a_missing_page_is_asked_about(tmp_path: Path) -> None:
    rest = ["", "", "", "与预算对比的变化说明", *[""] * 9]
    done = import_file(table(tmp_path, rest, row()))
    assert asked(done) == [("2", "整行", "")]
    assert next(q.original for q in done.questions) == "与预算对比的变化说明"


def test_one_field_of_several(here: Path) -> None:
    assert run(jiulong_xlsx(here), "--field", "重大建设项目") == 0
    assert [p.name for p in (here / "catalogue" / "own").iterdir()] == ["01-zhongda-jianshe-xiangmu.yaml"]


def test_a_field_that_the_file_does_not_hold(here: Path, capsys) -> None:
    assert run(rushan_xlsx(here), "--field", "19") == 2
    assert "文件里没有“19 社会救助”这个领域的表。没有写入任何内容。" in capsys.readouterr().err
    assert not (here / "catalogue").exists()


def test_every_cell_keeps_its_original_text(tmp_path: Path) -> None:
    done = import_file(hehua_docx(tmp_path))
    original = done.originals["07-01-02"]
    assert original["公开依据"] == "《关于推进房屋征收补偿信息公开工作的\n实施意见》(建房〔2012 ) 8 4 号 )"
    assert original["二级事项"] == "地方\n层面\n法规\n政策"
    assert original["公开渠道和载体"].startswith("■政府网站 口政府公报\n")
    assert original["乡级"] == "√"
