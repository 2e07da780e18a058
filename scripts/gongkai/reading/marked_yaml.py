"""YAML that remembers where everything stands.

Scalars keep their text as written: a date is not turned into a date, ``2026`` not into a number. What a value
means is decided later, by key; that is why an impossible date is a finding and not a crash.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from gongkai.late import late_module
from gongkai.memo import remembered
from gongkai.model import FindingType, Place
from gongkai.patterns import regex
from gongkai.reading import codes
from gongkai.reading.nodes import Mapping, Node, Scalar, Sequence
from gongkai.reading.plain_head import read_plain
from gongkai.reading.source import Report
from gongkai.reading.yaml_data import NOTHING, data_from_events

if TYPE_CHECKING:
    import yaml
else:
    yaml = late_module("yaml")  # most files need none of it: see plain_head

_NULL = "tag:yaml.org,2002:null"
__all__ = ["Mapping", "Node", "Scalar", "Sequence", "load", "parse", "plain"]
MAX_DEPTH = 20
# Invisible characters; those that YAML takes for line ends and an editor does not are among them, or lines would not match.
_CONTROL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_CONTROL_WORDS = {"problem": "有看不见的控制字符", "advice": "请删去这一行重新输入。"}
_QUOTED = ("'", '"', "|", ">")


def parse(
    text: str, file: str, report: Report, *, first_line: int = 1, broken: FindingType = codes.BAD_YAML
) -> Node | None:
    """Parse ``text``, which starts at ``first_line`` of ``file``.

    Gives None when it is empty or after reporting, as a ``broken`` finding, why it cannot be parsed.
    """
    plain_one = read_plain(text, first_line)
    if plain_one is not None:
        return plain_one
    if invisible := _CONTROL.search(text):
        start = invisible.start()
        line, column = text.count("\n", 0, start), start - text.rfind("\n", 0, start)
        report(broken.at(Place(file, line + first_line, column), **_CONTROL_WORDS))
        return None
    try:
        node = yaml.compose(text, Loader=_mark_loader())
    except yaml.YAMLError as error:
        line, column, problem, advice = _explain(error, text)
        report(broken.at(Place(file, line + first_line, column + 1), problem=problem, advice=advice))
        return None
    except RecursionError:
        report(broken.at(Place(file, first_line), problem="括号套得太深", advice="请检查是否多打了括号。"))
        return None
    if node is None:
        return None
    converter = _Converter(file, first_line, report)
    try:
        result = converter.convert(node)
    except (TooDeep, RecursionError):
        report(broken.at(Place(file, first_line), problem="括号套得太深", advice="请检查是否多打了括号。"))
        return None
    if converter.control:
        line, column = converter.control
        report(broken.at(Place(file, line, column), **_CONTROL_WORDS))
        return None
    return None if converter.aliases else result


@cache
def _mark_loader() -> Any:
    """Scalars stay text: whether one says nothing is all that is asked of its tag."""
    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("_MarkLoader", (base,), {})
    loader.yaml_implicit_resolvers = {
        first: found
        for first, resolvers in base.yaml_implicit_resolvers.items()
        if (found := [(tag, pattern) for tag, pattern in resolvers if tag == _NULL])
    }
    return loader


@cache
def _data_loader() -> Any:
    """Numbers and true/false as YAML has them; dates, and words such as ``on``, stay text."""
    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("_DataLoader", (base,), {})
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] not in ("timestamp", "bool")]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }
    loader.add_implicit_resolver("tag:yaml.org,2002:bool", regex(r"^(?:true|false)$"), list("tf"))
    return loader


def load(text: str) -> Any:
    """A catalogue file or the vocabulary as JSON-like data, by the fastest safe loader there is."""
    return remembered("yaml", (text,), Any, lambda: _load(text))


def _load(text: str) -> Any:
    loader = _data_loader()(text)
    try:
        data = data_from_events(loader.get_event, _scalar)
    except (yaml.YAMLError, ValueError):
        data = NOTHING  # said again by the loader, in its own words
    finally:
        loader.dispose()
    return yaml.load(text, _data_loader()) if data is NOTHING else data


@lru_cache(maxsize=1024)
def _scalar(text: str) -> Any:
    """What an unquoted text stands for: a number, true or false, nothing, or itself."""
    loader = _data_loader()("")
    try:
        return loader.construct_object(yaml.ScalarNode(loader.resolve(yaml.ScalarNode, text, (True, False)), text))
    finally:
        loader.dispose()


def plain(node: Node) -> object:
    """The node as JSON-like data: strings, lists and dicts (first key wins), None for nothing."""
    if isinstance(node, Scalar):
        return None if node.null else node.text
    if isinstance(node, Sequence):
        return [plain(value) for value in node.values]
    data: dict[str, object] = {}
    for key, value in node.pairs:
        data.setdefault(key.text, plain(value))
    return data


class TooDeep(Exception):  # noqa: N818 - says what the file is
    """More levels than any front matter needs."""


class _Converter:
    def __init__(self, file: str, first_line: int, report: Report) -> None:
        self.file, self.first_line, self.report = file, first_line, report
        self.seen: set[int] = set()
        self.aliases = 0
        self.depth = 0
        self.control: tuple[int, int] | None = None

    def convert(self, node: yaml.Node) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise TooDeep
        try:
            return self._converted(node)
        finally:
            self.depth -= 1

    def _converted(self, node: yaml.Node) -> Node:
        line, column = node.start_mark.line + self.first_line, node.start_mark.column + 1
        if id(node) in self.seen:
            if not self.aliases:
                self.report(codes.YAML_ALIAS.at(Place(self.file, line, column)))
            self.aliases += 1
            return Scalar("", line, column, null=True)
        self.seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            if self.control is None and _CONTROL.search(node.value):
                self.control = (line, column)
            return Scalar(node.value, line, column, null=node.tag == _NULL and node.style not in _QUOTED)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.convert(child) for child in node.value), line, column)
        pairs = []
        for key, value in node.value:
            name = self.convert(key)
            if isinstance(name, Sequence) and len(name.values) == 1:
                name = name.values[0]  # [ 索引号 ]: as some sites print their labels
            if not isinstance(name, Scalar):
                name = Scalar("[ ]" if isinstance(name, Sequence) else "{ }", name.line, name.column)
            pairs.append((name, self.convert(value)))
        return Mapping(tuple(pairs), line, column)


_FULL_WIDTH_COLON = regex(r"\s*[^\s:#\"'\[{]+：")

_ALIGN = "同一级的项目要左对齐；下一级比上一级多两个空格。"
_QUOTE_WORDS = ("引号没有成对", "请补上另一半半角引号；内容里本来就有引号时，请用中文引号“”。")

# What libyaml (or PyYAML's own parser) says, what that means to a clerk, and what to do.
_EXPLAIN: tuple[tuple[str, str, str], ...] = (
    (
        r"cannot start any token",
        "内容以特殊符号开头",
        '内容以 @、` 或 % 开头时请加引号，如：title: "@示范"',
    ),
    (
        r"mapping values are not allowed",
        "一行里有两个“: ”",
        '内容里有半角冒号加空格时请加引号，如：title: "通知: 关于开展普查"',
    ),
    (
        r"could not find expected ':'",
        "有一行不是“名称: 内容”的形式",
        "请检查冒号是不是半角“:”、后面有没有空格，如：title: 标题",
    ),
    (r"alias|anchor", "内容以 * 或 & 开头", '请给内容加引号，如：title: "*附注"'),
    (
        r"did not find expected key|expected <block end>|bad indentation|did not find expected '-'",
        "行首的空格没有对齐",
        _ALIGN,
    ),
    (r"expected a single document|document start", "信息头里多了一行“---”或“...”", "请删去多出来的分隔行。"),
    (r"tag", "内容以 ! 开头", '请给内容加引号，如：title: "!重要"'),
)


_Explained = tuple[int, int, str, str]


class _Fault(Struct, frozen=True):
    """What the parser said, with the lines, where it stopped and where the broken thing starts, all from 0."""

    said: str
    lines: list[str]
    line: int
    column: int
    start_line: int
    start_column: int

    @property
    def before(self) -> str:
        """The line up to where the parser stopped."""
        return self.lines[self.line][: self.column]


def _explain(error: yaml.YAMLError, text: str) -> _Explained:
    """Line and column from 0, the problem and the advice in Chinese."""
    lines = text.split("\n")
    context = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or context
    line, column = (min(mark.line, len(lines) - 1), mark.column) if mark else (0, 0)
    start_line, start_column = (context.line, context.column) if context else (line, column)
    said = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", ""), error) if part)
    fault = _Fault(said, lines, line, column, start_line, start_column)
    for judge in (_full_width_colon, _white_space, _not_closed, _text_after_end):
        if explained := judge(fault):
            return explained
    for pattern, problem, advice in _EXPLAIN:
        if re.search(pattern, said):
            return line, column, problem, advice
    return line, column, "写法不合规则", "请对照“gongkai new”生成的信息头逐行检查。"


def _full_width_colon(fault: _Fault) -> _Explained | None:
    for at in (fault.line, fault.line - 1):
        if at >= 0 and _FULL_WIDTH_COLON.match(fault.lines[at]) and ": " not in fault.lines[at]:
            right = re.sub("：[ \u3000]*", ": ", fault.lines[at].strip(), count=1)
            return at, 0, "用了全角冒号“：”", "请改成半角冒号加一个空格，如：" + right
    return None


def _white_space(fault: _Fault) -> _Explained | None:
    indent = fault.before[: len(fault.before) - len(fault.before.lstrip())]
    if "\t" in indent or fault.lines[fault.line][fault.column : fault.column + 1] == "\t":
        return fault.line, fault.column, "行首用了制表符（Tab）", "请把行首的 Tab 换成空格。"
    if "mapping values are not allowed" in fault.said and indent and ":" not in fault.before:
        return fault.line, 0, "行首多了空格", _ALIGN
    return None


def _not_closed(fault: _Fault) -> _Explained | None:
    if re.search(r"flow (sequence|mapping|node)", fault.said):
        line, column = fault.start_line, fault.start_column
        while line > 0 and (line >= len(fault.lines) or not re.search(r"[\[{]", fault.lines[line])):
            line -= 1
            column = max(fault.lines[line].rfind("["), fault.lines[line].rfind("{"), 0)
        return line, column, "括号没有成对，或里面少了逗号", _bracket_advice(fault.lines[line], column)
    if "quoted scalar" in fault.said:
        return fault.start_line, fault.start_column, *_QUOTE_WORDS
    return None


def _text_after_end(fault: _Fault) -> _Explained | None:
    end = fault.before.rstrip()
    if "block mapping" not in fault.said:
        return None
    if end.endswith(("'", '"')):
        rest = fault.lines[fault.line][fault.column :].strip()
        right = end[:-1].replace(end[-1], "“", 1) + "”" + rest
        return fault.line, fault.column, "后一个引号后面还有文字", "请改用中文引号，如：" + right
    if end.endswith(("]", "}")):
        key, _, value = fault.lines[fault.line].partition(":")
        right = f'{key.strip()}: "{value.strip()}"'
        return fault.line, fault.column, "括号后面还有文字", "请给整段内容加引号，如：" + right
    return None


def _bracket_advice(line: str, column: int) -> str:
    """How the list or mapping that starts in ``column`` of ``line`` is written right."""
    key = line.partition(":")[0].strip(" -") if ":" in line[:column] else ""
    shown = "[甲, 乙]" if line[column : column + 1] == "[" else "{甲: 内容, 乙: 内容}"
    return "括号要成对，各项之间用半角逗号加空格隔开，如：" + (f"{key}: {shown}" if key else shown)
