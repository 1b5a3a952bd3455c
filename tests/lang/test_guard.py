"""Calls of a plugin's code: whatever it does becomes one fault with the plugin's name."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, getcontext, localcontext
from typing import Any

import pytest

from perfrules.errors import Text
from perfrules.lang.extension import NoValue
from perfrules.lang.frame import Fault, Rated
from perfrules.lang.guard import LONGEST, checked, kind_like, rated, run

D = Decimal
WHY = Text("半", "half")


class Odd(Decimal):
    """A number that could be anything the next time it is looked at."""


class Mute(Exception):  # noqa: N818
    """An exception whose own text fails."""

    def __str__(self) -> str:
        raise RuntimeError("no text")


def fault_of(call: Callable[[], object]) -> Fault:
    with pytest.raises(Fault) as caught:
        call()
    return caught.value


def recurse() -> object:
    return recurse()


def throw(error: BaseException) -> Callable[[], object]:
    def call() -> object:
        raise error

    return call


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (throw(ValueError("no licence")), "ValueError: no licence"),
        (throw(BaseException("out")), "BaseException: out"),
        (throw(SystemExit(3)), "SystemExit: 3"),
        (throw(GeneratorExit()), "GeneratorExit"),
        (throw(MemoryError()), "MemoryError"),
        (throw(Mute()), "Mute"),
        (recurse, "RecursionError: maximum recursion depth exceeded"),
        (lambda: D(1) / D(0), "DivisionByZero: [<class 'decimal.DivisionByZero'>]"),
    ],
)
def test_an_exception_is_a_fault_that_names_the_plugin(
    call: Callable[[], object], reason: str
) -> None:
    fault = fault_of(lambda: run(call, plugin="demo 1.0", what="f"))
    assert fault.code == "PRF920"
    assert (fault.args_by_name["plugin"], fault.args_by_name["name"]) == ("demo 1.0", "f")
    assert fault.args_by_name["reason"].en.startswith(reason)


def test_ctrl_c_is_the_users() -> None:
    with pytest.raises(KeyboardInterrupt):
        run(throw(KeyboardInterrupt()), plugin="demo", what="f")


def test_a_refusal_keeps_its_words() -> None:
    fault = fault_of(lambda: run(throw(NoValue(Text("没有", "none"))), plugin="demo", what="f"))
    assert fault.code == "PRF921"
    assert fault.args_by_name["reason"] == Text("没有", "none")
    wrong: Any = "none"
    fault = fault_of(lambda: run(throw(NoValue(wrong)), plugin="demo", what="f"))
    assert fault.args_by_name["reason"].en == "NoValue: none"


def test_the_hosts_context_is_neither_used_nor_changed() -> None:
    def call() -> Decimal:
        third = D(1) / D(3)
        getcontext().prec = 2
        return third

    with localcontext() as context:
        context.prec = 5
        assert run(call, plugin="demo", what="f") == D("0." + "3" * 34)
        assert getcontext().prec == 5


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (D("0.1"), "number"),
        (D("-9e24"), "money"),
        (True, "flag"),
        ("", "text"),
        (date(2022, 12, 31), "date"),
    ],
)
def test_what_is_of_its_kind_is_taken(found: object, kind: str) -> None:
    assert checked(found, kind, plugin="demo", what="f") is found


@pytest.mark.parametrize(
    ("found", "kind", "shown"),
    [
        (D("Infinity"), "number", "Infinity"),
        (D("NaN"), "percent", "NaN"),
        (D("1." + "1" * 34), "number", "1." + "1" * 34),
        (Odd(1), "number", "Odd"),
        (1, "number", "1"),
        (0.5, "number", "0.5"),
        (True, "number", "True"),
        (1, "flag", "1"),
        (None, "number", "None"),
        ("98", "number", "'98'"),
        (sys, "number", "module"),
        (datetime(2022, 1, 1), "date", "datetime"),  # noqa: DTZ001 - a subclass of date
        ("x" * (LONGEST + 1), "text", repr("x" * (LONGEST + 1))),
    ],
)
def test_what_is_not_is_refused(found: object, kind: str, shown: str) -> None:
    fault = fault_of(lambda: checked(found, kind, plugin="demo", what="f"))
    assert fault.code == "PRF922"
    assert fault.args_by_name["value"] == shown


def test_what_is_too_large_is_the_values_doing() -> None:
    for call in (
        lambda: checked(D("1e25"), "number", plugin="demo", what="f"),
        lambda: rated(Rated(D("1e25"), WHY, D("1e25")), plugin="demo", what="m"),
    ):
        assert fault_of(call).code == "PRF531"


def test_what_is_too_small_is_nothing() -> None:
    for small in (D("0E-6176"), D("1E-6100"), D("-1E-6100")):
        assert checked(small, "number", plugin="demo", what="f") == 0
        assert rated(Rated(small, WHY), plugin="demo", what="m").numerator == 0
    assert checked(D("1E-5999"), "number", plugin="demo", what="f") == D("1E-5999")


def test_a_kind_is_told_by_an_example() -> None:
    assert [kind_like(item) for item in (D(1), date(2022, 1, 1), True, "x")] == [
        "number", "date", "flag", "text",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "found",
    [
        Rated(D(0), WHY),
        Rated(D(1), WHY),
        Rated(D(2), WHY, D(3), product=True, notes=(WHY,)),
        Rated(D("1.0000000000001"), WHY),  # one, snapped to 12 decimals
    ],
)
def test_a_share_from_0_to_1_is_taken(found: Rated) -> None:
    assert rated(found, plugin="demo", what="m") == found


def test_what_a_method_adds_beside_is_dropped() -> None:
    found = rated(Rated(D(1), WHY, detail={"x": object()}), plugin="demo", what="m")
    assert found.detail == {}


ANY: Any = None


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (D(1), "1"),
        (None, "None"),
        (Rated(D("1.01"), WHY), "1.01"),
        (Rated(D("-0.01"), WHY), "-0.01"),
        (Rated(D("Infinity"), WHY), "Infinity"),
        (Rated(Odd(1), WHY), "Odd"),
        (Rated(D(1), WHY, D(0)), "0"),
        (Rated(D(1), WHY, D(-1)), "-1"),
        (Rated(D(1), Text("半")), "Text"),
        (Rated(D(1), Text("半", "x" * (LONGEST + 1))), "Text"),
        (Rated(D(1), ANY), "None"),
        (Rated(D(1), WHY, notes=ANY), "None"),
    ],
)
def test_any_other_answer_of_a_method_is_refused(found: object, shown: str) -> None:
    fault = fault_of(lambda: rated(found, plugin="demo", what="m"))
    assert fault.code == "PRF922"
    assert fault.args_by_name["value"] == shown
