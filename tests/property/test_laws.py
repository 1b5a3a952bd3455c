"""Laws that hold whatever an author or a project writes."""

import json
import random
import re
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfrules.engine.program import Program
from perfrules.engine.result import Line, Result
from perfrules.errors import DiagnosedError, FactsError, RulesetError
from perfrules.lang.document import read_document
from perfrules.lang.load import load_ruleset
from perfrules.lang.plan import Plan
from tests.small import HEAD, text

FORM = text("""
parameters: {floor_share: {values: {2020-01-01: 50%, 2024-01-01: 60%}}}
inputs:
  budget: {type: money, unit: 万元, min: 0}
  executed: {type: money, unit: 万元, min: 0}
  level: {type: choice, of: [达成, 部分达成, 未达成], optional: true}
  liked: {type: percent, min: 0%, max: 100%}
  late: {type: count, default: 0}
  here: {type: flag}
  sheet:
    type: table
    columns: {name: {type: text}, share: {type: percent}, points: {type: number, min: 0}}
derive:
  use: executed / budget if budget > 0 else 0
  light: {of: [绿, 红], choose: first, rows: [{when: use < floor_share, then: 红}, {else: 绿}]}
indicators:
  - {id: execution, points: 20, score: {method: proportional, actual: use, target: 1, floor: 30%}}
  - id: goals
    for_each: {row: t, in: sheet, where: t.points > 0, key: t.name}
    points_of: t.points
    score: {method: proportional, actual: t.share, target: 100%}
    finding: {when: rate < 80%, problem: 未达标}
  - id: effect
    points: 40
    each: {not_applicable: redistribute}
    indicators:
      - {id: liking, points: 25, score: {method: bands, actual: liked,
          bands: [{at_least: 90%, points: 25}, {at_least: 60%, points: 10}, {else: 0}]}}
      - {id: lasting, points: 15, applies_when: here, missing: zero, score: {method: levels,
          level: level, default: top,
          shares: {达成: [100%, 80%], 部分达成: [80%, 50%], 未达成: [50%, 0%]}}}
adjustments: [{id: fine, range: [-5, 0], score: "-1 * min(late, 5)"}]
gates: [{id: few, when: "liked < 10%", then: {cap_grade: 中}}]
decisions: {rules: [{id: rectify, when: rate.goals < 80%, do: {code: rectify}}]}
report: {light: light}
""")
PLAN = load_ruleset(FORM, "form.yaml")
PROGRAM = Program(PLAN)
GOOD: dict[str, Any] = {
    "as_of": "2022-12-31", "budget": "200", "executed": "150", "level": "达成", "liked": "95%",
    "late": 1, "here": "是",
    "sheet": [
        {"name": "甲", "share": "100%", "points": 25},
        {"name": "乙", "share": "70%", "points": 15},
    ],
}  # fmt: skip
few = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(source: str | bytes) -> Plan | RulesetError:
    try:
        return load_ruleset(source, "any.yaml")
    except RulesetError as error:
        told(error)
        return error


def told(error: DiagnosedError) -> None:
    """Look that an error says something, in both languages."""
    assert error.diagnostics
    assert error.render("zh")
    assert error.render("en")


def test_the_form_is_good() -> None:
    """By hand: 20 × 0.75 = 15; 25 + 15 × 0.7 = 35.5; 25 + 15 = 40; less 1."""
    result = PROGRAM.score(GOOD)
    assert result.total == Decimal("89.50")
    assert PLAN.warnings == ()


# ---- any text gives a plan or diagnostics


@few
@given(st.text() | st.binary())
def test_any_text(source: str | bytes) -> None:
    assert isinstance(read(source), Plan | RulesetError)


YAMLISH = st.lists(
    st.sampled_from(
        ["ruleset: a.b\n", "total: 100\n", "indicators:\n", "  - id: x\n", "    points: 1\n", "- ",
         "{", "}", "[", "]", ": ", "\n", "  ", "inputs: {a: {type: flag}}\n", "derive: {b: a}\n",
         "&x ", "*x", "!!int ", "'", '"', "#", "| \n", "é", "：", "score: {method: met}\n"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@few
@given(YAMLISH)
def test_any_yaml_like_text(source: str) -> None:
    assert isinstance(read(HEAD + source), Plan | RulesetError)
    assert isinstance(read(source), Plan | RulesetError)


LINES = FORM.splitlines(keepends=True)
TOKENS = re.findall(r"\w+|[^\w\s]|\s+", FORM)
ODD = ["", "0", "-1", "95", "95%", "x", "true", "total", "{", "]", ":", "1e9", "'", "为", "9" * 40]


@few
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_mutated_lines(chance: random.Random, times: int) -> None:
    lines = list(LINES)
    for _ in range(times):
        at = chance.randrange(len(lines))
        match chance.randrange(4):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[at])
            case 2:
                lines[at] = chance.choice(LINES)
            case _:
                lines[at] = lines[at].replace("  ", "", 1) + "\n"
    assert isinstance(read("".join(lines)), Plan | RulesetError)


@settings(few, max_examples=150)
@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_mutated_tokens(chance: random.Random, times: int) -> None:
    tokens = list(TOKENS)
    for _ in range(times):
        at = chance.randrange(len(tokens))
        match chance.randrange(3):
            case 0:
                del tokens[at]
            case 1:
                tokens[at] = chance.choice(TOKENS)
            case _:
                tokens[at] = chance.choice(ODD)
    found = read("".join(tokens))
    if isinstance(found, Plan):
        scored(Program(found), GOOD)


CONTENT = read_document(FORM, "form.yaml").value


def places(value: dict[Any, Any] | list[Any], at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = []
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        found.append((*at, key))
        if isinstance(item, dict | list):
            found += places(item, (*at, key))
    return found


def at(value: Any, place: tuple[Any, ...]) -> Any:  # noqa: ANN401 - a document's values
    for key in place:
        value = value[key]
    return value


PLACES = places(CONTENT)
EXPRESSIONS = [
    "use", "sheet", "t.share", "rate.goals", "as_of", "light", "known(level)", "1 / 0", "total",
    "executed", "max(late, 3)", "sum(r.points for r in sheet)", "level", "here and late > 1", "-1",
    "lookup(floor_share, 1)", "any(l.rate < 60% for l in leaves(goals))", "use ** 9", "grade",
]  # fmt: skip


@settings(few, max_examples=200)
@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_mutated_values(chance: random.Random, times: int) -> None:
    content = deepcopy(CONTENT)
    for _ in range(times):
        place = chance.choice(PLACES)
        try:
            holder = at(content, place[:-1])
            match chance.randrange(4):
                case 0:
                    del holder[place[-1]]
                case 1:
                    holder[place[-1]] = chance.choice(EXPRESSIONS)
                case 2:
                    holder[place[-1]] = chance.choice(ODD)
                case _:
                    holder[place[-1]] = deepcopy(at(CONTENT, chance.choice(PLACES)))
        except (KeyError, IndexError, TypeError):
            continue
    source = "\n".join(f"{key}: {quoted(item)}" for key, item in content.items())
    found = read(source)
    if isinstance(found, Plan):
        scored(Program(found), GOOD)


# ---- any facts give a result or a refusal


def scored(program: Program, facts: object) -> Result | DiagnosedError:
    try:
        result = program.score(facts)  # type: ignore[arg-type]
    except FactsError as error:
        told(error)
        return error
    json.loads(result.to_json())
    result.explain("zh")
    result.explain("en", depth="full")
    return result


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["98%", "１２", "—", "120万元", "#DIV/0!", "是", "达成", "1e400"])
)  # fmt: skip
JSON = st.recursive(
    SCALARS,
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text(), one, max_size=3),
    max_leaves=8,
)  # fmt: skip
KEYS = [*GOOD, "unit", "adjust", "waive", "evidence", "allow"]


@few
@given(JSON)
def test_any_value_for_facts(facts: object) -> None:
    assert isinstance(scored(PROGRAM, facts), Result | FactsError)


@settings(few, max_examples=150)
@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=4))
def test_any_value_for_an_input(change: dict[str, object]) -> None:
    assert isinstance(scored(PROGRAM, {**GOOD, **change}), Result | FactsError)


# ---- laws of scores

AMOUNTS = st.decimals(0, 300, places=2)
SHARES = st.integers(0, 10_000).map(lambda n: f"{n / 100}%")


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(1, 5))
    cuts = sorted(draw(st.lists(st.integers(0, 4000), min_size=count - 1, max_size=count - 1)))
    parts = [b - a for a, b in zip([0, *cuts], [*cuts, 4000], strict=True)]
    return {
        "as_of": draw(st.sampled_from(["2022-12-31", "2024-01-01"])),
        "budget": draw(AMOUNTS),
        "executed": draw(AMOUNTS),
        "liked": draw(SHARES),
        "late": draw(st.integers(0, 9)),
        "here": draw(st.booleans()),
        **draw(st.sampled_from([{}, {"level": "达成"}, {"level": "未达成"}])),
        "sheet": [
            {"name": f"行{n}", "share": draw(SHARES), "points": Decimal(part) / 100}
            for n, part in enumerate(parts)
        ],
    }


def lines_by_id(result: Result) -> dict[str, tuple[object, ...]]:
    return {line.id: (line.points, line.rate, line.score, line.state) for line in result.lines()}


@few
@given(facts())
def test_a_score_lies_between_0_and_the_points(given_facts: dict[str, Any]) -> None:
    result = PROGRAM.score(given_facts)
    for line in result.lines():
        if line.score is not None and line.effective is not None:
            assert 0 <= line.score <= line.effective
    assert result.total is not None
    assert 0 <= result.total <= 100


def adds_up(line: Line) -> None:
    if line.children and line.score is not None:
        assert sum(child.score or 0 for child in line.children) == line.score
    for child in line.children:
        adds_up(child)


@few
@given(facts())
def test_scores_add_up_exactly(given_facts: dict[str, Any]) -> None:
    result = PROGRAM.score(given_facts)
    for line in result.indicators:
        adds_up(line)
    found = sum(line.score or 0 for line in result.indicators)
    assert found + sum(item.score for item in result.adjustments) == result.total


@few
@given(facts())
def test_the_same_input_gives_the_same_bytes(given_facts: dict[str, Any]) -> None:
    turned = dict(reversed(given_facts.items()))
    first = PROGRAM.score(given_facts)
    assert Program(PLAN).score(turned).to_json() == first.to_json()
    assert repr(PROGRAM.score(given_facts)) == repr(first)


@few
@given(facts(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    given_facts: dict[str, Any], chance: random.Random
) -> None:
    rows = list(given_facts["sheet"])
    chance.shuffle(rows)
    one, other = PROGRAM.score(given_facts), PROGRAM.score({**given_facts, "sheet": rows})
    assert (one.total, one.grade, one.rate) == (other.total, other.grade, other.rate)
    assert lines_by_id(one) == lines_by_id(other)


def turned_keys(value: object, chance: random.Random, *, keep: str | None = None) -> object:
    if isinstance(value, list):
        return [turned_keys(item, chance) for item in value]
    if not isinstance(value, dict):
        return value
    keys = [key for key in value if key != keep]
    chance.shuffle(keys)
    first = [keep] if keep in value else []
    return {key: turned_keys(value[key], chance) for key in [*first, *keys]}


def test_the_order_of_keys_does_not_matter() -> None:
    content = read_document(FORM, "form.yaml").value
    expected = PROGRAM.score(GOOD).to_json()
    for seed in range(12):
        value = turned_keys(content, random.Random(seed), keep="ruleset")  # noqa: S311 - a shuffle
        assert isinstance(value, dict)
        source = "\n".join(f"{key}: {quoted(item)}" for key, item in value.items())
        assert Program(load_ruleset(source, "form.yaml")).score(GOOD).to_json() == expected


def quoted(value: object) -> str:
    """Return plain values as YAML in flow style, expressions in quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {quoted(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(quoted, value)) + "]"
    shown = str(value)
    plain = re.fullmatch(r"[\w.%-]+", shown) and not getattr(value, "quoted", False)
    return shown if plain else json.dumps(shown, ensure_ascii=False)


SUM = text("""
inputs: {a: {type: percent}, b: {type: percent}, c: {type: percent}}
indicators:
  - {id: x, points: 33.3, score: {method: proportional, actual: a, target: 100%, floor: 20%}}
  - id: y
    points: 66.7
    indicators:
      - {id: z, points: 16.7, score: {method: linear, actual: b, zero_at: 50%, full_at: 90%}}
      - {id: w, points: 50, score: {method: bands, actual: c,
          bands: [{at_least: 80%, points: 50}, {at_least: 60%, points: 20}, {else: 0}]}}
""")
PLAIN = Program(load_ruleset(SUM, "sum.yaml"))


@few
@given(SHARES, SHARES, SHARES, SHARES, st.sampled_from("abc"))
def test_raising_a_rate_never_lowers_the_total(
    a: str, b: str, c: str, other: str, name: str
) -> None:
    before = {"a": a, "b": b, "c": c}
    low, high = sorted([before[name], other], key=lambda share: float(share[:-1]))
    worse, better = PLAIN.score({**before, name: low}), PLAIN.score({**before, name: high})
    assert worse.total is not None
    assert better.total is not None
    leaf = {"a": "x", "b": "z", "c": "w"}[name]
    assert (worse.line(leaf).rate or 0) <= (better.line(leaf).rate or 0)
    assert worse.total <= better.total


@few
@given(st.lists(facts(), min_size=1, max_size=4))
def test_a_score_does_not_depend_on_who_else_is_there(units: list[dict[str, Any]]) -> None:
    together = list(PROGRAM.score_many(units))
    assert [item.to_json() for item in together if isinstance(item, Result)] == [
        PROGRAM.score(unit).to_json() for unit in units
    ]


@pytest.mark.parametrize("key", [key for key in GOOD if key != "level"])
def test_dropping_any_input_is_told(key: str) -> None:
    rest = {name: value for name, value in GOOD.items() if name != key}
    found = scored(PROGRAM, rest)
    if isinstance(found, Result):
        assert key in found.defaulted
