"""`schema`: the JSON Schema of a kind of document, on the screen or in a file."""

import json
from pathlib import Path

import pytest

import perfrules
import perfrules.registry
from perfrules.errors import UsageError
from perfrules.registry import Registry
from perfrules.schema import KINDS, STYLES, as_text, document_schema
from tests.plugins import sample
from tests.sample_work import run


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", STYLES)
def test_it_prints_the_schema(kind: str, style: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "schema", "--kind", kind, "--style", style, "--lang", "en")
    assert (code, err) == (0, "")
    assert out == as_text(perfrules.document_schema(kind, lang="en", style=style))


def test_without_options_it_is_for_an_editor_and_of_a_ruleset(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = json.loads(run(capsys, "schema")[1])
    assert found["$id"] == "urn:perfrules:schema:ruleset:zh:editor"
    assert found["title"] == "perfrules 规则集"


def test_it_writes_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cases.schema.json"
    assert run(capsys, "schema", "--kind", "cases", "-o", str(file)) == (0, "", "")
    assert file.read_text(encoding="utf-8") == as_text(document_schema("cases", "zh", "editor"))
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "schema", "-o", str(tmp_path / "none" / "a.json"))
    assert code == 2
    assert "PRF640" in err


@pytest.mark.parametrize(
    ("option", "word", "meant"), [("--kind", "rulset", "ruleset"), ("--style", "strikt", "strict")]
)
def test_another_word_is_told(
    option: str, word: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "schema", option, word)
    assert code == 2
    assert f"PRF646: 选项 {option} 的值 {word} 不在可用的值之中" in err
    assert f"是否想写 {meant}？" in err
    with pytest.raises(UsageError) as caught:
        perfrules.document_schema(**{option.removeprefix("--"): word})  # type: ignore[arg-type]
    assert caught.value.diagnostics[0].code == "PRF646"


def test_plugins_that_are_found_are_in_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = Registry([], plugins=[sample], discover=False)
    assert "halving" not in run(capsys, "schema")[1]
    monkeypatch.setattr(perfrules.registry, "_built", lambda: registry)
    assert "halving" in run(capsys, "schema")[1]
    assert perfrules.document_schema(registry=registry) == perfrules.document_schema()
