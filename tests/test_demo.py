"""The demonstration township, checked as its clerks would check it."""

from __future__ import annotations

from pathlib import Path

from gongkai.gather import gather
from gongkai.model import Severity
from sites import TODAY

ROOT = Path(__file__).resolve().parents[1]


def test_demonstration_has_no_error_and_no_warning():
    found = gather(ROOT / "mkdocs.yml", TODAY).findings
    assert [f"{f.file}:{f.line} {f.code} {f.message}" for f in found if f.severity > Severity.NOTE] == []


def test_demonstration_is_as_large_as_promised():
    dataset = gather(ROOT / "mkdocs.yml", TODAY).dataset
    assert dataset is not None
    assert len(dataset.published) >= 150
    assert len(dataset.by_field) >= 12
    assert len(dataset.by_unit) >= 8
    assert len(dataset.by_year) >= 3
    assert any(i.repealed for i in dataset.published)
    assert any(i.statement for i in dataset.published)
    assert any(dataset.interpretations(i) for i in dataset.published)
    assert any(i.attachments for i in dataset.published)
