"""扣分: `每发现1处扣0.5分` counts occurrences, `≥95%得满分，每低1%扣1分` counts steps."""

import re
from decimal import Decimal
from typing import Final

from perfrules.errors import Text
from perfrules.excel.rule import Question, Raw, Rule
from perfrules.excel.wording import NUMBER, REACHED, Size, asked, clauses, size, spelled, worth
from perfrules.lang.cells import read_target
from perfrules.lang.units import PERCENT

_COUNTED: Final = "[项处例次起人天日个件条户家份宗台所笔名点本座期批篇]"
_DOWN_TO_0: Final = (
    r"[,;]?\(?(?:直至|直到)?扣(?:完|至0分?|光)(?:该项|本项|此项)?(?:分值|分数?)?为止\)?"
)
_AT_MOST: Final = rf"[,;]?\(?(?:最多|最高|至多)扣(?:减)?(?P<most>{NUMBER})分\)?"
_OFF: Final = rf",?(?:扣|扣减|扣除|减)(?P<lose>{NUMBER})分"
_ONCE: Final = re.compile(
    rf"(?P<what>[^0-9,;%]{{0,24}}?每?[^0-9,;%]{{0,12}}?)[1一](?P<unit>{_COUNTED})"
    rf"(?P<rest>[^0-9,;%]{{0,24}}?)(?:的)?{_OFF}(?:{_AT_MOST})?(?:{_DOWN_TO_0})?"
)
_SIZED: Final = re.compile("低|高|超|降|升|增")  # a size is compared, nothing is counted
_FULL: Final = re.compile(
    r"(?P<when>[^,;]+?)(?P<worth>(?:的)?,?(?:得|计)(?:满分|[0-9.]+分))[,;](?P<rest>.+)"
)
_FROM: Final = re.compile(
    rf"[一-鿿]{{0,16}}?(?:≥|达到|达)?(?P<a>{NUMBER})(?P<unit>[%一-鿿]{{0,4}}?)"
    r"(?:\(?含\)?)?(?:及?以上|以内)?|[一-鿿]{0,16}?≤(?P<b>[0-9.]+)(?P<unit_b>[%一-鿿]{0,4}?)(?:以内|以下)?"
)
_STEP: Final = re.compile(
    r"(?:[^0-9,;每]{0,12},?)?(?P<whole>每满|每)(?:再|比)?(?:目标值?|指标值|标准)?"
    r"(?P<side>低于|降低|减少|下降|低|少|高于|高出|超过|超出|超|增加|上升|高)"
    rf"(?:目标值?|指标值|标准)?(?P<full>满)?(?P<per>{NUMBER})(?P<unit>[%一-鿿]{{0,4}}?)(?:的)?{_OFF}"
    rf"(?:{_AT_MOST})?(?:{_DOWN_TO_0})?"
)
_BELOW: Final = frozenset({"低于", "降低", "减少", "下降", "低", "少"})


def occurrences(about: Question) -> Rule | None:
    """Return a deduction for each occurrence, where every clause is one.

    >>> rule = occurrences(Question("x", Decimal(4), standard="每发现一处不合规扣0.5分，扣完为止"))
    >>> rule.ask, rule.score["kinds"][0]["lose"]
    ({'type': 'count', 'unit': '处'}, Decimal('0.5'))
    """
    text = re.sub(f"{_DOWN_TO_0}$", "", spelled(about.standard))
    found = [_ONCE.fullmatch(part) for part in clauses(text)]
    if not found or not all(found):
        return None
    kinds: list[dict[str, object]] = []
    inputs: dict[str, dict[str, object]] = {}
    for place, one in enumerate(found, 1):
        assert one is not None  # noqa: S101 - all were looked at
        words = f"{one['what']}1{one['unit']}{one['rest']}"
        lose = Decimal(one["lose"])
        if _SIZED.search(words) or lose > about.points:
            return None
        title = f"{one['what'].replace('每', '')}{one['rest']}".strip("的") or f"{one['unit']}数"
        name = about.id if len(found) == 1 else f"{about.id}_{place}"
        inputs[name] = {"type": "count", "unit": one["unit"]}
        if len(found) > 1:
            inputs[name]["title"] = title
        kind: dict[str, object] = {"title": title, "count": name, "lose": lose}
        if one["most"]:
            kind["at_most"] = Decimal(one["most"])
        kinds.append(kind)
    ask = inputs.pop(about.id, {})
    best = dict.fromkeys([*inputs, *([about.id] if ask else [])], Decimal(0))
    return Rule({"method": "deduct", "kinds": kinds}, ask=ask, inputs=inputs, best=best)


def steps(about: Question) -> Rule | None:
    """Return a deduction for each step below or above a value that the words or the target give.

    >>> rule = steps(Question("x", Decimal(4), standard="达到95%得满分，每低1个百分点扣1分"))
    >>> rule.score["from"], rule.score["per"], len(rule.doubts)
    ('95%', '1%', 1)
    >>> steps(Question("x", Decimal(4), standard="每低于目标值1%扣1分")) is None
    True
    """
    text = spelled(about.standard)
    start: Size | None = None
    full = _FULL.fullmatch(text)
    if full is not None:
        if worth(full["worth"], about.points) != about.points:
            return None
        text = full["rest"]
        start = _start(full["when"])
        if start is None and not re.fullmatch(REACHED, full["when"]):
            return None
    found = _STEP.fullmatch(text)
    if found is None:
        return None
    per = size(found["per"], found["unit"])
    start = start or _goal(about.target)
    lose = Decimal(found["lose"])
    if per is None or start is None or per.unit != start.unit or lose > about.points:
        return None
    if per.value <= 0:
        return None
    below = found["side"] in _BELOW
    score: dict[str, object] = {
        "method": "deduct",
        "side": "below" if below else "above",
        "from": Raw(start.literal),
        "per": Raw(per.literal),
        "lose": lose,
    }
    doubts: tuple[Text, ...] = ()
    if found["whole"] == "每满" or found["full"]:
        score["whole_steps"] = Raw("true")
    else:
        doubts = (_part(per.literal),)
    if found["most"]:
        score["at_most"] = Decimal(found["most"])
    return Rule(score, ask=start.ask(), best={about.id: Raw(start.literal)}, doubts=doubts)


def _part(per: str) -> Text:
    return Text(
        f"不足 {per} 的部分怎样扣没有写明，按比例扣；满 {per} 才扣的，加上 whole_steps: true",
        f"nothing says how less than {per} counts; it costs its part. Where only whole ones count, "
        "add whole_steps: true",
    )


def _start(text: str) -> Size | None:
    """Return the value that earns everything."""
    found = _FROM.fullmatch(text)
    if found is None:
        return None
    return size(found["a"] or found["b"], found["unit"] or found["unit_b"] or "")


def _goal(cell: str) -> Size | None:
    """Return the number of a target cell, in percent where it is a percentage."""
    found = read_target(cell) if cell else None
    if found is None or found.number is None or found.kind == "range":
        return None
    unit = found.measure
    if unit is not None and unit.kind == PERCENT:
        return Size(found.number * 100, "%") if unit.name == "%" else None
    if asked(unit)["type"] == "number" and unit is not None:
        return Size(found.number, unit.name)
    return Size(found.number, unit.name if unit else "")
