"""The code form of each scoring method, by the class of its plan.

A method without one (a panel, a plugin's) is rated by its own plan, for that leaf only.
"""

from collections.abc import Callable
from typing import Any, Final

from perfrules.engine.codegen.forms.composed import either, mix, survey
from perfrules.engine.codegen.forms.goals import target
from perfrules.engine.codegen.forms.losses import deadline, deduct
from perfrules.engine.codegen.forms.measured import bands, linear, proportional
from perfrules.engine.codegen.forms.plain import checklist, formula, met
from perfrules.engine.codegen.forms.rated import levels
from perfrules.engine.codegen.shares import Rule, Sink
from perfrules.engine.codegen.source import UnsupportedError
from perfrules.lang.methods.base import MethodPlan

__all__ = ["write"]

# By name: importing the classes would build the pydantic models that stand beside them.
_OURS: Final = "perfrules.lang.methods"
_FORMS: Final[dict[tuple[str, str], Callable[[Any, Rule, Sink], None]]] = {
    (f"{_OURS}.bands", "BandsPlan"): bands,
    (f"{_OURS}.checklist", "ChecklistPlan"): checklist,
    (f"{_OURS}.deadline", "DeadlinePlan"): deadline,
    (f"{_OURS}.deduct", "DeductPlan"): deduct,
    (f"{_OURS}.either", "EitherPlan"): lambda plan, rule, sink: either(plan, rule, sink, write),
    (f"{_OURS}.formula", "FormulaPlan"): formula,
    (f"{_OURS}.levels", "LevelsPlan"): levels,
    (f"{_OURS}.linear", "LinearPlan"): linear,
    (f"{_OURS}.met", "MetPlan"): met,
    (f"{_OURS}.mix", "MixPlan"): lambda plan, rule, sink: mix(plan, rule, sink, write),
    (f"{_OURS}.proportional", "ProportionalPlan"): proportional,
    (f"{_OURS}.survey", "SurveyPlan"): lambda plan, rule, sink: survey(plan, rule, sink, write),
    (f"{_OURS}.target", "TargetPlan"): target,
}


def write(method: MethodPlan, rule: Rule, sink: Sink) -> None:
    """Add the code that rates by *method* and puts the share into *sink*.

    Raises:
        UnsupportedError: There is no code form; what was added so far must be dropped.
    """
    kind = type(method)
    form = _FORMS.get((kind.__module__, kind.__qualname__))
    if form is None:
        raise UnsupportedError(kind.__qualname__)
    form(method, rule, sink)
