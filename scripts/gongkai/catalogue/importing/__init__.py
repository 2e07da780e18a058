"""Reads the catalogue tables that counties hand out. ``import_file`` is the way in."""

from gongkai.catalogue.importing.grid import Grid, Refused
from gongkai.catalogue.importing.importing import Imported, import_file, import_grid
from gongkai.catalogue.importing.questions import Question, read_review, review_text

__all__ = ["Grid", "Imported", "Question", "Refused", "import_file", "import_grid", "read_review", "review_text"]
