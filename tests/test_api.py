"""What a host calls, and what importing the package costs it."""

import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import perfrules
from perfrules.api import read_facts, read_plan, score_entries
from perfrules.engine.days import date_of
from perfrules.engine.result import Rejected
from perfrules.errors import RulesetError, UsageError
from perfrules.registry import Registry
from tests.sample_rulesets import CASES, FORM, GOOD_FACTS

FACTS = {"budget": "2000", "executed": "1585.4", "done": "95%", "misused": "否"}


def test_three_lines_score_a_project() -> None:
    program = perfrules.loads(FORM)
    result = program.score(FACTS)
    # 15.85 + 76, see sample_rulesets.
    assert (result.total, result.grade) == (Decimal("91.85"), "优")
    assert "预算执行率" in result.explain(lang="zh")


def test_a_ruleset_is_loaded_by_path_and_by_id(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(FORM, encoding="utf-8")
    registry = Registry([tmp_path])
    for name in (path, str(path), "city.form", "city.form@1", "city.form@1.0"):
        assert perfrules.load(name, registry=registry).plan.id == "city.form"


@pytest.mark.parametrize(
    ("name", "code"),
    [("nothing.yaml", "PRF603"), ("./nothing", "PRF603"), ("a\0b.yaml", "PRF605")],
)
def test_a_file_that_is_not_there_is_a_sentence(name: str, code: str) -> None:
    with pytest.raises(UsageError) as error:
        perfrules.load(name)
    assert [item.code for item in error.value.diagnostics] == [code]


def test_a_folder_is_no_ruleset(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        perfrules.load(tmp_path)
    assert [item.code for item in error.value.diagnostics] == ["PRF604"]


def test_a_path_without_an_ending_is_a_path_where_it_is_given_as_one(tmp_path: Path) -> None:
    path = tmp_path / "form"
    path.write_text(FORM, encoding="utf-8")
    assert perfrules.load(path).plan.id == "city.form"


def test_faults_of_a_ruleset_come_all_at_once() -> None:
    with pytest.raises(RulesetError) as error:
        perfrules.loads(FORM.replace("points: 20", "points: 21").replace("done}", "doen}"))
    assert len(error.value.diagnostics) >= 1


def test_check_tells_a_path_from_a_text(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(FORM, encoding="utf-8")
    assert perfrules.check(path) == ()
    assert perfrules.check(str(path)) == ()
    assert perfrules.check(FORM) == ()
    wrong = perfrules.check(FORM.replace("points: 20", "points: 21"))
    assert wrong
    assert wrong[0].span is not None
    assert wrong[0].span.file == "<text>"


def test_check_reads_cases_too() -> None:
    assert perfrules.check(CASES) == ()
    assert perfrules.check(CASES.replace("facts:", "fakts:"))


@pytest.mark.parametrize("text", ["2022-12-31", date(2022, 12, 31)])
def test_a_date_is_given_as_one_or_as_text(text: str | date) -> None:
    assert date_of(text) == date(2022, 12, 31)


@pytest.mark.parametrize(
    "text", ["2022-13-01", "2022-W01-1", "20221231", "31.12.2022", "２０２２-12-31", "", 5]
)
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(UsageError) as error:
        date_of(text)
    assert [item.code for item in error.value.diagnostics] == ["PRF641"]


def test_units_of_a_file_are_scored_or_rejected_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    good = "\n".join(f"  {row}" for row in GOOD_FACTS.splitlines()).replace("  ", "- ", 1)
    path.write_text(f"{good}\n- unit: 乙\n- 3\n", encoding="utf-8")
    program = perfrules.loads(FORM)
    found = [item for _, item in score_entries(program, read_facts(path, program.plan))]
    assert [isinstance(item, Rejected) for item in found] == [False, True, True]
    assert [item.row for item in found if isinstance(item, Rejected)] == [2, 3]


def test_a_plan_is_read_for_what_describes_it(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_text(FORM, encoding="utf-8")
    assert [item.id for item in read_plan(path).inputs] == ["budget", "executed", "done", "misused"]


def test_every_public_name_is_there_and_sorted() -> None:
    assert list(perfrules.__all__) == sorted(perfrules.__all__, key=str)
    assert dir(perfrules) == sorted(perfrules.__all__)
    for name in perfrules.__all__:
        assert getattr(perfrules, name) is not None
    with pytest.raises(AttributeError, match="nothing"):
        perfrules.nothing  # type: ignore[attr-defined] # noqa: B018 - what is not there


IMPORT = """
import sys, threading
opened = []
def hook(event, args):
    if event == "open" and isinstance(args[0], str):
        opened.append(args[0])
sys.addaudithook(hook)
import perfrules
heavy = {"pydantic", "yaml", "numpy", "hypothesis", "simpleeval", "pluggy", "decimal"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
assert all(name.endswith((".py", ".pyc")) for name in opened), opened
assert threading.active_count() == 1
print(len(opened))
"""


def test_importing_opens_only_module_files_and_loads_nothing_heavy() -> None:
    source = Path(perfrules.__file__).parent.parent
    found = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(source)!r})\n{IMPORT}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    assert int(found.stdout) > 0  # the hook saw the package being read
