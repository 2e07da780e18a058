"""The index of one site: a record of every page, written out at the end."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from gongkai.cache_folder import cache_folder, switched_off
from gongkai.dataset import Dataset
from gongkai.model import Item
from gongkai.render.item_page import shown_body
from gongkai.render.markdown import Body
from gongkai.render.page import OrdinaryPage
from gongkai.search.attachments import FileTexts
from gongkai.search.collect import field_record, item_facets, item_record, page_record
from gongkai.search.index import write_index
from gongkai.search.records import Listed, SearchRecord, listed
from gongkai.search.suggest import page_data
from gongkai.staging import Place


class SiteIndex:
    """Hears of the pages one after the other."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._cache = None if switched_off() else cache_folder(dataset.settings.root, "search")
        self._texts = FileTexts(self._cache)
        self._records: list[Listed] = []

    def add(self, item: Item, body: Body) -> bytes:
        """The page of ``item`` has been made; what :meth:`keep` has to be told once it stays."""
        self._records.append(listed(item_record(self._dataset, item, body, self._texts)))
        return self._records[-1].digest.encode("ascii")

    def keep(self, item: Item, note: bytes) -> None:
        """The page of ``item`` stays; its record is made only if somebody asks for it."""
        day, facets = item.published_on.isoformat(), item_facets(self._dataset, item)
        self._records.append(Listed(item.url, day, facets, note.decode("ascii"), partial(self._record, item)))

    def _record(self, item: Item) -> SearchRecord:
        return item_record(self._dataset, item, shown_body(self._dataset, item), self._texts)

    def write(self, ordinary: Iterable[OrdinaryPage], place: Place) -> None:
        """Write the index of all items, ``ordinary`` pages and fields. Raises as :func:`index.write_index` does."""
        dataset = self._dataset
        records = [*self._records, *(listed(page_record(page.url, page.title, page.html)) for page in ordinary)]
        records += [listed(field_record(dataset, field)) for field in dataset.catalogue.fields]
        engine = dataset.settings.search_engine
        write_index(records, place, engine=engine, cache=self._cache, extra=page_data(dataset))
        self._texts.save()
