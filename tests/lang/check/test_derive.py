"""Derived values: any order, no cycles, choosing tables."""

import pytest

from perfrules.lang.types import Kind
from tests.small import codes, faults, plan, score


def test_any_order() -> None:
    found = plan("inputs: {n: {type: number}}\nderive: {a: b + 1, b: c + 1, c: n}\nreport: {a: a}")
    assert [item.id for item in found.derived] == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("derive", "ring"),
    [
        ("{a: a + n}", "a -> a"),
        ("{a: b + n, b: a}", "a -> b -> a"),
        ("{x: n, c: x + a, a: b, b: c}", "c -> a -> b -> c"),
    ],
)
def test_a_ring_is_named_once(derive: str, ring: str) -> None:
    found = faults(f"inputs: {{n: {{type: number}}}}\nderive: {derive}\nreport: {{n: n}}")
    assert [item.code for item in found] == ["PRF461"]
    assert found[0].message.en.endswith(ring)


def test_each_ring_is_told() -> None:
    body = "inputs: {n: {type: number}}\nderive: {a: b, b: a, c: d + n, d: c}\nreport: {n: n}"
    assert codes(body) == ["PRF461", "PRF461"]


def test_two_rings_through_one_value_are_one_fault() -> None:
    body = "inputs: {n: {type: number}}\nderive: {a: b + c, b: a, c: a + n}\nreport: {n: n}"
    assert codes(body) == ["PRF461"]


def test_what_reads_a_ring_is_not_blamed() -> None:
    body = "inputs: {n: {type: number}}\nderive: {a: b, b: a, z: a + n}\nreport: {z: z}"
    assert codes(body) == ["PRF461"]


def test_a_ring_of_500() -> None:
    chain = "".join(f"  d{n}: d{(n + 1) % 500} + 1\n" for n in range(500))
    found = faults(f"inputs: {{}}\nderive:\n{chain}report: {{d: d0}}")
    assert [item.code for item in found] == ["PRF461"]
    assert found[0].message.en.endswith("d0 -> d1 -> d2 -> d3 -> … -> d0")


def test_a_chain_of_500_is_computed() -> None:
    chain = "".join(f"  d{n}: d{n + 1} + 1\n" for n in range(500))
    result = score(
        f"inputs: {{n: {{type: number}}}}\nderive:\n{chain}  d500: n\nreport: {{d: d0}}", n=0
    )
    assert result.report["d"] == 500


def test_a_name_in_a_text_is_no_reading() -> None:
    body = "inputs: {t: {type: text}}\nderive: {a: 't == \"a\"'}\nreport: {a: a}"
    assert codes(body) == []


LIGHT = """
inputs: {gap: {type: percent}}
derive:
  light: {of: [红, 黄, 绿], choose: first, rows: [%s]}
report: {light: light}
"""


def test_a_label_is_a_choice() -> None:
    found = plan(LIGHT % "{when: gap > 20%, then: 红}, {else: 绿}").derived[0]
    assert found.type.kind is Kind.CHOICE
    assert found.type.of == ("红", "黄", "绿")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("{when: gap > 20%, then: 红}", "PRF485"),
        ("{else: 绿}, {when: gap > 20%, then: 红}, {else: 绿}", "PRF484"),
        ("{when: gap > 20%, then: 紫}, {else: 绿}", "PRF473"),
        ("{when: gap, then: 红}, {else: 绿}", "PRF350"),
    ],
)
def test_choosing_tables(rows: str, code: str) -> None:
    assert codes(LIGHT % rows) == [code]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("{when: gap > 20%, then: 10%}, {else: 0}", []),
        ("{when: gap > 20%, then: 10%}, {else: gap}", []),
        ("{when: gap > 20%, then: 10%}, {else: '\"不扣\"'}", ["PRF486"]),
        ("{when: gap > 20%, then: oops}, {else: '\"不扣\"'}", ["PRF320"]),
    ],
)
def test_values_of_the_rows_have_one_type(rows: str, found: list[str]) -> None:
    body = f"inputs: {{gap: {{type: percent}}}}\nderive:\n  c: {{choose: first, rows: [{rows}]}}\n"
    assert codes(body + "report: {c: c}") == found


def test_unique_needs_no_else() -> None:
    body = LIGHT.replace("choose: first", "choose: unique") % "{when: gap > 20%, then: 红}"
    assert codes(body) == []
