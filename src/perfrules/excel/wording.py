"""The words of a scoring rule in one spelling, and the numbers and conditions in them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfrules.decimals import CONTEXT, HUNDRED, fits, plain
from perfrules.lang.characters import tidy
from perfrules.lang.units import MONEY, PERCENT, Unit, find_unit

NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?"
REACHED: Final = (  # a clause that names no value of its own
    "(?:达到|完成|实现|达成)(?:了)?(?:年度|年初|预期|计划)?(?:目标值?|指标值?|绩效目标|计划)?(?:要求)?"
)
_SPELLING: Final = (
    (r"\s+", ""),
    ("[。;]+", ";"),
    ("[×·]|(?<=[0-9率值])[xX](?=[0-9分])", "*"),
    ("÷", "/"),
    ("(?<=[0-9%])[—–―〜∼~～－至到-]+(?=[0-9])", "-"),
    ("[≥≧⩾]|>=|›=|大于等于|大于或等于|不低于|不少于|不小于", "≥"),
    ("[≤≦⩽]|<=|‹=|小于等于|小于或等于|不高于|不超过|不大于", "≤"),
    ("个?百分点", "%"),
    ("[〔［【{]", "("),
    ("[〕］】}]", ")"),
    ("(?<=[每缺少漏现生期迟])[一1](?=[^0-9.%-])", "1"),
)  # fmt: skip
_ORDINAL = re.compile(
    r"^(?:[0-9]{1,2}[.、]|\([0-9一二三四五六七八九十]{1,2}\)|[一二三四五六七八九十]、)"
)


def spelled(text: str) -> str:
    """Return a rule's words without spaces, in half-width signs, each operator in one spelling.

    >>> spelled("预算执行率 ≧ 95％，得 满分。")
    '预算执行率≥95%,得满分'
    >>> spelled("每发现一处扣0.5分；每低于目标值1个百分点扣1分")
    '每发现1处扣0.5分;每低于目标值1%扣1分'
    """
    found = tidy(text)[0]
    for pattern, to in _SPELLING:
        found = re.sub(pattern, to, found)
    return found.strip(";,.")


def clauses(text: str, signs: str = ";") -> list[str]:
    """Return the parts of a spelled text, without their ordinals.

    >>> clauses("1.优得5分;2.差得0分")
    ['优得5分', '差得0分']
    """
    parts = re.split(f"[{signs}]", text)
    return [part for part in (_ORDINAL.sub("", one).strip(",:") for one in parts) if part]


@dataclass(frozen=True, slots=True)
class Size:
    """A number with its unit as written; `value` of a percentage is in percent."""

    value: Decimal
    unit: str = ""

    @property
    def literal(self) -> str:
        """How an expression writes it: percentages and money with their unit."""
        known = find_unit(self.unit) if self.unit else None
        if known is not None and known.kind in (PERCENT, MONEY):
            return plain(self.value) + known.name
        return plain(self.value)

    def ask(self) -> dict[str, object]:
        """Return the input that values of this unit are filled in by."""
        return asked(find_unit(self.unit) if self.unit else None)


def asked(unit: Unit | None) -> dict[str, object]:
    """Return the input for values in *unit*.

    >>> asked(find_unit("万元")), asked(find_unit("%")), asked(None)
    ({'type': 'money', 'unit': '万元'}, {'type': 'percent'}, {'type': 'number'})
    """
    if unit is None:
        return {"type": "number"}
    if unit.kind == PERCENT:
        return {"type": "percent"}
    if unit.kind == MONEY and unit.name in ("元", "千元", "万元", "亿元"):
        return {"type": "money", "unit": unit.name}
    return {"type": "number", "unit": unit.name}


def size(number: str, unit: str) -> Size | None:
    """Return a number with its unit; None where the unit isn't one we know.

    >>> size("95", "%"), size("3", "怪物")
    (Size(value=Decimal('95'), unit='%'), None)
    """
    value = Decimal(number)
    if not fits(value):
        return None
    if not unit:
        return Size(value)
    known = find_unit(unit)
    if known is None or known.name == "‰":
        return None
    return Size(value, known.name)


def share_text(part: Decimal, whole: Decimal) -> str | None:
    """Return part ÷ whole as a percentage where it ends within 6 decimals; else None.

    >>> share_text(Decimal(8), Decimal(10)), share_text(Decimal(8), Decimal(15))
    ('80%', None)
    """
    found = CONTEXT.divide(CONTEXT.multiply(part, HUNDRED), whole)
    short = round(found, 6)
    if CONTEXT.multiply(short, whole) != CONTEXT.multiply(part, HUNDRED):
        return None
    return f"{plain(short)}%"


_WORTH = re.compile(
    rf"(?:的)?,?(?:可?得|计|为|给|记|赋|获)?(?::)?(?:(?P<full>满分|全分|全部分值)"
    rf"|(?P<none>(?:不得|不计|不给|无|零)分)"
    rf"|\(?(?P<points>{NUMBER})分\)?"
    rf"|(?:该项|指标)?(?:分值|权重分?|满分|标准分)的?(?P<of>{NUMBER})%"
    rf"|(?P<share>{NUMBER})%(?:的)?(?:分值|权重分?|分|权重))"
)


def worth(text: str, points: Decimal) -> Decimal | None:
    """Return how many points the words give; None where they are no worth, or more than all.

    >>> worth("得满分", Decimal(5)), worth("得80%的分值", Decimal(5)), worth("不得分", Decimal(5))
    (Decimal('5'), Decimal('4'), Decimal('0'))
    """
    found = _WORTH.fullmatch(text)
    if found is None:
        return None
    if found["full"]:
        return points
    if found["none"]:
        return Decimal(0)
    if found["points"]:
        given = Decimal(found["points"])
    else:
        share = Decimal(found["of"] or found["share"])
        given = CONTEXT.divide(CONTEXT.multiply(points, share), HUNDRED)
    return given if given <= points else None
