"""One set of names with values, for the cases in tests/cases/expr.yaml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from perfrules.errors import Text
from perfrules.lang.cells import read_target
from perfrules.lang.expr import Later, Names
from perfrules.lang.frame import Budget
from perfrules.lang.tree import RefKind
from perfrules.lang.types import (
    DATE,
    DAYS,
    FLAG,
    MISSING,
    MONEY,
    NUMBER,
    PERCENT,
    TARGET,
    TEXT,
    Kind,
    Type,
)

D = Decimal
LEVEL = Type(Kind.CHOICE, of=("红", "黄", "绿"))
GRADE = Type(Kind.CHOICE, of=("优", "良", "中", "差", "未能证明"), unordered=("未能证明",))
BLOCK = Type(Kind.CHOICE, of=("产出指标", "效益指标"))
OPTIONAL = Type(Kind.NUMBER, optional=True)
WAN = Type(Kind.MONEY, unit="万元")
COLUMNS = (
    ("block", BLOCK),
    ("name", TEXT),
    ("points", NUMBER),
    ("done", FLAG),
    ("note", OPTIONAL),
)
TABLE = Type(Kind.TABLE, columns=COLUMNS)
ROW = Type(Kind.ROW, columns=COLUMNS)


def _row(block: str, name: str, points: int, *, done: bool, note: object) -> dict[str, object]:
    return {"block": block, "name": name, "points": D(points), "done": done, "note": note}


TARGETS = (
    _row("产出指标", "数量", 4, done=True, note=D("2.5")),
    _row("产出指标", "质量", 5, done=False, note=MISSING),
    _row("效益指标", "效益", 5, done=True, note=MISSING),
)
LEAVES = (
    {"id": "a", "rate": D("0.9"), "score": D(18), "points": D(20), "state": "scored"},
    {"id": "b", "rate": D("0.5"), "score": D(4), "points": D(8), "state": "scored"},
)

FACTS: Mapping[str, tuple[Type, object]] = {
    "x": (NUMBER, D("85.5")),
    "y": (NUMBER, D(10)),
    "n": (NUMBER, D(3)),
    "zero": (NUMBER, D(0)),
    "huge": (NUMBER, D("9e24")),
    "name": (TEXT, "甲"),
    "s": (TEXT, "98"),
    "flag": (FLAG, True),
    "off": (FLAG, False),
    "share": (PERCENT, D("0.8")),
    "budget": (WAN, D(20_000_000)),
    "executed": (WAN, D(15_854_000)),
    "nothing": (MONEY, D(0)),
    "lag": (DAYS, D(10)),
    "start": (DATE, date(2022, 9, 30)),
    "finish": (DATE, date(2022, 12, 31)),
    "level": (LEVEL, "黄"),
    "grade": (GRADE, "良"),
    "unproven": (GRADE, "未能证明"),
    "marks": (Type(Kind.CHOICES, of=("①", "②", "③")), frozenset({"①", "③"})),
    "gap": (OPTIONAL, MISSING),
    "given": (OPTIONAL, D(5)),
    "gap_day": (Type(Kind.DATE, optional=True), MISSING),
    "goal": (TARGET, read_target("≥95%")),
    "survey": (Type(Kind.SURVEY), {}),
    "total_budget预算": (NUMBER, D(7)),
    "minimum": (
        Type(Kind.MAP, depth=1, inner=PERCENT, keys=(NUMBER,)),
        {D(4): D("0.25"), D(6): D("0.4"), D(8): D("0.6"), D(10): D("0.8")},
    ),
    "standard": (
        Type(Kind.MAP, depth=1, inner=PERCENT, keys=(LEVEL,)),
        {"红": D("0.95"), "黄": D("0.98"), "绿": D("0.99")},
    ),
    "by_year": (
        Type(Kind.MAP, depth=2, inner=NUMBER, keys=(LEVEL, NUMBER)),
        {"红": {D(1): D(1), D(4): D(3)}, "黄": {D(1): D(5)}, "绿": {D(1): D(10), D(2): D(20)}},
    ),
    "targets": (TABLE, TARGETS),
    "nobody": (TABLE, ()),
}
REFS: Mapping[tuple[str, str], object] = {
    ("rate", "goals"): D(22) / D(28),
    ("score", "goals"): D(22),
    ("points", "goals"): D(28),
    ("state", "goals"): "scored",
    ("rate", "index"): D("0.5"),
    ("gate", "misuse"): False,
}
ELSEWHERE = Text("写到后面去", "write it further down")
NAMES = Names(
    values={name: kind for name, (kind, _) in FACTS.items()},
    rows={"r": ROW},
    indicators={
        "goals": frozenset({"rate", "score", "points", "state", "leaves"}),
        "index": frozenset({"rate", "state"}),
    },
    gates=frozenset({"misuse"}),
    later={
        "total": Later(
            Text("总分在指标之后计算", "it is computed after the indicators"), ELSEWHERE
        ),
        "rate.later_on": Later(Text("它在后面", "it comes later"), ELSEWHERE),
        "gate.tomorrow": Later(Text("它在后面", "it comes later"), ELSEWHERE),
    },
)


@dataclass(slots=True)
class World:
    """A frame over FACTS; `extra` and `refs` replace or add values."""

    extra: Mapping[str, object] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)

    def name(self, name: str) -> object:
        return self.extra[name] if name in self.extra else FACTS[name][1]

    def ref(self, kind: RefKind, name: str) -> object:
        return REFS[kind, name]

    def rows(self, table: str) -> Sequence[Mapping[str, object]]:
        return {"targets": TARGETS, "nobody": ()}[table]

    def leaves(self, name: str) -> Sequence[Mapping[str, object]]:
        return {"goals": LEAVES}[name]

    def row(self, variable: str) -> Mapping[str, object]:
        return {"r": {**TARGETS[0], "note": MISSING}}[variable]
