"""JSON Schema violations in a form that can be turned into Chinese findings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from msgspec import Struct, json

from gongkai.late import late_module
from gongkai.resources import catalogue_dir

jsonschema_rs = late_module("jsonschema_rs")
TYPE_WORDS = {
    "string": "一段文字",
    "array": "一个列表",
    "object": "几项“名称: 内容”",
    "integer": "整数",
    "number": "数字",
    "boolean": "“true”或“false”",
}


class Violation(Struct, frozen=True):
    """One violation: the path to the value, the broken keyword and the schema of the value.

    For ``required`` and ``additionalProperties`` the path ends with the missing or unexpected key.
    """

    path: tuple[str | int, ...]
    keyword: str
    expected: Any
    value: object
    schema: dict[str, Any]

    @property
    def label(self) -> str:
        """The Chinese name of the value."""
        return str(self.schema.get("title", self.path[-1] if self.path else ""))

    @property
    def example(self) -> str:
        """Right input, as one line of YAML flow style; empty when the schema shows none."""
        examples = self.schema.get("examples")
        return flow(examples[0]) if examples else ""


def flow(value: object) -> str:
    """A JSON-like value as a clerk would write it in YAML: ``[甲, 乙]``, ``{start: 2026-10-09}``."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {flow(v)}" for k, v in value.items()) + "}"
    return f'"{value}"' if isinstance(value, str) and value.isdigit() else str(value)


def found_word(value: object) -> str:
    """What stands there instead, in Chinese."""
    if value is None:
        return "空的"
    if isinstance(value, bool):
        return "是或否"
    if isinstance(value, int | float):
        return f"“{value}”"
    if isinstance(value, str):
        return f"“{value[:20]}”"
    return "列表" if isinstance(value, list) else "几项“名称: 内容”"


class Schema:
    """A JSON Schema (2020-12) of the product, by file name without ``.schema.json``."""

    def __init__(self, name: str) -> None:
        self.definition: dict[str, Any] = json.decode((catalogue_dir() / "schema" / f"{name}.schema.json").read_bytes())
        self._by_key: dict[str, Any] = {}

    @cached_property
    def _validator(self) -> Any:
        return jsonschema_rs.validator_for(self.definition, validate_formats=True)

    def allows(self, key: str, value: object) -> bool:
        """Whether ``value`` is right for the property ``key``, by itself."""
        validator = self._by_key.get(key)
        if validator is None:
            validator = jsonschema_rs.validator_for(self.definition["properties"][key], validate_formats=True)
            self._by_key[key] = validator
        return bool(validator.is_valid(value))

    def violations(self, instance: object) -> Iterator[Violation]:
        """All violations of ``instance``, in the validator's order."""
        for error in self._validator.iter_errors(instance):
            keyword = str(error.schema_path[-1]) if error.schema_path else ""
            path = tuple(error.instance_path)
            owner = self._at(error.schema_path[:-1])
            if keyword == "required":
                key = _quoted(error.message)
                yield Violation((*path, key), keyword, None, None, owner.get("properties", {}).get(key, {}))
            elif keyword == "additionalProperties":
                value = _dig(instance, path)
                known = owner.get("properties", {})
                for key in value if isinstance(value, dict) else ():
                    if key not in known:
                        yield Violation((*path, key), keyword, sorted(known), key, owner)
            else:
                yield Violation(path, keyword, owner.get(keyword), _dig(instance, path), owner)

    def _at(self, path: list[str | int]) -> dict[str, Any]:
        node: Any = self.definition
        for step in path:
            node = node[step]
            while isinstance(node, dict) and "$ref" in node:
                node = self._at(node["$ref"].lstrip("#/").split("/"))
        return node if isinstance(node, dict) else {}


@cache
def schema(name: str) -> Schema:
    """The product's schema ``name``, loaded once."""
    return Schema(name)


def _dig(instance: object, path: tuple[str | int, ...]) -> object:
    value: Any = instance
    for step in path:
        value = value[step]
    return value


def _quoted(message: str) -> str:
    return message.split('"')[1]
