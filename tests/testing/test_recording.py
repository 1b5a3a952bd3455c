"""Results that are written into cases, and cases that are made at edges."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from perfrules.errors import UsageError
from perfrules.testing import boundaries, record, run_cases
from perfrules.testing.written import flow
from tests.sample_rulesets import CASES, FORM

BARE = """\
cases: city.form
tests:
  - name: 没有结果
    facts: {budget: 100万元, executed: 50万元, done: 60%, misused: 否}
  - {name: 一行, facts: {budget: 100万元, executed: 100万元, done: 100%, misused: 否}}
  - name: 退回
    facts: {budget: 100万元}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "form.cases.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path


def test_what_is_lacking_is_written_and_marked(folder: Path) -> None:
    file = folder / "bare.cases.yaml"
    file.write_text(BARE, encoding="utf-8")
    assert not run_cases([file]).ok
    (found,) = record([file])
    assert found.added == ("没有结果", "一行", "退回")
    tests = yaml.safe_load(found.text)["tests"]
    # 10 + 48 = 58; 20 + 80 = 100
    assert (tests[0]["want"]["total"], tests[0]["want"]["grade"]) == (58, "差")
    assert tests[0]["want"]["scores"] == {"execution": 10, "output": 48}
    assert (tests[1]["want"]["total"], tests[1]["x-recorded"]) == (100, True)
    assert tests[2]["want_code"] == "PRF502"
    file.write_text(found.text, encoding="utf-8")
    assert run_cases([file]).ok
    assert [item.added for item in record([file])] == [()]


def test_what_differs_is_left_unless_accepted(folder: Path) -> None:
    file = folder / "form.cases.yaml"
    wrong = CASES.replace("91.85", "90").replace("findings: [execution]", "findings: []")
    file.write_text(wrong, encoding="utf-8")
    (kept,) = record([file])
    assert (kept.text, kept.added) == (wrong, ())
    assert [item.code for item in kept.left] == ["PRF832", "PRF832"]
    (taken,) = record([file], accept=True)
    assert taken.accepted == ("手算",)
    assert taken.text == CASES
    assert not taken.left


def test_cases_at_the_edges(folder: Path) -> None:
    text = boundaries(folder / "form.yaml")
    assert text == boundaries(folder / "form.yaml")
    (folder / "edges.cases.yaml").write_text(text, encoding="utf-8")
    assert run_cases([folder / "edges.cases.yaml"]).ok
    by_name = {case["name"]: case for case in yaml.safe_load(text)["tests"]}
    assert by_name["done = 100%：done 恰好"]["facts"]["done"] == "100%"
    assert by_name["done = 100%：done 低一步"]["facts"]["done"] == "99.99%"
    # 80% of 80 points, one step below and at it: rate.output < 80%
    assert by_name["rate.output < 80%：done 低一步"]["want"]["decisions"] == ["rectify"]
    assert by_name["rate.output < 80%：done 恰好"]["want"]["decisions"] == []
    assert by_name["总分恰好90"]["want"]["grade"] == "优"
    assert by_name["总分恰好89.99"]["want"]["grade"] == "良"
    assert by_name["截留挪用：是"]["want"]["gates"] == ["misuse"]
    assert by_name["产出豁免"]["want"]["states"] == {"output": "waived"}
    assert all(case["x-recorded"] for case in by_name.values())


def test_edges_need_facts_to_start_from(tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        boundaries(tmp_path / "form.yaml")
    assert [item.code for item in caught.value.diagnostics] == ["PRF836"]


@pytest.mark.parametrize(
    "value",
    ["≥95%", "a: b", "", " x", "# no", "- a", "是", "120万元", "it's", "[a]", "null", "真,假"],
)
def test_written_text_reads_back(value: str) -> None:
    assert yaml.safe_load(flow({"k": [value]})) == {"k": [value]}


def test_a_number_keeps_its_value() -> None:
    assert flow({"n": Decimal("1E+2")}) == "{n: 100}"
