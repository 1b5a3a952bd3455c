"""Indicators as a catalog is given them."""

from typing import Any


def entry(
    key: str = "edu.first", name: str = "受助覆盖率", en: str = "", **more: object
) -> dict[str, Any]:
    """Return an indicator of which little is known."""
    library = key.rpartition(".")[0]
    title = {"zh": name, "en": en} if en else {"zh": name}
    return {
        "id": key,
        "version": "2.1",
        "title": title,
        "library": {"id": library, "title": {"zh": library}},
        "where": {"zh": library},
        "sector": {"id": library, "title": {"zh": library}},
        "category": None,
        "nature": None,
        "direction": {},
        "unit": "",
        "core": False,
        "points": "",
        "definition": {"zh": name},
        "formula": None,
        "evidence_labels": [],
        "inputs": [],
        "standards": [],
        "scoring": [],
        "written": [],
        "example": None,
        "evidence": {},
        "findings": [],
        "children": [],
        "used_by": [],
        "basis": [],
        **more,
    }


def _both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _source(document: str, evidence: str) -> dict[str, object]:
    return {"document": document, "clause": "第三条", "evidence": evidence, "note": {}}


ENTRIES = [
    entry(
        en="coverage",
        category={"id": "output.quality", "title": _both("产出 · 质量", "output · quality")},
        nature={"id": "quantitative", "title": _both("定量", "quantitative")},
        direction=_both("越高越好", "higher is better"),
        unit="%",
        definition=_both("受助学生占应助学生的比例", "pupils helped of those entitled"),
        formula={
            "text": "helped / entitled * 100%",
            "words": _both("受助人数 ÷ 应助人数 × 100%", "helped ÷ entitled × 100%"),
        },
        evidence_labels=["official", "proposed"],
        inputs=[
            {
                "id": "helped",
                "level": 0,
                "title": _both("学生受助人数", "pupils helped"),
                "kind": _both("数 人", "number 人"),
                "about": _both("", ""),
            }
        ],
        standards=[
            {
                "id": "standard",
                "title": _both("覆盖率标准", "coverage"),
                "values": [{"from": "2019-01-01", "keys": ["省级"], "value": _both("98%", "98%")}],
                "basis": [_source("资助办法", "official"), _source("指标库建议", "proposed")],
            }
        ],
        scoring=[_both("按指标值 ÷ 标准计，最高为满分", "measured ÷ standard")],
        written=["method: proportional", "target: standard"],
        example={
            "name": "覆盖98%",
            "source": {"zh": "手算"},
            "facts": [{"title": _both("学生受助人数", "pupils helped"), "value": "98"}],
            "points": "10",
            "score": "9.80",
            "because": _both("10 × 98 ÷ 100 = 9.8", "10 × 98 ÷ 100 = 9.8"),
        },
        evidence=_both("受助名单", "the list"),
        findings=[
            {
                "when": _both("得分率 < 100%", "rate < 100%"),
                "problem": _both("有漏助", "some not helped"),
                "suggestion": {},
            }
        ],
        used_by=[{"id": "city.subsidy@1.0", "title": _both("补助", "subsidy")}],
        basis=[_source("资助办法", "official")],
    ),
    entry(
        "edu.second",
        "按时完成",
        "in time",
        category={"id": "output.timeliness", "title": _both("产出 · 时效", "timeliness")},
        nature={"id": "quantitative", "title": _both("定量", "quantitative")},
    ),
    entry(
        "sanitation.clean",
        "清扫质量",
        "cleaning",
        nature={"id": "qualitative", "title": _both("定性", "qualitative")},
        where=_both("环境卫生指标库", "Sanitation indicators"),
    ),
]
