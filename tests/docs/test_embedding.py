"""In your own program: each example of the page is run, the services by requests."""

import asyncio
import io
import json
import re
import runpy
import sys
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

PAGE = Path(__file__).parent.parent.parent / "docs" / "embedding.md"
BLOCK = re.compile(r"^```(?:yaml|python)\n# file: (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PRINTS = re.compile(r"^ *# prints ?(.*)$", re.MULTILINE)
GOOD = {"budget": "149.63万元", "executed": 107.78, "helped": 940}
BAD = {"budget": "149.63万元", "executed": "#DIV/0!", "helped": 940}

Ask = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the page's files in it; it is the current one."""
    for name, body in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        (tmp_path / name).write_text(body, encoding="utf-8")
    (tmp_path / "rules").mkdir()
    ruleset = (tmp_path / "boarding.yaml").read_text(encoding="utf-8")
    (tmp_path / "rules" / "boarding.yaml").write_text(ruleset, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["five.py", "notebook.py", "own.py"])
def test_it_prints_what_the_page_says(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = PRINTS.findall((folder / name).read_text(encoding="utf-8"))
    assert expected
    runpy.run_path(str(folder / name))
    found = capsys.readouterr().out.rstrip().splitlines()
    assert [line.strip() for line in found] == [line.strip() for line in expected]


def answers(ask: Ask) -> None:
    """Hold a service to what every service does: a score, or a refusal with its reasons."""
    status, found = ask(GOOD)
    assert status == 200
    assert (found["total"], found["grade"]) == ("94.41", "优")  # 20 × 107.78 ÷ 149.63 + 80
    assert Decimal(found["indicators"][0]["score"]) == Decimal("14.41")
    status, found = ask(BAD)
    assert status == 422
    (problem,) = found["problems"]
    assert problem["code"].startswith("PRF")
    assert "executed" in problem["message"]["en"]


def test_the_service_of_the_standard_library(folder: Path) -> None:
    application = runpy.run_path(str(folder / "service.py"))["application"]

    def ask(facts: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        body = json.dumps(facts).encode()
        environ: dict[str, Any] = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        setup_testing_defaults(environ)
        told: list[str] = []
        parts = application(environ, lambda status, _headers: told.append(status))
        return int(told[0].split()[0]), json.loads(b"".join(parts))

    answers(ask)


def test_fastapi(folder: Path) -> None:
    pytest.importorskip("fastapi", reason="FastAPI isn't installed: the extra docs")
    app = runpy.run_path(str(folder / "fast.py"))["app"]
    answers(lambda facts: asyncio.run(posted(app, json.dumps(facts).encode())))


async def posted(app: Any, body: bytes) -> tuple[int, dict[str, Any]]:  # noqa: ANN401 - of another library
    """Return the status and the JSON that an ASGI application answers to a POST."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/scores",
        "raw_path": b"/scores",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/json")],
    }
    told: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        told.append(message)

    await app(scope, receive, send)
    text = b"".join(part.get("body", b"") for part in told)
    return told[0]["status"], json.loads(text)


def test_django(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    django = pytest.importorskip("django", reason="Django isn't installed: the extra docs")
    monkeypatch.syspath_prepend(str(folder))
    site_of_one = import_module("site_of_one")
    django.setup()
    try:
        requests = import_module("django.test").RequestFactory()
        view = site_of_one.urlpatterns[0].callback

        def ask(facts: dict[str, Any]) -> tuple[int, dict[str, Any]]:
            request = requests.post("/scores", json.dumps(facts), content_type="application/json")
            response = view(request)
            return response.status_code, json.loads(response.content)

        answers(ask)
    finally:
        sys.modules.pop("site_of_one")
