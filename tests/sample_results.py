"""Results built by hand, for tests of what is done with a result."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from perfrules.engine.result import (
    AdjustmentLine,
    DecisionLine,
    FindingLine,
    GateLine,
    Line,
    Result,
    State,
)
from perfrules.errors import Text
from perfrules.messages import diagnose


def line(name: str, points: str | None, score: str | None, **others: object) -> Line:
    """Return a line; its rate is score ÷ points where not given."""
    full = None if points is None else Decimal(points)
    got = None if score is None else Decimal(score)
    rate = got / full if full and got is not None else None
    values: dict[str, Any] = {
        "path": (name,),
        "title": Text(name),
        "points": full,
        "effective": full,
        "weight": None,
        "rate": rate,
        "score": got,
        "state": State.SCORED,
        "because": Text(),
        "digits": 2,
    }
    return Line(id=name, **{**values, **others})


EXECUTION = line(
    "execution",
    "20",
    "15.85",
    title=Text("预算执行率", "budget execution"),
    rate=Decimal("0.7927"),
    because=Text(
        "20 × 1585.4万元 ÷ 2000万元 = 15.854，计15.85",
        "20 × 1585.4万元 ÷ 2000万元 = 15.854, rounded to 15.85",
    ),
    basis=("鄂财绩发〔2020〕3号",),
    method="proportional",
    category="process.execution",
)
STUDENTS = line(
    "goals[受助人数]",
    "50",
    "47",
    path=("goals", "goals[受助人数]"),
    title=Text("受助人数"),
    because=Text("50 × 884人 ÷ 940人 = 47.021277…，计47", ""),
    digits=0,
)
CONTENT = line(
    "goals[满意度]", "30", "30", path=("goals", "goals[满意度]"), title=Text("满意度"), digits=0
)
GOALS = line(
    "goals",
    "80",
    "77",
    title=Text("年度绩效目标", "annual goals"),
    because=Text("47 + 30 = 77"),
    digits=0,
    children=(STUDENTS, CONTENT),
)
GATE = GateLine(
    "misuse",
    Text("截留挪用", "misuse"),
    fired=False,
    effect="grade",
    value="差",
    reason=Text("存在截留、挪用资金"),
    because=Text("misused 为否"),
)
RESULT = Result(
    ruleset="hubei.project_self_evaluation",
    version="1.0",
    digest="sha256:" + "a" * 64,
    title=Text("湖北省项目支出绩效自评", "Hubei project self-evaluation"),
    engine="perfrules 0.1.0",
    as_of=date(2022, 12, 31),
    unit="某小学",
    facts_digest="sha256:" + "b" * 64,
    total=Decimal("92.85"),
    rate=Decimal("0.9285"),
    grade="优",
    complete=Decimal(1),
    digits=2,
    points=Decimal(100),
    defaulted=(),
    notes=(),
    adjustments=(),
    warnings=(),
    indicators=(EXECUTION, GOALS),
    gates=(GATE,),
    findings=(),
    decisions=(
        DecisionLine(
            "guarantee", "guarantee_funding", Text("优先保障经费", "fund first"), Text("等级为优")
        ),
    ),
)

EVERYTHING = replace(
    RESULT,
    complete=Decimal("0.95"),
    grade="良",
    defaulted=("block_points",),
    notes=(Text("executed：９８ 读作 98", "executed: ９８ was read as 98"),),
    adjustments=(
        AdjustmentLine(
            "goals[受助人数]",
            "manual",
            Decimal(50),
            Decimal(47),
            Text("受助人数"),
            Text("发放延迟"),
        ),
        AdjustmentLine("innovation", "bonus", None, Decimal(5), Text("创新"), Text("省级表彰")),
        AdjustmentLine("total", "limit", Decimal("101.5"), Decimal("-1.5"), Text("总分"), Text()),
    ),
    warnings=(diagnose("PRF612", value=None, file="facts.csv", severity="warning"),),
    indicators=(
        EXECUTION,
        replace(
            GOALS,
            children=(
                STUDENTS,
                replace(
                    CONTENT,
                    state=State.NOT_APPLICABLE,
                    score=None,
                    rate=None,
                    effective=Decimal(0),
                    notes=(Text("无服务对象"),),
                ),
            ),
        ),
    ),
    gates=(replace(GATE, fired=True),),
    findings=(
        FindingLine("execution", Text("预算执行率偏低"), Text("加快支付进度"), Decimal("4.15")),
    ),
    decisions=(
        DecisionLine(
            "cut",
            "cut_budget",
            Text("压减预算"),
            Text("执行率低于80%"),
            amount="41.46万元",
            due=date(2023, 3, 31),
            basis=("鄂财绩发〔2020〕3号",),
        ),
    ),
    report={"light": "黄", "gap": Decimal("0.2073"), "late": True, "due": date(2023, 1, 1)},
    reported={"light": Text("黄"), "gap": Text("20.73%"), "late": Text("是", "true")},
)
EMPTY = replace(
    RESULT,
    total=None,
    rate=None,
    grade=None,
    complete=Decimal(0),
    indicators=(
        replace(EXECUTION, state=State.NOT_APPLICABLE, score=None, rate=None, effective=Decimal(0)),
    ),
    decisions=(),
)
