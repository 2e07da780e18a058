"""The made township laid out for other generators: the same items and the same kinds of lists, in the way each of them likes best.

Hugo gets a small theme of its own and makes its lists as taxonomies. MkDocs with Material, and Zensical, which reads the
same settings, get their lists as Markdown, a navigation of nine entries, and their own search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import yaml
from build_corpus import ROOT, Item

PER_PAGE = 50
KINDS = ("field", "level1", "entry", "unit", "year", "month", "method")
_MATERIAL = """\
site_name: 示范镇政府信息公开
site_url: https://www.example.gov.cn/shifan/
use_directory_urls: false
theme: {name: material, language: zh, font: false}
not_in_nav: |
  /items/
  /lists/
markdown_extensions: [tables]
"""
_HUGO = """\
baseURL = "https://www.example.gov.cn/shifan/"
title = "示范镇政府信息公开"
locale = "zh-CN"
uglyURLs = true
buildFuture = true
relativeURLs = true
[pagination]
pagerSize = 50
[outputs]
home = ["HTML", "RSS"]
section = ["HTML"]
taxonomy = ["HTML"]
term = ["HTML"]
[taxonomies]
"""
_BASE = """\
<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{{ .Title }} - {{ .Site.Title }}</title><meta name="SiteName" content="{{ .Site.Title }}">
<meta name="ArticleTitle" content="{{ .Title }}"><meta name="PubDate" content="{{ .Date.Format "2006-01-02" }}">
<link rel="stylesheet" href="{{ "style.css" | relURL }}"></head>
<body><header><a href="{{ "index.html" | relURL }}">{{ .Site.Title }}</a><nav><ul>
{{ range .Site.Params.menu }}<li><a href="{{ .href | relURL }}">{{ .name }}</a></li>{{ end }}
</ul></nav></header><main>{{ block "main" . }}{{ end }}</main>
<footer><p>主办单位：云麓县示范镇人民政府　承办单位：示范镇党政综合办公室　电话：0666-5550100</p></footer></body></html>
"""
_SINGLE = """\
{{ define "main" }}<nav><a href="{{ "index.html" | relURL }}">首页</a> {{ range .GetTerms "fields" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ range .GetTerms "entries" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<article><h1>{{ .Title }}</h1><dl>{{ range .Params.facts }}<dt>{{ .label }}</dt><dd>{{ .value }}</dd>{{ end }}</dl>
{{ .TableOfContents }}{{ .Content }}
{{ with .PrevInSection }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}
{{ with .NextInSection }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}</article>{{ end }}
"""
_LIST = """\
{{ define "main" }}<h1>{{ .Title }}</h1><ol>{{ range .Paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
<time>{{ .Date.Format "2006-01-02" }}</time> {{ range .Params.units }}{{ . }}{{ end }}</li>{{ end }}</ol>
<nav>{{ with .Paginator }}{{ if .HasPrev }}<a href="{{ .Prev.URL }}">上一页</a>{{ end }} {{ .PageNumber }} / {{ .TotalPages }}
{{ if .HasNext }}<a href="{{ .Next.URL }}">下一页</a>{{ end }}{{ end }}</nav>{{ end }}
"""
_LABELS = {
    "index_number": "索引号",
    "entry": "条目",
    "formed_on": "成文日期",
    "published_on": "发布日期",
    "document_number": "文号",
    "responsible_unit": "责任单位",
    "method": "公开方式",
    "time_limit": "公开时限",
    "period": "所属期",
    "subject": "主题分类",
    "genre": "体裁分类",
    "validity": "有效性",
    "summary": "内容概述",
}


def field_names() -> dict[str, str]:
    """The names of the catalogue's fields by their numbers."""
    files = sorted((ROOT / "catalogue" / "fields").glob("*.yaml"))
    found = (yaml.load(path.read_bytes(), yaml.CSafeLoader)["field"] for path in files)
    return {str(field["id"]): field["name"] for field in found}


def terms_of(item: Item, names: dict[str, str]) -> dict[str, str]:
    """The lists in which an item stands: kind to name."""
    meta = item.meta
    entry, day = str(meta["entry"]), str(meta["published_on"])
    return {
        "field": names.get(entry[:2], entry[:2]),
        "level1": entry[:5],
        "entry": entry,
        "unit": meta["responsible_unit"],
        "year": day[:4],
        "month": day[:7],
        "method": meta["method"],
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _plural(kind: str) -> str:
    return "entries" if kind == "entry" else f"{kind}s"


def lay_out_hugo(root: Path, items: list[Item]) -> None:
    """A site for Hugo."""
    names = field_names()
    menu = [{"name": kind, "href": f"{_plural(kind)}.html"} for kind in KINDS]
    settings = _HUGO + "".join(f'{kind} = "{_plural(kind)}"\n' for kind in KINDS)
    settings += "".join(f'[[params.menu]]\nname = "{m["name"]}"\nhref = "{m["href"]}"\n' for m in menu)
    _write(root / "hugo.toml", settings)
    _write(root / "static" / "style.css", "body { max-width: 60rem; margin: auto }\n")
    _write(root / "layouts" / "_default" / "baseof.html", _BASE)
    _write(root / "layouts" / "_default" / "single.html", _SINGLE)
    _write(root / "layouts" / "_default" / "list.html", _LIST)
    for item in items:
        meta = item.meta
        head = {
            "title": meta["title"],
            "date": str(meta["published_on"]),
            "facts": [{"label": label, "value": str(meta[key])} for key, label in _LABELS.items() if meta.get(key)],
            **{_plural(kind): [name] for kind, name in terms_of(item, names).items()},
        }
        front = yaml.dump(head, Dumper=yaml.CSafeDumper, allow_unicode=True)
        _write(root / "content" / "items" / item.path, f"---\n{front}---\n{item.body}\n")


def _lists(items: list[Item]) -> Iterator[tuple[str, str, list[Item]]]:
    names = field_names()
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda i: (str(i.meta["published_on"]), i.path), reverse=True):
        for kind, name in terms_of(item, names).items():
            groups[kind, name].append(item)
    for n, ((kind, name), found) in enumerate(sorted(groups.items())):
        for page in range(-(-len(found) // PER_PAGE)):
            yield f"lists/{kind}-{n}-{page + 1}.md", f"{name} 第{page + 1}页", found[page * PER_PAGE :][:PER_PAGE]


def lay_out_material(root: Path, items: list[Item], *, chinese: bool = True) -> None:
    """A site for MkDocs with Material, or Zensical. ``chinese``: the search index is cut into Chinese words (jieba)."""
    lang = "{lang: [zh]}" if chinese else "{lang: [en]}"
    overview: dict[str, list[str]] = defaultdict(list)
    for path, title, found in _lists(items):
        lines = (
            f"- {i.meta['published_on']} [{i.meta['title']}](../items/{i.path}) {i.meta['responsible_unit']}"
            for i in found
        )
        _write(root / "docs" / path, f"# {title}\n\n" + "\n".join(lines) + "\n")
        if path.endswith("-1.md"):
            overview[path.removeprefix("lists/").partition("-")[0]].append(f"- [{title.partition(' ')[0]}]({path})")
    for kind, links in overview.items():
        _write(root / "docs" / f"{kind}.md", f"# {kind}\n\n" + "\n".join(links) + "\n")
    _write(root / "docs" / "index.md", "# 示范镇政府信息公开\n")
    nav = "nav:\n  - index.md\n" + "".join(f"  - {kind}.md\n" for kind in overview)
    _write(root / "mkdocs.yml", _MATERIAL + f"plugins:\n  - search: {lang}\n" + nav)
    for item in items:
        _write(root / "docs" / "items" / item.path, f"---\n{item.head}---\n# {item.meta['title']}\n\n{item.body}\n")
