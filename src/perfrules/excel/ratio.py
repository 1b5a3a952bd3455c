"""得分 = 实际 ÷ 目标 × 分值: a target cell with an operator, or words that state the proportion."""

import re
from typing import Final

from perfrules.decimals import ZERO
from perfrules.decimals import percent as as_percent
from perfrules.excel.rule import Question, Raw, Rule
from perfrules.excel.wording import asked, size, spelled
from perfrules.lang.cells import TargetCell, read_target
from perfrules.lang.spec.names import FACT_KEYS, RESERVED, name_fault
from perfrules.lang.units import MONEY, PERCENT, find_unit

_ACTUAL = "(?:实际完成值|实际完成数|实际值|实际数|完成值|完成数|实际完成)"
_GOAL = (
    "(?:目标值|指标值|计划值|计划数|计划完成值|计划完成数|年度指标值|年度目标值|年初目标值|计划)"
)
_ALL = r"(?:该?项?(?:指标)?(?:分值|权重分?值?|标准分|满分|总分值?)|[0-9.]+分?)"
_IN_PROPORTION = (
    "(?:按照?|根据|依据)?(?:实际)?(?:完成)?(?:情况)?(?:比例|完成率|百分比)(?:计算)?"
    "(?:得分|计分|赋分|给分)"
)
_REACHED = f"(?:达到|完成|实现)(?:了?{_GOAL}|目标|计划)?(?:的)?,?(?:得|计)(?:满分|{_ALL})"
_MISSED = f"(?:未达到|未完成|未达标|不足|低于|否则|未实现)(?:的?{_GOAL}|目标|计划)?(?:的|部分)?"
PROPORTION: Final = (
    rf"(?:(?:指标|本项)?得分=)?{_ACTUAL}/{_GOAL}(?:\*100%)?\*{_ALL}",
    rf"(?:(?:指标|本项)?得分=)?{_ALL}\*{_ACTUAL}/{_GOAL}(?:\*100%)?",
    _IN_PROPORTION,
    f"{_REACHED}[,;]{_MISSED},?{_IN_PROPORTION}",
)
_RATE: Final = (
    rf"(?:(?:指标|本项)?得分=)?(?P<rate>[一-鿿]{{0,12}}[率度])(?:\*100%)?\*{_ALL}",
    rf"(?:(?:指标|本项)?得分=)?{_ALL}\*(?P<rate>[一-鿿]{{0,12}}[率度])",
)
_LOWER: Final = (rf"(?:(?:指标|本项)?得分=)?{_GOAL}/{_ACTUAL}(?:\*100%)?\*{_ALL}",)


_NAME: Final = "[“”一-鿿A-Za-z_][“”一-鿿A-Za-z0-9_]{0,39}?"
_QUOTIENT: Final = re.compile(
    rf"(?:(?:指标|本项)?得分=)?\(?(?P<top>{_NAME})(?:\((?P<top_unit>[^()]+)\))?/"
    rf"(?P<below>{_NAME})(?:\((?P<below_unit>[^()]+)\))?\)?(?:\*100%)?\*(?:{_ALL})"
)


def quotient(about: Question) -> Rule | None:
    """Return the proportion of two amounts that the words name.

    >>> from decimal import Decimal
    >>> words = "得分=实际到位资金（万元）÷计划投入资金（万元）×分值"
    >>> rule = quotient(Question("a", Decimal(8), standard=words))
    >>> rule.score["actual"], rule.inputs["计划投入资金"]
    ('实际到位资金', {'type': 'money', 'unit': '万元'})
    """
    found = _QUOTIENT.fullmatch(spelled(about.standard))
    if found is None or about.target:
        return None
    inputs: dict[str, dict[str, object]] = {}
    names: dict[str, str] = {}
    for part in ("top", "below"):
        written = found[f"{part}_unit"] or ""
        unit = find_unit(written) if written else None
        names[part] = re.sub("[“”]", "", found[part])
        if (written and unit is None) or name_fault(names[part], RESERVED | FACT_KEYS):
            return None
        inputs[names[part]] = asked(unit)
    if len(inputs) < 2 or re.fullmatch(_ACTUAL, names["top"]):  # noqa: PLR2004 - one above the other
        return None
    score = {"method": "proportional", "actual": names["top"], "target": names["below"]}
    return Rule(score, inputs=inputs, best=dict.fromkeys(inputs, Raw("100")))


def proportion(about: Question) -> Rule | None:
    """Return the rule of a target cell and of words that state a proportion, or nothing at all.

    >>> from decimal import Decimal
    >>> proportion(Question("a", Decimal(8), "≥95%")).score["target"]
    '95%'
    >>> proportion(Question("a", Decimal(8), "50个", "按完成比例得分")).score["target"]
    '50'
    >>> proportion(Question("a", Decimal(8), "50个")) is None
    True
    """
    words = spelled(about.standard).replace("(", "").replace(")", "")
    says = _any(PROPORTION, words)
    lower = _any(_LOWER, words)
    cell = read_target(about.target) if about.target else None
    if not words or says or lower:
        if cell is not None and cell.kind != "words":
            return _by_cell(about, cell, says=says, lower=lower)
        return None
    if cell is None and _any(_RATE, words):
        return _rule(about, "100%", {"type": "percent"}, "higher")
    return None


def _any(patterns: tuple[str, ...], words: str) -> bool:
    return any(re.fullmatch(pattern, words) for pattern in patterns)


def _by_cell(about: Question, cell: TargetCell, *, says: bool, lower: bool) -> Rule | None:
    """Return the rule that a cell's operator states; a number alone needs words that state it."""
    kind = cell.kind
    if kind == "none":
        kind = "at_most" if lower else "at_least" if says else "none"
    if kind == "date":
        return _by_day(about, cell)
    if kind == "none" or cell.number is None:
        return None
    if kind == "at_least" and (lower or cell.number <= ZERO):
        return None
    if kind == "at_most" and says and cell.kind == "at_most":
        return None  # more would earn more, and the sign says less is wanted
    unit = cell.measure
    ask = asked(unit)
    if kind in ("equal", "range") or cell.number == ZERO:
        written = f"'{cell.text}'"
        best = Raw(cell.show(cell.number))
        score = {"method": "target", "target": written, "plain": "refuse"}
        return Rule(score, ask=ask, best={about.id: _fact(best, ask)})
    target = _literal(cell)
    return None if target is None else _rule(about, target, ask, _BETTER[kind])


def _by_day(about: Question, cell: TargetCell) -> Rule | None:
    """Return the rule of a day that says its year; without one a year would be guessed."""
    if cell.due is None or cell.due.year is None:
        return None
    day = cell.due.on(None)
    if day is None:
        return None
    score = {"method": "target", "target": f"'{cell.text}'", "plain": "refuse"}
    return Rule(score, ask={"type": "date"}, best={about.id: Raw(day.isoformat())})


_BETTER = {"at_least": "higher", "at_most": "lower"}


def _literal(cell: TargetCell) -> str | None:
    """Return a cell's number as an expression writes it."""
    unit = cell.measure
    assert cell.number is not None  # noqa: S101 - the caller looked
    if unit is not None and unit.kind == PERCENT:
        return as_percent(cell.number, 6) if unit.name == "%" else None
    if unit is not None and unit.kind == MONEY:
        money = asked(unit)["type"] == "money"
        return f"{cell.number:f}{unit.name}" if money else None
    found = size(f"{cell.number:f}", "")
    return None if found is None else found.literal


def _fact(text: str, ask: dict[str, object]) -> object:
    """Return a value as facts hold it: a plain number without its unit where the input has one."""
    if ask["type"] == "number":
        found = re.match(r"[0-9.]+", text)
        return Raw(found.group()) if found else Raw(text)
    return Raw(text)


def _rule(about: Question, target: str, ask: dict[str, object], better: str) -> Rule:
    score: dict[str, object] = {"method": "proportional", "target": Raw(target)}
    if better == "lower":
        score["better"] = better
    return Rule(score, ask=ask, best={about.id: Raw(target)})
