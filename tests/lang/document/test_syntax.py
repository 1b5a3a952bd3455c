"""What an author most likely did: the code, the place and the hint, alike for both scanners."""

import pytest

from perfrules.errors import RulesetError
from perfrules.lang.document import read_document

CASES = [
    # text, code, place, part of the English hint
    ("a: 1\n权重：10\nb: 2\n", "PRF115", (2, 3), "权重: 10"),
    ("a: 1\n权重 ： 10\n", "PRF115", (2, 4), "权重: 10"),
    ("权重：10\n分值：20\n", "PRF115", (1, 3), "权重: 10"),
    ("a:\n  - 权重：10\n    b: 1\n", "PRF115", (2, 7), "权重: 10"),
    ("a:\n  weight:40\n  b: 1\n", "PRF116", (2, 9), "weight: 40"),
    ("weight:40\n", "PRF116", (1, 7), "weight: 40"),
    ("条件: >=90\n", "PRF119", (1, 5), '条件: ">=90"'),
    ("target: >=95%  # 目标\n", "PRF119", (1, 9), 'target: ">=95%"'),
    ("when: > 3\n", "PRF119", (1, 7), 'when: "> 3"'),
    ("when: >3\nb: 1\n", "PRF126", (1, 7), '">3"'),
    ("when: |0\n x\n", "PRF119", (1, 7), 'when: "|0"'),
    ("title: %x\n", "PRF119", (1, 8), 'title: "%x"'),
    ("title: @x\n", "PRF119", (1, 8), 'title: "@x"'),
    ("{title: `x`, b: 1}\n", "PRF119", (1, 9), 'title: "`x`"'),
    ("expr: & x\n", "PRF119", (1, 7), 'expr: "& x"'),
    ("expr: * x\n", "PRF119", (1, 7), 'expr: "* x"'),
    ("expr: - x\n", "PRF119", (1, 7), "line of its own"),
    ("expr: ? x\n", "PRF119", (1, 7), 'expr: "? x"'),
    ("expr: ]\n", "PRF119", (1, 7), 'expr: "]"'),
    ("expr: , x\n", "PRF119", (1, 7), 'expr: ", x"'),
    ("expr: !flag\n", "PRF112", (1, 7), "not"),
    ("expr: !a!b\n", "PRF112", (1, 7), "not"),
    ("expr: !<abc\n", "PRF112", (1, 7), "not"),
    ("a:\n\tb: 1\n", "PRF117", (2, 1), "spaces"),
    ("a: 1\n\tb: 2\n", "PRF117", (2, 1), "spaces"),
    ("a:\n  - id: x\n\ttitle: y\n", "PRF117", (3, 1), "spaces"),
    ("a:\n  -\tid: x\n", "PRF117", (2, 4), "spaces"),
    ("a: 1\t\n", "PRF117", (1, 5), "spaces"),
    ("a:\tx\n", "PRF117", (1, 3), "spaces"),
    ("a: x\ty\n", "PRF117", (1, 5), "spaces"),
    ('when: "优" == grade\n', "PRF118", (1, 11), "when: '\"优\" == grade'"),
    ('{when: "优" == grade, then: 1}\n', "PRF118", (1, 12), "when: '\"优\" == grade'"),
    ("title: 'it's'\n", "PRF118", (1, 12), "title: \"'it's'\""),
    ("title: 教育: 基建\n", "PRF120", (1, 10), 'title: "教育: 基建"'),
    ('a: "x": y\n', "PRF120", (1, 7), "a: '\"x\": y'"),
    ('title: "教育\nid: a\n', "PRF121", (3, 1), "close it"),
    ("title: '教育\n---\n'\n", "PRF121", (2, 1), "close it"),
    ("a: {b: 1\n", "PRF122", (2, 1), "close it"),
    ("a: [1, 2\nb: 3\n", "PRF122", (2, 2), "close it"),
    ("a: [1, 2}\n", "PRF122", (1, 9), "close it"),
    ("a: [\n", "PRF122", (2, 1), "close it"),
    ("{when: max(a, b) > 3}\n", "PRF123", (1, 8), "max(a, b) > 3"),
    ("a: [b, max(a, b)]\n", "PRF123", (1, 8), "max(a, b) > 3"),
    ('{when: x in ["甲", "乙"]}\n', "PRF123", (1, 13), "max(a, b) > 3"),
    ("a:\n  b: 1\n c: 2\n", "PRF124", (3, 2), "same column"),
    ("a:\n  b: 1\n    c: 2\n", "PRF124", (3, 5), "same column"),
    ("a: 1\n- b\n", "PRF124", (2, 1), "same column"),
    ("- a\nb: 1\n", "PRF124", (2, 1), "same column"),
    ("a:\n  -x\n  -y\n", "PRF125", (2, 3), "- x"),
    ('a: "\\d"\n', "PRF127", (1, 5), "\\\\"),
    ('a: "\\x4"\n', "PRF127", (1, 5), "\\\\"),
    ('a: "\\ud800"\n', "PRF106", (1, 5), "delete"),
    ('a: "\\UFFFFFFFF"\n', "PRF106", (1, 5), "delete"),
    ('a: "x\\e[31m"\n', "PRF106", (1, 6), "delete"),
    ("%YAML 2.0\n---\na: 1\n", "PRF128", (1, 1), "remove"),
    ("%YAML 1.2\na: 1\n", "PRF128", (1, 1), "---"),
    ("a: [x, , y]\n", "PRF129", (1, 8), "commas"),
    ("k" * 1100 + ": y\n", "PRF129", (1, 1101), "commas"),
    ("a: 1\nb\n", "PRF130", (2, 1), "key: value"),
    ("a: |\n x\nb\n", "PRF130", (3, 1), "key: value"),
]


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
@pytest.mark.parametrize(("text", "code", "place", "hint"), CASES)
def test_slips(text: str, code: str, place: tuple[int, int], hint: str, *, pure: bool) -> None:
    with pytest.raises(RulesetError) as caught:
        read_document(text, "x.yaml", pure=pure)
    (found,) = caught.value.diagnostics
    assert found.span is not None
    assert (found.code, (found.span.line, found.span.column)) == (code, place)
    assert hint in found.hint.en


@pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("when: max(a, b) > 3\n", "max(a, b) > 3"),
        ("when: x > 80\n  and y > 60\n", "x > 80 and y > 60"),
        ("when: [max(a), (b)]\n", ["max(a)", "(b)"]),
        ("when: x\n  -y\n", "x -y"),
        ("when: <= 80%\n", "<= 80%"),
        ("when: ==80\n", "==80"),
        ("note: 说明：第一条\n  说明：第二条\n", "说明：第一条 说明：第二条"),
        ("note: “教育”\n", "“教育”"),
        ("note: http://a.b/c:d\n", "http://a.b/c:d"),
        ('note: "a\tb"  # \t\n', "a\tb"),
        ("note: |\n  a\tb\n", "a\tb\n"),
        ("note: 'a # \t'\n", "a # \t"),
        ("note: '\\d'\n", "\\d"),
        ('note: "\\u4f18"\n', "优"),
        ("note: |\n\n", ""),
        ("note: >-\n", ""),
        ("note: 100%\n", "100%"),
        ("note: a#b\n", "a#b"),
    ],
)
def test_what_is_fine(text: str, value: object, *, pure: bool) -> None:
    assert next(iter(read_document(text, "x.yaml", pure=pure).value.values())) == value
