"""The site on a phone: it can be installed, what was read can be read without a network, and nothing is ever stale."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser import PHONE, Server, answered, build, serving, watched_page
from gongkai.render.installable import build_digest, service_worker
from links import parse
from sites import ITEM, ROOT, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

slow = pytest.mark.slow
WORKER = (ROOT / "theme/sw.js").read_text("utf-8")
OTHER = ITEM.replace("最低生活保障对象公示", "特困人员公示")


# ---- What the build writes


def test_another_file_gives_another_digest():
    first = build_digest({"index.html": b"1", "a/b.html": b"2"})
    assert build_digest({"a/b.html": b"2", "index.html": b"1", "sw.js": b"the worker itself does not count"}) == first
    assert build_digest({"index.html": b"1", "a/c.html": b"2"}) != first
    assert build_digest({"index.html": b"1", "a/b.html": b"3"}) != first


def test_worker_is_marked_with_its_build():
    marked = service_worker(WORKER, "12ab", ["index.html"])
    assert 'const BUILD = "12ab";\nconst HOME = ["index.html"];\n' in marked


def test_worker_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="lacks the line"):
        service_worker(WORKER.replace('const BUILD = "";', 'const BUILD = "0";'), "12ab", [])


@slow
def test_every_page_names_the_manifest_and_the_manifest_what_is_there(demo_site: Path):
    manifest = json.loads((demo_site / "manifest.json").read_bytes())
    assert (manifest["name"], manifest["short_name"]) == ("示范镇政府信息公开", "示范镇公开栏")
    for page, address in (("index.html", "manifest.json"), ("items/index.html", "../manifest.json")):
        assert parse(demo_site / page).xpath("//link[@rel='manifest']/@href") == [address]
    files = [icon["src"] for icon in manifest["icons"]] + [shortcut["url"] for shortcut in manifest["shortcuts"]]
    assert [file for file in files if not (demo_site / file).is_file()] == []
    listed = re.search(r"const HOME = (\[.*\]);", (demo_site / "sw.js").read_text("utf-8"))
    assert listed is not None
    assert [file for file in json.loads(listed[1]) if not (demo_site / file).is_file()] == []


@slow
def test_worker_of_the_township_s_own_stays_as_it_is(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM, "site_src/sw.js": "// 本镇自己的\n"})
    done = build(config)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "site/sw.js").read_text("utf-8") == "// 本镇自己的\n"


# ---- What a phone does with it


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone's page of its own, whose console must stay free of errors but for those of a missing network."""
    with watched_page(browser, viewport=PHONE) as page:
        yield page


def own_page(browser: Browser) -> Page:
    """A phone's page whose console may report files that are not to be had."""
    return browser.new_context(viewport=PHONE).new_page()


def visit(page: Page, address: str) -> None:
    """Open a page as soon as the service worker sees its requests, so that it is kept."""
    page.goto(address)
    until(page, "navigator.serviceWorker.controller")


def until(page: Page, condition: str) -> None:
    """Wait until a JavaScript expression, awaited, is true."""
    page.evaluate(
        f"""async () => {{
            while (!(await ({condition}))) await new Promise((resolve) => setTimeout(resolve, 20));
        }}"""
    )


@slow
def test_browser_finds_the_site_fit_to_be_installed(server: Server, phone: Page):
    visit(phone, server.address + "index.html")
    session = phone.context.new_cdp_session(phone)
    manifest: dict[str, Any] = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"] == server.address + "manifest.json"
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []


@slow
def test_what_was_read_and_searched_can_be_read_and_searched_without_network(server: Server, browser: Browser):
    phone = own_page(browser)
    visit(phone, server.address + "index.html")
    link = phone.locator(".gk-items a").first
    title = link.inner_text()
    link.click()
    assert phone.locator("h1").inner_text() == title
    phone.goto(server.address + "search/index.html?q=低保")
    answered(phone)
    found = phone.locator(".gk-results a").all_inner_texts()
    phone.context.set_offline(True)
    phone.goto(server.address)
    phone.locator(".gk-items a").first.click()
    assert phone.locator("h1").inner_text() == title
    assert (
        phone.evaluate("getComputedStyle(document.querySelector('.gk-header')).backgroundColor") == "rgb(11, 74, 139)"
    )
    phone.goto(server.address + "search/index.html?q=低保&elder=1")
    answered(phone)
    assert found
    assert phone.locator(".gk-results a").all_inner_texts() == found
    phone.context.close()


@slow
def test_page_never_read_says_what_is_missing_and_leads_home(server: Server, browser: Browser):
    page = own_page(browser)
    visit(page, server.address + "index.html")
    page.context.set_offline(True)
    page.goto(server.address + "guide.html")
    assert page.locator("h1").inner_text() == "现在没有网络"
    page.get_by_role("link", name="回到首页").click()
    assert "政府信息公开" in page.locator("h1").inner_text()
    page.context.close()


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A small site in three builds: as it was, with an item changed and another gone, and not to be installed."""
    sites = {}
    changed = ITEM.replace("27 户", "28 户")
    changes = {
        "old": ({"site_src/items/a.md": ITEM, "site_src/items/b.md": OTHER}, {}),
        "new": ({"site_src/items/a.md": changed}, {}),
        "off": ({"site_src/items/a.md": changed}, {"installable": False}),
    }
    for n, (name, (files, options)) in enumerate(changes.items()):
        config = write_site(tmp_path_factory.mktemp(name), files, mkdocs={"gongkai": {"search": False, **options}})
        done = build(config)
        assert done.returncode == 0, done.stdout + done.stderr
        sites[name] = config.parent / "site"
        for path in sites[name].rglob("*"):  # a server tells one from the other by whole seconds
            os.utime(path, (time.time() + 60 * n - 600,) * 2)
    return sites


def replace_site(folder: Path, by: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(by, folder)


@pytest.fixture
def hosted(builds: dict[str, Path], tmp_path: Path) -> Iterator[Server]:
    """A server of the old build, whose folder a test replaces."""
    shutil.copytree(builds["old"], tmp_path / "site")
    with serving(tmp_path / "site") as running:
        yield running


def update(page: Page) -> None:
    """Wait until the worker of the build that is now on the server is in charge."""
    page.evaluate(
        """async () => {
            const registration = await navigator.serviceWorker.ready;
            window.before = registration.active;
            await registration.update();
        }"""
    )
    ready = "navigator.serviceWorker.ready"
    until(page, f"{ready}.then(({{ active }}) => active !== window.before && active.state === 'activated')")


@slow
def test_new_build_shows_at_once_and_is_what_is_kept(hosted: Server, builds: dict[str, Path], browser: Browser):
    phone = own_page(browser)  # the network may go before styles and scripts were asked for again
    visit(phone, hosted.address + "index.html")
    phone.goto(hosted.address + "items/a.html")
    assert "27 户" in phone.locator(".gk-body").inner_text()
    replace_site(hosted.folder, builds["new"])
    phone.goto(hosted.address + "items/a.html")
    assert "28 户" in phone.locator(".gk-body").inner_text()
    phone.context.set_offline(True)
    phone.reload()
    assert "28 户" in phone.locator(".gk-body").inner_text()
    phone.context.close()


@slow
def test_pages_read_under_the_old_build_are_asked_for_again_by_the_new_one(
    hosted: Server, builds: dict[str, Path], browser: Browser
):
    phone = own_page(browser)  # the network may go before styles and scripts were asked for again
    visit(phone, hosted.address + "index.html")
    phone.goto(hosted.address + "items/a.html")
    phone.goto(hosted.address + "index.html")
    replace_site(hosted.folder, builds["new"])
    update(phone)
    phone.context.set_offline(True)
    phone.goto(hosted.address + "items/a.html")
    assert "28 户" in phone.locator(".gk-body").inner_text()
    assert phone.evaluate("caches.keys().then(names => names.length)") == 1
    phone.context.close()


@slow
def test_item_that_left_the_site_leaves_the_phone(hosted: Server, builds: dict[str, Path], browser: Browser):
    phone = own_page(browser)
    visit(phone, hosted.address + "index.html")
    phone.goto(hosted.address + "items/b.html")
    phone.goto(hosted.address + "index.html")
    replace_site(hosted.folder, builds["new"])
    update(phone)
    phone.context.set_offline(True)
    phone.goto(hosted.address + "items/b.html")
    assert phone.locator("h1").inner_text() == "现在没有网络"
    phone.context.close()


@slow
def test_two_sites_on_one_host_keep_their_pages_apart(builds: dict[str, Path], tmp_path: Path, browser: Browser):
    for name in ("old", "new"):
        shutil.copytree(builds[name], tmp_path / "host" / name)
    shutil.copytree(builds["new"], tmp_path / "host", dirs_exist_ok=True)  # and a third one at the top
    phone = own_page(browser)
    with serving(tmp_path / "host", "/") as host:
        for place in ("", "old/", "new/"):
            visit(phone, f"{host.address}{place}index.html")
            until(phone, f"navigator.serviceWorker.controller.scriptURL === '{host.address}{place}sw.js'")
            phone.goto(f"{host.address}{place}items/a.html")
        assert phone.evaluate("caches.keys().then(names => names.length)") == 3
        shutil.rmtree(tmp_path / "host/old")
        shutil.copytree(builds["off"], tmp_path / "host/old")
        phone.goto(f"{host.address}old/index.html")
        phone.evaluate("navigator.serviceWorker.ready.then(registration => registration.update())")
        until(phone, "caches.keys().then(names => names.length === 2)")
        phone.context.set_offline(True)
        for place in ("", "new/"):
            phone.goto(f"{host.address}{place}items/a.html")
            assert "28 户" in phone.locator(".gk-body").inner_text()
    phone.context.close()


@slow
def test_switched_off_the_worker_leaves_with_all_it_kept(hosted: Server, builds: dict[str, Path], phone: Page):
    assert parse(builds["off"] / "index.html").xpath("//link[@rel='manifest']") == []
    assert not (builds["off"] / "manifest.json").exists()
    visit(phone, hosted.address + "index.html")
    replace_site(hosted.folder, builds["off"])
    phone.evaluate("navigator.serviceWorker.ready.then(registration => registration.update())")
    until(phone, "navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
    assert phone.evaluate("caches.keys()") == []


@slow
def test_from_a_folder_nothing_is_installed(folder_site: Path, phone: Page):
    phone.goto((folder_site / "index.html").as_uri())
    phone.wait_for_load_state("networkidle")
    assert phone.evaluate("document.querySelector('link[rel=manifest]') !== null")
