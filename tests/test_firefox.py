"""The Firefox of the tests is the one that residents have: no preference is relaxed for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from firefox import Firefox

pytestmark = pytest.mark.slow

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>before</title>
<script type="module">import "./other.js"; document.title = "module ran";</script>
<script>window.read = fetch("./other.js").then(() => "read", () => "refused");</script>"""


def test_stock_firefox_runs_no_module_and_reads_no_file_from_a_folder(firefox: Firefox, tmp_path: Path):
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "other.js").write_text("", "utf-8")
    firefox.open((tmp_path / "page.html").as_uri())
    assert firefox.evaluate("window.read") == "refused"
    assert firefox.evaluate("document.title") == "before"
    firefox.problems.clear()  # Firefox says on the console what it refused
