"""The search room: records of all pages -> search data that find every substring, and their browser half."""

from gongkai.search.index import check_index, write_index
from gongkai.search.packing import SearchError
from gongkai.search.records import FACETS, FileText, SearchRecord
from gongkai.search.service import PagefindError

__all__ = ["FACETS", "FileText", "PagefindError", "SearchError", "SearchRecord", "check_index", "write_index"]
