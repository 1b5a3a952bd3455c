"""Rules by words: 是/否 and 达标/不达标 (`met`), 优良中差 (`levels`), ①②③ (`checklist`)."""

import re
from decimal import Decimal
from itertools import pairwise
from typing import Final

from perfrules.decimals import plain
from perfrules.excel.bands import bands
from perfrules.excel.rule import Question, Raw, Rule
from perfrules.excel.wording import NUMBER, REACHED, clauses, share_text, spelled, worth
from perfrules.lang.cells import read_target

_SCALES: Final = """
优 良 中 差 优秀 良好 中等 一般 较差 较好 好 很好 合格 不合格 基本合格
及格 不及格 明显 较明显 不明显 显著 较显著 不显著 很满意 满意 基本满意 较满意
不满意 很不满意 达成 部分达成 未达成 基本达成 全部完成 完成 部分完成 基本完成
未完成 健全 基本健全 较健全 不健全 完善 基本完善 较完善 不完善 规范 基本规范
较规范 不规范 合理 基本合理 较合理 不合理 充分 基本充分 较充分 不充分 及时
基本及时 较及时 不及时 高 较高 较低 低 强 较强 较弱 弱 有效 基本有效 无效
符合 基本符合 部分符合 不符合 达标 基本达标 不达标 未达标
"""
_SCALE: Final = frozenset(_SCALES.split())
_LABEL: Final = re.compile(
    r"(?:评为|评价为|等级为|结果为)?[“\"]?(?P<label>[一-鿿]{1,5}?)[”\"]?(?:等?级|等次|档)?(?:的|者)?"
    rf"(?P<worth>,?:?(?:(?:得|计|为|给|赋)|(?=\(?{NUMBER}分|满分|不得分|不计分|0分)).*)"
)
_SHARE: Final = re.compile(rf"[“\"]?(?P<label>[一-鿿]{{1,5}}?)[”\"]?[:(]?(?P<share>{NUMBER})%\)?")
_ELSE: Final = re.compile(
    r"(?:否则|反之|其他|其余|(?:未|不|没有?|否|无)[^0-9,;]{0,20}?)(?:的|者)?"
    rf",?(?P<worth>(?:得|计)?(?:{NUMBER}分|满分)|不得分|不计分|扣(?P<lost>{NUMBER})分"
    "|扣(?:完|全)部?分值?)"
)
_IF: Final = re.compile(
    r"(?P<when>[^0-9,;]{1,40}?)(?:的|者)?(?P<worth>,?:?(?:得|计)(?:满分|[0-9.]+分))"
)
_MARKS: Final = "①②③④⑤⑥⑦⑧⑨⑩"
_ELEMENT: Final = re.compile(rf"(?P<title>.+?)[,:(]?(?:得|计)?(?P<points>{NUMBER})分\)?")
_EACH: Final = re.compile(
    rf"(?P<last>.*?)[,;]?(?:以上)?(?:每|各)(?:符合|满足|有|完成|具备)?[1一]?(?:项|条|个要[素点])?(?:的)?,?"
    rf"(?:得|计|各得)?(?P<points>{NUMBER})分"
)


def met(about: Question) -> Rule | None:
    """Return full points for a yes, or for a reached target, and what the rest is worth.

    >>> met(Question("x", Decimal(4), standard="及时完成得满分，否则不得分")).ask
    {'type': 'flag', 'title': '及时完成'}
    >>> met(Question("x", Decimal(4), "≥95%", "达到目标值得满分，否则不得分")).score["when"]
    'x >= 95%'
    """
    parts = clauses(spelled(about.standard), ",;")
    if len(parts) != 2:  # noqa: PLR2004 - a condition and the rest
        return None
    first, rest = _IF.fullmatch(parts[0]), _ELSE.fullmatch(parts[1])
    if first is None or rest is None or worth(first["worth"], about.points) != about.points:
        return None
    left = Decimal(0)
    if rest["lost"]:
        left = about.points - Decimal(rest["lost"])
    elif not rest["worth"].startswith("扣"):
        left = worth(rest["worth"], about.points) or Decimal(0)
    if not 0 <= left < about.points:
        return None
    goal = re.fullmatch(REACHED, first["when"])
    cell = read_target(about.target) if about.target else None
    if goal is not None and cell is not None and cell.kind != "words":
        return _by_target(about, left)
    score: dict[str, object] = {"method": "met", "when": about.id}
    if left:
        score["otherwise"] = left
    ask = {"type": "flag"}
    if first["when"] not in ("是", "有"):
        ask["title"] = first["when"]
    return Rule(score, ask=ask, best={about.id: True})


def _by_target(about: Question, left: Decimal) -> Rule | None:
    """Return the rule of a target cell that is reached or not, by way of two bands."""
    sign, number = about.target[:1], about.target
    words = f"{spelled(number)}得满分;其他得{plain(left)}分"
    made = bands(Question(about.id, about.points, standard=words))
    if made is None or not sign:
        return None
    rows = made.score["bands"]
    assert isinstance(rows, list)  # noqa: S101 - made here
    (key, bound), *_ = rows[0].items()
    high = rows[0]["points"] == about.points
    signs = {("at_least", True): ">=", ("above", True): ">", ("at_least", False): "<"}
    when = f"{about.id} {signs.get((key, high), '<=')} {bound}"
    score: dict[str, object] = {"method": "met", "when": when}
    if left:
        score["otherwise"] = left
    best = made.best if high or key == "at_least" else {about.id: bound}
    return Rule(score, ask=made.ask, best=best, doubts=made.doubts)


def levels(about: Question) -> Rule | None:
    """Return a rating where every clause is a level of a scale with its worth, best first.

    >>> levels(Question("x", Decimal(10), standard="优得10分、良得8分、差得0分")).score["shares"]
    {'优': '100%', '良': '80%', '差': '0%'}
    """
    text = spelled(about.standard)
    parts = clauses(text, ";、") if re.search("[;、]", text) else clauses(text, ",")
    worths: dict[str, Decimal] = {}
    for part in parts:
        found = _LABEL.fullmatch(part)
        share = _SHARE.fullmatch(part)
        given = worth(found["worth"].strip(",:"), about.points) if found else None
        if given is None and share is not None:
            found, given = share, about.points * Decimal(share["share"]) / 100
        if found is None or given is None or given > about.points:
            return None
        if found["label"] not in _SCALE or found["label"] in worths:
            return None
        worths[found["label"]] = given
    down = all(above > below for above, below in pairwise(worths.values()))
    if len(worths) < 2 or not down or next(iter(worths.values())) != about.points:  # noqa: PLR2004
        return None
    ask = {"type": "choice", "of": list(worths)}
    best = {about.id: next(iter(worths))}
    shares = {label: share_text(given, about.points) for label, given in worths.items()}
    if all(shares.values()):
        score: dict[str, object] = {
            "method": "levels",
            "shares": {label: Raw(share) for label, share in shares.items()},
        }
        return Rule(score, ask=ask, best=best)
    *upper, last = worths.items()
    chain = plain(last[1])
    for label, given in reversed(upper):
        rest = f"({chain})" if " " in chain else chain
        chain = f'{plain(given)} if {about.id} == "{label}" else {rest}'
    return Rule({"method": "formula", "points": chain}, ask=ask, best=best)


def checklist(about: Question) -> Rule | None:
    """Return elements ①②③ with the points of each, where they add up to all.

    >>> found = checklist(Question("x", Decimal(4), standard="①制度健全（2分）；②执行有效（2分）"))
    >>> found.ask["of"], found.score["elements"][0]["title"]
    (['①', '②'], '制度健全')
    """
    text = spelled(about.standard)
    marks = [sign for sign in text if sign in _MARKS]
    if len(marks) < 2 or marks != list(_MARKS[: len(marks)]) or text[0] != _MARKS[0]:  # noqa: PLR2004
        return None
    parts = [part.strip(",;") for part in re.split(f"[{_MARKS}]", text)[1:]]
    each = _EACH.fullmatch(parts[-1])
    found: list[tuple[str, Decimal]] = []
    if each is not None and not any(re.search("[0-9.]+分", part) for part in parts[:-1]):
        titles = [*parts[:-1], each["last"].strip(",;")]
        found = [(title, Decimal(each["points"])) for title in titles]
    else:
        for part in parts:
            one = _ELEMENT.fullmatch(part)
            if one is None:
                return None
            found.append((one["title"].strip("(:,"), Decimal(one["points"])))
    if sum(given for _, given in found) != about.points or not all(title for title, _ in found):
        return None
    elements = [
        {"id": mark, "title": title, "points": given}
        for mark, (title, given) in zip(marks, found, strict=True)
    ]
    return Rule(
        {"method": "checklist", "elements": elements},
        ask={"type": "choice", "of": marks, "many": Raw("true")},
        best={about.id: marks},
    )
