"""What holds whatever the values: used is as written out, and no text gets out as another error."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import RulesetError
from perfrules.lang.document import read_document
from perfrules.lang.load import load_library, load_ruleset
from tests.lang.spec.shaped import parent, places, written
from tests.sample_reuse import FORM, LIBRARY, extending, plan_of, program_of, using

USED = program_of(
    using(
        "  - {use: edu.coverage@2, id: a, points: 60, with: {helped: 甲 + 乙, level: \"'市'\"}}\n"
        "  - {use: edu.coverage@2, id: b, points: 40, with: {helped: 甲, standard: 90%}}\n",
        "{甲: {type: count}, 乙: {type: count}}",
    )
)
BY_HAND = program_of(
    using(
        "  - {id: a, points: 60, score: {method: proportional, actual: (甲 + 乙) / eligible * 100%,"
        ' target: "step(standard, 1)", floor: 60%}}\n'
        "  - {id: b, points: 40, score: {method: proportional, actual: 甲 / eligible * 100%,"
        " target: 90%, floor: 60%}}\n",
        "{甲: {type: count}, 乙: {type: count}, eligible: {type: count, min: 1}}",
        more="parameters: {standard: {keys: count,"
        " values: {2020-01-01: {1: 98%}, 2023-01-01: {1: 99%}}}}\n",
    )
)


COUNTS = st.integers(0, 300)


@settings(max_examples=80, deadline=None)
@given(COUNTS, COUNTS, st.integers(1, 300), st.sampled_from(["2020-01-01", "2024-06-30"]))
def test_an_indicator_that_is_used_scores_as_one_written_out(
    first: int, second: int, eligible: int, day: str
) -> None:
    facts = {"as_of": day, "甲": first, "乙": second, "eligible": eligible}
    used, by_hand = USED.score(facts), BY_HAND.score(facts)
    assert [line.score for line in used.indicators] == [line.score for line in by_hand.indicators]
    assert [line.rate for line in used.indicators] == [line.rate for line in by_hand.indicators]
    assert used.total == by_hand.total


def test_extending_without_changes_means_the_same() -> None:
    base = FORM.replace("city.form", "city.variant")
    assert plan_of(extending("")).digest == load_ruleset(base).digest


HOST = using(
    "  - {use: edu.coverage@2, id: a, points: 50, with: {helped: 甲, level: \"'市'\"}}\n"
    "  - {use: edu.process@2, points: 3}\n"
    "  - {use: edu.sheet@2, split: {points: 47}}\n",
    "{甲: {type: count}}",
)
VARIANT = extending(
    "change: {execution: {points: 30}, 优: {at_least: 95}}\nremove: [misuse]\n"
    "add: [{under: indicators, use: edu.opened@2, points: 10}]\ninputs: {late: {type: flag}}\n"
)
TEXTS = {"library": LIBRARY, "form": FORM, "host": HOST, "variant": VARIANT}


def tried(name: str, text: str) -> None:
    """Load a changed text in all its roles: it is fine, or refused as a ruleset is."""
    files = {"edu__yaml": LIBRARY, "form__yaml": FORM}
    with suppress(RulesetError):
        match name:
            case "library":
                plan_of(HOST, **{**files, "edu__yaml": text})
            case "form":
                plan_of(VARIANT, **{**files, "form__yaml": text})
            case _:
                plan_of(text, **files)
    if name == "library":
        with suppress(RulesetError):
            load_library(text, "edu.yaml")


def changes(text: str) -> list[str]:
    """Return *text* with each value in turn taken out, or replaced by one of another shape."""
    value = read_document(text, "x.yaml").value
    found = []
    for place, _ in places(value):
        for other in ("", "x", [], {}, ["x"], {"x": "y"}, None):
            changed = json.loads(json.dumps(value))
            holder = parent(changed, place)
            if other is None:
                del holder[place[-1]]
            else:
                holder[place[-1]] = other
            found.append(written(changed).strip())
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_no_change_of_shape_gets_out_as_another_error(name: str) -> None:
    every = changes(TEXTS[name])
    for text in every[:: max(1, len(every) // 120)]:
        tried(name, text)


@pytest.mark.parametrize("name", TEXTS)
def test_no_missing_line_gets_out_as_another_error(name: str) -> None:
    lines = TEXTS[name].splitlines(keepends=True)
    for number in range(len(lines)):
        tried(name, "".join(lines[:number] + lines[number + 1 :]))
