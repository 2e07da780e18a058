"""A small site, and what clerks do to it between two runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook

from gongkai.gather import Gathered, gather
from sites import ITEM, TODAY, write_site

FIRST, SECOND = "site_src/items/a.md", "site_src/items/b.md"
OTHER = ITEM.replace("第三季度", "第二季度").replace("2026-09-28", "2026-06-28").replace("2026-10-09", "2026-07-02")
BODIES = (
    "全镇共有最低生活保障对象 27 户 31 人。",
    "联系人手机 13812345678，身份证号 11010519491231002X。",
    "| 村 | 户数 |\n| --- | --- |\n| 甲村 | 2 |\n| 乙村 | 3 |\n| 合计 | 6 |",
    "公示期：2026年10月9日至2026年10月15日，共8个自然日。",
    "| 序号 | 姓名 |\n| --- | --- |\n| 1 | 王小明 |\n| 2 | 李小芳 |",
    "见[另一条](b.md)和[附件](表.xlsx)。",
    "",
)
KEYS = (
    "",
    "draft: true",
    "attachments: [{path: 表.xlsx}]",
    "list_until: 2026-11-01",
    "notice_period: {start: 2026-10-09, end: 2026-10-15, count: 8}",
    "related: [b]",
    "unknown: 1",
    "responsible_unit: 没有的单位",
)
NAMES = ("a", "b", "子 文件夹/c")
STEPS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMES), st.sampled_from(KEYS), st.sampled_from(BODIES)),
    st.tuples(st.just("break"), st.sampled_from(NAMES), st.sampled_from([b"", b"\xff\xfe", b"---\ntitle: [\n---\n"])),
    st.tuples(st.just("remove"), st.sampled_from(NAMES)),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    st.tuples(st.just("file"), st.sampled_from(["110105194912310029", "11010519491231002X", "27户", ""])),
    st.tuples(st.just("settings"), st.sampled_from(["社会事务办公室", "社会工作办公室", "民政办公室"])),
    st.tuples(st.just("adopt"), st.sampled_from(["[19, 30]", "[19]", "[19, 20, 30]"])),
    st.tuples(st.just("run")),
)


def apply(folder: Path, step: tuple[Any, ...]) -> None:
    """Do to a site what a clerk might."""
    items = folder / "site_src" / "items"
    kind, *rest = step
    path = items / f"{rest[0]}.md" if rest else items
    if kind == "write":
        path.parent.mkdir(exist_ok=True)
        text = ITEM if not rest[1] else ITEM.replace("formed_on", f"{rest[1]}\nformed_on")
        path.write_text(text.rpartition("---\n")[0] + "---\n" + rest[2] + "\n", "utf-8")
    elif kind == "break":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(rest[1])
    elif kind == "remove":
        path.unlink(missing_ok=True)
    elif kind == "rename" and path.is_file():
        target = items / f"{rest[1]}.md"
        target.parent.mkdir(exist_ok=True)
        path.replace(target)
    elif kind == "file":
        (items / "表.xlsx").unlink(missing_ok=True)
        if rest[0]:
            book = Workbook()
            book.active["A1"] = rest[0]
            book.save(items / "表.xlsx")
    elif kind == "settings":
        config = folder / "mkdocs.yml"
        config.write_text(config.read_text("utf-8").replace("社会事务办公室", rest[0]), "utf-8")
    elif kind == "adopt":
        adopted = folder / "catalogue" / "adopted.yaml"
        adopted.write_text(
            f'since: "2024-01-01"\nfields: {rest[0]}\nnot_applicable: []\n'.replace("19", '"19"'), "utf-8"
        )


def site(folder: Path) -> Path:
    """Write a site of two items; its mkdocs.yml."""
    return write_site(folder, {FIRST: ITEM, SECOND: OTHER})


def lived_through(folder: Path, steps: list[tuple[Any, ...]], run: Callable[[Path], object]) -> Path:
    """A site after ``steps``; ``run`` has looked at it before the first, and wherever they say so."""
    config = site(folder)
    run(config)
    for step in steps:
        apply(folder, step)
        if step[0] == "run":
            run(config)
    return config


def cold(config: Path) -> Gathered:
    """What a run finds that starts from nothing."""
    return gather(config, TODAY, cache=False)


def same(warm: Gathered, other: Gathered) -> bool:
    """Whether two runs say the same of the same items."""
    assert warm.dataset is not None
    assert other.dataset is not None
    assert warm.digests == other.digests
    assert warm.context == other.context
    return (warm.findings, warm.dataset.items, warm.dataset.faulty, warm.read, warm.dataset.published) == (
        other.findings,
        other.dataset.items,
        other.dataset.faulty,
        other.read,
        other.dataset.published,
    )
