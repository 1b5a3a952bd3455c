"""One bad twin a code, found at its place; nothing on the good one."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules import check, loads, prove
from perfrules.messages.proof import MESSAGES

DATA = yaml.safe_load(Path(__file__).with_name("twins.yaml").read_text(encoding="utf-8"))
TWINS: list[dict[str, Any]] = DATA["twins"]
BASE: str = DATA["base"]


def twin(item: dict[str, Any]) -> str:
    assert BASE.count(item["old"]) == 1, item["old"]
    return BASE.replace(item["old"], item["new"])


def test_nothing_is_found_on_the_base() -> None:
    found = prove(loads(BASE))
    assert found.findings == ()
    assert found.clean
    assert {item.what.en for item in found.shown} >= {
        "the grade 优 can be had", "the grade 良 can be had", "the grade 中 can be had",
        "the grade 差 can be had", "the total of 100 can be had",
        "keep and cut exclude each other",
    }  # fmt: skip


@pytest.mark.parametrize("item", TWINS, ids=lambda item: f"{item['code']}: {item['new'][:30]}")
def test_a_bad_twin_is_found(item: dict[str, Any]) -> None:
    text = twin(item)
    lines = [n for n, line in enumerate(text.splitlines(), start=1) if item["at"] in line]
    assert len(lines) == 1
    found = prove(loads(text)).findings
    mine = [one for one in found if one.diagnostic.code == item["code"]]
    places = [one.diagnostic.span.line for one in mine if one.diagnostic.span]
    assert lines[0] in places, [one.render() for one in found]
    one = mine[places.index(lines[0])]
    assert one.how == item["how"]
    assert (one.diagnostic.severity == "warning") or one.how == "proven"


def test_every_code_has_a_twin() -> None:
    assert {item["code"] for item in TWINS} | {"PRF817"} == set(MESSAGES)


def test_a_jump_is_told_where_a_tolerance_is_stated() -> None:
    # 50 %: 25 of 40 points, from 0: 62.5 %; 90 %: from 25 to 40: 37.5 %.
    found = prove(loads(BASE), jump=Decimal("0.5")).findings
    assert [item.diagnostic.code for item in found] == ["PRF817"]
    assert "62.5%" in found[0].diagnostic.message.en
    assert prove(loads(BASE), jump=Decimal("0.625")).findings == ()


def test_the_same_seed_finds_the_same() -> None:
    text = twin(next(item for item in TWINS if item["code"] == "PRF819"))
    first, second = (prove(loads(text), seed=7, effort=500) for _ in range(2))
    assert first.json() == second.json()
    assert first.json() != prove(loads(text), seed=8, effort=500).json()


def test_what_is_only_searched_for_is_not_called_proven() -> None:
    text = twin(next(item for item in TWINS if item["code"] == "PRF819"))
    found = prove(loads(text)).findings
    [idle] = [item for item in found if item.diagnostic.code == "PRF819"]
    assert idle.known.en == f"searched, {idle.units} units, seed 1"
    assert "proven" not in idle.render("en")
    assert "已证明" not in idle.render("zh")


ALLOW = "allow: [{code: PRF818, because: 退回核实}]\n"


def test_an_allow_with_a_reason_is_kept() -> None:
    text = twin(next(item for item in TWINS if item["code"] == "PRF818")) + ALLOW
    assert check(text) == ()
    assert prove(loads(text)).findings == ()


def test_an_allow_that_nothing_needed_is_told_by_the_proof_alone() -> None:
    text = BASE + ALLOW
    assert check(text) == ()
    found = prove(loads(text)).findings
    assert [item.diagnostic.code for item in found] == ["PRF494"]


def test_a_gate_that_always_caps_is_told_as_a_gate() -> None:
    text = BASE.replace(
        "id: overdue, when: late, then", "id: overdue, when: late or ratio >= 0, then"
    )
    codes = {item.diagnostic.code for item in prove(loads(text)).findings}
    assert {"PRF800", "PRF808"} <= codes
    assert "PRF801" not in codes


@pytest.mark.parametrize(("code", "rate"), [("PRF815", "0"), ("PRF816", "0.625")])
def test_the_example_of_a_wrong_order_lies_in_the_step_that_is_told(code: str, rate: str) -> None:
    # the middle band is told: worth 0 in one twin, 25 of 40 in the other
    program = loads(twin(next(item for item in TWINS if item["code"] == code)))
    [found] = [item for item in prove(program).findings if item.diagnostic.code == code]
    assert found.facts is not None
    [line] = [line for line in program.score(found.facts).lines() if line.id == "paying"]
    assert line.rate == Decimal(rate)


def test_the_example_of_a_division_is_refused_for_that_very_reason() -> None:
    program = loads(twin(next(item for item in TWINS if item["code"] == "PRF818")))
    [found] = prove(program).findings
    assert found.facts is not None
    with pytest.raises(Exception, match="PRF530"):
        program.score(found.facts)


def test_json_holds_how_each_finding_is_known() -> None:
    program = loads(twin(next(item for item in TWINS if item["code"] == "PRF818")))
    findings: Any = prove(program).json()["findings"]
    [found] = findings
    assert found["how"] == "proven"
    assert found["facts"]["budget"] == "0"
