"""A small client of a language server over stdio: one document at a time, answers as plain data."""

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Self

HERE = Path(__file__).parent
SERVER = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
PATIENCE = 30.0  # seconds for one answer: a machine may be busy
CURSOR = "‸"  # where a test's text has the cursor

CAPABILITIES = {
    "textDocument": {
        "completion": {
            "completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}
        },
        "hover": {"contentFormat": ["markdown"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True},
}
# Nothing is fetched: schemas come from a document's first line, or from settings.
SETTINGS: dict[str, object] = {
    "schemaStore": {"enable": False, "url": ""},
    "kubernetesCRDStore": {"enable": False, "url": ""},
    "completion": True,
    "hover": True,
    "validate": True,
}

ABSENT = "no Node.js, or `npm ci --prefix tests/editor` was not run"


def here() -> bool:
    """Return whether the server can be started."""
    return shutil.which("node") is not None and SERVER.is_file()


class LanguageServer:
    """A running server; `open` gives it a document, the other methods ask about a place in it."""

    def __init__(
        self, process: "subprocess.Popen[bytes]", folder: Path, schemas: dict[str, str]
    ) -> None:
        self.process = process
        self.folder = folder
        self.settings = {"yaml": {**SETTINGS, "schemas": schemas}}
        self._answers: dict[int, Queue[Any]] = {}
        self._diagnostics: dict[str, Queue[list[dict[str, Any]]]] = {}
        self.count = 0  # of the requests that were sent
        self._lock = threading.Lock()
        threading.Thread(target=self._listen, daemon=True).start()
        self.ask(
            "initialize",
            {"processId": None, "rootUri": folder.as_uri(), "capabilities": CAPABILITIES},
        )
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def ask(self, method: str, params: dict[str, Any]) -> Any:  # noqa: ANN401 - any JSON
        """Send a request and return its answer."""
        self.count += 1
        number, answer = self.count, Queue[Any]()
        self._answers[number] = answer
        self._send({"id": number, "method": method, "params": params})
        found = answer.get(timeout=PATIENCE)
        assert "error" not in found, found
        return found["result"]

    def tell(self, method: str, params: dict[str, Any]) -> None:
        """Send a notification."""
        self._send({"method": method, "params": params})

    def open(self, name: str, text: str) -> "OpenDocument":
        """Give the server a document; where *text* has a cursor is where it is asked about."""
        before, _, after = text.partition(CURSOR)
        uri = (self.folder / name).as_uri()
        self._diagnostics[uri] = Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": before + after}
        self.count += 1
        self.tell("textDocument/didOpen", {"textDocument": document})
        *lines, last = before.split("\n")
        return OpenDocument(self, uri, len(lines), len(last))

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """Return what the server finds wrong with a document, once it has looked."""
        return self._diagnostics[uri].get(timeout=PATIENCE)

    def close(self) -> None:
        """End the server."""
        self.ask("shutdown", {})
        self.tell("exit", {})
        self.process.wait(timeout=PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.close()
        except (Empty, OSError, AssertionError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        with self._lock:
            self.process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            self.process.stdin.flush()

    def _listen(self) -> None:
        try:
            for message in self._messages():
                self._take(message)
        except ValueError:
            pass  # the pipe was closed while it was read: the test is over

    def _messages(self) -> Iterator[dict[str, Any]]:
        stream = self.process.stdout
        assert stream is not None
        size = 0
        while line := stream.readline():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
            elif not line.strip():
                yield json.loads(stream.read(size))

    def _take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method is None:
            self._answers[message["id"]].put(message)
        elif method == "textDocument/publishDiagnostics":
            params = message["params"]
            self._diagnostics.setdefault(params["uri"], Queue()).put(params["diagnostics"])
        elif "id" in message:
            items = message.get("params", {}).get("items", [])
            found = [self.settings.get(item.get("section"), {}) for item in items]
            result = found if method == "workspace/configuration" else None
            self._send({"id": message["id"], "result": result})


class OpenDocument:
    """A document that the server has, and a place in it."""

    def __init__(self, server: LanguageServer, uri: str, line: int, column: int) -> None:
        self.server = server
        self.uri = uri
        self.line = line
        self.column = column

    def _at(self) -> dict[str, Any]:
        place = {"line": self.line, "character": self.column}
        return {"textDocument": {"uri": self.uri}, "position": place}

    def completion(self) -> list[dict[str, Any]]:
        """Return what the server offers at the cursor."""
        found = self.server.ask("textDocument/completion", self._at())
        items: list[dict[str, Any]] = found["items"] if isinstance(found, dict) else found
        return items

    def labels(self) -> set[str]:
        """Return the names of what the server offers at the cursor."""
        return {item["label"] for item in self.completion()}

    def hover(self) -> str:
        """Return what the server says about the word at the cursor."""
        found = self.server.ask("textDocument/hover", self._at())
        return str(found["contents"]["value"]) if found else ""

    def problems(self) -> list[tuple[int, str]]:
        """Return what is wrong: each with its line, counted from 1."""
        return [
            (item["range"]["start"]["line"] + 1, item["message"])
            for item in self.server.diagnostics(self.uri)
        ]


@contextmanager
def running(folder: Path, schemas: dict[str, str] | None = None) -> Iterator[LanguageServer]:
    """Start a server for the documents of a folder, and end it; *schemas* are files by pattern."""
    command = ["node", str(SERVER), "--stdio"]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,  # noqa: S603
        LanguageServer(process, folder, schemas or {}) as server,
    ):
        yield server
