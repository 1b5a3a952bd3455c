"""The shape of the indicator tree."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, PlainValidator

from perfrules.errors import Text
from perfrules.lang.spec.fields import (
    DigitsField,
    FlagField,
    LabelField,
    MapOf,
    Name,
    OneOrMore,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    ValueName,
    fault,
    faults,
    key_errors,
    one_of,
    shown,
    some_mapping,
    without_notes,
)
from perfrules.lang.spec.forms import Form
from perfrules.lang.spec.inputs import InputField
from perfrules.lang.spec.keys import key_faults
from perfrules.lang.spec.parts import (
    BasisField,
    DeprecatedSpec,
    FindingSpec,
    PointsBySpec,
    PolicyField,
    RoundingSpec,
)
from perfrules.lang.spec.values import ParametersField
from perfrules.messages import nearest

MissingWord: TypeAlias = Literal["error", "zero", "not_applicable"]
Aggregation: TypeAlias = Literal["sum", "weighted_mean", "geometric_mean", "minimum"]
Nature: TypeAlias = Literal["quantitative", "qualitative"]
Direction: TypeAlias = Literal["higher", "lower"]

AggregateField = Annotated[Aggregation, one_of(Aggregation)]

# Keys that stand at the top of a ruleset or in a scoring method, never in an indicator.
_TOP = ("language", "effective", "total", "parameters", "inputs", "derive", "adjustments")
_TOP_TOO = ("gates", "grades", "decisions", "report", "allow", "version")
_SCORE = ("method", "actual", "target", "bands", "shares", "level", "elements", "otherwise")


def _method(value: object) -> dict[str, Any]:
    """Return a method's keys as they are: the method's own model reads them later."""
    if not isinstance(value, dict):
        raise fault("PRF212", value=shown(value), keys="method, …")
    given = without_notes(some_mapping(value))
    if "method" not in given:
        example = {"method": "method: proportional"}
        near = [key for key in given if nearest(key, ["method"])]
        wrong = key_faults(near, example, {"method": "PRF202"}, elsewhere={})
        raise faults(key_errors(wrong))
    return given


MethodField = Annotated[dict[str, Any], PlainValidator(_method), Form("method")]


class SplitSpec(SpecModel):
    """Points divided equally among the rows of a sheet."""

    points: ValueField = Field(examples=["points: 40"])
    digits: DigitsField = 0


class ForEachSpec(SpecModel):
    """One leaf for each row of a table."""

    row: ValueName = Field(examples=["row: t"])
    in_: Name = Field(alias="in", examples=["in: targets"])
    where: ValueField | None = None
    key: ValueField = Field(examples=["key: t.name"])


class LeafDefaults(SpecModel):
    """What a branch may say once for all its leaves, and a leaf for itself."""

    points: ValueField | None = None
    weight: ValueField | None = None
    points_of: ValueField | None = None
    split: SplitSpec | None = None
    score: MethodField | None = None
    ask: InputField | None = None
    applies_when: ValueField | None = None
    not_applicable: PolicyField | None = None
    missing: Annotated[MissingWord, one_of(MissingWord)] | None = None
    unverified: PolicyField | None = None
    waived: PolicyField | None = None
    scored: FlagField | None = None
    rounding: RoundingSpec | None = None
    finding: OneOrMore[FindingSpec] = ()
    evidence: TextField = Text()
    basis: BasisField = ()
    category: LabelField | None = None
    core: FlagField | None = None
    nature: Annotated[Nature, one_of(Nature)] | None = None
    direction: Annotated[Direction, one_of(Direction)] | None = None
    unit: LabelField | None = None
    note: TextField = Text()


class NodeSpec(LeafDefaults):
    """What every node of a tree may have, in a ruleset and in a library."""

    id: Name = Field(examples=["id: execution"])
    title: TextField = Text()
    definition: TextField = Text()
    formula: ValueField | None = None
    for_each: ForEachSpec | None = None
    aggregate: AggregateField | None = None
    each: LeafDefaults | None = None
    points_by: PointsBySpec | None = None
    deprecated: DeprecatedSpec | None = None

    @classmethod
    def keys_elsewhere(cls) -> Mapping[str, Text]:
        """Return the keys of the top of a ruleset and of methods."""
        top = Text("规则集的最外层", "the top of the ruleset")
        score = Text("score: 之下", "the mapping under score:")
        return dict.fromkeys((*_TOP, *_TOP_TOO), top) | dict.fromkeys(_SCORE, score)


class IndicatorSpec(NodeSpec):
    """A node of the tree: a leaf has `score`, a branch has `indicators`.

    One with `use` came from a library, and `with` says what its inputs and parameters are here.
    """

    indicators: SomeOf["IndicatorSpec"] = ()
    use: LabelField | None = None
    with_: MapOf[ValueField] = Field(default_factory=dict, alias="with")


class LibraryIndicatorSpec(NodeSpec):
    """An indicator of a library: it may declare standards and parameters of its own."""

    indicators: SomeOf["LibraryIndicatorSpec"] = ()
    standards: ParametersField = Field(default_factory=dict)
    parameters: ParametersField = Field(default_factory=dict)

    @classmethod
    def keys_elsewhere(cls) -> Mapping[str, Text]:
        """Return the keys of an indicator of a ruleset, too."""
        ruleset = Text("规则集的指标", "an indicator of a ruleset")
        elsewhere = dict(super().keys_elsewhere())
        del elsewhere["parameters"]
        return elsewhere | dict.fromkeys(("use", "with"), ruleset)
