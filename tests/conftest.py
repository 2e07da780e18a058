"""Fixtures for tests of whole sites: the demonstration site, a server of it, and a real browser."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import sync_playwright

from browser import DESKTOP, PROGRAMS, Server, build, entries_of, examples, items_of, serving, watched_page
from built_copies import NAME, run
from firefox import Firefox, firefox_program
from gongkai.cache_folder import OFF
from gongkai.dataset import Dataset
from gongkai.model import Catalogue, Profile
from links import parse
from page_text import Get
from search_truth import Text, all_texts
from sites import ROOT, dataset

# Tests of the cache ask for it (with_cache); no other leaves a cache in the checkout.
os.environ.setdefault(OFF, "1")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def demo_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration site of this repository, built once."""
    site = tmp_path_factory.mktemp("demo") / "site"
    done = build(ROOT / "mkdocs.yml", site)
    assert done.returncode == 0, done.stdout + done.stderr
    return site


@pytest.fixture(scope="session")
def demo() -> Dataset:
    """The demonstration township as it is read. Nobody changes it."""
    return dataset(ROOT / "mkdocs.yml")


@pytest.fixture(scope="session")
def township(demo: Dataset) -> tuple[Profile, Catalogue]:
    """The demonstration township, and its catalogue of the day on which its site is built."""
    return demo.settings.profile, demo.catalogue


@pytest.fixture
def with_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can be kept from run to run is kept."""
    monkeypatch.delenv(OFF, raising=False)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the test works."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def texts(demo_site: Path) -> list[Text]:
    """What stands on the pages of the demonstration site, for the search to find."""
    return all_texts(demo_site)


@pytest.fixture(scope="module")
def opened(browser: Browser, server: Server) -> Iterator[Page]:
    """One search page for the tests that only ask it something; it must not complain either."""
    with watched_page(browser, viewport=DESKTOP) as page:
        page.goto(server.address + "search/")
        yield page


@pytest.fixture(scope="session")
def kinds(demo_site: Path) -> dict[str, str]:
    """An address for every kind of page of the demonstration site."""
    return examples(demo_site)


@pytest.fixture(scope="session")
def get(demo_site: Path, kinds: dict[str, str]) -> Get:
    """A page of the demonstration site by its kind or its address."""
    return lambda name: parse(demo_site / kinds.get(name, name))


@pytest.fixture(scope="session")
def items(demo_site: Path) -> list[dict[str, Any]]:
    """What the open data say of the published items, newest first."""
    return items_of(demo_site)


@pytest.fixture(scope="session")
def entries(demo_site: Path) -> list[dict[str, Any]]:
    """What the open data say of the catalogue's rows."""
    return entries_of(demo_site)


@pytest.fixture(scope="session")
def folder_site(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration site as somebody gets it on a USB stick: in a folder with a Chinese name and a space."""
    folder = tmp_path_factory.mktemp("usb") / "示范镇 公开栏"
    shutil.copytree(demo_site, folder)
    return folder


@pytest.fixture(scope="session")
def copies(demo_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which the copy of the demonstration site was written."""
    out = tmp_path_factory.mktemp("offline")
    done = run("--site", demo_site, "-o", out, "--today", "2026-11-20")
    assert done.returncode == 0, done.stderr
    assert f"离线副本做好了：{out / NAME}" in done.stdout
    return out


@pytest.fixture(scope="session")
def stick(copies: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy as it was unzipped on a USB stick. Nobody can write to it."""
    folder = tmp_path_factory.mktemp("media") / "U 盘" / "公开栏"
    with zipfile.ZipFile(copies / f"{NAME}.zip") as archive:
        archive.extractall(folder)
    copy = folder / NAME
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return copy


@pytest.fixture(scope="session")
def server(demo_site: Path) -> Iterator[Server]:
    """The demonstration site over http, under a sub-path."""
    with serving(demo_site) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser of the Chromium family."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.fail(
            "These tests need Chromium, Chrome or Edge, and none is on the PATH. On Debian: apt-get install chromium",
            pytrace=False,
        )
    return program


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A real browser without a window."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def running_firefox() -> Iterator[Firefox]:
    """A stock Firefox without a window."""
    program = firefox_program()
    if program is None:
        pytest.fail("These tests need Firefox, and none is on the PATH. On Debian: apt-get install firefox-esr", False)
    with Firefox(program) as running:
        yield running


@pytest.fixture
def firefox(running_firefox: Firefox) -> Iterator[Firefox]:
    """That Firefox. The test fails if its console shows an error or anything is asked of another host."""
    running_firefox.problems.clear()
    yield running_firefox
    running_firefox.evaluate("0")  # what it still has to say
    assert running_firefox.problems == []


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page. The test fails if the console shows an error or anything is asked of another host."""
    with watched_page(browser, viewport=DESKTOP) as fresh:
        yield fresh


# The examples are the same in every run, so that a change is judged by what it changed. To look for new ones:
# pytest --hypothesis-profile=default
hypothesis_settings.register_profile("repeated", derandomize=True, deadline=None)
hypothesis_settings.load_profile("repeated")
