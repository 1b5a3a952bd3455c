"""The pages of methods and functions, made from their tables: `python -m tests.docs.reference`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic.fields import FieldInfo

import perfrules
from perfrules.engine.result import Line
from perfrules.lang.functions import FUNCTIONS
from perfrules.lang.methods import METHODS
from perfrules.lang.types import Kind
from perfrules.schema.texts import key_text, method_text

HERE = Path(__file__).parent
DOCS = HERE.parent.parent / "docs"

METHODS_HEAD = """\
# Scoring methods · 评分方法

What each method does, its keys, and an indicator scored by it. This page is made from the table of
methods, its examples are scored, and a test holds it to both. [Plugins](plugins.md) can bring more.
每种方法的规则、键和一个算例。本页由方法表生成，算例由程序评分。

| method | 方法 | |
|---|---|---|
"""
FUNCTIONS_HEAD = """\
# Functions · 函数

What an [expression](language.md) may call. This page is made from the table of functions, and each
example is computed. 表达式可以调用的函数。本页由函数表生成，例子由程序计算。

The examples are asked of 例子中的数据：`x` = 2.345, `table` with rows `x` = 1, 2, 6,
`day` = 2022-03-31, `other` = 2022-03-01, `name` = 实验学校, `goal` = ≥95,
`by_level` = {市级: 90%, 县级: 80%}, `by_size` = {0: 10, 200: 20, 500: 30}.

| function | | takes 参数 | gives 结果 | example 例 | |
|---|---|---|---|---|---|
"""
ASKED = """\
ruleset: docs.functions
version: "1.0"
title: 函数
total: 100
inputs:
  x: {type: number}
  day: {type: date}
  other: {type: date}
  name: {type: text}
  goal: {type: target}
  table: {type: table, columns: {x: {type: number}}}
parameters:
  by_level: {keys: [text], value: {市级: 90%, 县级: 80%}}
  by_size: {keys: [number], value: {0: 10, 200: 20, 500: 30}}
indicators: [{id: one, points: 100, score: {method: met, when: x > 0}}]
grades: [{name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]
"""
FACTS = {
    "x": "2.345",
    "day": "2022-03-31",
    "other": "2022-03-01",
    "name": "实验学校",
    "goal": "≥95",
    "table": [{"x": 1}, {"x": 2}, {"x": 6}],
}


def examples(name: str) -> dict[str, Any]:
    """Return the examples of a page."""
    found = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return cast("dict[str, Any]", found)


def flow(value: object) -> str:
    """Return a value on one line, as an author writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return f'"{text}"' if "," in text or ": " in text else text


def ruleset(name: str, one: Mapping[str, Any]) -> str:
    """Return a ruleset with the example's one indicator."""
    inputs = "\n".join(f"  {key}: {flow(item)}" for key, item in one["inputs"].items())
    return (
        f'ruleset: docs.{name}\nversion: "1.0"\ntitle: 例\ntotal: {one["points"]}\n'
        f"inputs:\n{inputs}\nindicators:\n"
        f"  - {{id: example, points: {one['points']}, score: {flow(one['score'])}}}\n"
        "grades: [{name: 合格, at_least: 0}]\n"
    )


def scored(name: str, one: Mapping[str, Any]) -> Line:
    """Return the line of an example, scored."""
    facts = {
        key: item if isinstance(item, (dict, list)) else str(item)
        for key, item in one["facts"].items()
    }
    return perfrules.loads(ruleset(name, one)).score(facts).indicators[0]


def keys(name: str) -> Iterator[str]:
    """Yield a line for each key of a method."""
    spec = METHODS[name].Spec
    for own, item in spec.model_fields.items():
        key = item.alias or own
        text = key_text(spec, key)
        yield f"| `{key}` | {_needed(item)} | {text.zh} | {text.en} |"


def _needed(item: FieldInfo) -> str:
    return "✓" if item.is_required() else ""


def methods() -> str:
    """Return the page of methods."""
    known = examples("methods")
    rows = "".join(
        f"| [`{name}`](#{name}) | {METHODS[name].title.zh} | {METHODS[name].title.en} |\n"
        for name in METHODS
    )
    parts = [METHODS_HEAD + rows]
    for name in METHODS:
        one = known[name]
        text = method_text(METHODS[name])
        line = scored(name, one)
        inputs = "\n".join(f"  {key}: {flow(item)}" for key, item in one["inputs"].items())
        table = "\n".join(keys(name))
        parts.append(
            f"## {name}\n\n{text.en}.\n{text.zh}。\n\n"
            f"| key 键 | needed 必填 | | |\n|---|---|---|---|\n{table}\n\n"
            f"```yaml\ninputs:\n{inputs}\nindicators:\n"
            f"  - {{id: example, points: {one['points']}, score: {flow(one['score'])}}}\n```\n\n"
            f"`{flow(one['facts'])}` → **{line.score}**\n\n"
            f"- {line.because.zh}\n- {line.because.en}\n"
        )
    return "\n".join(parts)


def computed() -> dict[str, str]:
    """Return what each function's example gives."""
    asked = examples("functions")
    lines = "".join(f"  f_{name}: '{one[0]}'\n" for name, one in asked.items())
    result = perfrules.loads(f"{ASKED}report:\n{lines}").score(FACTS)
    return {name: result.reported[f"f_{name}"].get("en") for name in asked}


def functions() -> str:
    """Return the page of functions."""
    asked, found = examples("functions"), computed()
    rows = []
    for name, item in FUNCTIONS.items():
        kinds = [_kinds(one.kinds) for one in item.parameters] or [_kinds(item.element)]
        result = item.result if isinstance(item.result, str) else item.result.kind.value[1]
        signature = item.signature.replace("|", "\\|")
        rows.append(
            f"| `{signature}` | {item.title.zh} {item.title.en} | {'; '.join(kinds)} | "
            f"{_RESULTS.get(result, result)} | `{asked[name][0]}` → {found[name]} | "
            f"{item.doc.zh}；{item.doc.en} |\n"
        )
    return FUNCTIONS_HEAD + "".join(rows)


_RESULTS = {
    "first": "what the first is",
    "unify": "what they have in common",
    "entry": "an entry of the map",
}


def _kinds(kinds: frozenset[Kind]) -> str:
    return ", ".join(kind.value[1] for kind in Kind if kind in kinds)


PAGES = {"methods.md": methods, "functions.md": functions}

if __name__ == "__main__":
    for name, made in PAGES.items():
        (DOCS / name).write_text(made(), encoding="utf-8", newline="\n")
