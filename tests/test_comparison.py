"""`comparable`: results, programs, names and files, whatever they come as."""

import json
from pathlib import Path

import pytest

from perfrules import Registry, UsageError, comparable, load
from tests.sample_rulesets import FORM

FACTS = {"unit": "甲", "budget": "100万元", "executed": "90万元", "done": "95%", "misused": "否"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.yaml").write_text(
        FORM.replace("id: output", "id: output\n    core: true"), encoding="utf-8"
    )
    two = FORM.replace("id: output", "id: output\n    core: true").replace("city.form", "city.two")
    (tmp_path / "two.yaml").write_text(
        two.replace("better: higher}\n    finding", "better: higher, floor: 50%}\n    finding"),
        encoding="utf-8",
    )
    return tmp_path


def test_two_results_of_one_ruleset(folder: Path) -> None:
    program = load(folder / "one.yaml")
    one, two = program.score(FACTS), program.score({**FACTS, "unit": "乙"})
    assert comparable(one, two).verdict == "yes"
    assert comparable(one, program)
    assert comparable(one.to_dict(), folder / "one.yaml")


def test_results_of_two_rulesets_share_a_block(folder: Path) -> None:
    registry = Registry([folder])
    one = load("city.form", registry=registry).score(FACTS)
    two = load("city.two", registry=registry).score(FACTS)
    found = comparable(one, two, registry=registry)
    assert (found.verdict, found.blocks) == ("blocks", ("output",))
    assert comparable("city.form", "city.two@1", registry=registry) == comparable(
        folder / "one.yaml", folder / "two.yaml"
    )
    lost = comparable(one, two, registry=Registry([]))
    assert lost.verdict == "no"
    assert "city.form 1.0, city.two 1.0" in lost.reasons[1].en


def test_a_file_of_results_is_one_side(folder: Path) -> None:
    program = load(folder / "one.yaml")
    lines = [program.score({**FACTS, "unit": unit}).to_dict() for unit in "甲乙"]
    (folder / "r.json").write_text(json.dumps(lines), encoding="utf-8")
    assert comparable(str(folder / "r.json"), program)
    other = load(folder / "two.yaml").score(FACTS).to_dict()
    (folder / "mixed.json").write_text(json.dumps([*lines, other]), encoding="utf-8")
    with pytest.raises(UsageError, match="PRF740"):
        comparable(str(folder / "mixed.json"), program)


@pytest.mark.parametrize("odd", [{"total": "90"}, {"ruleset": {"id": "a.b"}}, {}])
def test_what_is_no_result_cant_be_compared(folder: Path, odd: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="PRF739"):
        comparable(odd, folder / "one.yaml")
