"""The search room: records of all pages -> search data that find every substring, and their browser half."""

from gongkai.search.folder import Folder
from gongkai.search.index import check_index, write_index
from gongkai.search.packing import SearchError
from gongkai.search.records import FACETS, FileText, Listed, SearchRecord, listed
from gongkai.search.service import PagefindError

__all__ = [
    "FACETS",
    "FileText",
    "Folder",
    "Listed",
    "PagefindError",
    "SearchError",
    "SearchRecord",
    "check_index",
    "listed",
    "write_index",
]
