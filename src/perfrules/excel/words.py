"""A checked scoring method in the words of a score table: 指标值 and 评分标准.

Where import-xlsx knows a wording, that wording is used, so that the table comes back as the rule it
was; other methods are told as plainly as a cell allows.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final, TypeAlias

from perfrules.decimals import percent as as_percent
from perfrules.decimals import plain
from perfrules.engine.reason import show_value
from perfrules.lang.methods.amount import Amount
from perfrules.lang.methods.bands import BandsPlan
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.methods.checklist import ChecklistPlan
from perfrules.lang.methods.deadline import DeadlinePlan
from perfrules.lang.methods.deduct import DeductPlan, Occurrence, Steps
from perfrules.lang.methods.either import EitherPlan
from perfrules.lang.methods.formula import FormulaPlan
from perfrules.lang.methods.levels import LevelsPlan
from perfrules.lang.methods.linear import LinearPlan
from perfrules.lang.methods.met import MetPlan
from perfrules.lang.methods.mix import MixPlan
from perfrules.lang.methods.panel import PanelPlan
from perfrules.lang.methods.proportional import ProportionalPlan
from perfrules.lang.methods.rank import RankPlan
from perfrules.lang.methods.relative import RelativePlan
from perfrules.lang.methods.scale import Scale
from perfrules.lang.methods.survey import SurveyPlan
from perfrules.lang.methods.target import TargetPlan
from perfrules.lang.plan import Plan
from perfrules.lang.tree import Arithmetic, Compare, Expr, Name
from perfrules.lang.types import Kind

Words: TypeAlias = tuple[str, str]  # 指标值, 评分标准

_NAME: Final = re.compile(r'"[^"]*"|[^\W\d]\w*')
_LOOKED_UP: Final = re.compile(r"(?:lookup|step)\(([^(),]+), ([^()]+)\)")
_OPERATORS: Final = (
    (" / ", "÷"), (" * ", "×"), (" >= ", "≥"), (" <= ", "≤"), (" > ", "＞"), (" < ", "＜"),
    (" == ", "为"), (" != ", "不为"), (" and ", "且"), (" or ", "或"),
)  # fmt: skip
_SIGNS: Final = {">=": "≥", ">": "＞", "<=": "≤", "<": "＜"}
_MARKS: Final = "①②③④⑤⑥⑦⑧⑨⑩"


class Telling:
    """Tells methods of one ruleset.

    Args:
        plan: The ruleset, for the titles and units of what its expressions name.
    """

    def __init__(self, plan: Plan) -> None:
        self._inputs = {item.id: item for item in plan.inputs}
        self._parameters = {item.id: item for item in plan.parameters}
        self._derived = {item.id: item for item in plan.derived}
        self._document = plan.places.document
        self._tell: dict[type, Callable[..., Words]] = {
            BandsPlan: self._bands,
            ChecklistPlan: self._checklist,
            DeadlinePlan: self._deadline,
            DeductPlan: self._deduct,
            EitherPlan: self._either,
            FormulaPlan: self._formula,
            LevelsPlan: self._levels,
            LinearPlan: self._linear,
            MetPlan: self._met,
            MixPlan: self._mix,
            PanelPlan: lambda plan, points: ("", self._then("按专家评分计算", plan, points)),
            ProportionalPlan: self._proportional,
            RankPlan: lambda plan, _: ("", f"按{self.say(plan.actual)}的位次赋分"),
            RelativePlan: lambda plan, _: ("", f"按{self.say(plan.actual)}在同类中的位置赋分"),
            SurveyPlan: lambda plan, points: ("", self._then("按问卷满意度计算", plan, points)),
            TargetPlan: self._target,
        }

    def words(self, method: MethodPlan, points: Decimal) -> Words:
        """Return what stands in 指标值 and in 评分标准."""
        tell = self._tell.get(type(method))
        if tell is None:
            return "", f"按 {getattr(method, 'name', '')} 方法评分"
        found: Words = tell(method, points)
        return found

    def say(self, expr: Expr) -> str:
        """Return an expression with the titles of what it names; a literal as people write it."""
        if expr.constant is not None:
            return show_value(expr.constant, expr.type).get("zh")
        own = self._scope(expr)
        text = " ".join(expr.text.split())
        text = _NAME.sub(lambda found: self._titled(own.get(found.group(), found.group())), text)
        text = _LOOKED_UP.sub(r"\1（按\2）", text)
        for sign, to in _OPERATORS:
            text = text.replace(sign, to)
        return text

    def _scope(self, expr: Expr) -> Mapping[str, str]:
        """Return the names in a library's expression with those of the plan that they stand for."""
        if self._document is None:
            return {}
        place = self._document.scope_at(expr.where)
        return {} if place is None else self._document.scopes[place].names

    def _titled(self, name: str) -> str:
        """Return the title of an input or a parameter; the value of one that has a single one."""
        if name == "value":
            return "结果"
        item = self._inputs.get(name)
        if item is not None:
            return item.title.zh or name
        bound = self._derived.get(name)
        if bound is not None and bound.expr is not None and "." in name:  # by `with`
            return self.say(bound.expr)
        parameter = self._parameters.get(name)
        if parameter is None:
            return name
        if not parameter.dated and len(parameter.values) == 1:
            value = parameter.values[0][1]
            if not isinstance(value, Mapping):
                return show_value(value, parameter.type).get("zh")
        return parameter.title.zh or name

    def _amount(self, item: Amount, points: Decimal) -> str:
        """Return a worth in points where it is known."""
        found = item.expr.constant
        if not isinstance(found, Decimal):
            return f"{self.say(item.expr)}{'分' if item.in_points else ''}"
        return f"{plain(found)}分" if item.in_points else _part(Fraction(found), points)

    def _met(self, plan: MetPlan, points: Decimal) -> Words:
        rest = "否则不得分"
        if plan.otherwise is not None:
            rest = f"否则得{self._amount(plan.otherwise, points)}"
        tree = plan.when.tree
        if isinstance(tree, Name):
            title = self._titled(tree.id)
            return "", f"{title}得{plain(points)}分，{rest}"
        goal = self._goal(plan.when)
        if goal:
            return goal, f"达到目标值得满分，{rest}"
        return "", f"满足“{self.say(plan.when)}”得满分，{rest}"

    def _goal(self, when: Expr) -> str:
        """Return `input >= literal` as a target cell, else nothing."""
        tree = when.tree
        if not (isinstance(tree, Compare) and isinstance(tree.operands[0], Name)):
            return ""
        found = re.fullmatch(r"\s*\S+\s*(>=|<=)\s*([0-9.]+(?:%|[一-鿿]*))\s*", when.text)
        return f"{_SIGNS[found[1]]}{found[2]}" if found else ""

    def _proportional(self, plan: ProportionalPlan, _: Decimal) -> Words:
        more = []
        if plan.floor is not None:
            more.append(f"得分率低于{self.say(plan.floor.expr)}的不得分")
        if plan.cap is not None:
            more.append(f"得分率最高{self.say(plan.cap.expr)}")
        if plan.over is not None:
            more.append(f"超过目标{self.say(plan.over.above)}的另行扣分或提示")
        tail = "".join(f"；{one}" for one in more)
        sign = "≤" if plan.lower else "≥"
        if plan.target.constant is not None and isinstance(plan.actual.tree, Name):
            rule = "得分=目标值÷实际完成值×分值" if plan.lower else "按完成比例得分"
            return f"{sign}{self._literal(plan.target, plan.actual)}", rule + tail
        pair = self._sized(plan.actual), self._sized(plan.target)
        top, below = pair[::-1] if plan.lower else pair
        return "", f"得分={top}÷{below}×分值{tail}"

    def _literal(self, expr: Expr, like: Expr) -> str:
        """Return a literal with the unit of the input it is compared with."""
        text = self.say(expr)
        unit = like.type.unit
        return f"{text}{unit}" if unit and re.fullmatch("[0-9.]+", text) else text

    def _sized(self, expr: Expr) -> str:
        """Return an amount with its unit, as the proportion of two amounts names it."""
        text = self.say(expr)
        if isinstance(expr.tree, Arithmetic):
            return f"（{text}）"
        item = self._inputs.get(expr.tree.id) if isinstance(expr.tree, Name) else None
        return f"{text}（{item.type.unit}）" if item is not None and item.type.unit else text

    def _target(self, plan: TargetPlan, _: Decimal) -> Words:
        if isinstance(plan.target.constant, str) and plan.level is None and not plan.by:
            return plan.target.constant, ""
        return "", f"对照{self.say(plan.target)}，按完成比例或评判等级得分"

    def _bands(self, plan: BandsPlan, points: Decimal) -> Words:
        parts = []
        above = ""
        for band in plan.bands:
            worth = self._amount(band.high, points)
            if band.low is not None:
                worth = f"{self._amount(band.low, points)}至{worth}，按线性"
            if band.bound is None:
                parts.append(f"{above or '其他'}得{worth}")
                continue
            bound = self._literal(band.bound, plan.actual)
            sign = "≥" if band.inclusive else "＞"
            parts.append(f"{sign}{bound}{'且' if above else ''}{above}得{worth}")
            above = f"{'＜' if band.inclusive else '≤'}{bound}"
        return "", "；".join(parts)

    def _levels(self, plan: LevelsPlan, points: Decimal) -> Words:
        return "", self._scale(plan.scale, points)

    def _scale(self, scale: Scale, points: Decimal) -> str:
        if scale.table is not None:
            return f"按评判等级得分，各级得分率见{self.say(scale.table)}"
        parts = []
        for label, item in scale.ranges.items():
            worth = self._amount(item.high, points)
            if item.low is not None:
                worth = f"{worth}至{self._amount(item.low, points)}"
            parts.append(f"{label}得{worth}")
        return "，".join(parts)

    def _checklist(self, plan: ChecklistPlan, points: Decimal) -> Words:
        parts = []
        for place, item in enumerate(plan.elements):
            whole = points if plan.whole is None else plan.whole
            worth = _part(Fraction(item.worth) / Fraction(whole), points)
            mark = _MARKS[place] if place < len(_MARKS) else f"({place + 1})"
            title = item.title.zh or item.id
            need = "，缺此项不得分" if item.required else ""
            parts.append(f"{mark}{title}{need}（{worth}）")
        return "", "；".join(parts)

    def _deduct(self, plan: DeductPlan, points: Decimal) -> Words:
        parts = []
        for item in plan.losses:
            if isinstance(item, Steps):
                parts.append(self._steps(item, points))
            else:
                parts.append(self._once(item, points))
        most = "" if plan.at_most is None else f"，最多扣{self._amount(plan.at_most, points)}"
        return "", "；".join(parts) + most + "，扣完为止"

    def _steps(self, item: Steps, points: Decimal) -> str:
        start = self._literal(item.start, item.actual)
        per = self._literal(item.per, item.actual)
        first = f"不超过{start}得满分" if item.above else f"达到{start}得满分"
        each = f"每{'高' if item.above else '低'}{'满' if item.whole else ''}"
        return f"{first}，{each}{per}扣{self._amount(item.lose, points)}"

    def _once(self, item: Occurrence, points: Decimal) -> str:
        title = item.title.zh or self.say(item.count)
        unit = item.count.type.unit or "项"
        most = "" if item.at_most is None else f"，最多扣{self._amount(item.at_most, points)}"
        return f"{title}每1{unit}扣{self._amount(item.lose, points)}{most}"

    def _linear(self, plan: LinearPlan, _: Decimal) -> Words:
        parts = [f"{self.say(item.zero)}得0分，{self.say(item.full)}得满分" for item in plan.slopes]
        return "", f"{'；'.join(parts)}，其间按线性计分"

    def _deadline(self, plan: DeadlinePlan, points: Decimal) -> Words:
        late = "逾期不得分"
        if plan.step is not None:
            late = f"每逾期{self.say(plan.step.per)}扣{self._amount(plan.step.lose, points)}"
        grace = "" if plan.grace is None else f"（宽限{self.say(plan.grace)}）"
        return "", f"在{self.say(plan.due)}前完成{grace}得满分，{late}"

    def _then(self, how: str, plan: SurveyPlan | PanelPlan, points: Decimal) -> str:
        """Return how a share is found and, where a method follows, what it makes of the share."""
        if plan.then is None:
            return f"{how}，按比例得分"
        goal, rule = self.words(plan.then, points)
        return f"{how}，{'，'.join(part for part in (goal, rule) if part)}"

    def _mix(self, plan: MixPlan, points: Decimal) -> Words:
        parts = [
            f"{self.words(part.method, points)[1]}（占{as_percent(part.share, 4)}）"
            for part in plan.parts
        ]
        return "", "；".join(parts)

    def _either(self, plan: EitherPlan, points: Decimal) -> Words:
        how = {"best": "取得分高的", "first_applicable": "取先适用的"}.get(plan.pick, "择一")
        return "", f"{how}：" + " 或 ".join(self.words(one.method, points)[1] for one in plan.of)

    def _formula(self, plan: FormulaPlan, points: Decimal) -> Words:
        tree = plan.expr.tree
        item = self._inputs.get(tree.id) if isinstance(tree, Name) else None
        if item is not None and plan.in_points and item.type.kind is Kind.NUMBER:
            return "", f"由评价人在0至{plain(points)}分之间评定"
        said = self.say(plan.expr)
        return "", f"得分={said}" if plan.in_points else f"得分=分值×（{said}）"


def _part(share: Fraction, points: Decimal) -> str:
    """Return a share of the points in points, or as the fraction where these would go on and on.

    >>> _part(Fraction(1, 2), Decimal(5)), _part(Fraction(1, 3), Decimal(10))
    ('2.5分', '分值的1/3')
    """
    worth = share * Fraction(points)
    short = round(Decimal(worth.numerator) / Decimal(worth.denominator), 4)
    return f"{plain(short)}分" if Fraction(short) == worth else f"分值的{share}"
