"""What is imported late is there when it is asked for, and says so when it is not."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gongkai import model
from gongkai.late import late_module


@pytest.mark.parametrize("name", model.__all__)
def test_every_word_of_the_model_is_there(name: str):
    assert getattr(model, name) is not None
    assert getattr(model, name) is getattr(model, name)


def test_word_that_the_model_does_not_have_is_an_attribute_error():
    with pytest.raises(AttributeError, match=r"'gongkai\.model' has no attribute 'Nothing'"):
        _ = model.Nothing


def test_module_is_imported_when_something_of_it_is_asked_for():
    code = (
        "import sys; from gongkai.late import late_module; csv = late_module('csv'); before = 'csv' in sys.modules; "
        "csv.reader; print(before, 'csv' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["False", "True"]


def test_module_that_is_not_installed_is_an_import_error():
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        _ = late_module("no_such_module").anything
