"""``gongkai inspect``."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gongkai.cli.main import main
from sites import ITEM, ROOT, write_site

DAY = ["--today", "2026-11-20"]


def sheet(capsys, config: Path, *options: str) -> tuple[int, dict]:
    code = main(["inspect", "-f", str(config), *DAY, "--format", "json", *options])
    return code, json.loads(capsys.readouterr().out)


def line(data: dict, title: str) -> dict:
    return next(x for x in data["lines"] if x["title"] == title)


def test_the_demonstration_township_fails_nothing(capsys):
    code, data = sheet(capsys, ROOT / "mkdocs.yml")
    assert (code, data["failed"]) == (0, 0)
    assert [x["veto"] for x in data["lines"]] == sorted((x["veto"] for x in data["lines"]), reverse=True)
    assert all(x["source"] and x["figure"] and x["standard"] for x in data["lines"])
    assert data["passed"] + data["failed"] + data["undecided"] == len(data["lines"])
    assert line(data, "首页更新")["figure"].startswith("最近更新 2026-11-1")


def test_an_empty_site_fails_the_home_page(capsys, tmp_path):
    code, data = sheet(capsys, write_site(tmp_path))
    assert code == 1
    assert line(data, "首页更新")["state"] == "不通过"
    assert line(data, "空白栏目")["behind"] == ["法定主动公开内容", "社会救助", "通用栏目"]


def test_what_lies_behind_a_line(capsys, tmp_path):
    text = ITEM.replace("31 人。", "31 人。依据《政府信息公开条例》（国令第711号）公开。")
    _, data = sheet(capsys, write_site(tmp_path, {"site_src/items/a.md": text}))
    laws = line(data, "法规名称和文号")
    assert laws["state"] == "不通过"
    assert laws["behind"] == ["site_src/items/a.md:8 “国令第711号”不是规范写法，漏了字。"]


def test_a_silenced_rule_is_left_to_a_human(capsys, tmp_path):
    rules = {"gongkai": {"rules": {"GK814": {"level": "off", "reason": "历史信息"}}}}
    _, data = sheet(capsys, write_site(tmp_path, {"site_src/items/a.md": ITEM}, mkdocs=rules))
    assert line(data, "法规名称和文号")["state"] == "需人工判断"
    assert "GK814：历史信息" in line(data, "法规名称和文号")["figure"]


def test_text_for_people(capsys, tmp_path):
    assert main(["inspect", "-f", str(write_site(tmp_path)), *DAY]) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        "示范镇政府信息公开 检查评分表（2026-11-20，已公开 0 条）\n\n一、单项否决\n 1. [？] 站点无法访问"
    )
    assert "二、扣分指标" in out
    assert out.endswith("有单项否决指标不通过，全站会被评为不合格，请先处理。\n")


def test_no_site(capsys, tmp_path):
    assert main(["inspect", "-f", str(tmp_path / "mkdocs.yml")]) == 2
    assert "找不到站点设置" in capsys.readouterr().err


def test_broken_settings(capsys, tmp_path):
    config = write_site(tmp_path, mkdocs="site_name: 甲\nplugins: []\n")
    assert main(["inspect", "-f", str(config)]) == 2
    assert "不能检查" in capsys.readouterr().err


@pytest.mark.parametrize(("path", "state"), [("/", "通过"), ("/404", "不通过")])
def test_online_asks_the_links(capsys, tmp_path, path, state):
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(404 if self.path == "/404" else 200)
            self.end_headers()

        do_GET = do_HEAD  # noqa: N815 - the name http.server asks for

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}{path}"
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM + f"\n见[通知]({url})。\n"})
    _, data = sheet(capsys, config, "--online")
    server.shutdown()
    server.server_close()
    assert line(data, "站外链接")["state"] == state
    _, data = sheet(capsys, config)
    assert line(data, "站外链接")["state"] == "需人工判断"
