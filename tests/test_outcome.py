"""A check that is asked again: the same is said without looking again, unless anything has changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from changing_site import FIRST, OTHER, SECOND, STEPS, lived_through, site
from gongkai import outcome
from gongkai.cache_folder import FOLDER
from gongkai.gather import gather
from gongkai.outcome import check_site
from sites import ITEM, ROOT, TODAY, needs_links, write_site

pytestmark = pytest.mark.usefixtures("with_cache")
WITH_FILE = ITEM.replace("formed_on", "attachments: [{path: 表.csv}]\nformed_on")
CHECK = "import sys; from gongkai.cli.main import main; main(sys.argv[1:]); print('gongkai.gather' in sys.modules)"


@pytest.fixture
def _settled(monkeypatch: pytest.MonkeyPatch):
    """Files count as old as soon as they are written."""
    monkeypatch.setattr(outcome, "RACY_NS", 0)


def says_what_a_cold_run_says(config: Path) -> bool:
    warm, cold = check_site(config, TODAY), gather(config, TODAY, cache=False)
    return (warm.findings, warm.read, warm.errors) == (cold.findings, cold.read, cold.errors)


def is_kept(folder: Path) -> bool:
    return (folder / FOLDER / "outcome.bin").exists()


def looked_again(config: Path, *paths: str) -> bool:
    """Whether a check in a process of its own had to read the site, seen by what it imported."""
    command = [sys.executable, "-c", CHECK, "check", *paths, "--today", TODAY.isoformat(), "-f", str(config)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=config.parent)
    return done.stdout.rsplit("\n", 2)[-2] == "True"


@pytest.mark.usefixtures("_settled")
def test_check_of_a_file_after_a_check_looks_at_nothing_again(tmp_path: Path):
    config = site(tmp_path)
    check_site(config, TODAY)
    assert not looked_again(config, FIRST)


def test_files_changed_just_before_a_check_are_looked_at_again(tmp_path: Path):
    config = site(tmp_path)
    check_site(config, TODAY)
    assert not is_kept(tmp_path)


@pytest.mark.usefixtures("_settled")
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=8))
def test_check_after_any_changes_says_what_a_cold_one_says(tmp_path_factory, steps: list[tuple[Any, ...]]):
    folder = tmp_path_factory.mktemp("site")
    config = lived_through(folder, steps, lambda config: check_site(config, TODAY))
    assert says_what_a_cold_run_says(config)
    assert says_what_a_cold_run_says(config)
    shutil.rmtree(folder)


@pytest.mark.usefixtures("_settled")
@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("site_src/items/表.csv", "村,号码\n甲村,11010519491231002X\n"),
        ("site_src/guide.md", "# 指南\n\n电话 13812345678，身份证号 11010519491231002X。\n"),
        ("catalogue/calendar.yaml", "years: [{year: 2099, off: [2099-13-01]}]\n"),
        ("requests/2026.csv", "没有这样的表头\n"),
        ("feedback/2026.csv", "没有这样的表头\n"),
        ("rectification.jsonl", "{\n"),
        ("mkdocs.yml", "site_name: x\n"),
    ],
)
def test_change_of_any_kind_of_file_is_seen(tmp_path: Path, file: str, text: str):
    config = write_site(tmp_path, {FIRST: WITH_FILE, "site_src/items/表.csv": "村,户数\n甲村,2\n"})
    before = check_site(config, TODAY)
    assert is_kept(tmp_path)
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, "utf-8")
    assert check_site(config, TODAY).findings != before.findings
    assert says_what_a_cold_run_says(config)


@pytest.mark.usefixtures("_settled")
@needs_links
def test_change_behind_a_linked_folder_is_seen(tmp_path: Path):
    config = site(tmp_path / "镇")
    (tmp_path / "共用").mkdir()
    (tmp_path / "镇" / "catalogue" / "own").symlink_to(tmp_path / "共用")
    assert check_site(config, TODAY).errors == 0
    (tmp_path / "共用" / "90.yaml").write_text("field: 1\n", "utf-8")
    assert check_site(config, TODAY).errors > 0
    assert says_what_a_cold_run_says(config)


@pytest.mark.usefixtures("_settled")
def test_another_day_is_judged_by_that_day(tmp_path: Path):
    config = site(tmp_path)
    check_site(config, TODAY)
    day = TODAY.replace(year=2027)
    assert check_site(config, day).findings == gather(config, day, cache=False).findings


@pytest.mark.usefixtures("_settled")
def test_file_outside_the_site_that_a_link_names_is_looked_for_each_time(tmp_path: Path):
    text = ITEM.replace("formed_on", "attachments: [{path: ../../../外面.csv}]\nformed_on")
    config = write_site(tmp_path / "镇", {FIRST: text, SECOND: OTHER})
    check_site(config, TODAY)
    (tmp_path / "外面.csv").write_text("村\n", "utf-8")
    assert says_what_a_cold_run_says(config)


@pytest.mark.usefixtures("_settled")
@pytest.mark.parametrize("damage", [b"", b"gongkai-cache 1\n", b"noise" * 20])
def test_damaged_outcome_is_dropped_with_one_line(tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture):
    config = site(tmp_path)
    check_site(config, TODAY)
    (tmp_path / FOLDER / "outcome.bin").write_bytes(damage)
    assert says_what_a_cold_run_says(config)
    assert caplog.messages == ["缓存 outcome.bin 已损坏或没有写完，已丢弃，重新计算。"]


WATCH = """
import os, sys
from pathlib import Path
seen = set()
def hook(event, args):
    if event in ("open", "os.listdir", "os.scandir") and args and not isinstance(args[0], int) and args[0] is not None:
        seen.add(os.path.abspath(os.fsdecode(args[0])))
sys.addaudithook(hook)
from gongkai import clock, outcome
outcome.check_site(Path(sys.argv[1]), clock.today())
root = os.path.dirname(os.path.abspath(sys.argv[1]))
kept = outcome._read(Path(root))
inside = lambda path, top: path == top or path.startswith(top + os.sep)
for path in sorted(seen):
    if inside(path, root) and not inside(path, os.path.join(root, ".cache")):
        if not any(inside(path, os.path.abspath(top)) for top in kept.watched):
            print(os.path.relpath(path, root))
"""


@pytest.mark.slow
def test_check_reads_nothing_of_the_site_but_what_is_watched(tmp_path: Path):
    """A rule that reads another file has to have it watched (outcome.py), or its findings would grow old unseen."""
    for name in ("site_src", "catalogue", "requests", "feedback"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("mkdocs.yml", "rectification.jsonl"):
        shutil.copy(ROOT / name, tmp_path / name)
    for path in tmp_path.rglob("*"):
        os.utime(path, (1_790_000_000, 1_790_000_000))
    command = [sys.executable, "-c", "from gongkai import outcome; outcome.RACY_NS = -10**18\n" + WATCH]
    done = subprocess.run(
        [*command, str(tmp_path / "mkdocs.yml")],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "GONGKAI_TODAY": TODAY.isoformat()},
        check=True,
    )
    assert done.stdout == ""
