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
from collections.abc import Callable, Iterator
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
_TRIES = 20
"""How often the pointer follows an element that has moved away."""
_AT_REST = """new Promise((resolve) => {
    let before = "";
    const look = () => {
        const box = JSON.stringify(%s?.getBoundingClientRect() ?? "");
        if (box === before) resolve(true);
        else { before = box; requestAnimationFrame(look); }
    };
    look();
})"""
"""Ends when an element has the same box in two frames."""


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
        self._receive_until(lambda: self._loads > before, "another page to be loaded")

    def arrive_at(self, ending: str) -> None:
        """Wait until the tab has loaded a page whose address ends so."""
        self._receive_until(lambda: self._address().endswith(ending), f"an address that ends with {ending}")
        self.wait_for("document.readyState === 'complete'")

    def _address(self) -> str:
        address: str = self.command("browsingContext.getTree", root=self._tab)["contexts"][0]["url"]
        return address

    def _receive_until(self, done: Callable[[], bool], what: str) -> None:
        """Take in events until ``done``; an AssertionError that says what the tab shows when Firefox falls silent before."""
        try:
            while not done():
                self._receive()
        except websocket.WebSocketTimeoutException:
            text = self.evaluate("document.body.innerText")
            raise AssertionError(f"waited in vain for {what}; the tab shows {self._address()}\n{text}") from None

    def click(self, selector: str) -> None:
        """Click with a real pointer on the first element that the selector names, once it has come to rest.

        As a reader does: look where it stands, move there, press when the pointer is over it; and when it has slipped away
        under the finger, the same again.
        """
        element = f"document.querySelector({json.dumps(selector)})"
        self.wait_for(element)
        self.evaluate(f"{element}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
        for _ in range(_TRIES):
            self.evaluate(_AT_REST % element)
            self._perform("pointer", {"type": "pointerMove", "x": 0, "y": 0, "origin": self._origin(element)})
            if not self.evaluate(f"{element}.matches(':hover')"):
                continue
            self._perform("pointer", {"type": "pointerDown", "button": 0})
            pressed = self.evaluate(f"{element}.matches(':active')")
            self._perform("pointer", {"type": "pointerUp", "button": 0})
            if pressed:
                self.command("input.releaseActions", context=self._tab)
                return
        raise AssertionError(f"{selector} was never under the pointer\n{self.evaluate('document.body.innerText')}")

    def _origin(self, element: str) -> dict[str, Any]:
        """The element that a JavaScript expression gives, as the place from which a pointer's moves are reckoned."""
        answer = self.command("script.evaluate", expression=element, target={"context": self._tab}, awaitPromise=False)
        return {"type": "element", "element": {"sharedId": answer["result"]["sharedId"]}}

    def type(self, text: str) -> None:
        """Type into the element that has the focus, letter by letter."""
        self._perform("key", *({"type": kind, "value": ch} for ch in text for kind in ("keyDown", "keyUp")))
        self.command("input.releaseActions", context=self._tab)

    def press(self, key: str) -> None:
        """Press one named key, such as Enter."""
        self.type(_KEYS[key])

    def _perform(self, kind: str, *actions: dict[str, Any]) -> None:
        source = {"type": kind, "id": kind, "actions": list(actions)}
        self.command("input.performActions", context=self._tab, actions=[source])

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
