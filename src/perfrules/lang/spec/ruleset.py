"""The shape of a ruleset."""

from collections.abc import Mapping

from pydantic import Field

from perfrules.errors import Text
from perfrules.lang.spec.fields import (
    DecimalField,
    Language,
    MapOf,
    RulesetId,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    Version,
)
from perfrules.lang.spec.indicators import AggregateField, IndicatorSpec
from perfrules.lang.spec.inputs import InputsField
from perfrules.lang.spec.outcome import AdjustmentSpec, DecisionsSpec, GateSpec, GradeSpec
from perfrules.lang.spec.parts import (
    AllowSpec,
    BasisField,
    EffectiveSpec,
    PointsBySpec,
    TopRoundingSpec,
)
from perfrules.lang.spec.values import DerivesField, ParametersField


class RulesetSpec(SpecModel):
    """A ruleset as its author wrote it: the right keys with the right kinds of values."""

    ruleset: RulesetId = Field(examples=["ruleset: city.self_evaluation"])
    language: Language = 1
    version: Version = Field(examples=['version: "1.0"'])
    title: TextField = Field(examples=["title: 项目支出绩效自评"])
    note: TextField = Text()
    basis: BasisField = ()
    effective: EffectiveSpec | None = None
    total: DecimalField | None = None
    rounding: TopRoundingSpec | None = None
    aggregate: AggregateField | None = None
    parameters: ParametersField = Field(default_factory=dict)
    inputs: InputsField = Field(examples=["inputs: {budget: {type: money, unit: 万元}}"])
    derive: DerivesField = Field(default_factory=dict)
    indicators: SomeOf[IndicatorSpec] = ()
    adjustments: SomeOf[AdjustmentSpec] = ()
    gates: SomeOf[GateSpec] = ()
    grades: SomeOf[GradeSpec] = ()
    decisions: DecisionsSpec | None = None
    report: MapOf[ValueField] = Field(default_factory=dict)
    allow: SomeOf[AllowSpec] = ()
    points_by: PointsBySpec | None = None

    @classmethod
    def keys_elsewhere(cls) -> Mapping[str, Text]:
        """Return the keys of an indicator and of a cases document."""
        own = cls.key_examples()
        indicator = Text("indicators: 下的指标", "an indicator under indicators:")
        cases = Text("cases: 文件", "a cases document")
        return {
            key: indicator for key in IndicatorSpec.key_examples() if key not in own
        } | dict.fromkeys(("cases", "tests"), cases)
