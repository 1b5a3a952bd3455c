"""The default scoring of an indicator in words: what its author wrote, said as a sentence.

What has no sentence here, a key or a plugin's whole method, is shown as it is written: nothing that
moves a score is left out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from perfrules.errors import Lang, Text

Written: TypeAlias = Mapping[str, object]
Names: TypeAlias = Mapping[str, Text]

_WORD: Final = re.compile(r"\"[^\"]*\"|'[^']*'|(?<![\w.])[^\W\d][\w.]*")
_LOOKUP: Final = re.compile(r"\blookup\((\w+), (\w+(?:, \w+)*)\)")
_OPERATORS: Final = {"not": "非", "and": "且", "or": "或"}
_SIGNS: Final = {"==": "=", "!=": "≠", ">=": "≥", "<=": "≤", " * ": " × ", " / ": " ÷ "}
_SIGN: Final = re.compile("|".join(map(re.escape, _SIGNS)))
# A space that no Chinese sentence has: between a sign of it and another.
_GAP: Final = re.compile(r"(?<=[\u4e00-\u9fff）”]) (?=[\u4e00-\u9fff（“])")
_MEASURED: Final = Text("指标值", "the value measured")


def named(expression: object, names: Names) -> Text:
    """Return an expression with titles for the names in it, and words for its operators.

    >>> named("not open or executed / budget >= 1", {"budget": Text("预算数", "budget")}).zh
    '非 open 或 executed ÷ 预算数 ≥ 1'
    """
    text = _SIGN.sub(lambda found: _SIGNS[found[0]], str(expression))

    def put(lang: Lang) -> str:
        shape = "{}（按 {}）" if lang == "zh" else "{} (by {})"

        def word(found: re.Match[str]) -> str:
            if lang == "zh" and found[0] in _OPERATORS:
                return _OPERATORS[found[0]]
            title = names.get(found[0])
            return title.get(lang) if title else found[0]

        return _WORD.sub(word, _LOOKUP.sub(lambda found: shape.format(*found.groups()), text))

    return Text(put("zh"), put("en"))


def scoring(written: Written, titles: Mapping[str, Text], names: Names) -> list[Text]:
    """Return the lines that say how points are earned.

    Args:
        written: `score:` as it stands in the library.
        titles: The title of each method.
        names: The titles of inputs and standards, by the names that expressions use.
    """
    method = str(written.get("method", ""))
    said = _Said(dict(written), names)
    say = _METHODS.get(method)
    lines = list(say(said)) if say is not None else []
    title = titles.get(method) or Text(method, method)
    en = title.get("en")
    head = Text(f"{title.get('zh')}（{method}）", en if en == method else f"{en} ({method})")
    then = said.take("then")
    if isinstance(then, Mapping):
        lines.append(Text("所得满意度再按下列方法计分：", "That satisfaction is then scored:"))
        lines += scoring(then, titles, names)
    said.take("method")
    lines += [Text(f"{key}：{_line(item)}", f"{key}: {_line(item)}") for key, item in said.rest()]
    return [head, *(Text(_GAP.sub("", line.zh), line.en) for line in lines)]


class _Said:
    """What is written, and what of it has been said."""

    def __init__(self, written: dict[str, object], names: Names) -> None:
        self._left = written
        self._names = names

    def take(self, key: str) -> object | None:
        """Return what is written under a key, which is said with that."""
        return self._left.pop(key, None)

    def value(self, key: str, default: Text = _MEASURED) -> Text:
        """Return a value with titles for names."""
        item = self.take(key)
        return default if item is None else self.text(item)

    def text(self, item: object) -> Text:
        """Return a value with titles for names; two shares are the ends of a band."""
        if isinstance(item, list):
            return Text("–".join(map(str, item)), "–".join(map(str, item)))
        return named(item, self._names)

    def flag(self, key: str) -> bool:
        """Return whether a flag is set."""
        return str(self.take(key)) == "true"

    def items(self, key: str) -> list[dict[str, object]]:
        """Return the mappings of a list."""
        found = self.take(key)
        return [dict(item) for item in found or () if isinstance(item, Mapping)]  # type: ignore[attr-defined] # a list, by the shape of documents

    def mapping(self, key: str) -> dict[str, object]:
        """Return the mapping under a key."""
        found = self.take(key)
        return dict(found) if isinstance(found, Mapping) else {}

    def rest(self) -> list[tuple[str, object]]:
        """Return what nothing was said of."""
        return list(self._left.items())


def _proportional(said: _Said) -> Iterator[Text]:
    actual, target = said.value("actual"), said.value("target")
    if said.take("better") == "lower":
        yield Text(
            f"{actual.zh} 不超过 {target.zh} 得满分，超过时按 {target.zh} ÷ {actual.zh} 计",
            f"All points up to {target.en}; beyond it {target.en} ÷ {actual.en}",
        )
    else:
        yield Text(
            f"按 {actual.zh} ÷ {target.zh} 计，最高为满分",
            f"{actual.en} ÷ {target.en}, at most all points",
        )
    for key, zh, en in (
        ("floor", "低于 {} 不得分", "Nothing below {}"),
        ("cap", "最高按 {} 计", "At most {}"),
    ):
        if (item := said.take(key)) is not None:
            yield _put(zh, en, said.text(item))
    if over := said.mapping("over"):
        above, slope = said.text(over.get("above")), over.get("slope")
        if slope is None:
            yield _put("超过目标的 {} 时提示", "A note where it is above {} of the target", above)
        else:
            yield _put(
                "超过目标的 {} 时，超出部分按 {} 倍扣减",
                "What is above {} of the target is lost {} times",
                above,
                said.text(slope),
            )
    zero = said.take("zero_target")
    if zero in ("full", "zero"):
        yield Text(
            f"目标为零时{'得满分' if zero == 'full' else '不得分'}",
            f"{'All points' if zero == 'full' else 'Nothing'} where the target is zero",
        )


def _met(said: _Said) -> Iterator[Text]:
    when = said.value("when")
    other = said.value("otherwise", Text("0", "0"))
    if other.zh.rstrip("%") == "0":
        yield _put("{} 时得满分，否则不得分", "All points where {}, else nothing", when)
    else:
        yield _put("{} 时得满分，否则得 {}", "All points where {}, else {}", when, other)


def _bands(said: _Said) -> Iterator[Text]:
    actual = said.value("actual")
    if said.take("within") == "linear":
        yield _put("{} 所在的档，档内按比例", "By the band of {}, on a line within it", actual)
    else:
        yield _put("按 {} 所在的档", "By the band of {}", actual)
    for band in said.items("bands"):
        share = band.get("share")
        worth = said.text(share if share is not None else band.get("points", ""))
        unit = Text("", "") if share is not None else Text(" 分", " points")
        worth = Text(worth.zh + unit.zh, worth.en + unit.en)
        if "else" in band:
            yield _put("其余：{}", "else: {}", said.text(band["else"]))
        elif "at_least" in band:
            yield _put("不低于 {}：{}", "at least {}: {}", said.text(band["at_least"]), worth)
        else:
            yield _put("高于 {}：{}", "above {}: {}", said.text(band.get("above")), worth)


def _levels(said: _Said) -> Iterator[Text]:
    level = said.value("level", Text("评判等级", "the rating"))
    yield _put("按 {}", "By {}", level)
    anchors = said.mapping("anchors")
    for label, share in said.mapping("shares").items():
        anchor = anchors.get(label)
        meaning = anchor.get("text", "") if isinstance(anchor, Mapping) else anchor or ""
        proof = isinstance(anchor, Mapping) and str(anchor.get("evidence")) == "true"
        shown, about = said.text(share), _text(meaning)
        zh = f"{label}：{shown.zh}" + (f"（{about.zh}）" if about.zh else "")
        en = f"{label}: {shown.en}" + (f" ({about.en})" if about.en else "")
        yield Text(zh + ("，须有佐证" if proof else ""), en + (", to be proved" if proof else ""))
    if (default := said.take("default")) is not None:
        word = {"top": Text("上限", "the upper end"), "bottom": Text("下限", "the lower end")}
        end = word.get(str(default)) or said.text(default)
        yield _put("没有选定具体比例时取{}", "Where no share is chosen, {}", end)
    if (chosen := said.take("chosen")) is not None:
        yield _put("具体比例由 {} 选定", "The share is chosen by {}", said.text(chosen))


def _checklist(said: _Said) -> Iterator[Text]:
    actual = said.value("actual", Text("要素", "the elements"))
    elements = said.items("elements")
    if not elements:
        yield _put("{} 的每一项权重相同", "Each element of {} is worth the same", actual)
        return
    yield _put("{} 中具备的各项相加", "What is there of {}, added up", actual)
    for item in elements:
        label = _text(item.get("title") or item.get("id", ""))
        share = item.get("share")
        worth = said.text(share if share is not None else item.get("points", ""))
        zh, en = f"{label.zh}：{worth.zh}", f"{label.en}: {worth.en}"
        if share is None:
            zh, en = f"{zh} 分", f"{en} points"
        if "when" in item:
            when = said.text(item["when"])
            zh, en = f"{zh}（条件：{when.zh}）", f"{en} (where {when.en})"
        if str(item.get("required")) == "true":
            zh, en = f"{zh}，缺此项全部不得分", f"{en}; without it nothing is earned"
        yield Text(zh, en)


def _deduct(said: _Said) -> Iterator[Text]:
    most = said.take("at_most")
    for kind in said.items("kinds"):
        label, lose = _text(kind.get("title") or kind.get("count")), said.text(kind.get("lose"))
        zh, en = f"{label.zh}：每次扣 {lose.zh}", f"{label.en}: {lose.en} lost each time"
        if "at_most" in kind:
            limit = said.text(kind["at_most"])
            zh, en = f"{zh}，最多扣 {limit.zh}", f"{en}, at most {limit.en}"
        yield Text(zh, en)
    side = said.take("side")
    if side is not None:
        actual, start = said.value("actual"), said.value("from")
        per, lose = said.value("per"), said.value("lose")
        whole = said.flag("whole_steps")
        far = Text("低", "below") if side == "below" else Text("高", "above")
        rest = "，不足一步的不扣" if whole else "，不足一步的按比例扣"
        parts = ", whole steps only" if whole else ", parts of a step in proportion"
        yield Text(
            f"{actual.zh} {far.zh}于 {start.zh} 时，每{far.zh} {per.zh} 扣 {lose.zh}{rest}",
            f"Where {actual.en} is {far.en} {start.en}, {lose.en} is lost for each {per.en}{parts}",
        )
    if most is not None:
        yield _put("最多扣 {}", "At most {} is lost", said.text(most))
    else:
        yield Text("扣完为止", "Down to nothing")


def _deadline(said: _Said) -> Iterator[Text]:
    actual, due = said.value("actual"), said.value("due")
    yield _put("{} 不晚于 {} 得满分", "All points where {} is not later than {}", actual, due)
    if (grace := said.take("grace")) is not None:
        yield _put("宽限 {}", "{} of grace", said.text(grace))
    if (per := said.take("per")) is not None:
        lose, days = said.value("lose"), said.text(per)
        days = Text(_days(days.zh, " 天"), _days(days.en, " days"))
        if said.flag("whole_steps"):
            yield _put("每满 {} 扣 {}，不足的不扣", "{1} is lost for each whole {0}", days, lose)
        else:
            yield _put("每迟 {} 扣 {}，按比例", "{1} is lost for {0}, in proportion", days, lose)
    else:
        yield Text("迟于期限不得分", "Nothing where it is later")
    if (most := said.take("at_most")) is not None:
        yield _put("最多扣 {}", "At most {} is lost", said.text(most))


def _linear(said: _Said) -> Iterator[Text]:
    actual, zero = said.value("actual"), said.value("zero_at")
    if (between := said.take("between")) is not None:
        best = said.text(between)
        yield _put(
            "{} 在 {} 之间得满分，到 {} 降为零，其间按比例",
            "All points where {} is within {}, none at {}, on a line between",
            actual,
            best,
            zero,
        )
        return
    full = said.value("full_at")
    yield _put(
        "{} 为 {} 时不得分，为 {} 时得满分，其间按比例",
        "{} at {} earns nothing, at {} all points, on a line between",
        actual,
        zero,
        full,
    )


def _survey(said: _Said) -> Iterator[Text]:
    actual = said.value("actual", Text("问卷", "the answers"))
    shares = [f"{label} {share}" for label, share in said.mapping("values").items()]
    yield Text(
        f"由 {actual.zh} 计算满意度：{'、'.join(shares)}",
        f"Satisfaction from {actual.en}: {', '.join(shares)}",
    )
    if (digits := said.take("digits")) is not None:
        yield _put("满意度保留 {} 位小数", "Its percentage has {} decimals", said.text(digits))
    if (least := said.take("minimum")) is not None:
        yield _put("少于 {} 份时提示", "A note where there are fewer than {}", said.text(least))
    if (rate := said.take("return_rate")) is not None:
        yield _put("回收率低于 {} 时提示", "A note where fewer than {} came back", said.text(rate))
    if said._left.get("groups") == "equal":  # noqa: SLF001 - another word is shown as written
        said.take("groups")
        yield Text("各组权重相同", "Each group counts the same")


def _formula(said: _Said) -> Iterator[Text]:
    if (rate := said.take("rate")) is not None:
        yield _put("得分率 = {}", "rate = {}", said.text(rate))
    if (points := said.take("points")) is not None:
        yield _put("得分 = {}", "points = {}", said.text(points))


_METHODS: Final[Mapping[str, Callable[[_Said], Iterator[Text]]]] = {
    "bands": _bands,
    "checklist": _checklist,
    "deadline": _deadline,
    "deduct": _deduct,
    "formula": _formula,
    "levels": _levels,
    "linear": _linear,
    "met": _met,
    "proportional": _proportional,
    "survey": _survey,
}


def _put(zh: str, en: str, *values: Text) -> Text:
    return Text(
        zh.format(*(value.get("zh") for value in values)),
        en.format(*(value.get("en") for value in values)),
    )


def _days(text: str, unit: str) -> str:
    return text + unit if text.isdecimal() else text


def _text(item: object) -> Text:
    if isinstance(item, Mapping):
        zh, en = str(item.get("zh", "")), str(item.get("en", ""))
        return Text(zh or en, en or zh)
    return Text(str(item), str(item))


def _line(item: object) -> str:
    if isinstance(item, Mapping):
        return ", ".join(f"{key}: {_line(one)}" for key, one in item.items())
    if isinstance(item, list):
        return "; ".join(map(_line, item))
    return str(item)
