"""``gongkai check`` as a clerk and as a machine run it: the real command in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai import __version__
from sites import GUIDE, ITEM, write_site

WRONG = ITEM.replace("2026-09-28", "2026-02-30").replace("第三季度", "第一季度")
WARNED = ITEM.replace("formed_on: 2026-09-28\n", "").replace("第三季度", "第二季度")


def gongkai(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in ``cwd``."""
    command = [sys.executable, "-m", "gongkai", *map(str, arguments)]
    env = {**os.environ, "COLUMNS": "100", **environment}
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean")
    write_site(folder, {"site_src/items/19/a.md": ITEM})
    return folder


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("warned")
    write_site(folder, {"site_src/items/19/a.md": WARNED})
    return folder


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wrong")
    files = {"site_src/items/19/a, b.md": ITEM, "site_src/items/19/c.md": WARNED, "site_src/items/30/d.md": WRONG}
    write_site(folder, files)
    return folder


def test_site_without_findings_exits_0(clean: Path):
    done = gongkai("check", cwd=clean)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "检查了 1 条信息：错误 0 处，警告 0 处。\n"


def test_errors_exit_1_and_are_all_listed_with_place_reason_and_advice(wrong: Path):
    done = gongkai("check", cwd=wrong)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "site_src/items/19/a, b.md:1:1 错误 GK118 文件名“a, b”不能用作页面地址：里面有空格或特殊符号。\n"
        "    请给文件改名，只用字母、数字、汉字、“-”和“_”，如：a-b.md\n"
        "site_src/items/19/c.md:1:1 警告 GK117 没有写 formed_on（成文日期），无法计算公开时限。\n"
        "    请在信息头加一行，写文件落款（或信息形成）的日期，如：formed_on: 2026-09-28\n"
        "site_src/items/30/d.md:5:12 错误 GK104 formed_on（成文日期）：“2026-02-30”不存在：2026年2月只有28天。\n"
        "    请写成年-月-日，如：formed_on: 2026-02-28\n"
        "检查了 3 条信息：错误 2 处，警告 1 处。\n"
    )


def test_warnings_exit_0_and_with_strict_1(warned: Path):
    assert gongkai("check", cwd=warned).returncode == 0
    assert gongkai("check", "--strict", cwd=warned).returncode == 1


def test_paths_narrow_what_is_listed_and_counted(wrong: Path):
    done = gongkai("check", "site_src/items/19/c.md", cwd=wrong)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "检查了 1 条信息：错误 0 处，警告 1 处。"
    assert "GK104" not in done.stdout


def test_a_folder_may_be_given_from_elsewhere(wrong: Path, tmp_path: Path):
    done = gongkai("check", "-f", wrong / "mkdocs.yml", wrong / "site_src" / "items" / "30", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1] == "检查了 1 条信息：错误 1 处，警告 0 处。"


def test_json_is_the_contract(wrong: Path):
    done = gongkai("check", "--format", "json", cwd=wrong)
    assert done.returncode == 1
    listed = json.loads(done.stdout)
    assert list(listed) == ["items", "errors", "warnings", "findings"]
    assert (listed["items"], listed["errors"], listed["warnings"]) == (3, 2, 1)
    assert listed["findings"][2] == {
        "code": "GK104",
        "severity": "error",
        "file": "site_src/items/30/d.md",
        "line": 5,
        "column": 12,
        "field": "formed_on",
        "message": "formed_on（成文日期）：“2026-02-30”不存在：2026年2月只有28天。",
        "hint": "请写成年-月-日，如：formed_on: 2026-02-28",
        "rule": listed["findings"][2]["rule"],
    }
    assert listed["findings"][2]["rule"]


def test_github_annotations_escape_file_names_and_line_ends(wrong: Path, tmp_path: Path):
    done = gongkai("check", "--format", "github", cwd=wrong)
    assert done.returncode == 1
    assert [line.split("::")[1] for line in done.stdout.splitlines()] == [
        "error file=site_src/items/19/a%2C b.md,line=1,col=1,title=GK118",
        "warning file=site_src/items/19/c.md,line=1,col=1,title=GK117",
        "error file=site_src/items/30/d.md,line=5,col=12,title=GK104",
    ]
    write_site(tmp_path, {"site_src/items/e.md": "没有信息头\n"})
    lines = gongkai("check", "--format", "github", cwd=tmp_path).stdout.splitlines()
    assert len(lines) == 1
    assert "---%0Atitle: 标题%0A" in lines[0]


def test_notes_become_notices_for_github(tmp_path: Path):
    write_site(tmp_path, {"site_src/items/a.md": {"text": ITEM, "crlf": True}})
    done = gongkai("check", "--format", "github", cwd=tmp_path)
    assert done.stdout.startswith("::notice file=site_src/items/a.md,line=1,col=1,title=GK003::")


def test_sarif_has_the_shape_that_viewers_ask_for(wrong: Path):
    done = gongkai("check", "--format", "sarif", cwd=wrong)
    assert done.returncode == 1
    log = json.loads(done.stdout)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("gongkai", __version__)
    rules = [rule["id"] for rule in driver["rules"]]
    assert rules == ["GK104", "GK117", "GK118"]
    assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in driver["rules"])
    assert [result["ruleId"] for result in run["results"]] == ["GK118", "GK117", "GK104"]
    assert {result["level"] for result in run["results"]} == {"error", "warning"}
    place = run["results"][2]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "site_src/items/30/d.md"},
        "region": {"startLine": 5, "startColumn": 12},
    }


def test_file_names_in_sarif_are_uri_references(wrong: Path):
    results = json.loads(gongkai("check", "--format", "sarif", cwd=wrong).stdout)["runs"][0]["results"]
    uris = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results]
    assert uris[0] == "site_src/items/19/a%2C%20b.md"


def test_repeated_notes_are_cut_short_in_text(tmp_path: Path):
    write_site(
        tmp_path,
        {f"site_src/items/{n}.md": {"text": ITEM.replace("2026年第", f"202{n}年第"), "crlf": True} for n in range(5)},
    )
    lines = gongkai("check", cwd=tmp_path).stdout.splitlines()
    assert sum(" 提示 GK003 " in line for line in lines) == 3
    assert lines[-2] == "另有 2 处 GK003 提示没有列出（gongkai check --format json 可看全部）。"
    assert lines[-1] == "检查了 5 条信息：错误 0 处，警告 0 处，提示 5 处。"


def test_incomplete_guide_shows_what_to_add(tmp_path: Path):
    write_site(tmp_path, {"site_src/guide.md": GUIDE.replace("传真：0666-5550101。", "")})
    assert gongkai("check", cwd=tmp_path).stdout == (
        "site_src/guide.md:1:1 错误 GK313 政府信息公开指南里没有找到“传真号码”。\n"
        "    请加一节，如：\n"
        "    ## 传真号码\n"
        "    传真：0666-5550101\n"
        "检查了 0 条信息：错误 1 处，警告 0 处。\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--today", "明天"], "--today 的“明天”不是日期，请写成 2026-10-09 的形式。\n"),
        (["没有.md"], "没有“没有.md”这个文件或文件夹。\n"),
        ([".."], "“..”不在站点文件夹里。\n"),
        (["-f", "别的.yml"], "找不到站点设置“别的.yml”。请在站点文件夹里运行，或用 -f 指明；新建站点：gongkai init 文件夹\n"),
        (
            ["--format", "xml"],
            "命令写法不对：参数 --format 不能是“xml”，可选：text、json、sarif、github\n查看说明：gongkai check --help\n",
        ),
    ],
)  # fmt: skip
def test_wrong_usage_exits_2_with_one_sentence(clean: Path, arguments: list[str], said: str):
    done = gongkai("check", *arguments, cwd=clean)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr == said


def test_folder_without_settings_is_one_clear_sentence(tmp_path: Path):
    done = gongkai("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr == "找不到站点设置“mkdocs.yml”。请在站点文件夹里运行，或用 -f 指明；新建站点：gongkai init 文件夹\n"
    )


def test_broken_settings_are_one_finding(tmp_path: Path):
    write_site(tmp_path, mkdocs="site_name: [示范镇\n")
    done = gongkai("check", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        "mkdocs.yml:1:12 错误 GK301 站点设置 mkdocs.yml 读不下去：括号没有成对，或里面少了逗号。\n"
        "    括号要成对，各项之间用半角逗号加空格隔开，如：site_name: [甲, 乙]\n"
        "检查了 0 条信息：错误 1 处，警告 0 处。\n"
    )


def test_output_is_utf8_whatever_the_terminal_says(wrong: Path):
    done = gongkai("check", cwd=wrong, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "成文日期" in done.stdout


@pytest.mark.parametrize("command", ["", "check", "init", "new", "serve", "rules"])
def test_help_is_chinese(tmp_path: Path, command: str):
    done = gongkai(*filter(None, [command]), "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"用法：{' '.join(filter(None, ['gongkai', command]))} ")
    assert "选项：" in done.stdout
    assert "-h, --help" in done.stdout
    assert "显示本说明" in done.stdout
    english = re.findall(r"\b(usage|options|optional|positional|arguments|show|default|exit)\b", done.stdout)
    assert english == []


def test_no_command_is_wrong_usage(tmp_path: Path):
    done = gongkai(cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "命令写法不对：缺少参数：命令\n查看说明：gongkai --help\n"
