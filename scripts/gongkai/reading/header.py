"""The front matter under canonical keys, with normalised values, checked against the item schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from gongkai.model import Finding, Place, Severity
from gongkai.reading import codes
from gongkai.reading.marked_yaml import Mapping, Node, Scalar, Sequence, plain
from gongkai.reading.nearest import nearest, phrase
from gongkai.reading.schema import TYPE_WORDS, Violation, flow, found_word, schema
from gongkai.reading.source import Report
from gongkai.reading.values import BadDate, parse_date, parse_flag, parse_period, parse_span, parse_time
from gongkai.reading.vocabulary import Vocabulary, fold

_DATES = ("formed_on", "published_on", "effective_on", "repealed_on", "list_until")
_LISTS = ("channels", "keywords", "related", "attachments")
ADD = "请在信息头加一行"
_NESTED = ("notice_period", "review", "privacy_allow")


class Header(Struct):
    """``data`` holds what was understood, as JSON-like values; ``lines`` line and column of each canonical key.

    ``flawed`` are keys whose value was reported and left out of ``data``, ``meant`` those that a misspelt key
    probably means, ``written`` the names under which keys stand in the file. Headers may share values and ``lines``.
    """

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)
    flawed: set[str] = field(default_factory=set)
    published_time: str | None = None
    meant: set[str] = field(default_factory=set)
    written: dict[str, str] = field(default_factory=dict)

    def place(self, key: str) -> Place:
        """Where ``key`` stands, or the start of the front matter."""
        return Place(self.file, *self.lines.get(key, (1, 1)))

    def text(self, key: str) -> str | None:
        """The value of ``key`` as text, if it was understood."""
        value = self.data.get(key)
        return None if value is None else str(value)


def read_header(head: Mapping, file: str, vocabulary: Vocabulary, report: Report) -> Header:
    """Canonical keys and values of a front matter; everything wrong with it is reported."""
    return _Reader(file, vocabulary, report).read(head)


def read_value(key: str, value: Node, vocabulary: Vocabulary) -> tuple[object, str | None] | None:
    """What ``Header.data`` holds for a canonical key with this value, and the time of day that stands in it.

    None when anything is to be said about it, or when the schema does not allow it.
    """
    said: list[Finding] = []
    reader = _Reader("", vocabulary, said.append)
    found = reader.value(key, value)
    if said or reader.header.flawed or not schema("item").allows(key, found):
        return None
    return found, reader.header.published_time


class _Reader:
    def __init__(self, file: str, vocabulary: Vocabulary, report: Report) -> None:
        self.header = Header(file)
        self.vocabulary, self.report = vocabulary, report
        self.properties: dict[str, dict[str, Any]] = schema("item").definition["properties"]

    def read(self, head: Mapping) -> Header:
        for key, value, place in self._canonical(head, self.vocabulary.keys, self.header.written):
            self.header.lines[key] = (place.line, place.column)
            if isinstance(value, Scalar) and value.null:
                self.report(self._empty(key, self._label(key), key))
                self.header.flawed.add(key)
            else:
                self.header.data[key] = self.value(key, value)
            if key in self.header.flawed:
                self.header.data.pop(key, None)
        told = frozenset(self.header.flawed | self.header.meant)
        violations = list(schema("item").violations(self.header.data))
        for violation in violations:
            self._judge(violation, told)
        misshapen = {str(v.path[0]) for v in violations if v.path and v.keyword not in ("maxLength", "required")}
        for key in self.header.flawed | misshapen:
            self.header.data.pop(key, None)
        return self.header

    # --- keys

    def _canonical(
        self, mapping: Mapping, known: dict[str, str], names: dict[str, str] | None = None
    ) -> list[tuple[str, Node, Place]]:
        result: list[tuple[str, Node, Place]] = []
        first: dict[str, Scalar] = {}
        for written, value in mapping.pairs:
            place = Place(self.header.file, written.line, written.column)
            key = known.get(fold(written.text))
            if key is None:
                self._unknown_key(written.text, known, place)
            elif key in first:
                other = first[key]
                alias = f"（写作“{other.text}”，两者是同一项）" if other.text != written.text else ""
                self.report(
                    codes.DUPLICATE_KEY.at(place, field=key, key=written.text, first_line=other.line, alias=alias)
                )
                self.header.flawed.add(key)
            else:
                first[key] = written
                if names is not None:
                    names[key] = written.text
                result.append((key, value, place))
        return result

    def _unknown_key(self, written: str, known: dict[str, str], place: Place) -> None:
        near = nearest(fold(written), list(known), limit=1)
        if near:
            key, advice = known[near[0]], f"请改成“{near[0]}”；不需要的就删去。"
            shown = phrase([near[0] if near[0] == key else f"{near[0]}（{key}）"])
            if known is self.vocabulary.keys:
                self.header.meant.add(key)
        else:
            top = known is self.vocabulary.keys
            words = list(self.vocabulary.labels.values()) if top else list(dict.fromkeys(known.values()))
            shown, advice = "", f"请删去；可用的项目：{'、'.join(words)}。"
        self.report(codes.UNKNOWN_KEY.at(place, field=None, key=written, nearest=shown, advice=advice))

    # --- values

    def value(self, key: str, value: Node) -> object:
        if key in _DATES:
            return self._date(key, value)
        if key in _LISTS:
            return self._list(key, value)
        if key in _NESTED:
            return self._nested(key, value)
        if not isinstance(value, Scalar):
            return plain(value)
        text = value.text.strip()
        reader: Callable[[str, str], object] | None = {
            "period": self._period,
            "method": self._word,
            "disclosure_class": self._word,
            "validity": self._word,
            "draft": lambda _key, t: flag if (flag := parse_flag(t)) is not None else t,
        }.get(key)
        return reader(key, text) if reader else text

    def _date(self, key: str, value: Node, label: str | None = None) -> object:
        if not isinstance(value, Scalar):
            return plain(value)
        try:
            day = parse_date(value.text).isoformat()
        except BadDate as error:
            place = Place(self.header.file, value.line, value.column)
            top = key.split(".", maxsplit=1)[0]
            leaf = key.rsplit(".", maxsplit=1)[-1]
            finding = codes.BAD_DATE.at(
                place,
                field=key,
                key=leaf,
                label=label or self._label(key),
                value=value.text,
                reason=str(error),
                written=leaf if leaf != key else self.header.written.get(key, key),
                example=error.nearest.isoformat() if error.nearest else "2026-09-28",
            )
            self.report(finding)
            self.header.flawed.add(top)
            return None
        if key == "published_on":
            self.header.published_time = parse_time(value.text)
        return day

    def _period(self, key: str, text: str) -> object:
        period = parse_period(text)
        if period is None:
            self.report(codes.BAD_PERIOD.at(self.header.place(key), field=key, value=text))
            self.header.flawed.add(key)
        return str(period)

    def _word(self, key: str, text: str) -> object:
        table = {
            "method": self.vocabulary.methods,
            "disclosure_class": self.vocabulary.disclosure_classes,
            "validity": self.vocabulary.validity,
        }[key]
        return table.get(fold(text), text)

    def _list(self, key: str, value: Node) -> object:
        if isinstance(value, Scalar) and key == "channels" and self.vocabulary.channel(value.text):
            value = Sequence((value,), value.line, value.column)
        if isinstance(value, Scalar):
            parts = (
                [value] if key == "attachments" else [Scalar(p, value.line, value.column) for p in _split(value.text)]
            )
            value = Sequence(tuple(parts), value.line, value.column)
        if not isinstance(value, Sequence):
            return plain(value)
        if key == "channels":
            return self._channels(value)
        if key == "attachments":
            return [self._attachment(v) for v in value.values]
        return [v.text.strip() if isinstance(v, Scalar) else plain(v) for v in value.values]

    def _channels(self, value: Sequence) -> object:
        result: list[object] = []
        nodes: list[Node] = []
        for node in value.values:  # [政府网站，公开查阅点] is one word to YAML
            if isinstance(node, Scalar) and not self.vocabulary.channel(node.text) and (parts := _split(node.text)):
                nodes += [Scalar(part, node.line, node.column) for part in parts]
            else:
                nodes.append(node)
        for node in nodes:
            if not isinstance(node, Scalar):
                result.append(plain(node))
                continue
            channel = self.vocabulary.channel(node.text)
            if channel is None:
                near = nearest(fold(node.text), self.vocabulary.channels.keys(), limit=1)
                words = [self.vocabulary.channels[n] for n in near]
                place = Place(self.header.file, node.line, node.column)
                allowed = "、".join(w for w in self.vocabulary.channel_words if w != "其他")
                finding = codes.UNKNOWN_CHANNEL.at(
                    place, field="channels", value=node.text, nearest=phrase(words), allowed=allowed
                )
                self.report(finding)
                self.header.flawed.add("channels")
            elif channel not in result:
                result.append(channel)
        return result

    def _attachment(self, node: Node) -> object:
        if isinstance(node, Scalar):
            return {"path": node.text.strip()}
        return self._renamed("attachment", node)

    def _nested(self, key: str, value: Node) -> object:
        if key == "privacy_allow":
            values = value.values if isinstance(value, Sequence) else (value,)
            return [self._renamed(key, v) for v in values]
        if key == "review" and isinstance(value, Scalar):
            return {"by": value.text.strip()}
        if key == "notice_period" and isinstance(value, Scalar):
            try:
                span = parse_span(value.text)
            except BadDate as error:
                span = None
                reason = f"“{value.text}”里的日期{error}"
            else:
                reason = f"“{value.text}”不是起止日期"
            if span is None:
                self.report(codes.BAD_NOTICE_PERIOD.at(self.header.place(key), field=key, reason=reason))
                self.header.flawed.add(key)
                return None
            return {"start": span[0].isoformat(), "end": span[1].isoformat()}
        return self._renamed(key, value)

    def _renamed(self, name: str, value: Node) -> object:
        """A nested mapping under canonical keys, its dates, counts and words normalised."""
        if not isinstance(value, Mapping):
            return plain(value)
        result: dict[str, object] = {}
        for key, node, _ in self._canonical(value, self.vocabulary.nested_keys[name]):
            if isinstance(node, Scalar) and key in ("start", "end", "on"):
                labels = {"start": "开始日期", "end": "结束日期", "on": "审查日期"}
                result[key] = self._date(f"{name}.{key}", node, labels[key])
            elif isinstance(node, Scalar) and key == "count" and node.text.isdigit():
                result[key] = int(node.text)
            elif isinstance(node, Scalar) and key == "unit":
                result[key] = self.vocabulary.day_units.get(fold(node.text), node.text)
            else:
                result[key] = plain(node)
        return result

    # --- schema violations

    def _judge(self, violation: Violation, told: frozenset[str]) -> None:
        key = str(violation.path[0]) if violation.path else ""
        if key in told or (violation.keyword == "anyOf" and told & {"entry", "category"}):
            return
        self.report(self._finding(violation, key))
        if key and violation.keyword != "maxLength" and (violation.keyword != "required" or len(violation.path) > 1):
            self.header.flawed.add(key)

    def _finding(self, v: Violation, key: str) -> Any:
        place, shown = self.header.place(key), ".".join(str(p) for p in v.path if isinstance(p, str))
        example = self._example(key)
        label = v.label if v.path and isinstance(v.path[-1], str) else self._label(key) if key else ""
        if v.keyword == "anyOf":
            entry = f"entry: {self.properties['entry']['examples'][0]}"
            return codes.MISSING_KEY.at(
                Place(self.header.file), field="entry", key="entry", label="目录条目", how=ADD, example=entry
            )
        if v.keyword == "required":
            own, how = (f"{v.path[-1]}: {v.example}", ADD) if len(v.path) == 1 else (example, "请补上，如")
            return codes.MISSING_KEY.at(place, field=shown, key=shown, label=label, how=how, example=own)
        if v.keyword == "enum":
            near = phrase(nearest(str(v.value), v.expected, limit=1, cutoff=60))
            allowed = "、".join(v.expected)
            return codes.NOT_IN_LIST.at(
                place, field=shown, key=shown, label=v.label, value=v.value, nearest=near, allowed=allowed
            )
        if v.keyword == "maxLength":
            return codes.TOO_LONG.at(
                place, field=shown, key=shown, label=v.label, length=len(str(v.value)), limit=v.expected
            )
        if v.keyword in ("minLength", "minItems") or v.value in (None, ""):
            return self._empty(key, label, shown)
        expected = (
            "一个日期" if v.schema.get("format") == "date" else TYPE_WORDS.get(str(v.schema.get("type")), "规定的形式")
        )
        if v.keyword == "minimum":
            expected = f"不小于 {v.expected} 的整数"
        return codes.WRONG_TYPE.at(
            place, field=shown, key=shown, label=label, expected=expected, found=found_word(v.value), example=example
        )

    def _label(self, key: str) -> str:
        return str(self.properties[key.split(".", maxsplit=1)[0]]["title"])

    def _example(self, key: str) -> str:
        examples = self.properties.get(key, {}).get("examples")
        return f"{self.header.written.get(key, key)}: {flow(examples[0])}" if examples else ""

    def _empty(self, key: str, label: str, shown: str) -> Any:
        """A required key without content is an error, an optional one a warning."""
        required = key in ("entry", *schema("item").definition["required"])
        unused = "" if required else "；用不到就删去"
        place, example = self.header.place(key), self._example(key)
        finding = codes.EMPTY_VALUE.at(place, field=shown, key=shown, label=label, example=example, unused=unused)
        return finding if required else finding.with_severity(Severity.WARNING)


def _split(text: str) -> list[str]:
    """``政府网站、公开查阅点`` as two words."""
    words = (
        text.replace("企事业单位、村", "企事业单位/村")
        .replace("，", "、")
        .replace(",", "、")
        .replace("；", "、")
        .replace(";", "、")
        .replace("\n", "、")
        .split("、")
    )
    return [w.strip() for w in words if w.strip()]
