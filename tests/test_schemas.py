"""The JSON Schemas: valid themselves, true to the words of the vocabulary and to the demonstration's items."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from gongkai.catalogue.load import standard_field, standard_files, standard_names
from gongkai.model import Finding
from gongkai.reading.front_matter import split
from gongkai.reading.header import read_header
from gongkai.reading.source import read_text
from gongkai.reading.vocabulary import load_vocabulary
from sites import ROOT

CATALOGUE = ROOT / "catalogue"
SCHEMAS = sorted((CATALOGUE / "schema").glob("*.schema.json"))
ITEM_SCHEMA = json.loads((CATALOGUE / "schema" / "item.schema.json").read_text("utf-8"))
VOCABULARY = yaml.safe_load((CATALOGUE / "vocabulary.yaml").read_text("utf-8"))
ITEMS = sorted((ROOT / "site_src" / "items").rglob("*.md"))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda p: p.name)
def test_schema_is_a_valid_schema_of_2020_12(path: Path):
    schema = json.loads(path.read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.meta.validate(schema)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda p: p.name)
def test_examples_of_a_schema_satisfy_it(path: Path):
    def walk(node: object, where: str) -> list[str]:
        wrong: list[str] = []
        if isinstance(node, dict):
            if isinstance(node.get("examples"), list) and "type" in node | {"enum": 0}:
                part = {**node, "$defs": schema.get("$defs", {})}
                wrong += [where for e in node["examples"] if not jsonschema_rs.is_valid(part, e)]
            for key, value in node.items():
                wrong += walk(value, f"{where}/{key}")
        return wrong

    schema = json.loads(path.read_text("utf-8"))
    shorthand = {"/properties/attachments"} if path.name == "item.schema.json" else set()
    assert set(walk(schema, "")) == shorthand  # [附件1.xlsx] is the short form that reading makes long


def test_titles_of_the_item_schema_are_the_labels_of_the_vocabulary():
    titles = {key: part["title"] for key, part in ITEM_SCHEMA["properties"].items()}
    assert titles == {key: labels[0] for key, labels in VOCABULARY["keys"].items()}


@pytest.mark.parametrize(("key", "name"), [("notice_period", "notice_period_keys"), ("review", "review_keys")])
def test_nested_keys_of_the_item_schema_are_those_of_the_vocabulary(key: str, name: str):
    assert list(ITEM_SCHEMA["properties"][key]["properties"]) == list(VOCABULARY[name])


def test_words_of_the_item_schema_are_those_of_the_vocabulary():
    properties = ITEM_SCHEMA["properties"]
    assert properties["method"]["enum"] == list(VOCABULARY["methods"])
    assert properties["disclosure_class"]["enum"] == list(VOCABULARY["disclosure_classes"])
    assert properties["validity"]["enum"] == list(VOCABULARY["validity"])
    assert properties["notice_period"]["properties"]["unit"]["enum"] == list(VOCABULARY["day_units"])


def test_no_label_stands_for_two_keys():
    labels = Counter(label for labels in VOCABULARY["keys"].values() for label in labels)
    assert [label for label, n in labels.items() if n > 1] == []


def test_every_item_of_the_demonstration_satisfies_the_schema():
    vocabulary = load_vocabulary(CATALOGUE / "vocabulary.yaml")
    validator = jsonschema_rs.Draft202012Validator(ITEM_SCHEMA, validate_formats=True)
    said: list[Finding] = []
    assert len(ITEMS) >= 150
    for path in ITEMS:
        file = path.relative_to(ROOT).as_posix()
        text = read_text(path, file, said.append)
        assert text is not None
        document = split(text, file, said.append)
        assert document is not None
        header = read_header(document.head, file, vocabulary, said.append)
        assert [str(error) for error in validator.iter_errors(header.data)] == [], file
    assert said == []


@pytest.mark.parametrize("field_id", sorted(standard_files()))
def test_field_of_the_standard_catalogue_satisfies_its_schema(field_id: str):
    field = standard_field(field_id)
    assert field.id == field_id
    assert standard_names()[field_id] == field.name
    assert all(entry.id.startswith(f"{field_id}-") for entry in field.entries)


def test_no_two_entries_have_one_id():
    ids = Counter(entry.id for field_id in standard_files() for entry in standard_field(field_id).entries)
    assert [entry for entry, n in ids.items() if n > 1] == []


def test_every_entry_path_leads_to_one_entry():
    paths = Counter(
        (field_id, entry.level1, entry.level2, entry.level3)
        for field_id in standard_files()
        for entry in standard_field(field_id).entries
    )
    assert [path for path, n in paths.items() if n > 1] == []


def test_every_channel_of_the_standard_catalogue_may_stand_in_an_item():
    vocabulary = load_vocabulary(CATALOGUE / "vocabulary.yaml")
    channels = {
        c for field_id in standard_files() for entry in standard_field(field_id).entries for c in entry.channels
    }
    assert [c for c in sorted(channels) if vocabulary.channel(c) is None] == []
