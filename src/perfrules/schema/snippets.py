"""What an editor offers whole: a skeleton of a document, an indicator, a grade table, a case.

A body is what is written, with the places to fill in: `${1:name}` is the first, `name` its default.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from perfrules.errors import Lang, Text

Schema: TypeAlias = dict[str, Any]

_ID: Final = "${1:id}"
_TITLE: Final = "${2:名称}"
_POINTS: Final = "${3:10}"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a document: where it is offered, what it is called, what is written.

    `key` is the key whose list or mapping it is an entry of; without one it is offered at the top.
    """

    key: str
    label: Text
    body: Mapping[str, Any]
    kinds: tuple[str, ...] = ("ruleset", "library")


def _leaf(zh: str, en: str, **score: object) -> Snippet:
    body = {"id": _ID, "title": _TITLE, "points": _POINTS, "score": score}
    return Snippet("indicators", Text(f"指标：{zh}", f"indicator: {en}"), body)


def _input(zh: str, en: str, **keys: object) -> Snippet:
    return Snippet("inputs", Text(f"输入项：{zh}", f"input: {en}"), {"${1:name}": keys})


_GRADES: Final = [
    {"name": name, "at_least": f"${{{place}:{least}}}"}
    for place, (name, least) in enumerate({"优": 90, "良": 80, "中": 60, "差": 0}.items(), 11)
]
_HEAD: Final = {"version": '"${2:1.0}"', "title": "${3:名称}"}
_CASE: Final = {
    "name": "${11:用例}",
    "source": "${12:手算}",
    "facts": {"${13:input}": "${14:1}"},
    "want": {"total": "${15:100}"},
}

SNIPPETS: Final = (
    Snippet(
        "",
        Text("规则集骨架", "skeleton of a ruleset"),
        {
            "ruleset": "${1:city.self_evaluation}",
            **_HEAD,
            "total": "${4:100}",
            "inputs": {
                "${5:budget}": {"type": "money", "unit": "万元"},
                "${6:executed}": {"type": "money", "unit": "万元"},
            },
            "indicators": [
                {
                    "id": "${7:execution}",
                    "title": "${8:预算执行率}",
                    "points": "${9:100}",
                    "score": {"method": "proportional", "actual": "${6}", "target": "${5}"},
                }
            ],
            "grades": _GRADES,
        },
        ("ruleset",),
    ),
    Snippet(
        "",
        Text("指标库骨架", "skeleton of a library"),
        {
            "library": "${1:sector}",
            **_HEAD,
            "inputs": {"${4:covered}": {"type": "percent"}},
            "indicators": [
                {
                    "id": "${5:coverage}",
                    "title": "${6:覆盖率}",
                    "score": {"method": "proportional", "actual": "${4}", "target": "${7:95%}"},
                }
            ],
        },
        ("library",),
    ),
    Snippet(
        "",
        Text("项目组合骨架", "skeleton of a portfolio"),
        {
            "portfolio": "${1:city.fund}",
            **_HEAD,
            "results": {"r": {"of": "${4:hubei.project_self_evaluation@1}"}},
            "derive": {"${5:place}": {"rank": "r.total"}},
            "report": {"${6:units}": {"count": "true"}},
        },
        ("portfolio",),
    ),
    Snippet(
        "",
        Text("用例骨架", "skeleton of cases"),
        {"cases": "${1:city.self_evaluation}", "tests": [_CASE]},
        ("cases",),
    ),
    Snippet("", Text("等级表", "grade table"), {"grades": _GRADES}, ("ruleset",)),
    _leaf("按完成比例", "in proportion", method="proportional", actual="${4:actual}",
          target="${5:100}"),
    _leaf("条件成立得满分", "condition met", method="met", when="${4:done}"),
    _leaf("区间线性", "on a line", method="linear", actual="${4:actual}", zero_at="${5:60%}",
          full_at="${6:95%}"),
    _leaf("分档", "bands", method="bands", actual="${4:actual}", bands=[
        {"at_least": "${5:90%}", "points": "${6:10}"},
        {"at_least": "${7:80%}", "points": "${8:6}"},
        {"else": "${9:0}"},
    ]),
    _leaf("评判等级", "rating levels", method="levels", level="${4:level}",
          shares={"${5:好}": "100%", "${6:一般}": "60%", "${7:差}": "0%"}),
    _leaf("要素计分", "checklist", method="checklist", elements=[
        {"id": "①", "share": "${4:50%}", "when": "${5:first}"},
        {"id": "②", "share": "${6:50%}", "when": "${7:second}"},
    ]),
    _leaf("每步扣分", "deduction by steps", method="deduct", actual="${4:actual}", side="above",
          **{"from": "${5:100%}", "per": "${6:1%}", "lose": "${7:0.5}"}),
    _leaf("每次扣分", "deduction by occurrence", method="deduct",
          kinds=[{"count": "${4:times}", "lose": "${5:0.5}"}]),
    _leaf("满意度问卷", "satisfaction survey", method="survey", actual="${4:survey}",
          values={"${5:满意}": "100%", "${6:一般}": "50%", "${7:不满意}": "0%"}),
    Snippet(
        "indicators",
        Text("一级指标，下有末级", "branch with a leaf"),
        {
            "id": _ID,
            "title": _TITLE,
            "points": _POINTS,
            "indicators": [
                {
                    "id": "${4:leaf}",
                    "title": "${5:末级指标}",
                    "points": _POINTS,
                    "score": {"method": "met", "when": "${6:done}"},
                }
            ],
        },
    ),
    Snippet(
        "indicators",
        Text("取自指标库", "taken from a library"),
        {"use": "${1:common.budget_execution@1}", "points": "${2:10}"},
        ("ruleset",),
    ),
    _input("金额", "money", type="money", unit="${2:万元}", title="${3:名称}"),
    _input("百分比", "percent", type="percent", title="${3:名称}"),
    _input("整数", "count", type="count", unit="${2:人}", title="${3:名称}"),
    _input("是否", "yes or no", type="flag", title="${3:名称}"),
    _input("选项", "choice", type="choice", of=["${2:好}", "${3:一般}", "${4:差}"]),
    _input("日期", "date", type="date", title="${3:名称}"),
    _input("问卷", "survey", type="survey", of=["${2:满意}", "${3:一般}", "${4:不满意}"]),
    _input("绩效目标表", "target sheet", type="table", columns={
        "name": {"type": "text"},
        "target": {"type": "target"},
        "actual": {"type": "text"},
        "points": {"type": "number", "min": "0"},
    }),
    Snippet(
        "grades", Text("等级", "a grade"), {"name": "${1:优}", "at_least": "${2:90}"}, ("ruleset",)
    ),
    Snippet(
        "gates",
        Text("门槛：等级封顶", "gate: a cap on the grade"),
        {
            "id": _ID,
            "when": "${2:misused}",
            "then": {"cap_grade": "${3:中}"},
            "reason": "${4:理由}",
        },
        ("ruleset",),
    ),
    Snippet(
        "rules",
        Text("结果应用", "what should follow"),
        {
            "id": _ID,
            "when": "${2:total < 60}",
            "do": {"code": "${3:rectify}", "title": "${4:限期整改}"},
        },
        ("ruleset", "portfolio"),
    ),
    Snippet("tests", Text("用例", "a case"), _CASE, ("cases",)),
)  # fmt: skip


def offered(kind: str, key: str, lang: Lang) -> list[Schema]:
    """Return what is offered below *key* in a kind of document.

    >>> [item["label"] for item in offered("ruleset", "gates", "en")]
    ['gate: a cap on the grade']
    """
    return [
        {"label": item.label.get(lang), "body": item.body}
        for item in SNIPPETS
        if item.key == key and kind in item.kinds
    ]


def with_snippets(schema: Schema, kind: str, lang: Lang) -> Schema:
    """Return *schema* with what is offered at its top and below its keys."""
    for properties in _properties(schema):
        for key, item in properties.items():
            snippets = offered(kind, key, lang) if isinstance(item, dict) else []
            if snippets and item.get("type") in ("array", "object"):
                item["defaultSnippets"] = snippets
    return {**schema, "defaultSnippets": offered(kind, "", lang)}


def _properties(schema: Schema) -> Iterator[Schema]:
    for place in (schema, *schema["definitions"].values()):
        yield place.get("properties", {})
