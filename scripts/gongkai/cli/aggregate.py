"""``gongkai aggregate``: what a county sees of its townships, out of the ``data/`` of their built sites."""

from __future__ import annotations

import argparse
import urllib.error
import urllib.request
from collections import Counter
from pathlib import Path

from gongkai.catalogue.assessments import STANDARD, load_assessments
from gongkai.cli.errors import UsageError
from gongkai.cli.output import write_whole
from gongkai.reading.nearest import nearest, phrase
from gongkai.reading.source import os_reason
from gongkai.reports.county import BadSite, Fetch, Town, read_town
from gongkai.reports.county_sheets import county_ledger, county_workbook, ranking
from gongkai.reports.terms import Term, last_quarter, parse_term

_SECONDS = 30
_LARGEST = 200_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "sites", nargs="+", metavar="网站", help="生成好的网站：site 文件夹、它的副本，或网址（https://…）"
    )
    parser.add_argument("--term", metavar="期", help="季度或年份，如 2026-Q3、2026（默认最近一个完整的季度）")
    parser.add_argument("--name", metavar="县名", help="县的名称（默认取各网站写的）")
    parser.add_argument("--assessment", default=STANDARD, metavar="考核表", help=f"按哪张考核表排名（默认 {STANDARD}）")
    parser.add_argument("-o", "--output", type=Path, metavar="文件夹", help="写到哪个文件夹（默认 reports）")


def run(options: argparse.Namespace) -> int:
    """Write workbook and ledger; nothing is written when a site cannot be read."""
    towns = _towns(options.sites)
    term = _term(options.term, towns)
    tables = load_assessments(None, lambda _: None)
    assessment = tables.get(options.assessment)
    if assessment is None:
        guess = phrase(nearest(options.assessment, list(tables)))
        raise UsageError(f"没有“{options.assessment}”这张考核表{guess}。现有：{'、'.join(tables)}")
    counties = Counter(town.county for town in towns if town.county)
    name = options.name or (counties.most_common(1)[0][0] if counties else "全县")
    ranked = ranking(towns, term, assessment)
    folder = _folder(options.output or Path("reports"))
    book, ledger = folder / f"{name}汇总-{term}.xlsx", folder / f"{name}台账.csv"
    write_whole(book, county_workbook(name, ranked, term, assessment))
    write_whole(ledger, county_ledger([one.town for one in ranked]))
    print(f"{name}{term.label}，{len(towns)}个乡镇：")
    for one in ranked:
        now = one.card.whole.now
        rate = "—" if now.owed.rate is None else f"{now.owed.rate:.1%}"
        print(f"  {one.place}. {one.town.name}：得分率 {one.rate:.1%}，公开 {now.published} 条，覆盖率 {rate}")
    print(f"已写好：{book}\n已写好：{ledger}（{sum(len(town.facts.items) for town in towns)} 条）")
    return 0


def _towns(sites: list[str]) -> list[Town]:
    """The sites, all that is wrong with them told at once."""
    read = [_town(site) for site in dict.fromkeys(sites)]
    towns = [town for town in read if isinstance(town, Town)]
    wrong = [town for town in read if isinstance(town, str)]
    twice = [name for name, n in Counter(town.name for town in towns).items() if n > 1]
    wrong += [f"“{name}”给了两次，请只留一个网站。" for name in twice]
    if wrong:
        raise UsageError("\n".join(["这些网站的数据不能用，没有汇总：", *wrong]))
    return towns


def _town(site: str) -> Town | str:
    """The site, or what is wrong with it."""
    try:
        return read_town(_fetcher(site))
    except BadSite as bad:
        return f"“{site}”：{bad}。"


def _fetcher(site: str) -> Fetch:
    if site.startswith(("https://", "http://")):
        return lambda name: _download(f"{site.rstrip('/').removesuffix('/index.html')}/{name}")
    folder = Path(site)
    if not folder.is_dir():
        raise BadSite("没有这个文件夹")
    # The folder of the site, or the folder data itself.
    return lambda name: (folder / name if (folder / "data").is_dir() else folder / Path(name).name).read_bytes()


def _download(address: str) -> bytes:
    request = urllib.request.Request(address, headers={"User-Agent": "gongkai"})  # noqa: S310 - http and https only, see _fetcher
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - as above
            data: bytes = answer.read(_LARGEST + 1)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            raise FileNotFoundError(address) from None
        raise OSError(0, f"网站回答 {error.code}") from None
    except (urllib.error.URLError, TimeoutError, ValueError):
        raise OSError(0, "连不上网站") from None
    if len(data) > _LARGEST:
        raise OSError(0, "文件太大")
    return data


def _term(text: str | None, towns: list[Town]) -> Term:
    if text is None:
        return last_quarter(max(town.facts.today for town in towns))
    term = parse_term(text)
    if term is None:
        raise UsageError(f"--term 的“{text}”不是季度或年份，请写成 2026-Q3 或 2026 的形式。")
    return term


def _folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"不能新建文件夹“{folder}”：{os_reason(error)}。") from None
    return folder
