"""A browser without a window that opens a page, as its reader does, and is asked what it shows."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--remote-debugging-pipe", "--disable-ipc-flooding-protection"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no network at all
)
# It reads at 3 and writes at 4, whatever numbers the pipes have here.
_AT_3_AND_4 = """
import os, sys
for place, pipe in enumerate([os.dup(os.dup(int(one))) for one in sys.argv[1:3]], 3):
    os.dup2(pipe, place)
os.execv(sys.argv[3], sys.argv[3:])
"""
_PATIENCE = 60  # seconds


class RefusedError(Exception):
    """The browser couldn't do what it was asked."""


class Browser:
    """Chromium, spoken to over a pipe by its DevTools protocol."""

    def __init__(self) -> None:
        self._home = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        ask, self._out = os.pipe()
        self._in, answer = os.pipe()
        assert CHROMIUM is not None
        command = [CHROMIUM, *_FLAGS, f"--user-data-dir={self._home.name}", "about:blank"]
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-c", _AT_3_AND_4, str(ask), str(answer), *command],
            pass_fds=(ask, answer),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(ask)
        os.close(answer)
        self._rest = b""
        self._number = 0
        self.told: list[dict[str, Any]] = []
        self._session: str | None = None
        target = self._page()
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Page", "Runtime", "Log"):
            self._call(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._in)
        os.close(self._out)
        self._home.cleanup()

    def open(self, file: Path, route: str = "") -> None:
        """Open a file from its folder at a route, from the start."""
        self.told.clear()
        self._call("Page.navigate", url="about:blank")
        self._call("Page.navigate", url=f"{file.as_uri()}{route}")
        self.until("document.readyState === 'complete' && location.protocol === 'file:'")

    def ask(self, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
        """Return what a script gives in the page."""
        found = self._call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def text(self, selector: str = "body") -> str:
        """Return the text that a part of the page shows."""
        return str(self.ask(f"document.querySelector({json.dumps(selector)}).innerText"))

    def until(self, script: str) -> None:
        """Wait until a script gives true, on this page or on one that takes its place meanwhile."""
        end = time.monotonic() + _PATIENCE
        while not self._holds(script):
            assert time.monotonic() < end, script
            time.sleep(0.02)

    def _holds(self, script: str) -> bool:
        try:
            return bool(self.ask(f"Boolean({script})"))
        except RefusedError as error:
            # A page that is being left can't answer; the next one will.
            if "navigated" not in str(error) and "context" not in str(error):
                raise
            return False

    def faults(self) -> list[dict[str, Any]]:
        """Return what went wrong in the page: exceptions, refusals of its content policy."""
        self.ask("0")
        methods = ("Runtime.exceptionThrown", "Log.entryAdded")
        return [item for item in self.told if item["method"] in methods]

    def _page(self) -> str:
        end = time.monotonic() + _PATIENCE
        while True:
            for item in self._call("Target.getTargets")["targetInfos"]:
                if item["type"] == "page":
                    return str(item["targetId"])
            assert time.monotonic() < end, "the browser shows no page"
            time.sleep(0.02)

    def _call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            found = self._next()
            if found.get("id") == self._number:
                if "error" in found:
                    raise RefusedError(found["error"]["message"])
                result: dict[str, Any] = found["result"]
                return result
            self.told.append(found)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            part = os.read(self._in, 1 << 16)
            assert part, "the browser has ended"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found
