"""The wheel, installed into an environment of its own, makes a township's site in an empty folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from links import broken_links, parse
from sites import ROOT

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed; gives what it printed."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    environment["PYTHONIOENCODING"] = "utf-8"
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT, cwd=folder)
    return next(folder.glob("gongkailan-*.whl"))


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a fresh environment with nothing but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("fresh environment")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return programs


def test_wheel_carries_catalogue_and_theme_but_neither_tests_nor_the_demonstration(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    assert "gongkai/data/catalogue/vocabulary.yaml" in names
    assert sum(name.startswith("gongkai/data/catalogue/fields/") for name in names) == 30
    assert "gongkai/data/theme/main.html" in names
    assert "gongkai/data/theme/assets/gongkai.css" in names
    assert any(name.startswith("gongkai/starter/") and name.endswith("mkdocs.yml") for name in names)
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"gongkai"}
    assert not [name for name in names if name.endswith(".pyc") or "/items/19" in name]
    assert any(name.endswith("/licenses/LICENSE") for name in names)


@pytest.mark.parametrize("name", ["demo", "云岭镇 公开栏"])
def test_new_site_of_a_fresh_installation_builds(commands: Path, tmp_path: Path, name: str):
    run(commands / "gongkai", "init", name, cwd=tmp_path)
    folder = tmp_path / name
    run(commands / "mkdocs", "build", cwd=folder)
    site = folder / "site"
    for page in (
        "index.html",
        "guide.html",
        "request.html",
        "catalogue/index.html",
        "catalogue/19.html",
        "items/index.html",
    ):
        assert len(parse(site / page).xpath("//h1")) == 1
    assert (site / "search/data/start.bin").is_file()
    assert broken_links(site) == []
    township = "示范镇" if name == "demo" else "云岭镇"
    assert township in parse(site / "index.html").xpath("string(//h1)")


def test_first_item_of_a_new_site_is_checked_and_published(commands: Path, tmp_path: Path):
    run(commands / "gongkai", "init", "云岭镇 公开栏", cwd=tmp_path)
    folder = tmp_path / "云岭镇 公开栏"
    run(commands / "gongkai", "new", "社会救助/最低生活保障/审批信息", "--title", "2026年第三季度低保公示", cwd=folder)
    draft = next((folder / "site_src/items").rglob("*.md"))
    text = draft.read_text("utf-8")
    assert "2026年第三季度低保公示" in text
    run(commands / "gongkai", "check", cwd=folder)
    text = re.sub(r"^draft:.*\n", "", text, flags=re.MULTILINE)
    draft.write_text(re.sub(r"<!--.*?-->", "全镇 27 户 31 人。", text), "utf-8")
    run(commands / "mkdocs", "build", cwd=folder)
    page = next((folder / "site/items").glob("[!i]*.html"))
    assert parse(page).xpath("string(//h1)") == "2026年第三季度低保公示"
