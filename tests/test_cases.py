"""Every kind of finding has a case: a small file in tests/cases/ and the exact words a clerk then reads."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.gather import gather
from gongkai.model import Finding
from gongkai.rules.registry import all_types
from numbers_of_nobody import with_numbers
from sites import TODAY, write_site

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
KEYS = ("code", "severity", "file", "line", "column", "field", "message", "hint")


def load(path: Path) -> dict[str, Any]:
    return yaml.safe_load(with_numbers(path.read_text("utf-8")))


def as_listed(finding: Finding) -> dict[str, Any]:
    return {key: value for key, value in finding.as_dict().items() if key in KEYS}


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case_gives_exactly_its_findings(path: Path, tmp_path: Path):
    case = load(path)
    config = write_site(tmp_path, case.get("files"), mkdocs=case.get("mkdocs"), adopted=case.get("adopted"))
    found = [as_listed(f) for f in gather(config, TODAY).findings]
    assert found == case["findings"]


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_case_is_named_after_a_code_it_shows(path: Path):
    case = load(path)
    code = path.stem.split("-")[0]
    assert case["about"].isascii()
    assert code == "none" or code in {f["code"] for f in case["findings"]}
    assert (code == "none") == (not case["findings"])


def test_the_valid_site_has_no_finding(tmp_path: Path):
    assert gather(write_site(tmp_path), TODAY).findings == []


def test_every_kind_of_finding_has_a_case():
    shown = {finding["code"] for path in CASES for finding in load(path)["findings"]}
    assert [t.code for t in all_types() if t.code not in shown] == []


def test_codes_are_unique():
    assert [code for code, n in Counter(t.code for t in all_types()).items() if n > 1] == []
