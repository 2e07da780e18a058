"""A small client of ``pagefind --service``: JSON in base64 over pipes, one message per comma.

It asks for the finished files (``GetFiles``) and leaves writing them to us: Pagefind 1.5.2 reports that it
wrote its files before they are complete.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import importlib
import json
import os
import queue
import re
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from gongkai.search.packing import SearchError

VERSION = "1.5.2"
PACKAGE = f"pagefind-bin=={VERSION}"
CHUNK_SIZE = 500
"""Words per index file: small files make a query cheap (Pagefind's own default is 20000)."""

LANGUAGE = "zh-cn"
SILENCE_SECONDS = 300.0
_WAY_OUT = (
    f"请运行 pip install {PACKAGE} 后重试；也可以在 mkdocs.yml 的 gongkai 下写 search_engine: bigram，改用自带的索引。"
)
_READ_BYTES = 1 << 16


class PagefindError(SearchError):
    """Pagefind cannot be used or fails. The message says in Chinese what is wrong and what to do."""


def pagefind_executable() -> Path:
    """Return the installed Pagefind program."""
    try:
        return Path(str(importlib.import_module("pagefind_bin").get_executable()))
    except (ImportError, OSError) as error:
        raise PagefindError(f"找不到检索程序 Pagefind。{_WAY_OUT}") from error


def pagefind_version(executable: Path) -> str:
    """Return the program's version, or raise :class:`PagefindError` if it is not the one known here."""
    try:
        answer = subprocess.run(
            [str(executable), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
            creationflags=_no_window(),
        ).stdout.decode("utf-8", "replace")
    except FileNotFoundError as error:
        message = f"找不到检索程序 Pagefind（{executable}）。{_WAY_OUT}"
        raise PagefindError(message) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"检索程序 Pagefind（{executable}）不能运行。请重新安装：pip install --force-reinstall {PACKAGE}"
        raise PagefindError(message) from error
    match = re.search(r"\b(\d+\.\d+\.\d+\S*)", answer)
    version = match[1] if match else "未知"
    if version != VERSION:
        raise PagefindError(f"检索程序 Pagefind 的版本是 {version}，需要 {VERSION}。{_WAY_OUT}")
    return version


class PagefindService:
    """One run of Pagefind with one index, for a ``with`` statement, which always ends the child process."""

    def __init__(self, executable: Path | None = None, *, silence: float = SILENCE_SECONDS) -> None:
        """``silence`` is how many seconds Pagefind may leave a call unanswered."""
        self._executable = executable or pagefind_executable()
        self._silence = silence
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._sent = 0
        self._answered = 0
        self._calling_since: float | None = None
        self._timed_out = False
        self._closed = threading.Event()

    def __enter__(self) -> PagefindService:
        pagefind_version(self._executable)
        # an empty working folder, so that no pagefind.toml of the site's folder is picked up
        self._folder = tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True)
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PAGEFIND_")}
        environment["PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"] = str(CHUNK_SIZE)
        try:
            self._process = subprocess.Popen(
                [str(self._executable), "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._folder.name,
                env=environment,
                creationflags=_no_window(),
            )
        except OSError as error:
            self._folder.cleanup()
            raise PagefindError(f"检索程序 Pagefind 不能启动：{error}") from error
        self._threads = [
            threading.Thread(target=work, daemon=True, name=f"pagefind-{work.__name__.strip('_')}")
            for work in (self._read, self._watch)
        ]
        for thread in self._threads:
            thread.start()
        try:
            self._send({"type": "NewIndex", "config": {}})
            self._wait_for_all()
        except BaseException:
            self._end(orderly=False)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(orderly=error is None)

    def add(self, url: str, content: str) -> None:
        """Add one page. Errors may show only in a later call."""
        page = {"type": "AddRecord", "index_id": 0, "url": url, "content": content, "language": LANGUAGE}
        self._send({**page, "meta": {}, "filters": {}, "sort": {}})

    def files(self) -> dict[str, bytes]:
        """Return the finished bundle: path -> content."""
        self._send({"type": "GetFiles", "index_id": 0})
        answer = self._wait_for_all()
        try:
            return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
        except (KeyError, TypeError, binascii.Error) as error:
            raise PagefindError("检索程序 Pagefind 的答复无法识别，检索索引没有生成。") from error

    def _send(self, payload: dict[str, Any]) -> None:
        self._sent += 1
        message = json.dumps({"message_id": self._sent, "payload": payload}).encode()
        assert self._process.stdin is not None
        self._calling_since = time.monotonic()
        try:
            self._process.stdin.write(base64.b64encode(message) + b",")
            self._process.stdin.flush()
        except OSError as error:
            raise self._death() from error
        finally:
            self._calling_since = None

    def _wait_for_all(self) -> dict[str, Any]:
        """Return the last answer once every message sent so far has been answered."""
        payload: dict[str, Any] = {}
        while self._answered < self._sent:
            self._calling_since = time.monotonic()
            answer = self._answers.get()
            self._calling_since = None
            if answer is None:
                raise self._death()
            payload = answer.get("payload") or {}
            self._answered += 1
            if payload.get("type") == "Error":
                raise PagefindError(f"检索程序 Pagefind 报告错误：{payload.get('message', '原因不明')}")
        return payload

    def _death(self) -> PagefindError:
        if self._timed_out:
            return PagefindError(
                f"检索程序 Pagefind 超过 {self._silence:g} 秒没有答复，已停止。请关闭占用内存的程序后重试。"
            )
        try:
            code: int | str = self._process.wait(2)
        except subprocess.TimeoutExpired:
            code = "未知"
        return PagefindError(
            f"检索程序 Pagefind 中途退出（代码 {code}），检索索引没有生成。"
            "请重试；若反复出现，请检查内存是否足够、是否被安全软件拦截。"
        )

    def _read(self) -> None:
        """Thread: put Pagefind's answers into the queue, and ``None`` at the end."""
        assert self._process.stdout is not None
        pending: list[bytes] = []
        try:
            while chunk := os.read(self._process.stdout.fileno(), _READ_BYTES):
                if b"," not in chunk:
                    pending.append(chunk)
                    continue
                *complete, rest = b"".join([*pending, chunk]).split(b",")
                pending = [rest]
                for message in complete:
                    self._answers.put(json.loads(base64.b64decode(message)))
        except (OSError, ValueError):
            pass
        self._answers.put(None)

    def _watch(self) -> None:
        """Thread: end a child that leaves a call unanswered, which wakes the caller with an error."""
        while not self._closed.wait(min(1.0, self._silence / 4)):
            since = self._calling_since
            if since is not None and time.monotonic() - since > self._silence:
                self._timed_out = True
                self._process.kill()
                return

    def _end(self, *, orderly: bool) -> None:
        self._closed.set()
        process = self._process
        if not orderly:
            process.kill()  # first: closing a pipe that nobody reads could wait for ever
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for thread in self._threads:
            thread.join(5)
        process.stdout.close()
        self._folder.cleanup()


def _no_window() -> int:
    """Return the flag that keeps Windows from opening a console window for the child."""
    return int(getattr(subprocess, "CREATE_NO_WINDOW", 0))
