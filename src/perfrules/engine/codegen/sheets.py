"""Target sheets in generated code: one leaf per row of a table, as two loops.

The first gives each row its key and points, for the sums must hold before anything is rated; the
second rates.
"""

from dataclasses import dataclass, field

from perfrules.decimals import ONE, ZERO
from perfrules.engine.codegen.expressions import flag_of, value_of
from perfrules.engine.codegen.leaves import Leaf, LeafSink
from perfrules.engine.codegen.lines import LinePlan, amount
from perfrules.engine.codegen.scope import Scope
from perfrules.engine.codegen.values import Value
from perfrules.lang.plan import ForEach
from perfrules.lang.types import Kind

_WRITTEN = (Kind.TEXT, Kind.CHOICE)


@dataclass(slots=True)
class Tables:
    """The sheets of a plan, in document order; `sharing` are the scored ones by table."""

    sheets: list[LinePlan] = field(default_factory=list)
    sharing: dict[str, list[LinePlan]] = field(default_factory=dict)

    def expand(self, scope: Scope, line: LinePlan) -> Value | None:
        """Add the statements that expand a sheet; return the sum of its rows' points."""
        each = _each(line)
        self.sheets.append(line)
        if line.scored:
            self.sharing.setdefault(each.table, []).append(line)
        return _expand(scope, line, each)


def _each(line: LinePlan) -> ForEach:
    assert line.plan.for_each is not None  # noqa: S101 - it is a sheet
    return line.plan.for_each


def _expand(scope: Scope, line: LinePlan, each: ForEach) -> Value | None:
    source = scope.source
    table = scope.named(each.table)
    if table.lacks:
        source.give_up(f"{table.value.code} is M")
    source.line(f"{line.keys} = []")
    source.line(f"{line.row_points} = []")
    source.line(f"{line.counted} = []")
    total = source.keep("Z")
    inner = _inside(scope, line)
    with source.block(f"for r{line.place} in {table.value.code}"):
        key = value_of(inner, each.key)
        text = key.code if each.key.type.kind in _WRITTEN else f"str({key.code})"
        source.line(f"{line.keys}.append({text})")
        if not line.scored:
            source.line(f"{line.row_points}.append(None)")
            source.line(f"{line.counted}.append(False)")
        else:
            _row_points(inner, line, each, total)
    source.give_up(f"not distinct({line.keys})")
    if each.split is not None and line.scored:
        return _split(scope, line, each)
    return Value(total, ZERO) if each.points is not None and line.scored else None


def _inside(scope: Scope, line: LinePlan) -> Scope:
    each = _each(line)
    return scope.within(each.row, f"r{line.place}", scope.tables[each.table])


def _row_points(inner: Scope, line: LinePlan, each: ForEach, total: str) -> None:
    source = inner.source
    where = "True" if each.where is None else flag_of(inner, each.where).code
    with source.block(f"if {where}"):
        points = amount(inner, each.points)
        if points is not None:
            source.line(f"{total} = {total} + {points.code}")
            _refuse_finer(inner, points, line.rounding.digits)
        source.line(f"{line.row_points}.append({points.code if points else None})")
        source.line(f"{line.counted}.append(True)")
    with source.block("else"):
        source.line(f"{line.row_points}.append(None)")
        source.line(f"{line.counted}.append(False)")


def _refuse_finer(scope: Scope, points: Value, digits: int) -> None:
    """Give up where points need more decimals than scores keep."""
    if points.places is None or points.places > digits:
        step = scope.source.slot(ONE.scaleb(-digits))
        scope.source.give_up(f"half_even({points.code}, {step}) != {points.code}")


def _split(scope: Scope, line: LinePlan, each: ForEach) -> Value:
    """Give the scored rows equal parts; the sum is what was split, unless there are none."""
    assert each.split is not None  # noqa: S101 - the caller looked
    source = scope.source
    whole = amount(scope, each.split[0])
    assert whole is not None  # noqa: S101 - it is there
    _refuse_finer(scope, whole, min(each.split[1], line.rounding.digits))
    parts = f"{whole.code}, {source.slot(each.split[1])}, {line.keys}, {line.counted}"
    source.line(f"{line.row_points} = split({parts})")
    found = source.keep("Z")
    with source.block(f"for p in {line.row_points}"):
        source.line(f"if p is not None: {found} = {found} + p")
    return Value(found, ZERO)


def rate_rows(scope: Scope, line: LinePlan) -> None:
    """Add the loop that rates the rows of a sheet."""
    each = _each(line)
    source = scope.source
    for name in (line.share, line.row_scores, line.row_states):
        source.line(f"{name} = []")
    if not line.scored:
        # A row of a sheet that isn't scored isn't rated either.
        with source.block(f"for k{line.place}_ in {line.keys}"):
            _informs(scope, line)
        return
    table = scope.named(each.table).value.code
    key, points, counted = (f"{name}{line.place}_" for name in ("k", "p", "c"))
    lists = f"{table}, {line.keys}, {line.row_points}, {line.counted}"
    pointed = each.points is not None or each.split is not None
    with source.block(f"for r{line.place}, {key}, {points}, {counted} in zip({lists})"):
        with source.block(f"if not {counted}"):
            _informs(scope, line)
            source.line("continue")
        declared = Value(points, ZERO) if pointed else None
        share, score, state = (f"{name}{line.place}_" for name in ("x", "s", "q"))
        sink = LeafSink(source, share, score, state, declared, line.rounding)
        name = f'f"{{{source.slot(line.plan.id)}}}[{{{key}}}]"'
        Leaf(line.plan, sink, _inside(scope, line), declared, name, f"r{line.place}").write()
        source.line(f"{line.share}.append({share})")
        source.line(f"{line.row_scores}.append({score if pointed else None})")
        source.line(f"{line.row_states}.append({state if sink.odd else 'SCORED'})")


def _informs(scope: Scope, line: LinePlan) -> None:
    source = scope.source
    source.line(f"{line.share}.append(None)")
    source.line(f"{line.row_scores}.append(None)")
    source.line(f"{line.row_states}.append(INFORMATIONAL)")
