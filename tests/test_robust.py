"""A thousand broken files: each gives a finding, none a traceback."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.gather import gather
from gongkai.model import Severity
from sites import ITEM, write_site

SEED = 20261009
FILES = 1000
GARBAGE = [
    "：",
    "\t",
    '"',
    "[",
    "{",
    "&a ",
    "*a",
    "@",
    "- ",
    ": ",
    "\x0b",
    "---",
    "\n  ",
    "!x ",
    "%",
    "}",
    "天气: 晴\n",
    "\0",
]
WRONG = {
    "title": ["", "[甲, 乙]", "{甲: 乙}"],
    "entry": ["19-99-99", "天气", "22-01-01", ""],
    "responsible_unit": ["气象台", "[财政所]", ""],
    "formed_on": ["2026-02-30", "202341", "26-1-1", "明天", "[2026-01-01]"],
    "published_on": ["2026-13-01", "2021-06-2109时16分", "", "{年: 2026}"],
}


def broken(random_: random.Random) -> bytes:
    """An item that is wrong in one of many ways."""
    way = random_.randrange(8)
    if way == 0:
        return random_.randbytes(random_.randrange(400))
    if way == 1:
        return ITEM.encode(random_.choice(["gb18030", "utf-16", "big5"]), "replace")
    if way == 2:
        cut = random_.randrange(ITEM.rindex("---"))
        return ITEM[:cut].encode()
    if way == 3:
        lines = ITEM.splitlines(keepends=True)
        del lines[random_.randrange(4)]
        return "".join(lines).replace("entry: ", "entry: x").encode()
    if way == 4:
        return ITEM.replace(": ", random_.choice(["：", ":", " ", "= "])).encode()
    key = random_.choice(list(WRONG))
    value = random_.choice(WRONG[key])
    text = "".join(
        f"{key}: {value}\n" if line.startswith(f"{key}:") else line for line in ITEM.splitlines(keepends=True)
    )
    if way == 5:
        return text.replace("\n", "\r\n").encode("utf-8-sig")
    if way == 6:
        return text.encode()
    at = random_.randrange(4, text.rindex("---"))
    return (text[:at] + "".join(random_.choices(GARBAGE, k=random_.randrange(1, 5))) + text[at:]).encode()


@pytest.fixture(scope="module")
def broken_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    random_ = random.Random(SEED)
    folder = tmp_path_factory.mktemp("broken")
    config = write_site(folder)
    for n in range(FILES):
        (folder / f"site_src/items/{n:04d}.md").write_bytes(broken(random_))
    return config


def test_a_thousand_broken_files_each_give_an_error(broken_site: Path):
    gathered = gather(broken_site)
    wrong = {f.file for f in gathered.findings if f.severity is Severity.ERROR}
    assert gathered.read == FILES
    assert len(wrong) == FILES


def test_the_command_lists_them_all_without_a_traceback(broken_site: Path):
    command = [sys.executable, "-m", "gongkai", "check", "-f", str(broken_site), "--format", "json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    listed = json.loads(done.stdout)
    assert listed["items"] == FILES
    assert len({f["file"] for f in listed["findings"] if f["severity"] == "error"}) == FILES


def test_findings_stand_in_file_order(broken_site: Path):
    places = [(f.file, f.line, f.column) for f in gather(broken_site).findings]
    assert places == sorted(places)
