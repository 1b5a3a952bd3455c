"""Where a finding's condition or a reported value fails, which refuses its unit."""

from dataclasses import replace
from typing import TYPE_CHECKING

from perfrules.engine.batch.kernel.chunk import UnsupportedError
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.expressions import value_of
from perfrules.engine.batch.kernel.lines import Line
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.sheets import Sheet, anywhere
from perfrules.engine.batch.kernel.spread import inside
from perfrules.lang.tree import Expr

if TYPE_CHECKING:
    from perfrules.engine.batch.kernel.outcome import Outcome


def watch(outcome: "Outcome", scope: Scope) -> None:
    """Mark where one fails."""
    effects = Effects()
    for line in outcome.rollup.lines.values():
        if line.sheet is not None:
            _rows(outcome, scope, line, line.sheet, effects)
        elif line.plan.findings:
            own = outcome.own(scope, line)
            for item in line.plan.findings:
                _try(own, item.when, effects)
    for _, expr in outcome.plan.report:
        _try(scope, expr, effects)
    outcome.effects.take(effects)


def _rows(outcome: "Outcome", scope: Scope, line: Line, sheet: Sheet, effects: Effects) -> None:
    """Mark where a condition fails about a row; what it would see of one not scored isn't known."""
    each, found = line.plan.for_each, outcome.rollup.found[line.plan.id]
    if each is None or found.rows is None or sheet.states is None or not line.plan.findings:
        return
    inner, seen = Effects(), Effects()
    own = inside(scope, each.row, sheet.table, Effects())
    own = replace(own, shadows=found.rows.names(inner))
    for item in line.plan.findings:
        if "state" in item.when.names:
            raise UnsupportedError(line.plan.id)  # asked of rows that aren't scored, too
        _try(own, item.when, inner)
    if inner.odds:
        seen.take(inner, sheet.counted)
        seen.odd(sheet.states.others)
        effects.odd(anywhere(sheet.table, seen, lacks=False))


def _try(scope: Scope, expr: Expr, effects: Effects) -> None:
    apart = Effects()
    value_of(scope.marking(apart), expr)
    if apart.odds:
        find = apart.find()
        effects.odd(lambda chunk: find(chunk)[1])
