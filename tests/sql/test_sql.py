"""What is given, in which dialect, what is refused, and that no author's text gets out."""

import sys
from pathlib import Path

import duckdb
import pytest
from sqlglot import exp, parse

import perfrules
from perfrules.errors import UsageError
from perfrules.sql import DIALECTS, DialectName
from tests.sample_rulesets import FORM
from tests.sql.agreement import ask, disagreements

HEAD = (
    'ruleset: small.one\nversion: "1.0"\ntitle: t\ntotal: 10\n'
    "grades: [{name: 合格, at_least: 6}, {name: 不合格, at_least: 0}]\n"
)
DOCS = Path(__file__).parents[2] / "docs" / "sql.md"


def small(inputs: str, score: str, more: str = "") -> perfrules.Program:
    """Return a ruleset with one leaf."""
    leaf = f"indicators:\n  - {{id: x, points: 10, score: {score}}}\n"
    return perfrules.loads(f"{HEAD}inputs:\n{inputs}{more}{leaf}")


def refused(program: perfrules.Program) -> list[tuple[str, str]]:
    with pytest.raises(UsageError) as found:
        perfrules.to_sql(program)
    return [(item.code, item.message.en) for item in found.value.diagnostics]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_one_statement(dialect: DialectName) -> None:
    text = perfrules.to_sql(perfrules.loads(FORM), dialect=dialect, table="main.units")
    (found,) = parse(text, dialect=dialect)
    assert isinstance(found, exp.Select)
    tables = {item.sql(dialect) for item in found.find_all(exp.Table)}
    assert ('"main"."units"' if dialect == "duckdb" else "`main`.`units`") in tables


@pytest.mark.parametrize("dialect", DIALECTS)
def test_no_binary_float_and_no_plain_division_of_decimals(dialect: DialectName) -> None:
    (found,) = parse(perfrules.to_sql(perfrules.loads(FORM), dialect=dialect), dialect=dialect)
    assert found is not None
    kinds = {item.this for item in found.find_all(exp.DataType)}
    assert not kinds & {exp.DataType.Type.DOUBLE, exp.DataType.Type.FLOAT}
    assert dialect == "spark" or not list(found.find_all(exp.Div))


def test_a_form_by_hand() -> None:
    """15.85 + 76 = 91.85, 优: see sample_rulesets."""
    row = {"unit": "u", "budget": 2000, "executed": "1585.4", "done": "0.95", "misused": False}
    (found,) = ask(perfrules.loads(FORM), [row])
    assert (str(found["total"]), found["grade"], found["fault"]) == ("91.85", "优", None)
    assert str(found["score.execution"]) == "15.85"
    assert found["decision.guarantee"] is True


FAULTS = [
    ("  a: {type: number}\n", "{method: formula, rate: 1 / a}", 0, "PRF530 x"),
    ("  a: {type: number}\n", "{method: formula, rate: a}", None, "PRF502 a"),
    ("  a: {type: number}\n", "{method: formula, rate: a}", 2, "PRF542 x"),
    ("  a: {type: number, max: 5}\n", "{method: formula, rate: a / 10}", 6, "PRF511 a"),
    ("  a: {type: count}\n", "{method: formula, rate: a / 10}", -1, "PRF508 a"),
    ("  a: {type: choice, of: [甲, 乙]}\n", "{method: met, when: a == '甲'}", "丙", "PRF514 a"),
    ("  a: {type: number}\n", "{method: proportional, actual: 1, target: a}", 0, "PRF535 x"),
]


@pytest.mark.parametrize(("inputs", "score", "value", "fault"), FAULTS)
def test_a_fault_gives_no_number(inputs: str, score: str, value: object, fault: str) -> None:
    (found,) = ask(small(inputs, score), [{"unit": "u", "a": value}])
    assert found == {
        "unit": "u", "total": None, "rate": None, "grade": None, "score.x": None, "fault": fault
    }  # fmt: skip


WRONG = [
    ("DOUBLE", "0.5", "PRF682 a"),
    ("VARCHAR", "'0.5'", "PRF682 a"),
    ("DECIMAL(30, 10)", "0.5", "PRF682 a"),
    ("DECIMAL(38, 2)", "2000000000000", "PRF682 a"),
    ("DECIMAL(4, 1)", "0.5", None),
    ("SMALLINT", "1", None),
]


@pytest.mark.parametrize(("kind", "value", "fault"), WRONG)
def test_a_column_of_another_type(kind: str, value: str, fault: str | None) -> None:
    loaded = small("  a: {type: number}\n", "{method: formula, rate: a}")
    with duckdb.connect() as base:
        base.execute(f"CREATE TABLE facts AS SELECT 'u' AS unit, {value}::{kind} AS a")
        (row,) = base.execute(perfrules.to_sql(loaded)).fetchall()
    assert row[-1] == fault
    assert (row[1] is None) == (fault is not None)


REFUSED = [
    ("  a: {type: number}\n", "{method: formula, rate: 'a ** 2'}", "a power"),
    ("  a: {type: number}\n", "{method: formula, rate: sqrt(a)}", "the function sqrt"),
    ("  a: {type: panel}\n", "{method: panel, actual: a, out_of: 100}", "the method panel"),
    ("  a: {type: panel}\n", "{method: panel, actual: a, out_of: 100}", "an input of type panel"),
    ("  a: {type: flag}\n  A: {type: flag}\n", "{method: met, when: a}", "a beside A"),
]


@pytest.mark.parametrize(("inputs", "score", "words"), REFUSED)
def test_refused_by_name(inputs: str, score: str, words: str) -> None:
    found = refused(small(inputs, score))
    assert any(code == "PRF680" and words in text for code, text in found)


def test_refusals_come_in_the_order_of_the_ruleset() -> None:
    text = (
        f"{HEAD}inputs:\n  a: {{type: number}}\nindicators:\n"
        "  - {id: x, points: 4, score: {method: formula, rate: sqrt(a)}}\n"
        "  - {id: y, points: 6, score: {method: formula, rate: ln(a)}}\n"
    )
    found = refused(perfrules.loads(text))
    assert [text.split(" can")[0] for _, text in found] == ["the function sqrt", "the function ln"]


WIDE = "".join(f"  {name}: {{type: number}}\n" for name in "abcd")


def test_more_than_38_digits_is_refused_and_bounds_help() -> None:
    score = "{method: formula, rate: 'min(1, max(0, d / (a * b * c)))'}"
    assert refused(small(WIDE, score))[0][0] == "PRF681"
    narrow = WIDE.replace("number}", "number, min: 0.5, max: 999}")
    rows: list[dict[str, object]] = [
        {"unit": "u", "a": "1.5", "b": "1.5", "c": "1.5", "d": "3"},
        {"unit": "v", "a": 3, "b": 3, "c": 1, "d": 2},
    ]
    # 3 ÷ 3.375 = 0.888…, 2 ÷ 9 = 0.222…
    assert [str(row["total"]) for row in ask(small(narrow, score), rows)] == ["8.89", "2.22"]


def test_a_date_is_asked_for() -> None:
    dated = "parameters:\n  least: {values: {2020-01-01: 50%, 2023-01-01: 60%}}\n"
    score = "{method: met, when: a >= least}"
    assert refused(small("  a: {type: percent}\n", score, dated))[0][0] == "PRF524"


HOSTILE = "x\"'`; DROP TABLE facts; --"


@pytest.mark.parametrize("dialect", DIALECTS)
def test_texts_of_the_author_stay_inside(dialect: DialectName) -> None:
    label = HOSTILE.replace("'", "''")
    text = (
        f"{HEAD}inputs:\n  a: {{type: choice, of: ['{label}', '\\', 乙]}}\nindicators:\n"
        f"  - {{id: x, title: '{label}', points: 10, score: {{method: levels, level: a, "
        f"shares: {{'{label}': 100%, '\\': 50%, 乙: 0%}}}}}}\n"
    ).replace("name: 合格", f"name: '{label}'")
    loaded = perfrules.loads(text)
    (found,) = parse(perfrules.to_sql(loaded, dialect=dialect, table=HOSTILE), dialect=dialect)
    assert isinstance(found, exp.Select)
    assert HOSTILE in {item.this for item in found.find_all(exp.Literal)}
    assert not list(found.find_all(exp.Drop))
    rows = [{"unit": HOSTILE, "a": HOSTILE}, {"unit": "v", "a": "\\"}, {"unit": "w", "a": "乙"}]
    assert disagreements(loaded, rows) == []


def test_without_sqlglot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    assert refused(perfrules.loads(FORM))[0][0] == "PRF684"


def test_the_example_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = DOCS.read_text(encoding="utf-8")
    ruleset, script = (page.split(f"```{kind}\n")[1].split("```")[0] for kind in ("yaml", "python"))
    (tmp_path / "form.yaml").write_text(ruleset, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(script, "sql.md", "exec"), {})  # noqa: S102 - the page's own example
    wanted = [line.removeprefix("# prints ") for line in script.splitlines() if "# prints" in line]
    assert wanted
    assert capsys.readouterr().out.splitlines() == wanted
