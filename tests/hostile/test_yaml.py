"""The group `yaml` of the hostile corpus, case by case, by libyaml and by PyYAML's own scanner."""

import base64
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.errors import Diagnostic, RulesetError
from perfrules.lang.document import (
    Document,
    Scalar,
    ScalarFault,
    read_date,
    read_decimal,
    read_document,
    read_flag,
)
from perfrules.lang.load import load_ruleset

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "yaml.yaml").read_text(encoding="utf-8")
)
# What each of our codes is in the corpus.
CLASSES: Mapping[str, str] = {
    code: given
    for codes, given in {
        "PRF101 PRF103 PRF104": "Y_SIZE",
        "PRF102": "Y_DEPTH",
        "PRF105": "Y_ENCODING",
        "PRF106": "Y_CHAR",
        "PRF107": "Y_EMPTY",
        "PRF108": "Y_ROOT",
        "PRF110": "Y_ALIAS",
        "PRF111": "Y_MERGE",
        "PRF112": "Y_TAG",
        "PRF113": "Y_DUPKEY",
        "PRF114": "Y_KEYTYPE",
        "PRF115 PRF116 PRF117 PRF119 PRF120 PRF121 PRF124 PRF125": "Y_SYNTAX",
        "PRF141 PRF142 PRF144 PRF145 PRF146 PRF147 PRF206": "Y_SCALAR",
        "PRF201": "Y_KEYTYPE",
    }.items()
    for code in codes.split()
}
# Here a more exact code says what the corpus calls by another class.
EXACT = {"YAML-151": "Y_SYNTAX"}  # the root is a text: because of the colon
READERS: Mapping[str, Callable[[Scalar], object]] = {
    "text": str,
    "number": read_decimal,
    "percent": lambda scalar: read_decimal(scalar, percent=True),
    "date": read_date,
    "flag": read_flag,
}
NEAR = 3  # columns, where the corpus gives no end


def payload(case: Mapping[str, Any]) -> str | bytes:
    if "b64" in case:
        return base64.b64decode(case["b64"])
    if "json" in case:
        return str(json.loads(case["json"]))
    if "build" in case:
        return "".join(map(part, case["build"]))
    return str(case["text"])


def part(spec: Mapping[str, Any]) -> str:
    if "each" not in spec:
        return str(spec["t"]) * int(spec.get("n", 1))
    text = str(spec["each"])
    return "".join(
        text.replace("{i}", str(number)).replace("{p}", str(number - 1))
        for number in range(spec["from"], spec["to"] + 1)
    )


def told(case: Mapping[str, Any], *, pure: bool) -> tuple[Document | None, list[Diagnostic]]:
    try:
        return read_document(payload(case), "hostile.yaml", pure=pure), []
    except RulesetError as error:
        return None, list(error.diagnostics)


def expected(case: Mapping[str, Any], item: Diagnostic) -> bool:
    """Return whether a diagnostic is what the case asks for: its class, its place, its hint."""
    given = {case["code"], *case.get("also", ()), EXACT.get(case["id"])}
    if CLASSES.get(item.code) not in given or item.span is None:
        return False
    if "at" not in case:
        return True
    line, column = case["at"]
    return item.span.line == int(line) and abs(item.span.column - int(column)) <= NEAR


def named(cases: list[dict[str, Any]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


REFUSED = [case for case in CASES if case["expect"] == "reject_load" and "because" not in case]
ACCEPTED = [case for case in CASES if case["expect"] == "accept" or case["id"] == "YAML-177"]
TYPED = [case for case in CASES if "reads" in case]
SHAPED = [case for case in CASES if "ruleset" in case]


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
@named([case for case in REFUSED if "reads" not in case])
def test_refused(case: dict[str, Any], *, pure: bool) -> None:
    _, found = told(case, pure=pure)
    assert any(expected(case, item) for item in found), [str(item) for item in found]
    if "UTF-8" in case.get("hint", ""):
        assert "save as UTF-8" in found[0].hint.en


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
@named(ACCEPTED)
def test_accepted(case: dict[str, Any], *, pure: bool) -> None:
    document, found = told(case, pure=pure)
    assert found == []
    assert document is not None
    if "value" in case:
        assert list(document.value.values()) == [case["value"]]


@named(TYPED)
def test_a_value_of_a_typed_field(case: dict[str, Any]) -> None:
    document, found = told(case, pure=False)
    assert found == []
    assert document is not None
    ((key, scalar),) = document.value.items()
    assert isinstance(scalar, Scalar)
    for name, want in case["reads"].items():
        got = reading(READERS[name], scalar)
        assert got == (want["is"] if isinstance(want, dict) else want)
        if isinstance(want, str) and want.startswith("PRF"):
            assert CLASSES[want] == case["code"]
            item = document.diagnose(want, (key,), value=str(scalar))
            assert "at" not in case or expected(case, item)


def reading(read: Callable[[Scalar], object], scalar: Scalar) -> str:
    try:
        return str(read(scalar))
    except ScalarFault as fault:
        return fault.code


@named(SHAPED)
def test_what_the_shape_refuses(case: dict[str, Any]) -> None:
    code, line, column = case["fault"]
    assert CLASSES[code] in {case["code"], *case.get("also", ())}
    with pytest.raises(RulesetError) as caught:
        load_ruleset(case["ruleset"], "hostile.yaml")
    places = [
        (item.code, item.span.line, item.span.column)
        for item in caught.value.diagnostics
        if item.span is not None
    ]
    assert (code, line, column) in places


def test_every_case_is_run() -> None:
    run = {case["id"] for case in [*REFUSED, *ACCEPTED, *TYPED, *SHAPED]}
    assert {case["id"] for case in CASES} == run
    assert len(CASES) == len(run) == 92
