"""Faults are collected at their places; points are numbers, not percents."""

from perfrules.lang.check.context import Context, kinds
from perfrules.lang.document import Scalar, read_document
from perfrules.lang.expr import Names
from perfrules.lang.types import FLAG, NUMBER, PERCENT, Kind
from tests.small import text

SOURCE = text("inputs: {}\nderive:\n  a: 1 + oops\n  b: 20 * share\n  c: 40%\n")
NAMES = Names(values={"n": NUMBER, "share": PERCENT, "ok": FLAG})


def context() -> Context:
    return Context(read_document(SOURCE, "x.yaml"))


def test_a_fault_is_told_at_its_sign() -> None:
    here = context()
    assert here.compile(("derive", "a"), here.value_at(("derive", "a")), NAMES) is None
    span = here.found[0].span
    assert span is not None
    assert (span.line, span.column, span.end_column) == (6, 10, 14)
    assert here.failed()
    assert here.exprs == []


def test_computed_points_may_be_percents() -> None:
    here = context()
    assert here.points(("derive", "b"), here.value_at(("derive", "b")), NAMES) is not None
    assert here.points(("derive", "c"), here.value_at(("derive", "c")), NAMES) is None
    assert [item.code for item in here.found] == ["PRF350"]


def test_a_wanted_kind() -> None:
    here = context()
    assert here.compile(("derive", "b"), Scalar("ok"), NAMES, Kind.NUMBER) is None
    assert here.compile(("derive", "b"), Scalar("n"), NAMES, Kind.NUMBER) is not None


def test_a_mapping_is_no_value() -> None:
    here = context()
    assert here.compile(("derive",), {"a": Scalar("1")}, NAMES) is None
    assert [item.code for item in here.found] == ["PRF224"]


def test_warnings_are_no_failure() -> None:
    here = context()
    here.report("PRF481", ("inputs",), key=True, value="n")
    assert not here.failed()


def test_kinds_are_named_in_both_languages() -> None:
    assert kinds(Kind.PERCENT).zh == "百分比"
    assert kinds(Kind.MONEY, Kind.NUMBER).en == "a number or money"
