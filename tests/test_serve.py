"""``gongkai serve``: what a clerk sees in the browser while editing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sites import write_site

pytestmark = pytest.mark.slow
SOON = 60_000
"""Milliseconds in which the browser is to follow, on a slow machine, too."""
ITEM = """---
title: 2026年第三季度临时救助情况
entry: 19-03-04
responsible_unit: 社会事务办公室
formed_on: 2026-09-28
published_on: 2026-10-09
---
本季度共救助 12 人。
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def served(root: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The preview of the site in ``root``, running, and its address."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gongkai", "serve", "--addr", address]
    variables = {**os.environ, "PYTHONIOENCODING": "utf-8", "GONGKAI_TODAY": "2026-11-20"}
    with subprocess.Popen(
        command, cwd=root, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if "Serving on" in line:
                break
        else:
            pytest.fail("".join(said))
        try:
            yield process, line.split("Serving on ")[1].strip()
        finally:
            process.terminate()


@pytest.fixture
def item(tmp_path: Path) -> Path:
    """The file of the one item of a small site."""
    write_site(tmp_path, {"site_src/items/jiuzhu.md": ITEM}, mkdocs={"gongkai": {"search": False}})
    return tmp_path / "site_src/items/jiuzhu.md"


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page on which things may be missing for a while."""
    page = browser.new_page()
    page.set_default_timeout(SOON)
    yield page
    page.close()


def test_page_follows_an_edit_by_itself(item: Path, tmp_path: Path, plain_page: Page):
    with served(tmp_path) as (_, address):
        plain_page.goto(f"{address}items/jiuzhu.html")
        expect(plain_page.locator("[data-body]")).to_contain_text("本季度共救助 12 人。")
        item.write_text(ITEM + "\n另有 3 人正在办理。\n", "utf-8")
        expect(plain_page.locator("[data-body]")).to_contain_text("另有 3 人正在办理。", timeout=SOON)


def test_wrong_edit_shows_its_finding_until_it_is_put_right(item: Path, tmp_path: Path, plain_page: Page):
    with served(tmp_path) as (_, address):
        plain_page.goto(f"{address}items/jiuzhu.html")
        item.write_text(ITEM.replace("formed_on: 2026-09-28", "formed_on: 2026-09-31"), "utf-8")
        alert = plain_page.get_by_role("alert")
        expect(alert).to_contain_text("发现 1 处错误，改正以前不能发布", timeout=SOON)
        expect(alert).to_contain_text("site_src/items/jiuzhu.md 第5行")
        expect(plain_page.get_by_role("heading", level=1)).to_have_text("没有找到这个页面")
        item.write_text(ITEM, "utf-8")
        expect(plain_page.get_by_role("heading", level=1)).to_have_text("2026年第三季度临时救助情况", timeout=SOON)
        expect(alert).to_have_count(0)


def test_site_with_errors_can_be_looked_at(item: Path, tmp_path: Path, plain_page: Page):
    item.with_name("wrong.md").write_text(ITEM.replace("社会事务办公室", "没有这个办公室"), "utf-8")
    with served(tmp_path) as (_, address):
        plain_page.goto(address)
        expect(plain_page.get_by_role("alert")).to_contain_text("site_src/items/wrong.md 第4行")
        assert "wrong" not in plain_page.request.get(f"{address}items/index.html").text()


@pytest.mark.skipif(os.name != "posix", reason="Windows ends one process at a time")
def test_server_ends_with_the_program(item: Path, tmp_path: Path):
    with served(tmp_path) as (process, address):
        process.terminate()
        process.wait()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(address.split(":")[2].partition("/")[0])))
