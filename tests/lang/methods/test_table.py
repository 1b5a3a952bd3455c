"""The table of methods: complete, read late, and helpful with a name that isn't in it."""

import subprocess
import sys

import pytest

from perfrules.lang.methods import METHODS, unknown_method

NAMES = [
    "met", "proportional", "target", "linear", "bands", "levels", "checklist", "deduct",
    "deadline", "survey", "panel", "mix", "either", "formula", "rank", "relative",
]  # fmt: skip


def test_every_method_of_the_design_is_there() -> None:
    assert list(METHODS)[: len(NAMES)] == NAMES
    assert len(METHODS) == len(set(METHODS))


@pytest.mark.parametrize("name", NAMES)
def test_a_method_names_itself(name: str) -> None:
    method = METHODS[name]
    assert method.name == name
    assert method.title.zh
    assert method.title.en


def test_an_unknown_name_is_no_method() -> None:
    assert METHODS.get("ranking") is None
    assert "bandz" not in METHODS
    with pytest.raises(KeyError):
        METHODS["__init__"]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("bandz", "did you mean bands?"),
        ("Proportional", "did you mean proportional?"),
        ("扣分", "did you mean deduct?"),
        ("分档", "did you mean bands?"),
    ],
)
def test_the_hint_names_what_was_meant(written: str, hint: str) -> None:
    assert unknown_method(written).en == hint


def test_the_hint_lists_all_where_nothing_is_near() -> None:
    assert unknown_method("zzzz").en.startswith("known here: met, proportional, target")


def test_the_table_reads_no_method_before_it_is_used() -> None:
    script = (
        "import sys, perfrules.lang.methods as m; "
        "assert 'perfrules.lang.methods.met' not in sys.modules; "
        "list(m.METHODS); assert 'perfrules.lang.methods.met' not in sys.modules; "
        "m.METHODS['met']; assert 'perfrules.lang.methods.met' in sys.modules; "
        "assert 'perfrules.lang.methods.bands' not in sys.modules"
    )
    path = ":".join(item for item in sys.path if item)
    subprocess.run([sys.executable, "-c", script], check=True, env={"PYTHONPATH": path})  # noqa: S603
