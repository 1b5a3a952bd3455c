"""Derived values in generated code: each computed once, before anything needs it.

A value that can't be computed, or lacks an input, fails only where it is used, as in the reference.
"""

from perfrules.engine.codegen.expressions import flag_of, value_of
from perfrules.engine.codegen.scope import Named, Scope
from perfrules.engine.codegen.source import UnsupportedError
from perfrules.engine.codegen.values import Value, constant
from perfrules.lang.plan import Derived, Plan


def derive(scope: Scope, plan: Plan, names: dict[str, Named]) -> None:
    """Add the statements of every derived value to *scope* and its name to *names*."""
    for place, derived in enumerate(plan.derived):
        names[derived.id] = _derived(scope, derived, f"d{place}")


def _derived(scope: Scope, derived: Derived, name: str) -> Named:
    source = scope.source
    lacks, doubts = source.lacks, source.doubts
    mark = source.mark()
    found: Value | None = None
    try:
        with source.aside() as lines:
            if derived.expr is not None:
                found = value_of(scope, derived.expr)
                source.line(f"{name} = {found.code}")
            else:
                _choose(scope, derived, name)
    except UnsupportedError:
        source.back(mark)
        source.line(f"{name} = computed(U, {source.slot(derived.id)})")
        return Named(Value(name), lacks=True, fails=True, computed=True)
    may_lack, may_fail = source.lacks > lacks, source.doubts > doubts
    source.lacks, source.doubts = lacks, doubts
    if not may_lack and not may_fail:
        source.add(lines)
    else:
        with source.block("try"):
            source.add(lines, 1)
        if may_fail:
            with source.block("except Trouble"):
                source.line(f"{name} = X")
        if may_lack:
            with source.block("except Lack"):
                source.line(f"{name} = M")
    if found is None:
        return Named(Value(name), may_lack, may_fail, computed=True)
    if found.known and not may_fail:
        value = constant(source, found.constant)
    else:
        value = Value(name, found.low, found.high, found.places)
    return Named(value, may_lack, may_fail, computed=True)


def _choose(scope: Scope, derived: Derived, name: str) -> None:
    """Add a `choose` table: its first true row, or its only one."""
    source = scope.source
    chosen = source.local()
    source.line(f"{chosen} = None")
    for place, row in enumerate(derived.rows):
        head = f"if {chosen} is None"
        if row.when is None:
            with source.block(head):
                source.line(f"{chosen} = {place}")
        elif derived.choose == "first":
            with source.block(head):
                source.line(f"if {flag_of(scope, row.when).code}: {chosen} = {place}")
        else:
            with source.block(f"if {flag_of(scope, row.when).code}"):
                source.give_up(f"{chosen} is not None")
                source.line(f"{chosen} = {place}")
    for place, row in enumerate(derived.rows):
        with source.block(f"if {chosen} == {place}"):
            then = row.then
            code = source.slot(then) if isinstance(then, str) else value_of(scope, then).code
            source.line(f"{name} = {code}")
    source.give_up(f"{chosen} is None")
