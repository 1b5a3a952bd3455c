"""The host's settings change nothing: decimal context, thread, locale-like environment."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import ROUND_UP, Context, Inexact, localcontext
from pathlib import Path

import pytest

from perfrules.engine.program import Program
from perfrules.errors import DiagnosedError
from perfrules.finder import RegistryFinder
from perfrules.lang.load import load_cases, load_ruleset
from perfrules.registry import default_registry
from tests.kinds import holds

ROOT = Path(__file__).parents[2]


def _beside(path: Path) -> Path:
    """Return the document that a file of cases stands beside."""
    return path.with_name(path.name.replace(".cases.yaml", ".yaml"))


CASES = sorted(
    (
        path
        for pattern in ("rulesets/**/*.cases.yaml", "tests/cases/good/*.cases.yaml")
        for path in ROOT.glob(pattern)
        if holds("ruleset", _beside(path))
    ),
    key=str,
)


def answers(path: Path) -> Iterator[str]:
    """Yield what every case of a file gives, every byte of it, reasons and sentences included."""
    beside = _beside(path)
    finder = RegistryFinder(default_registry(), beside)
    program = Program(load_ruleset(beside.read_bytes(), beside.name, finder=finder))
    spec, _ = load_cases(path.read_bytes(), path.name)
    for case in spec.tests:
        try:
            result = program.score(case.facts, as_of=case.as_of)
        except DiagnosedError as error:
            yield error.render("zh") + error.render("en")
        else:
            yield result.to_json() + result.explain(lang="zh") + result.explain(lang="en")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name + "/" + path.name)
def test_the_hosts_decimal_context_changes_nothing(path: Path) -> None:
    wanted = list(answers(path))
    with localcontext(Context(prec=3, rounding=ROUND_UP, traps=[Inexact])):
        assert list(answers(path)) == wanted


def test_eight_threads_give_the_same_bytes() -> None:
    path = ROOT / "rulesets" / "hubei" / "project_self_evaluation.cases.yaml"
    wanted = list(answers(path))
    with ThreadPoolExecutor(8) as pool:
        assert all(found == wanted for found in pool.map(lambda _: list(answers(path)), range(16)))
