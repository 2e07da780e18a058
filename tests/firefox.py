"""A stock Firefox, driven without a driver program: WebDriver BiDi over the port that Firefox itself opens.

Drivers relax what they need for testing, ``security.fileuri.strict_origin_policy`` among it, and then a page that no
resident could use works in the test. Here ``remote.prefs.recommended`` is off, so every other preference is the one that
Firefox comes with.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import websocket

PROGRAMS = ("firefox-esr", "firefox")
PATIENCE = 30
"""Seconds to wait for an answer, or for a page to come to what a test waits for."""

_KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "ArrowDown": "\ue015", "ArrowUp": "\ue013", "Tab": "\ue004"}


def firefox_program() -> str | None:
    """The path of the installed Firefox, the long-term version first."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


class Firefox:
    """One running Firefox with one tab, for a ``with`` statement.

    ``problems`` collects what must not happen: errors on the console, and requests that go to another host.
    """

    def __init__(self, program: str) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True)
        Path(self._profile.name, "user.js").write_text('user_pref("remote.prefs.recommended", false);\n', "ascii")
        command = [program, "--headless", "--no-remote", "--profile", self._profile.name, "--remote-debugging-port=0"]
        self._process = subprocess.Popen(
            [*command, "about:blank"], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, encoding="utf-8"
        )
        self._sent = 0
        self._loads = 0
        self.problems: list[str] = []
        try:
            self._connect()
        except BaseException:
            self._process.kill()
            raise

    def _connect(self) -> None:
        assert self._process.stderr is not None
        said = []
        for line in self._process.stderr:
            said.append(line)
            if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
                break
        else:
            raise RuntimeError("Firefox did not start:\n" + "".join(said))
        self._socket = websocket.create_connection(found[1] + "/session", timeout=PATIENCE, suppress_origin=True)
        self.command("session.new", capabilities={})
        events = ["log.entryAdded", "network.beforeRequestSent", "browsingContext.load"]
        self.command("session.subscribe", events=events)
        self._tab = self.command("browsingContext.getTree")["contexts"][0]["context"]

    def __enter__(self) -> Firefox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.command("browser.close")
            self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._process.wait()
            self._socket.close()
            self._profile.cleanup()

    # ---- The protocol

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command and return its result; an error of Firefox's is a RuntimeError."""
        self._sent += 1
        number = self._sent
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = self._receive()
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
                return answer["result"]

    def _receive(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._socket.recv())
        params = answer.get("params", {})
        if answer.get("method") == "browsingContext.load":
            self._loads += 1
        elif answer.get("method") == "log.entryAdded" and params["level"] == "error":
            self.problems.append(params["text"] or str(params))
        elif answer.get("method") == "network.beforeRequestSent":
            address = params["request"]["url"]
            parts = urlsplit(address)
            if parts.hostname not in ("127.0.0.1", None) or (parts.scheme == "file" and parts.netloc):
                self.problems.append(f"request to another host: {address}")
        return answer

    # ---- What a test does

    def open(self, address: str) -> None:
        """Go to an address and wait until the page is loaded."""
        self.command("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression (awaited if it is a promise), as JSON."""
        code = f"(async () => JSON.stringify(await ({expression})) ?? 'null')()"
        answer = self.command("script.evaluate", expression=code, target={"context": self._tab}, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def wait_for(self, condition: str) -> None:
        """Wait until a JavaScript expression is true on the page that is open; an AssertionError if it never is."""
        done = self.evaluate(
            f"""new Promise((resolve) => {{
                const end = performance.now() + {PATIENCE * 1000};
                const look = () => {{
                    if ({condition}) resolve(true);
                    else if (performance.now() > end) resolve(false);
                    else setTimeout(look, 20);
                }};
                look();
            }})"""
        )
        assert done, f"waited in vain for {condition}\n{self.evaluate('document.body.innerText')}"

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Around what leads to another page: wait at the end until one is loaded."""
        before = self._loads
        yield
        while self._loads == before:
            self._receive()

    def arrive_at(self, ending: str) -> None:
        """Wait until the tab has loaded a page whose address ends so."""
        while not self.command("browsingContext.getTree", root=self._tab)["contexts"][0]["url"].endswith(ending):
            self._receive()
        self.wait_for("document.readyState === 'complete'")

    def click(self, selector: str) -> None:
        """Click with a real pointer on the first element that the selector names."""
        code = f"(document.querySelector({json.dumps(selector)}))"
        element = self.command("script.evaluate", expression=code, target={"context": self._tab}, awaitPromise=False)[
            "result"
        ]
        assert element["type"] == "node", f"{selector}: {element}"
        self.evaluate(
            f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center', behavior: 'instant'}})"
        )
        origin = {"type": "element", "element": {"sharedId": element["sharedId"]}}
        self._perform(
            "pointer",
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        )

    def type(self, text: str) -> None:
        """Type into the element that has the focus, letter by letter."""
        self._perform("key", *({"type": kind, "value": ch} for ch in text for kind in ("keyDown", "keyUp")))

    def press(self, key: str) -> None:
        """Press one named key, such as Enter."""
        self.type(_KEYS[key])

    def _perform(self, kind: str, *actions: dict[str, Any]) -> None:
        source = {"type": kind, "id": kind, "actions": list(actions)}
        self.command("input.performActions", context=self._tab, actions=[source])
        self.command("input.releaseActions", context=self._tab)

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Take the network away from the tab, as the browser's own switch does, and give it back at the end."""
        switch = "emulation.setNetworkConditions"
        self.command(switch, networkConditions={"type": "offline"}, contexts=[self._tab])
        yield
        self.command(switch, networkConditions=None, contexts=[self._tab])

    def screenshot(self, path: Path, width: int, height: int) -> None:
        """Write what the tab shows at that size, in CSS pixels."""
        viewport = {"width": width, "height": height}
        self.command("browsingContext.setViewport", context=self._tab, viewport=viewport)
        path.write_bytes(base64.b64decode(self.command("browsingContext.captureScreenshot", context=self._tab)["data"]))
