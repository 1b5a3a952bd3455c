"""What `with` binds: an expression of the ruleset for an input or a parameter of a library."""

from dataclasses import replace

from perfrules.errors import Path, Text
from perfrules.lang.check.context import Context, kinds
from perfrules.lang.check.inputs import input_plan
from perfrules.lang.check.parameters import parameter_plan
from perfrules.lang.check.views import View
from perfrules.lang.document import Document, Scalar, Scope
from perfrules.lang.expr import Names
from perfrules.lang.plan import Derived, InputPlan, ParameterPlan
from perfrules.lang.shape import validate
from perfrules.lang.spec.inputs import InputsField
from perfrules.lang.spec.fields import SpecModel
from perfrules.lang.spec.values import ParametersField
from perfrules.lang.tree import Expr, Name
from perfrules.lang.types import Kind, Type

_WHOLE = (Kind.TABLE, Kind.SURVEY, Kind.PANEL)
