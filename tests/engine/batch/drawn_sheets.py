"""Rows of target sheets drawn at random, and how many units of a table were scored alone."""

import random
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pyarrow as pa

from perfrules.engine.batch import table as tables
from perfrules.engine.batch.exact import Score, scored_alone
from perfrules.engine.program import Program

D = Decimal

# What each cell is measured by: numbers near it, and what stands behind them.
CELLS = {
    "≥95%": (95, "%"), "≥940人": (940, "人"), "≤5300元/户": (5300, "元/户"), "=50个": (50, "个"),
    "≥ 735 人次": (735, "人次"), "90%-95%": (93, "%"), "3万-5万人": (4, "万人"),
    "5天以内": (5, "天"), "不低于8万亩": (8, "万亩"), "≥0.000000000001元": (0, "元"),
    "≤0元": (0, "元"), "≥0个": (0, "个"),
    "100": (100, ""), "120套": (120, "套"), "≥98.333%": (98, "%"), "≥5‰": (5, "‰"),
    "≤0.5亿元": (0, "亿元"), "≥3万": (3, "万"), "=100000000000000000元": (10**17, "元"),
    "2022年9月底前": (0, ""), "9月底前": (0, ""), "效果明显": (0, ""), "大于5": (5, ""),
    "12月": (12, "月"),
    "≥-5度": (5, "度"), "《办法》": (0, ""), "》5": (5, ""), "≥12.3456789012345元": (12, "元"),
}  # fmt: skip
ACTUALS = (
    "较明显", "/", "无", "90000亩", "5000万元", "2022-09-30", "2022年10月1日", "9月30日", "≥96%",
    " 95.5 ％", "九十", "1,200人", "-3个", "95.000", "0.00000000000049元", "98.3333333333333%",
    "123456789012345678人", "100.%", ".5元", "#N/A", "100%覆盖", "9 5%",
)  # fmt: skip
LEVELS = ("达成", "部分达成", "未达成")


def cell_of(chance: random.Random) -> tuple[str, float, str]:
    """Return a target cell with its number and unit: one of the list, or any number with a sign."""
    if chance.randrange(2):
        cell = chance.choice([*CELLS])
        return cell, *CELLS[cell]
    sign = chance.choice(("≥", "≤", "=", ">=", "<=", "≧"))
    unit = chance.choice(
        ("", "%", "‰", "人", "万元", "万", "天以内", "元/户", ".5", ",000", "台桌")
    )
    number = (
        f"{chance.uniform(0, 10 ** chance.randrange(7)):.{chance.choice((0, 1, 2, 5, 11, 13))}f}"
    )
    return f"{sign}{number}{unit}", float(number), unit


def actual_of(chance: random.Random, goal: float, unit: str) -> str | None:
    """Return an actual value: mostly a number near its target's, in its unit or another."""
    match chance.randrange(12):
        case 0:
            return chance.choice(ACTUALS)
        case 1:
            return None
        case 2:
            return f"{goal:f}{unit}"
        case 3:
            return f"{goal * chance.uniform(0, 2):.{chance.choice((0, 3, 11, 13))}f}{unit}"
        case 4:
            return f"{goal * chance.uniform(0, 2):.2f}{chance.choice(('', '万', '人', '%', '元'))}"
        case _:
            return f"{goal * chance.uniform(0.6, 1.3):.{chance.randrange(3)}f}{unit}"


def row(chance: random.Random, place: int) -> dict[str, Any]:
    """Return a row of a sheet: few are without points or share their name with another."""
    cell, goal, unit = cell_of(chance)
    found: dict[str, Any] = {
        "block": chance.choice(("产出指标", "效益指标", "满意度指标")),
        "name": f"指标{place if chance.randrange(60) else 0}",
        "target": cell,
        "actual": actual_of(chance, goal, unit),
        "points": None if not chance.randrange(8) else str(chance.randrange(0, 1200) / 100),
        "level": chance.choice((*LEVELS, LEVELS[0], None)),
    }
    if not chance.randrange(150):
        found[chance.choice([*found])] = chance.choice((None, "无", "x", "-1"))
    return found


def sheet(chance: random.Random, most: int = 6) -> list[dict[str, Any]]:
    """Return the rows of a unit; seldom in the order of their names."""
    found = [row(chance, place) for place in range(chance.randrange(most + 1))]
    return chance.sample(found, len(found)) if not chance.randrange(3) else found


def points_of(rows: Sequence[Mapping[str, Any]]) -> Decimal:
    """Return what the rows' points add up to, as far as they are numbers."""
    return sum((D(item["points"]) for item in rows if str(item["points"])[:1].isdigit()), D(0))


def alone(program: Program, table: object) -> tuple[pa.Table, int]:
    """Return what a table gives, and how many of its units were scored by themselves."""
    seen = 0

    def counted(facts: Iterable[Any], score: Score, **wanted: Any) -> object:  # noqa: ANN401 - as it takes them
        nonlocal seen
        given = list(facts)
        seen += len(given)
        return scored_alone(given, score, **wanted)

    with patch.object(tables, "scored_alone", counted):
        return program.score_table(table), seen
