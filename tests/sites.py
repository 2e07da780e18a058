"""Small sites for tests: a valid one, and what a case changes in it."""

from __future__ import annotations

import base64
import copy
import datetime as dt
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.dataset import Dataset
from gongkai.gather import gather
from gongkai.model import Item

ROOT = Path(__file__).resolve().parents[1]
"""The top of the source checkout."""

TODAY = dt.date(2026, 11, 20)
"""The day on which tests look at sites, if they don't say another."""

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")

ITEM = """\
---
title: 2026年第三季度最低生活保障对象公示
entry: 19-02-04
responsible_unit: 社会事务办公室
formed_on: 2026-09-28
published_on: 2026-10-09
---
全镇共有最低生活保障对象 27 户 31 人。
"""
"""An item without any finding."""

GUIDE = """\
# 政府信息公开指南

政府信息的分类：按领域分类。编排体系：按目录编排。获取方式：在本网站查阅。
工作机构名称：党政综合办公室。办公地址：政通路1号。办公时间：工作日8:30—17:30。
联系电话：0666-5550100。传真：0666-5550101。电子邮箱：zwgk@shifan.example.gov.cn。
"""

OPTIONS: dict[str, Any] = {
    "township": {
        "name": "示范镇",
        "full_name": "云麓县示范镇人民政府",
        "contact": {"telephone": "0666-5550100", "address": "政通路1号"},
        "marks": {
            "sponsor": "云麓县示范镇人民政府",
            "operator": "党政综合办公室",
            "site_code": "9999010012",
            "icp": "示ICP备00000000号",
            "police": "示公网安备99990100000000号",
            "domain": "www.example.gov.cn",
            "party_mark_html": "<span>党政机关</span>",
            "report_error_html": "<a href='guide.html'>我要纠错</a>",
        },
        "units": [
            {"id": "dangzheng", "name": "党政综合办公室", "aliases": ["党政办"]},
            {"id": "shehui", "name": "社会事务办公室", "aliases": ["民政所"]},
            {"id": "caizheng", "name": "财政所"},
        ],
    },
    "columns": {
        "guide": "guide.md",
        "system": "system.md",
        "statutory": "catalogue",
        "annual": "annual.md",
        "request": "request.md",
    },
}
"""The plugin's options of the valid site."""

QUIET: dict[str, Any] = {"GK621": {"level": "off", "reason": "最小的信息不写保密审查"}}
"""Rules that the valid site switches off, as its items leave out what they ask for; null switches one on."""

SETTINGS: dict[str, Any] = {
    "site_name": "示范镇政府信息公开",
    "site_url": "https://www.example.gov.cn/shifan/",
    "docs_dir": "site_src",
    "use_directory_urls": False,
    "theme": {"name": "material", "language": "zh", "font": False},
}
"""mkdocs.yml of the valid site, without its plugins."""

ADOPTED: dict[str, Any] = {"since": "2024-01-01", "fields": ["19", "30"], "not_applicable": []}

PAGES = {
    "site_src/index.md": "# 首页\n",
    "site_src/guide.md": GUIDE,
    "site_src/system.md": "# 政府信息公开制度\n\n见各项制度。\n",
    "site_src/annual.md": "# 政府信息公开年报\n\n见各年年报。\n",
    "site_src/request.md": "# 依申请公开\n\n可以当面、邮寄或者在网上申请。\n",
}


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with ``change`` laid over it; a null takes a key away, mappings are merged, all else is replaced."""
    result = copy.deepcopy(dict(base))
    for key, value in change.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(result.get(key), Mapping):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result


def _dump(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def settings_text(change: Mapping[str, Any] | None = None) -> str:
    """mkdocs.yml of the valid site under ``change``, whose key ``gongkai`` changes the plugin's options."""
    change = dict(change or {})
    options = merged(OPTIONS, change.pop("gongkai", {}))
    # At the end, so that the lines of what a case sets stay where they are.
    own = options.pop("rules", {})
    if isinstance(own, dict):
        rules = {code: level for code, level in {**QUIET, **own}.items() if level is not None}
        own = {code: rules[code] for code in sorted(rules, key=lambda code: code in QUIET)}
    options["rules"] = own
    return _dump(merged({**SETTINGS, "plugins": [{"gongkai": options}]}, change))


def _bytes(content: str | Mapping[str, Any]) -> bytes:
    """A file of a case: text, or a mapping with ``text`` or ``base64`` and how it is written."""
    if isinstance(content, str):
        return content.encode("utf-8")
    if "base64" in content:
        return base64.b64decode(content["base64"])
    text = content["text"] * content.get("times", 1)
    if content.get("crlf"):
        text = text.replace("\n", "\r\n")
    data = text.encode(content.get("encoding", "utf-8"))
    return b"\xef\xbb\xbf" + data if content.get("bom") else data


def _copied(contents: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Paths and contents, those with ``copies`` as often as they say."""
    for name, content in contents.items():
        if isinstance(content, Mapping) and "copies" in content:
            for n in range(1, content["copies"] + 1):
                yield name.replace("@", str(n)), content["text"].replace("@", str(n))
        else:
            yield name, content


def write_site(
    folder: Path,
    files: Mapping[str, Any] | None = None,
    *,
    mkdocs: str | Mapping[str, Any] | None = None,
    adopted: str | Mapping[str, Any] | None = None,
) -> Path:
    """Write the valid site under the changes given and return the path of its mkdocs.yml.

    ``files`` maps paths to contents; None leaves a file or folder out, ``{directory: true}`` makes a folder,
    ``{symlink: name}`` a link, ``{copies: 10, text: ...}`` ten files, with their number for each ``@`` of path and text.
    ``mkdocs`` and ``adopted`` are a whole text or changes.
    """
    config = folder / "mkdocs.yml"
    contents: dict[str, Any] = {
        "site_src/items": {"directory": True},
        "mkdocs.yml": mkdocs if isinstance(mkdocs, str) else settings_text(mkdocs),
        "catalogue/adopted.yaml": adopted if isinstance(adopted, str) else _dump(merged(ADOPTED, adopted or {})),
        **PAGES,
        **(files or {}),
    }
    for name, content in _copied(contents):
        if content is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Mapping) and content.get("directory"):
            path.mkdir(parents=True, exist_ok=True)
        elif isinstance(content, Mapping) and "symlink" in content:
            path.symlink_to(content["symlink"])
        else:
            path.write_bytes(_bytes(content))
    return config


def dataset(config: Path, today: dt.date = TODAY) -> Dataset:
    """The dataset of the site of ``config``, whose settings must be sound."""
    found = gather(config, today).dataset
    assert found is not None
    return found


def an_item(body: str, title: str = "办理说明", **values: object) -> Item:
    """An item that no file holds."""
    return Item(
        file="site_src/items/a.md",
        address="a",
        title=title,
        entry_id="19-02-02",
        responsible_unit="社会事务办公室",
        unit_id="shehui",
        published_on=dt.date(2026, 10, 9),
        body=body,
        body_line=8,
        lines={},
        **values,  # type: ignore[arg-type]
    )
