"""The shape of a library."""

from collections.abc import Mapping

from pydantic import Field

from perfrules.errors import Text
from perfrules.lang.spec.fields import (
    Language,
    RulesetId,
    SomeOf,
    SpecModel,
    TextField,
    Version,
)
from perfrules.lang.spec.indicators import LibraryIndicatorSpec
from perfrules.lang.spec.inputs import InputsField
from perfrules.lang.spec.parts import AllowSpec, BasisField, EffectiveSpec
from perfrules.lang.spec.values import ParametersField

_RULESET = ("total", "rounding", "aggregate", "derive", "adjustments", "gates", "grades")
_RULESET_TOO = ("decisions", "report", "extends", "change", "remove", "add")


class DeclaredSpec(SpecModel):
    """Some inputs and parameters of a library, for their types."""

    inputs: InputsField = Field(default_factory=dict)
    parameters: ParametersField = Field(default_factory=dict)


class LibrarySpec(SpecModel):
    """A library as its author wrote it: indicators for rulesets to take."""

    library: RulesetId = Field(examples=["library: education"])
    language: Language = 1
    version: Version = Field(examples=['version: "1.0"'])
    title: TextField = Field(examples=["title: 教育指标库"])
    note: TextField = Text()
    basis: BasisField = ()
    effective: EffectiveSpec | None = None
    parameters: ParametersField = Field(default_factory=dict)
    inputs: InputsField = Field(default_factory=dict)
    indicators: SomeOf[LibraryIndicatorSpec] = Field(
        examples=["indicators: [{id: coverage, title: 覆盖率, score: {method: met, when: …}}]"]
    )
    allow: SomeOf[AllowSpec] = ()

    @classmethod
    def keys_elsewhere(cls) -> Mapping[str, Text]:
        """Return the keys of a ruleset."""
        return dict.fromkeys((*_RULESET, *_RULESET_TOO), Text("规则集", "a ruleset"))
