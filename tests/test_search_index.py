"""The search data on disk: the same bytes every time, whole, readable, and what is said when they are not."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from browser import content_of
from gongkai.search import pagefind, service
from gongkai.search.bigram import FIRST_CODE
from gongkai.search.index import check_index
from gongkai.search.packing import SearchError
from gongkai.search.records import SearchRecord, newest_first
from gongkai.search.service import PagefindError
from gongkai.search.text import row_of, zones_of
from search_data import readable, rows_of, start_of, texts_of, write_data
from search_records import SPECIAL, make_records

ENGINES = ["pagefind", "bigram"]


@pytest.fixture(scope="module")
def records() -> list[SearchRecord]:
    return make_records(97) + SPECIAL


@pytest.fixture(scope="module", params=ENGINES)
def index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, records: list[SearchRecord]
) -> Path:
    out = tmp_path_factory.mktemp(request.param)
    write_data(records, out, engine=request.param, extra={"fold": b"table"})
    return out


@pytest.mark.parametrize("engine", ENGINES)
def test_same_records_in_any_order_and_process_give_the_same_bytes(
    engine: str, records: list[SearchRecord], tmp_path: Path
) -> None:
    write_data(records, tmp_path / "first", engine=engine)
    shuffled = list(records)
    random.Random(9).shuffle(shuffled)
    write_data(shuffled, tmp_path / "shuffled", engine=engine)
    assert content_of(tmp_path / "shuffled") == content_of(tmp_path / "first")

    program = (
        "import sys; from pathlib import Path; from search_data import write_data\n"
        "from search_records import SPECIAL, make_records\n"
        "write_data(make_records(97) + SPECIAL, Path(sys.argv[1]), engine=sys.argv[2])"
    )
    folders = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environment = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": folders}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "other"), engine], env=environment, check=True)
    assert content_of(tmp_path / "other") == content_of(tmp_path / "first")


def test_the_index_holds_the_row_of_every_record_and_nothing_else(index: Path, records: list[SearchRecord]) -> None:
    """So the decoder that tests look for secrets with sees all that there is, letter by letter."""
    ordered = newest_first(records)
    zones = zones_of(ordered)
    rows = [row for shard in rows_of(index).values() for row in shard]
    for row, record in zip(rows, ordered, strict=True):
        letters = row_of(record, zones).letters
        assert set(row) | {"、"} == set(letters)
        assert [run for run in row.split("、") if len(run) > 1] == [run for run in letters.split("、") if len(run) > 1]


def test_every_text_can_be_read_back(index: Path, records: list[SearchRecord]) -> None:
    texts = texts_of(index)
    assert texts.keys() == {record.url for record in records}
    for record in records:
        text = texts[record.url]
        assert (text["title"], text["date"]) == (record.title, record.date)
        plain = [" ".join(block.split()) for block in record.blocks]
        in_files = [(block, file.title) for file in record.files for block in file.blocks]
        assert sorted(b for b, file in text["blocks"] if file is None) == sorted([*plain, *record.names])
        assert [(b, file) for b, file in text["blocks"] if file is not None] == in_files


def test_long_texts_are_cut_so_that_no_file_is_large(index: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in index.iterdir()}
    assert any("-p00" in name for name in sizes)
    assert max(size for name, size in sizes.items() if not name.startswith("pagefind-")) < 20_000


def test_start_data_list_facets_of_all_pages_newest_first(index: Path, records: list[SearchRecord]) -> None:
    start = start_of(index)
    ordered = newest_first(records)
    assert start["count"] == len(ordered)
    for facet in start["facets"]:
        labels = ["", *facet["values"]]
        got = [labels[ord(code) - FIRST_CODE] for code in facet["of"]]
        assert got == [record.facets.get(facet["key"], "") for record in ordered]
    assert next(f["values"] for f in start["facets"] if f["key"] == "year") == ["2026", "2025", "2024"]


def test_further_files_lie_under_the_names_that_start_data_give(index: Path) -> None:
    assert "table" in readable(index)
    assert (index / start_of(index)["extra"]["fold"]).is_file()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_changed_text_changes_the_names_of_its_files(engine: str, tmp_path: Path) -> None:
    """Punctuation and case are not in the index, but a browser must not show an old text from its cache."""
    names = []
    for block in ("共3户。", "共3户！"):
        write_data([SearchRecord("items/a.html", "公示", "2026-01-01", (block,))], tmp_path / "out", engine=engine)
        names.append(
            {p.name for p in (tmp_path / "out").iterdir() if p.name != "start.bin" and "pagefind" not in p.name}
        )
    assert names[0]
    assert not names[0] & names[1]


@pytest.mark.parametrize("engine", ENGINES)
def test_no_records_give_an_index_that_is_empty_but_whole(engine: str, tmp_path: Path) -> None:
    write_data([], tmp_path / "out", engine=engine)
    check_index(tmp_path / "out")
    assert start_of(tmp_path / "out")["count"] == 0


@pytest.mark.parametrize("pattern", ["start.bin", "*-i*", "*-t*", "*-p00*", "fold-*"])
@pytest.mark.parametrize("accident", ["cut", "emptied", "lost", "swapped"])
def test_a_damaged_file_is_named(index: Path, tmp_path: Path, pattern: str, accident: str) -> None:
    shutil.copytree(index, tmp_path / "copy")
    victim = sorted((tmp_path / "copy").glob(pattern))[0]
    data = victim.read_bytes()
    if accident == "lost":
        victim.unlink()
    else:
        victim.write_bytes({"cut": data[: len(data) // 2], "emptied": b"", "swapped": b"<!doctype html>"}[accident])
    with pytest.raises(SearchError, match=rf"^检索数据的文件 {victim.name} 缺失或不完整。请重新生成站点"):
        check_index(tmp_path / "copy")


def test_a_file_too_many_is_named(index: Path, tmp_path: Path) -> None:
    shutil.copytree(index, tmp_path / "copy")
    (tmp_path / "copy/left-over.bin").write_bytes(b"x")
    with pytest.raises(SearchError, match=r"left-over\.bin"):
        check_index(tmp_path / "copy")


def test_a_disk_that_swallows_the_end_of_a_file_is_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a full disk or a network drive may do without saying so."""
    write = os.write

    def half(handle: int, data: bytes) -> int:
        write(handle, bytes(data[: len(data) // 2]))
        return len(data)

    monkeypatch.setattr("gongkai.writing.os.write", half)
    with pytest.raises(SearchError, match="缺失或不完整"):
        write_data(make_records(3), tmp_path / "out", engine="bigram")


def test_records_that_share_an_address_are_refused(tmp_path: Path) -> None:
    twice = SearchRecord("a.html", "公示", "2026-01-01")
    with pytest.raises(ValueError, match=r"地址相同：a\.html"):
        write_data([twice, twice], tmp_path)


def test_an_unknown_facet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="未知的筛选项：colour"):
        write_data([SearchRecord("a.html", "公示", "2026-01-01", facets={"colour": "红"})], tmp_path)


# ---- Pagefind: what is leaned on inside it, and what is said when it is not as known


def test_pagefind_is_the_version_that_is_known_here() -> None:
    assert service.pagefind_version(service.pagefind_executable()) == "1.5.2"
    assert service.PACKAGE in (Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8")


def test_pagefinds_insides_are_as_known() -> None:
    """Page list, index files, WebAssembly: each in exactly the form that search/pagefind.py and the engine rely on."""
    record = SearchRecord("a", "低保公示", "2026-01-01", ("公示，公开É",))
    zones = zones_of([record])
    with service.PagefindService() as running:
        for number in ("0", "1"):
            running.add(number, " ".join(row_of(record, zones).letters))
        files = running.files()
    kinds = sorted({path.partition("/")[0].partition(".")[2] or path.partition("/")[0] for path in files})
    assert {"index", "fragment"} <= set(kinds)
    meta = next(path for path in files if path.endswith(".pf_meta"))
    version, pages, chunks, *rest = pagefind.cbor2.loads(pagefind._opened(meta, files[meta]))
    assert version == "1.5.2"
    assert [len(page) for page in pages] == [2, 2]
    assert rest == [[], [], []]
    ((first, last, name),) = chunks
    assert (first, last) == ("e", "示")
    (words,) = pagefind.cbor2.loads(pagefind._opened("index", files[f"index/{name}.pf_index"]))
    assert [word for word, _, _ in words] == ["e", "低", "保", "公", "开", "示"]
    both = [[0, [-25, 2, zones.body - 2, 3], []], [1, [-25, 2, zones.body - 2, 3], []]]
    assert next(found for word, found, _ in words if word == "公") == both
    assert next(variants for word, _, variants in words if word == "e")[0][0] == "é"
    program = pagefind._opened("wasm", files["wasm.unknown.pagefind"])
    assert program.startswith(b"\0asm")
    assert all(export in program for export in pagefind.EXPORTS)
    assert program.count(b"./pagefind_web_bg.js") == program.count(b"__wbindgen_init_externref_table") == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda files: files.pop("wasm.unknown.pagefind"), "与所知的格式不同"),
        (lambda files: files.update({"wasm.unknown.pagefind": files["wasm.unknown.pagefind"][:9000]}), "不完整"),
        (lambda files: files.pop(next(path for path in files if path.startswith("index/"))), "与所知的格式不同"),
        (lambda files: files.pop(next(path for path in files if path.startswith("fragment/"))), "与所知的格式不同"),
        (lambda files: files.update({"index/zh-cn_0.pf_index": b""}), "漏掉了页面"),
    ],
)
def test_pagefind_that_answers_something_else_is_refused(change, message: str, monkeypatch, tmp_path: Path) -> None:
    whole = service.PagefindService.files

    def answer(self: service.PagefindService) -> dict[str, bytes]:
        files = whole(self)
        change(files)
        return files

    monkeypatch.setattr(service.PagefindService, "files", answer)
    with pytest.raises(PagefindError, match=message):
        write_data(make_records(3), tmp_path / "out", engine="pagefind")
    assert not (tmp_path / "out").exists()


def test_a_missing_program_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(PagefindError, match=r"找不到检索程序.*pip install pagefind-bin.*search_engine: bigram"):
        write_data(make_records(1), tmp_path / "out", engine="pagefind")
    with pytest.raises(PagefindError, match="找不到检索程序"), service.PagefindService(tmp_path / "absent"):
        pass


def fake_program(folder: Path, version: str, body: str) -> Path:
    script = folder / "pagefind"
    script.write_text(
        f"#!{sys.executable}\nimport base64, json, sys, time\n"
        f"if '--version' in sys.argv:\n    print('pagefind {version}'); sys.exit()\n{body}\n",
        encoding="utf-8",
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script


needs_script_programs = pytest.mark.skipif(os.name == "nt", reason="Windows runs no script as a program")


@needs_script_programs
@pytest.mark.parametrize(
    ("version", "body", "message"),
    [
        ("1.6.0", "", r"版本是 1\.6\.0，需要 1\.5\.2"),
        ("unknown", "", "版本是 未知"),
        ("1.5.2", "sys.exit(3)", r"中途退出（代码 3）"),
        ("1.5.2", "time.sleep(60)", "没有答复"),
        ("1.5.2", "print('%%%,', flush=True); sys.stdin.read()", "中途退出"),
        (
            "1.5.2",
            "m = {'message_id': 1, 'payload': {'type': 'Error', 'message': 'no memory'}}\n"
            "print(base64.b64encode(json.dumps(m).encode()).decode() + ',', flush=True); sys.stdin.read()",
            "报告错误：no memory",
        ),
    ],
)
def test_a_program_that_misbehaves_is_explained_and_ended(
    tmp_path: Path, version: str, body: str, message: str
) -> None:
    program = fake_program(tmp_path, version, body)
    client = service.PagefindService(program, silence=1.0)
    with pytest.raises(PagefindError, match=message), client:
        client.files()
    process = getattr(client, "_process", None)
    assert process is None or process.poll() is not None


@needs_script_programs
def test_a_program_that_stops_reading_does_not_hang_the_build(tmp_path: Path) -> None:
    answer = "print(base64.b64encode(json.dumps({'payload': {}}).encode()).decode() + ',', flush=True)"
    program = fake_program(tmp_path, "1.5.2", f"{answer}\ntime.sleep(60)")

    def build() -> None:
        with service.PagefindService(program, silence=1.0) as client:
            for _ in range(50):
                client.add("a.html", "字 " * 20000)
            client.files()

    with pytest.raises(PagefindError, match="没有答复"):
        build()
