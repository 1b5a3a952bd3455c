"""The column form of each scoring method, by the class of its plan.

A method without one (a plugin's) is rated by its own plan, unit by unit, for that leaf only.
"""

from collections.abc import Callable
from typing import Any, Final

from perfrules.engine.batch.kernel.chunk import UnsupportedError
from perfrules.engine.batch.kernel.forms.composed import either, mix, survey
from perfrules.engine.batch.kernel.forms.goals import target
from perfrules.engine.batch.kernel.forms.losses import deadline, deduct, rank
from perfrules.engine.batch.kernel.forms.measured import bands, linear, proportional
from perfrules.engine.batch.kernel.forms.plain import checklist, formula, met
from perfrules.engine.batch.kernel.forms.rated import levels
from perfrules.engine.batch.kernel.rule import Rule
from perfrules.engine.batch.kernel.shares import Share
from perfrules.lang.methods.base import MethodPlan

__all__ = ["has_form", "share_of"]

# By name: importing the classes would build the pydantic models that stand beside them.
_OURS: Final = "perfrules.lang.methods"
_TARGET: Final = (f"{_OURS}.target", "TargetPlan")
_FORMS: Final[dict[tuple[str, str], Callable[[Any, Rule], Share]]] = {
    (f"{_OURS}.bands", "BandsPlan"): bands,
    (f"{_OURS}.checklist", "ChecklistPlan"): checklist,
    (f"{_OURS}.deadline", "DeadlinePlan"): deadline,
    (f"{_OURS}.deduct", "DeductPlan"): deduct,
    (f"{_OURS}.either", "EitherPlan"): lambda plan, rule: either(plan, rule, share_of),
    (f"{_OURS}.formula", "FormulaPlan"): formula,
    (f"{_OURS}.levels", "LevelsPlan"): levels,
    (f"{_OURS}.linear", "LinearPlan"): linear,
    (f"{_OURS}.met", "MetPlan"): met,
    (f"{_OURS}.mix", "MixPlan"): lambda plan, rule: mix(plan, rule, share_of),
    (f"{_OURS}.proportional", "ProportionalPlan"): proportional,
    (f"{_OURS}.rank", "RankPlan"): rank,
    (f"{_OURS}.survey", "SurveyPlan"): lambda plan, rule: survey(plan, rule, share_of),
    _TARGET: target,
}


def share_of(method: MethodPlan, rule: Rule) -> Share:
    """Return the share that *method* gives.

    Raises:
        UnsupportedError: There is no column form; what was marked so far must be dropped.
    """
    kind = type(method)
    form = _FORMS.get((kind.__module__, kind.__qualname__))
    if form is None:
        raise UnsupportedError(kind.__qualname__)
    return form(method, rule)


def has_form(method: MethodPlan) -> bool:
    """Return whether a method is one of those that have a column form, whatever it holds."""
    kind = type(method)
    if (kind.__module__, kind.__qualname__) == _TARGET:
        return not method.by and method.late is None  # type: ignore[attr-defined] # its class
    return (kind.__module__, kind.__qualname__) in _FORMS
