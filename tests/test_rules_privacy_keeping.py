"""Lists that leave, masking, and the gate in a real build."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from gongkai.cli.main import main
from gongkai.gather import gather
from gongkai.model import Item, NoticePeriod
from gongkai.privacy.masking import mask_text
from gongkai.privacy.retiring import retire_list, shows_names
from numbers_of_nobody import bank_card, id_number, mobile
from sites import ITEM, TODAY, write_site
from test_rules_privacy_files import VALUE as IN_FILES
from test_rules_privacy_files import document_with, hidden_column, pdf, word_comment, workbook_with

VALUE = id_number(Random(5))
TABLE = "| 序号 | 户主姓名 | 金额（元） |\n| --- | --- | ---: |\n| 1 | 张*三 | 500 |\n| 2 | 李* | 700 |\n| 合计 | 2户 | 1,200 |\n"
BODY = f"现公示如下。\n\n{TABLE}\n公示期：2026年10月9日至15日。名册见[附表](名册.xlsx)，办法见[通知](b.md)。\n"


def item(body: str = BODY, **more) -> Item:
    base = {
        "file": "a.md",
        "address": "a",
        "title": "公示",
        "entry_id": "19-02-04",
        "responsible_unit": "",
        "unit_id": "",
        "published_on": dt.date(2026, 10, 9),
        "body": body,
        "body_line": 9,
        "lines": {},
    }
    return Item(**{**base, **more})


END = {"notice_period": NoticePeriod(dt.date(2026, 10, 9), dt.date(2026, 10, 15))}


def test_a_list_stays_to_its_last_day():
    whole = item(**END)
    assert retire_list(whole, dt.date(2026, 10, 15)) is whole
    assert retire_list(item(), TODAY).body == BODY
    assert retire_list(item(**END, list_until=dt.date(2026, 12, 31)), TODAY).body == BODY


def test_after_it_names_and_files_are_gone_and_totals_and_dates_stay():
    shown = retire_list(item(**END), dt.date(2026, 10, 16))
    assert "张*三" not in shown.body
    assert "名单公示期已满，于2026年10月16日撤下。" in shown.body
    assert "| 合计 | 2户 | 1,200 |" in shown.body
    assert "公示期：2026年10月9日至15日" in shown.body
    assert "名册.xlsx" not in shown.body
    assert [link.target for link in shown.links] == ["b.md"]
    assert not shows_names(shown.body)


def test_names_outside_of_tables_leave_too():
    shown = retire_list(item("名单：张*三、李*四、王*五\n\n完。\n", **END), TODAY)
    assert "张*三" not in shown.body
    assert "完。" in shown.body


def test_tables_of_villages_and_officials_are_no_lists_of_persons():
    assert not shows_names("| 村 | 户数 | 金额 |\n|---|---|---|\n| 上坪村 | 2 | 300 |\n")
    assert not shows_names("| 姓名 | 职务 | 分工 |\n|---|---|---|\n| 张三 | 镇长 | 全面工作 |\n")


def test_masking_keeps_everything_else():
    number, phone, card = VALUE, mobile(Random(2)), bank_card(Random(3))
    text = f"---\r\n# 注释\r\ntitle: 甲 {number}\r\nindex_number: 11999999MB0000001X/2026-00117\r\n---\r\n| 户主姓名 | 电话 |\r\n|---|---|\r\n| 张三 | {phone} |\r\n| 欧阳小明 |  |\r\n卡 {card}"
    after, changes = mask_text(text, names=True)
    assert after.split("\r\n")[:2] == ["---", "# 注释"]
    assert f"{number[:2]}{'*' * 13}{number[-3:]}" in after
    assert f"{phone[:3]}****{phone[-4:]}" in after
    assert "| 张* |" in after
    assert "欧阳*明" in after
    assert after.count("\r\n") == text.count("\r\n")
    assert "11999999MB0000001X/2026-00117" in after
    shown = "".join(c.before + c.after for c in changes)
    assert not any(secret in shown for secret in (number, phone, card))
    assert mask_text(after, names=True) == (after, [])
    assert mask_text(text, allowed=[phone])[0].count(phone) == 1


def test_a_changed_line_is_named_as_an_editor_counts():
    _, changes = mask_text("甲\u2028乙\r\n\x85\x0c电话：13800138000\n", names=True)
    assert [change.line for change in changes] == [2]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_mask_command_writes_only_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str):
    path = tmp_path / "a.md"
    data = f"---\r\ntitle: 甲\r\n---\r\n身份证 {VALUE}\r\n".encode(encoding)
    path.write_bytes(data)
    assert main(["mask", str(path)]) == 0
    assert path.read_bytes() == data
    assert main(["mask", str(path), "--write"]) == 0
    masked = VALUE[:2] + "*" * 13 + VALUE[-3:]
    assert path.read_bytes() == data.replace(VALUE.encode(), masked.encode())
    assert VALUE not in capsys.readouterr().out
    assert [p.name for p in tmp_path.iterdir()] == ["a.md"]


def test_mask_command_refuses_other_files(tmp_path: Path):
    assert main(["mask", str(tmp_path / "a.xlsx")]) == 2
    assert main(["mask", str(tmp_path / "a.md")]) == 2


def test_no_finding_prints_a_number_whole(tmp_path: Path):
    head = ITEM.replace("社会事务办公室", f"社会事务办{VALUE}").replace("19-02-04", VALUE)
    files = {f"site_src/items/{VALUE}.md": head, f"site_src/items/b{VALUE}.md": ITEM + f"\n{VALUE}[x]({VALUE}.pdf)\n"}
    findings = gather(write_site(tmp_path, files), TODAY).findings
    assert any(f.code == "GK501" for f in findings)
    assert not [f for f in findings if VALUE in f"{f.file}{f.message}{f.hint}"]


FILES = {
    "对象.xlsx": (workbook_with(hidden_column), "工作表“名单”的 D2 单元格（隐藏列）"),
    "公告.pdf": (pdf(IN_FILES), "第1页"),
    "通知.docx": (document_with(word_comment), "批注"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_an_id_number_in_a_file_stops_the_build(tmp_path: Path, name: str):
    data, where = FILES[name]
    text = ITEM.replace("---\n全镇", f"attachments: [{name}]\n---\n全镇")
    config = write_site(tmp_path, {"site_src/items/19/a.md": text})
    (config.parent / "site_src/items/19" / name).write_bytes(data)
    env = {**os.environ, "GONGKAI_TODAY": TODAY.isoformat(), "PYTHONUTF8": "1"}
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", str(config)],
        capture_output=True,
        text=True,
        env=env,
        check=False,
        encoding="utf-8",
    )
    said = run.stdout + run.stderr
    assert run.returncode != 0
    assert not (tmp_path / "site").exists()
    assert f"附件“{name}”{where}" in said
    assert IN_FILES[:2] + "*" * 13 + IN_FILES[-3:] in said
    assert IN_FILES not in said


@pytest.mark.slow
def test_a_retired_list_is_nowhere_on_the_site(tmp_path: Path):
    text = (
        ITEM.replace("---\n全镇", "list_until: 2026-11-01\nattachments: [对象名册.csv]\n---\n全镇")
        + "\n"
        + TABLE.replace("张*三", "张*鑫")
    )
    files = {"site_src/items/19/a.md": text, "site_src/items/19/对象名册.csv": "序号,户主姓名\n1,张*鑫\n2,李*\n"}
    config = write_site(tmp_path, files)
    env = {**os.environ, "GONGKAI_TODAY": TODAY.isoformat(), "PYTHONUTF8": "1"}
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config)], check=True, env=env)
    page = (tmp_path / "site/items/a.html").read_text("utf-8")
    assert "名单公示期已满，于2026年11月2日撤下" in page
    assert "1,200" in page
    for path in (tmp_path / "site").rglob("*"):
        if path.is_file():
            assert "对象名册" not in path.name
            assert "*鑫".encode() not in path.read_bytes()
