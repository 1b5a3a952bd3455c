"""The schemas as a whole: what is shipped fits, what is wrong doesn't, bytes are the same."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped] # ships no types

from perfrules.lang.shape import KINDS as DOCUMENT_KINDS
from perfrules.lang.vocabulary import BUILT_IN, Vocabulary
from perfrules.registry import Registry
from perfrules.schema import KINDS, STYLES, Kind, Style, as_text, document_schema
from tests.plugins import sample
from tests.schema.record import ROOT
from tests.schema.schemas import errors, read, read_text, shipped_and_good

BAD = sorted((ROOT / "tests" / "cases" / "bad").glob("PRF2*.yaml"))
# What depends on the order of keys, on two values together, on other files or on other parts of
# the file can't be said in a schema.
BEYOND = {
    "PRF220": "the order of keys",
    "PRF223": "two values are compared",
    "PRF231": "which kind was asked for",
    "PRF261": "how deep the folder is",
    **dict.fromkeys(("PRF262", "PRF263", "PRF264", "PRF265", "PRF266"), "other files"),
    **dict.fromkeys(("PRF269", "PRF270", "PRF271", "PRF272"), "what is extended"),
    **dict.fromkeys(("PRF273", "PRF274", "PRF275", "PRF276", "PRF278"), "the library"),
    "PRF277": "another part of the file",
    "PRF281": "other files",
    "PRF283": "other files",
}
# The mistake as a validator names it: where, and a piece of its sentence.
NAMED = {
    "PRF201_unknown_key": ("indicators.0", "'分值' does not match any of the regexes: '^x-'"),
    "PRF202_missing_key": ("gates.0", "'when' is a required property"),
    "PRF203_key_of_another_type": ("inputs.budget", "'of' does not match"),
    "PRF205_not_one_of": ("rounding.mode", "'half_upp' is not one of ['half_up', "),
    "PRF207_whole_number_expected": ("rounding.digits", "[2] is not of type 'integer'"),
    "PRF211_list_expected": ("grades", "is not of type 'array'"),
    "PRF213_nothing_inside": ("gates", "[] should be non-empty"),
    "PRF217_version_unquoted": ("version", "2020.1 is not of type 'string'"),
    "PRF222_exactly_one_of": ("gates.0.then", "'grade' does not match '^(?!grade$)'"),
    "PRF225_money_without_unit": ("inputs.budget", "'unit' is a required property"),
    "PRF227_nested_table": ("inputs.places.columns.votes.type", "'survey' is not one of ['number'"),
    "PRF228_out_of_range": ("rounding.digits", "20 is greater than the maximum of 12"),
}


@pytest.mark.parametrize("style", STYLES)
def test_what_is_right_fits(style: Style) -> None:
    paths = shipped_and_good()
    assert len(paths) > 130
    for path in paths:
        assert errors(read(path), style) == [], path


def test_files_are_read_as_check_jsonschema_reads_them() -> None:
    for path in (
        *shipped_and_good()[::25],
        ROOT / "tests" / "lang" / "spec" / "every_key.ruleset.yaml",
    ):
        assert read(path) == read_text(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_fault_of_shape_is_refused(path: Path) -> None:
    found = errors(read_text(path.read_text(encoding="utf-8")), "strict")
    assert bool(found) == (path.stem[:6] not in BEYOND)


@pytest.mark.parametrize("name", NAMED)
def test_the_one_mistake_is_named(name: str) -> None:
    path = next(path for path in BAD if path.stem == name)
    (found,) = errors(read_text(path.read_text(encoding="utf-8")), "strict")
    place, sentence = NAMED[name]
    assert ".".join(map(str, found.absolute_path)) == place
    assert sentence in found.message


def test_check_jsonschema_reads_a_shipped_schema(tmp_path: Path) -> None:
    schema = tmp_path / "ruleset.json"
    schema.write_text(as_text(document_schema(style="strict")), encoding="utf-8")
    wrong = tmp_path / "wrong.yaml"
    good = ROOT / "rulesets" / "hubei" / "project_self_evaluation.yaml"
    text = good.read_text(encoding="utf-8")
    wrong.write_text(text.replace("method: proportional", "method: proportion", 1), "utf-8")

    def check(path: Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), str(path)]
        return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603

    assert check(good).returncode == 0
    found = check(wrong)
    assert found.returncode == 1
    assert "'proportion' is not one of ['met', 'proportional'" in found.stdout
    assert found.stdout.count("wrong.yaml::") == 1


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Yield every mapping of a schema but the bodies of snippets."""
    if isinstance(value, dict):
        yield value
        for key, item in value.items():
            if key != "defaultSnippets":
                yield from nodes(item)
    elif isinstance(value, list):
        for item in value:
            yield from nodes(item)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", STYLES)
def test_there_is_nothing_of_json_that_yaml_authors_do_not_write(kind: Kind, style: Style) -> None:
    schema = document_schema(kind, "zh", style)
    definitions = schema["definitions"]
    for node in nodes(schema):
        kinds = node.get("type", ())
        assert "null" not in (kinds if isinstance(kinds, list) else [kinds])
        assert node.get("default", 0) is not None
        if "$ref" in node:
            assert node["$ref"].removeprefix("#/definitions/") in definitions
        if "additionalProperties" in node and "properties" in node:
            assert node["additionalProperties"] is False
            assert node["patternProperties"] == {"^x-": {}}
    used = {node["$ref"].rpartition("/")[2] for node in nodes(schema) if "$ref" in node}
    assert used == set(definitions)
    assert list(definitions) == sorted(definitions)


def test_titles_are_names_of_forms_alone() -> None:
    schema = document_schema("ruleset", "zh", "editor")
    titles = {node["title"] for node in nodes(schema) if isinstance(node.get("title"), str)}
    assert titles - {"perfrules 规则集"} <= {*BUILT_IN.methods, *_types(schema)}


def _types(schema: dict[str, Any]) -> list[str]:
    found: list[str] = schema["definitions"]["input"]["else"]["properties"]["type"]["enum"]
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_notes_of_the_author_are_allowed_and_other_keys_are_not(kind: Kind) -> None:
    path = ROOT / "tests" / "lang" / "spec" / f"every_key.{kind}.yaml"
    value = read(path)
    assert isinstance(value, dict)
    for style in STYLES:
        assert errors({**value, "x-owner": {"any": ["thing", 1]}}, style) == []
        assert len(errors({**value, "owner": "教育科"}, style)) == 1


EXTENDS = 'ruleset: city.own\nversion: "1.0"\nextends: city.form@1\n'
CHANGES = {
    "change: {goals: {points: 40, each: {missing: zero}}}": "",
    "change: {rate: executed / budget}": "",
    "change: {x-note: [1, 2], goals: {x-why: 市里要求}}": "",
    "change: {light: {choose: unique}}": "",
    "change: {goals: {pionts: 40}}": "'pionts' does not match any of the regexes",
    "change: [goals]": "is not of type 'object'",
    "remove: [goals, gates.misuse]": "",
    "remove: goals": "is not of type 'array'",
    "add: [{under: goals, id: a, points: 3, score: {method: met, when: b}}]": "",
    "add: [{under: goals, use: education.coverage@1}]": "",
    "add: [{under: goals, points: 3}]": "'id' is a required property",
    "add: [{id: a}]": "'under' is a required property",
    "add: [{under: gates, id: a, when: b, then: {grade: 差}}]": "",
    "add: [{under: gates, id: a, points: 3, when: b, then: {zero: c}}]": "'points' does not match",
    "add: [{under: decisions, id: a, do: {code: b}}]": "",
    "add: [{under: adjustments, id: a, score: b}]": "'range' is a required property",
}


@pytest.mark.parametrize("line", CHANGES)
def test_what_is_changed_in_another_ruleset(line: str) -> None:
    value = read_text(f"{EXTENDS}{line}\n")
    found = [item.message for item in errors(value, "strict")]
    assert len(found) == bool(CHANGES[line])
    assert CHANGES[line] in "".join(found)
    assert bool(errors(value, "editor")) == bool(CHANGES[line])


def test_the_bytes_are_the_same_each_time() -> None:
    program = (
        "from perfrules.schema import *; import hashlib;"
        "print(hashlib.sha256(''.join(as_text(document_schema(k, l, s)) "
        "for k in KINDS for l in ('zh', 'en') for s in STYLES).encode()).hexdigest())"
    )
    found = {
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "LC_ALL": "C"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_it_names_its_draft_and_itself() -> None:
    schema = document_schema("library", "en", "strict")
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["$id"] == "urn:perfrules:schema:library:en:strict"


def with_plugins() -> Vocabulary:
    return Registry([], plugins=[sample], discover=False).vocabulary


@pytest.mark.parametrize("style", STYLES)
def test_methods_and_functions_of_plugins_are_in_it(style: Style) -> None:
    mine = document_schema("ruleset", "zh", style, with_plugins())
    core = json.dumps(document_schema("ruleset", "zh", style), ensure_ascii=False)
    assert "halving" not in core
    assert "spread" not in core
    found = mine["definitions"]["method_halving"]
    assert list(found["properties"]) == ["method", "actual", "side"]
    assert found["properties"]["side"]["enum"] == ["down", "up"]
    assert found["required"] == ["method"]
    assert found["description"] == "逐次减半"
    assert mine["definitions"]["method"]["properties"]["method"]["enum"][-1] == "halving"
    labels = {item["label"] for item in mine["definitions"]["value"]["defaultSnippets"]}
    assert {"spread(low, high)", "middle(t.x for t in table)"} <= labels


def test_a_ruleset_with_a_plugins_method_fits_where_it_is_installed() -> None:
    value = read_text(sample.RULESET)
    assert errors(value, "strict")
    schema = document_schema("ruleset", "en", "strict", with_plugins())
    assert list(Draft7Validator(schema).iter_errors(value)) == []


def test_the_kinds_are_those_of_documents() -> None:
    assert set(DOCUMENT_KINDS) == set(KINDS)
