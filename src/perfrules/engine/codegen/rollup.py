"""From scored leaves to branches and the total, where everything is scored: straight-line code.

Anything else (a branch without a scored child, a rate branch over points that vary) is settled by
the reference's policies, which see the same shares.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from perfrules.decimals import CONTEXT, ONE, ZERO
from perfrules.engine.answer import State
from perfrules.engine.codegen.arithmetic import combine, rounded
from perfrules.engine.codegen.lines import LinePlan
from perfrules.engine.codegen.scope import Named
from perfrules.engine.codegen.source import Source, UnsupportedError
from perfrules.engine.codegen.values import Value, constant
from perfrules.engine.node import Node
from perfrules.engine.policies import Whole, completeness, settle_branches, spread
from perfrules.lang.plan import Aggregation, Plan
from perfrules.lang.tree import RefKind


def nodes_of(lines: Sequence[LinePlan]) -> list[Node]:
    """Return the reference's nodes of lines whose points and weights are constants."""
    found = []
    for line in lines:
        for value in (line.points, line.weight):
            if line.is_sheet or (value is not None and value.number is None):
                raise UnsupportedError
        node = Node(
            plan=line.plan,
            id=line.plan.id,
            path=(line.plan.id,),
            title=line.plan.title,
            points=line.points.number if line.points else None,
            weight=line.weight.number if line.weight else None,
            state=State.SCORED if line.scored else State.INFORMATIONAL,
        )
        node.base = node.points
        node.children = nodes_of(line.below)
        found.append(node)
    return found


@dataclass(slots=True)
class Rollup:
    """Adds the statements of scores and rates above the leaves, children first.

    `complete` is the part of the total that was assessed. `rates` are the rates that something
    asks for, each computed once.
    """

    source: Source
    plan: Plan
    tops: list[LinePlan]
    complete: Value | None = None
    rates: dict[str, Value] = field(default_factory=dict)
    scores: dict[str, Value] = field(default_factory=dict)

    def prepare(self) -> None:
        """Set the effective points of all lines, and what is completely assessed.

        Raises:
            UnsupportedError: Policies are needed to know them.
        """
        lines = [line for top in self.tops for line in top.walk()]
        for line in lines:
            if line.scored and line.below and not any(child.scored for child in line.below):
                raise UnsupportedError
        sums = self.plan.aggregate == "sum" and all(line.sums for line in lines if line.scored)
        if not sums:
            self._by_policies()
            return
        for line in lines:
            if line.scored:
                line.effective = line.points or constant(self.source, ZERO)

    def _by_policies(self) -> None:
        """Take effective points from the reference: all of them are constants."""
        nodes = nodes_of(self.tops)
        whole = self.plan.total
        settle_branches(nodes)
        spread(nodes, Whole(whole, whole, whole, self.plan.aggregate == "sum"))
        places = {line.plan.id: line for top in self.tops for line in top.walk()}
        for top in nodes:
            for node in top.walk():
                if node.effective is not None:
                    places[node.id].effective = constant(self.source, node.effective)
        if whole:
            self.complete = constant(self.source, completeness(nodes, whole))

    def assessed(self) -> None:
        """Add the statements of the part assessed, where it isn't known yet: sums of sums."""
        whole = self.plan.total
        if self.complete is not None or not whole:
            return
        found = constant(self.source, ZERO)
        for top in self.tops:
            for line in top.walk():
                if line.scored and (line.is_leaf or line.is_sheet):
                    found = self._with(found, line)
        self.complete = combine(self.source, "/", found, constant(self.source, whole))

    def _with(self, found: Value, line: LinePlan) -> Value:
        if not line.is_sheet:
            assert line.effective is not None  # noqa: S101 - it is scored
            return combine(self.source, "+", found, line.effective)
        code = self.source.keep(found.code)
        with self.source.block(f"for p in {line.row_points}"):
            self.source.line(f"if p is not None: {code} = {code} + p")
        return Value(code, ZERO)

    def score(self, lines: Sequence[LinePlan]) -> None:
        """Add the statements that score branches, children first."""
        for line in lines:
            self.score(line.below)
            if not line.scored:
                continue
            if line.is_sheet:
                self._sheet(line)
            elif line.is_leaf:
                self._leaf(line)
            elif line.sums:
                self.scores[line.plan.id] = self._sum(line)
            else:
                self._rated(line)

    def digits(self) -> set[int]:
        """Return how many decimals the scores have that add up to the total."""
        found: set[int] = set()
        waiting = list(self.tops)
        while waiting:
            line = waiting.pop()
            if line.scored and line.sums and line.below:
                waiting += line.below
            elif line.scored and line.plan.id in self.scores:
                found.add(line.rounding.digits)
        return found

    def _leaf(self, line: LinePlan) -> None:
        if line.points is not None:
            self.scores[line.plan.id] = Value(line.score, ZERO, None, line.rounding.digits)

    def _sheet(self, line: LinePlan) -> None:
        """A sheet adds up its rows."""
        if not line.sums:
            raise UnsupportedError
        source = self.source
        source.line(f"{line.score} = Z")
        with source.block(f"for p in {line.row_scores}"):
            source.line(f"if p is not None: {line.score} = {line.score} + p")
        self.scores[line.plan.id] = Value(line.score, ZERO, None, line.rounding.digits)

    def _sum(self, line: LinePlan) -> Value:
        found = self.added(line.below)
        self.source.line(f"{line.score} = {found.code}")
        return Value(line.score, found.low, None, found.places)

    def added(self, lines: Sequence[LinePlan]) -> Value:
        """Return the sum of the scores of lines; of zeros below zero it is 0, as from 0 on."""
        found: Value | None = None
        signed = False
        for line in lines:
            score = self.scores.get(line.plan.id)
            if line.scored and score is not None:
                signed = signed or score.low is None or score.low < ZERO
                found = score if found is None else combine(self.source, "+", found, score)
        if found is not None and signed:
            return Value(self.source.keep(f"Z + {found.code}"), found.low, found.high, found.places)
        return found or constant(self.source, ZERO)

    def _rated(self, line: LinePlan) -> None:
        """A rate branch combines its children's rates."""
        source = self.source
        rate = self.combined(line.plan.aggregate, line.below)
        rounding = line.rounding
        if line.points is None and line.plan.rounding is not None:
            rate = rounded(source, rate, rounding.digits, rounding.mode)
        source.line(f"{line.share} = {rate.code}")
        self.rates[line.plan.id] = rate
        if line.effective is not None and line.points is not None:
            raw = combine(source, "*", line.effective, rate)
            score = rounded(source, raw, rounding.digits, rounding.mode)
            source.line(f"{line.score} = {score.code}")
            self.scores[line.plan.id] = Value(line.score, score.low, score.high, score.places)

    def combined(self, how: Aggregation, lines: Sequence[LinePlan]) -> Value:
        """Return the combined rate of lines, unrounded."""
        source = self.source
        counted = [line for line in lines if line.scored]
        pairs = [(_whole(source, self.rate(line)), self._weight(line)) for line in counted]
        if how == "minimum":
            shown = ", ".join(rate.code for rate, _ in pairs)
            return Value(source.keep(f"lowest(({shown},))"))
        whole = ZERO
        for _, weight in pairs:
            whole = CONTEXT.add(whole, weight)
        if not whole:
            return constant(source, ZERO)
        if how == "geometric_mean":
            rates = ", ".join(rate.code for rate, _ in pairs)
            weights = source.slot([weight for _, weight in pairs])
            return Value(source.keep(f"geometric([{rates}], {weights}, {source.slot(whole)})"))
        found = constant(source, ZERO)
        for rate, weight in pairs:
            part = combine(source, "*", rate, constant(source, weight))
            found = combine(source, "+", found, part)
        return combine(source, "/", found, constant(source, whole))

    def _weight(self, line: LinePlan) -> Decimal:
        for value in (line.weight, line.points):
            if value is not None:
                if value.number is None:
                    raise UnsupportedError
                return value.number
        return ONE

    def rate(self, line: LinePlan) -> Value:
        """Return the rate of a scored line, 34 digits; computed once, where it stands first."""
        name = line.plan.id
        if name not in self.rates:
            self.rates[name] = self._rate(line)
        return self.rates[name]

    def _rate(self, line: LinePlan) -> Value:
        source = self.source
        if line.is_leaf:
            code = source.keep(f"{line.share}[0] / {line.share}[1]")
            found = Value(code)
            if line.points is None and line.scored and line.plan.rounding is not None:
                return rounded(source, found, line.rounding.digits, line.rounding.mode)
            return found
        score, base = self.scores[name_of(line)], self.base(line)
        if base.number is not None:
            if not base.number:
                return constant(source, ONE)
            return combine(source, "/", score, base)
        return Value(source.keep(f"{score.code} / {base.code} if {base.code} else I"))

    def base(self, line: LinePlan) -> Value:
        """Return what the score of a sum is a part of."""
        if line.effective is not None and line.effective.number != ZERO:
            return line.effective
        if line.is_sheet:
            raise UnsupportedError
        found = constant(self.source, ZERO)
        for child in line.below:
            if child.scored and name_of(child) in self.scores:
                effective = child.effective or constant(self.source, ZERO)
                found = combine(self.source, "+", found, effective)
        return found

    def reference(self, by_id: Mapping[str, LinePlan], kind: RefKind, name: str) -> Named:
        """Return what `rate.x` and its like stand for."""
        line = by_id[name]
        missing = Named(Value("M"), lacks=True)
        match kind:
            case "state":
                state = State.SCORED if line.scored else State.INFORMATIONAL
                return Named(constant(self.source, state.value))
            case "points":
                return missing if line.points is None else Named(line.points)
            case "score":
                score = self.scores.get(name)
                return missing if score is None else Named(score)
            case "rate":
                if line.scored:
                    return Named(self.rate(line))
                if not line.is_leaf:
                    return missing
                code = f"{line.share}[0] / {line.share}[1] if {line.share} is not None else M"
                return Named(Value(self.source.keep(code)), lacks=True)
            case "gate":
                raise UnsupportedError


def name_of(line: LinePlan) -> str:
    """Return the id of a line."""
    return line.plan.id


def _whole(source: Source, rate: Value) -> Value:
    """Return a rate to be combined, as the reference takes it: of 0.00 it takes 0."""
    if rate.known:
        return rate if rate.number else constant(source, ZERO)
    return Value(source.keep(f"{rate.code} or Z"), rate.low, rate.high, rate.places)
