"""The search room: records of all pages -> an index that finds every substring, and its browser half."""

from gongkai.search.index import check_index, write_index
from gongkai.search.records import FACETS, SearchRecord
from gongkai.search.service import PagefindError

__all__ = ["FACETS", "PagefindError", "SearchRecord", "check_index", "write_index"]
