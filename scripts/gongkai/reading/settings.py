"""The site's settings: what mkdocs.yml says to the product, checked, with places for findings."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from gongkai.memo import remembered_if_sound
from gongkai.model import Column, Contact, FindingType, FirstDay, FooterMarks, Place, Profile, Unit
from gongkai.reading import codes, marked_yaml
from gongkai.reading.marked_yaml import Mapping, Node, Scalar, Sequence
from gongkai.reading.nearest import nearest, phrase
from gongkai.reading.schema import TYPE_WORDS, Violation, found_word, schema
from gongkai.reading.source import Report, read_text

PLUGIN = "gongkai"
COLUMNS = {
    "guide": ("政府信息公开指南", "guide.md"),
    "system": ("政府信息公开制度", "30-02-02"),
    "statutory": ("法定主动公开内容", "catalogue"),
    "annual": ("政府信息公开年报", "30-02-04"),
    "request": ("依申请公开", "request.md"),
}
PAGE_SIZE = 50
KIOSK_IDLE_SECONDS = 90
_NUMBERS = ("page_size", "kiosk_idle_seconds")
_SWITCHES = ("search", "offline_copy", "installable")
EXAMPLES = {"docs_dir": "site_src", "items_dir": "items"}


class RuleLevel(Struct, frozen=True):
    """What a site's settings make of a finding code: ``error``, ``warning``, ``note`` or ``off``, and why."""

    level: str
    reason: str


class Settings(Struct, frozen=True):
    """The settings of one site. All folders are absolute; ``root`` is the folder of mkdocs.yml."""

    root: Path
    file: str
    docs_dir: Path
    items_dir: Path
    catalogue_dir: Path
    site_dir: Path
    site_name: str
    site_url: str
    profile: Profile
    page_size: int
    search: bool
    search_engine: str
    rules: dict[str, RuleLevel]
    places: dict[str, Place]
    first_day: FirstDay
    offline_copy: bool = False
    installable: bool = True
    kiosk_idle_seconds: int = KIOSK_IDLE_SECONDS

    def place(self, key: str) -> Place:
        """Where a dotted key of the plugin's options stands in mkdocs.yml, or its nearest parent."""
        while key and key not in self.places:
            key = key.rpartition(".")[0]
        return self.places.get(key, Place(self.file))


def load_settings(config_file: Path, report: Report) -> Settings | None:
    """Read mkdocs.yml; None after reporting what stands in the way."""
    root, file = config_file.resolve().parent, config_file.name
    text = read_text(config_file, file, report)
    if text is None:
        return None
    given = (text, file, os.fspath(root))
    written = remembered_if_sound("settings", given, Settings, lambda say: _written(text, file, root, say), report)
    settings = _placed(written) if written else None
    return settings if settings and _folders_exist(settings, report) else None


def _written(text: str, file: str, root: Path, report: Report) -> Settings | None:
    """The settings as mkdocs.yml has them, its folders as they are written."""
    said_before = _Count(report)
    top = marked_yaml.parse(text, file, said_before, broken=_named(codes.SETTINGS_UNREADABLE, file))
    if said_before.n:
        return None
    if not isinstance(top, Mapping):
        report(
            codes.SETTINGS_UNREADABLE.at(
                Place(file),
                file=file,
                problem="不是“名称: 内容”的形式",
                advice="请对照 gongkai init 生成的 mkdocs.yml。",
            )
        )
        return None
    if _said_twice(top, file, report):
        return None
    options = _plugin_options(top)
    if options is None:
        report(codes.NO_PLUGIN.at(Place(file)))
        return None
    places: dict[str, Place] = {}
    _collect_places(options, "", file, places)
    data = _typed(marked_yaml.plain(options))
    if not isinstance(data, dict):
        data = {}
    start = Place(file, options.line, options.column)
    violations = list(schema("profile").violations(data))
    for violation in violations:
        report(_finding(violation, places, start))
    if violations or not (_pattern_works(data, places, report) & _units_differ(data, places, report)):
        return None
    return _settings(top, data, root, file, places)


def _placed(settings: Settings) -> Settings:
    """``settings`` with folders as they lie on the disk now."""
    root = settings.root
    docs_dir = (root / settings.docs_dir).resolve()
    return replace(
        settings,
        docs_dir=docs_dir,
        items_dir=Path(os.path.normpath(docs_dir / settings.items_dir)),
        catalogue_dir=(root / settings.catalogue_dir).resolve(),
        site_dir=(root / settings.site_dir).resolve(),
    )


class _Count:
    def __init__(self, report: Report) -> None:
        self.report, self.n = report, 0

    def __call__(self, finding: Any) -> None:
        self.n += 1
        self.report(finding)


def _named(kind: FindingType, file: str) -> FindingType:
    """``kind`` with the file's name filled in, so that the YAML reader can fill in the rest."""
    return replace(kind, message=kind.message.replace("{file}", file))


def _said_twice(top: Mapping, file: str, report: Report) -> bool:
    """A key of mkdocs.yml that stands twice, or the plugin twice under ``plugins``: the second would win, or both run."""
    plugins = top.get("plugins")
    entries = plugins.values if isinstance(plugins, Sequence) else ()
    names = [e.pairs[0][0] if isinstance(e, Mapping) and e.pairs else e for e in entries]
    keys = [*(key for key, _ in top.pairs), *(n for n in names if isinstance(n, Scalar) and n.text == PLUGIN)]
    first: dict[str, Scalar] = {}
    twice = False
    for key in keys:
        other = first.setdefault(key.text, key)
        if other is not key:
            place = Place(file, key.line, key.column)
            report(codes.DUPLICATE_KEY.at(place, field=key.text, key=key.text, first_line=other.line, alias=""))
            twice = True
    return twice


def _plugin_options(top: Mapping) -> Node | None:
    plugins = top.get("plugins")
    if isinstance(plugins, Mapping):
        found = plugins.get(PLUGIN)
        return found if found is not None else None
    for entry in plugins.values if isinstance(plugins, Sequence) else ():
        if isinstance(entry, Scalar) and entry.text == PLUGIN:
            return entry
        if isinstance(entry, Mapping) and entry.pairs and entry.pairs[0][0].text == PLUGIN:
            return entry.pairs[0][1]
    return None


def _collect_places(node: Node, prefix: str, file: str, places: dict[str, Place]) -> None:
    if isinstance(node, Mapping):
        for key, value in node.pairs:
            name = f"{prefix}.{key.text}" if prefix else key.text
            places[name] = Place(file, key.line, key.column)
            _collect_places(value, name, file, places)
    elif isinstance(node, Sequence):
        for n, value in enumerate(node.values):
            places[f"{prefix}.{n}"] = Place(file, value.line, value.column)
            _collect_places(value, f"{prefix}.{n}", file, places)


def _typed(data: object) -> Any:
    """Whole numbers and true/false of the options that take them."""
    if isinstance(data, dict):
        for key in _NUMBERS:
            if isinstance(number := data.get(key), str) and number.isdigit():
                data[key] = int(number)
        for key in _SWITCHES:
            if isinstance(word := data.get(key), str) and word.lower() in ("true", "false"):
                data[key] = word.lower() == "true"
    return data


def _finding(v: Violation, places: dict[str, Place], start: Place) -> Any:
    dotted = ".".join(str(p) for p in v.path)
    shown = dotted or PLUGIN
    near = dotted
    while near and near not in places:
        near = near.rpartition(".")[0]
    label = (
        f"（{v.label}）"
        if v.label and v.label != str(v.path[-1] if v.path else "") and v.keyword != "additionalProperties"
        else ""
    )
    advice = advice_of(v, "请对照“gongkai init”生成的 mkdocs.yml 改正。")
    return codes.BAD_SETTING.at(
        places.get(near, start), field=shown, key=shown, label=label, problem=problem_of(v), advice=advice
    )


def advice_of(v: Violation, otherwise: str) -> str:
    """What to do about a violation, with right input shown as far as the schema has any."""
    name = str(v.path[-1]) if v.path else ""
    if v.keyword == "additionalProperties":
        near = nearest(name, v.expected, limit=1)
        return f"请改成“{near[0]}”；不需要的就删去。" if near else f"请删去；可用的项目：{'、'.join(v.expected)}。"
    if v.keyword == "pattern" and isinstance(v.value, dict):
        return "规则编号是 GK 加三位数字，如：GK117: {level: note, reason: 历史信息没有成文日期}"
    if not v.path or not v.example:
        return otherwise
    return f"请写成：{'- ' if name.isdigit() else name + ': '}{v.example}"


def problem_of(v: Violation) -> str:
    """A violation in a few Chinese words, for settings and catalogue files."""
    found = found_word(v.value)
    kind = {"date": "日期", "regex": "正则表达式"}.get(str(v.expected), "规定的形式")
    words = {
        "required": "没有填写",
        "type": f"应当是{TYPE_WORDS.get(str(v.expected), '规定的形式')}，这里写的是{found}",
        "minLength": f"太短，至少要写 {v.expected} 个字" if v.value else "没有内容",
        "minItems": "没有内容",
        "minimum": f"不能小于 {v.expected}，这里写的是{found}",
        "maximum": f"不能大于 {v.expected}，这里写的是{found}",
        "uniqueItems": "有重复的内容",
        "oneOf": "内容没有写全，或写了不能同时写的内容",
        "minProperties": "没有内容",
        "format": f"{found}不是正确的{kind}",
    }
    if v.keyword == "additionalProperties":
        return "不认识的项目" + phrase(nearest(str(v.path[-1]), v.expected, limit=1))
    if v.keyword == "enum":
        return f"“{v.value}”不在可用的写法之内（{'、'.join(map(str, v.expected))}）"
    shape = "名称不合规定的形式" if isinstance(v.value, dict) else f"{found}不合规定的形式"
    return words.get(v.keyword, shape)


def _pattern_works(data: dict[str, Any], places: dict[str, Place], report: Report) -> bool:
    """JSON Schema's regular expressions are not quite those of Python."""
    key = "township.index_number_pattern"
    pattern = data["township"].get("index_number_pattern", "")
    try:
        re.compile(pattern)
    except re.error:
        advice = r"请写成：index_number_pattern: '^11999999MB0000001X/20\d{2}-\d{5}$'"
        problem = f"“{pattern}”不是正确的正则表达式"
        report(
            codes.BAD_SETTING.at(
                places[key], field=key, key=key, label="（索引号规则）", problem=problem, advice=advice
            )
        )
        return False
    return True


def _units_differ(data: dict[str, Any], places: dict[str, Place], report: Report) -> bool:
    seen: set[str] = set()
    fine = True
    for n, unit in enumerate(data["township"]["units"]):
        for what, value in [
            ("代号", unit["id"]),
            ("名称", unit["name"]),
            *(("别称", a) for a in unit.get("aliases", [])),
        ]:
            if value in seen:
                place = places[f"township.units.{n}"]
                report(codes.DUPLICATE_UNIT.at(place, field="township.units", what=what, value=value))
                fine = False
            seen.add(value)
    return fine


def _settings(top: Mapping, data: dict[str, Any], root: Path, file: str, places: dict[str, Place]) -> Settings:
    def text(key: str, default: str) -> str:
        node = top.get(key)
        return node.text.strip().replace("\0", "") if isinstance(node, Scalar) and not node.null else default

    township = data["township"]
    url = text("site_url", "")
    return Settings(
        root=root,
        file=file,
        docs_dir=Path(text("docs_dir", "docs")),
        items_dir=Path(data.get("items_dir", "items")),
        catalogue_dir=Path(data.get("catalogue_dir", "catalogue")),
        site_dir=Path(text("site_dir", "site")),
        site_name=text("site_name", township["name"]),
        site_url=url if not url or url.endswith("/") else url + "/",
        profile=_profile(township, data.get("columns", {})),
        page_size=data.get("page_size", PAGE_SIZE),
        search=data.get("search", True),
        search_engine=data.get("search_engine", "auto"),
        rules={code: RuleLevel(r["level"], r["reason"]) for code, r in data.get("rules", {}).items()},
        places=places,
        first_day=_first_day(data.get("first_day", {})),
        offline_copy=data.get("offline_copy", False),
        installable=data.get("installable", True),
        kiosk_idle_seconds=data.get("kiosk_idle_seconds", KIOSK_IDLE_SECONDS),
    )


def _first_day(data: dict[str, str]) -> FirstDay:
    return FirstDay(**{key: word == "include" for key, word in data.items()})


def _profile(township: dict[str, Any], columns: dict[str, str]) -> Profile:
    return Profile(
        name=township["name"],
        full_name=township["full_name"],
        units=tuple(Unit(**{**u, "aliases": tuple(u.get("aliases", ()))}) for u in township["units"]),
        columns=tuple(Column(key, title, columns.get(key, target)) for key, (title, target) in COLUMNS.items()),
        contact=Contact(**township.get("contact", {})),
        marks=FooterMarks(**township.get("marks", {})),
        credit_code=township.get("credit_code"),
        region_code=township.get("region_code"),
        county=township.get("county"),
        index_number_pattern=township.get("index_number_pattern"),
    )


def _folders_exist(settings: Settings, report: Report) -> bool:
    for what, folder, key, parent, where in (
        ("内容文件夹", settings.docs_dir, "docs_dir", settings.root, "站点文件夹"),
        ("事项文件夹", settings.items_dir, "items_dir", settings.docs_dir, "内容文件夹"),
    ):
        if parent not in folder.parents:
            problem, advice = f"应当是{where}里面单独的一个文件夹", f"请写成：{key}: {EXAMPLES[key]}"
            label = f"（{what}）"
            report(
                codes.BAD_SETTING.at(
                    settings.place(key), field=key, key=key, label=label, problem=problem, advice=advice
                )
            )
            return False
        if not folder.is_dir():
            shown = folder.relative_to(settings.root).as_posix()
            advice = f"请新建文件夹 {shown}，或在 mkdocs.yml 改正 {key}。"
            report(codes.FOLDER_MISSING.at(settings.place(key), field=key, what=what, folder=shown, advice=advice))
            return False
    return True
