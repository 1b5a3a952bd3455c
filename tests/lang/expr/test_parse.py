"""A tree that the host couldn't make in one of many threads is made again."""

import ast

import pytest
from simpleeval import SimpleEval

from perfrules.lang.expr.parse import parse

_PARSE = SimpleEval.parse


@pytest.mark.parametrize("failures", [1, 3])
def test_a_count_that_two_threads_share_is_no_fault_of_the_text(
    monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    whole = ast.unparse(parse("x > 80%").node)
    left = [SystemError("AST constructor recursion depth mismatch")] * failures

    def unlucky(source: str) -> ast.AST:
        if left:
            raise left.pop()
        found: ast.AST = _PARSE(source)
        return found

    monkeypatch.setattr(SimpleEval, "parse", staticmethod(unlucky))
    assert ast.unparse(parse("x > 80%").node) == whole
    assert not left


def test_a_host_that_never_can_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(source: str) -> ast.AST:
        raise SystemError(source)

    monkeypatch.setattr(SimpleEval, "parse", staticmethod(never))
    with pytest.raises(SystemError):
        parse("x > 80%")
