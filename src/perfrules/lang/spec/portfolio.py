"""The shape of a portfolio: rules over the results of many units."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from perfrules.errors import Text
from perfrules.lang.document import Scalar
from perfrules.lang.spec.fields import (
    DigitsField,
    FlagField,
    InputName,
    Language,
    RulesetId,
    RulesetName,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    ValueMapOf,
    Version,
    either,
    fault,
    faults,
    one_of,
    read_value,
    some_mapping,
)
from perfrules.lang.spec.forms import Form
from perfrules.lang.spec.inputs import InputsField
from perfrules.lang.spec.outcome import DecisionsSpec
from perfrules.lang.spec.parts import AllowSpec, BasisField, EffectiveSpec
from perfrules.lang.spec.ruleset import RulesetSpec
from perfrules.lang.spec.values import ChooseSpec, ParametersField

Join: TypeAlias = Literal["unit"]
Order: TypeAlias = Literal["descending", "ascending"]

# What a column can be besides an expression or a choosing table: its first key says which.
FORMS = (
    "rank",
    "percentile",
    "min_max",
    "z_score",
    "allocate",
    "count",
    "sum",
    "mean",
    "any",
    "all",
)
FILE_FORMS = ("count", "sum", "mean", "any", "all")  # that a value of the file can be, too


class SourceSpec(SpecModel):
    """Results that the portfolio reads: of which ruleset, joined how, with which more facts."""

    of: RulesetName = Field(examples=["of: hubei.project_self_evaluation@1"])
    title: TextField = Text()
    join: Annotated[Join, one_of(Join)] | None = None
    facts: InputsField = Field(default_factory=dict)


def _by(value: object) -> tuple[Scalar, ...]:
    """Return what rows are grouped by: one value, or a list."""
    if isinstance(value, list):
        if not value:
            raise fault("PRF213", value="[]")
        return tuple(map(read_value, value))
    return (read_value(value),)


class FoldSpec(SpecModel):
    """A value that a row has only among others: a place, a group's sum, a part of a pool."""

    rank: ValueField | None = None
    percentile: ValueField | None = None
    min_max: ValueField | None = None
    z_score: ValueField | None = None
    allocate: ValueField | None = None
    count: FlagField | None = None
    sum: ValueField | None = None
    mean: ValueField | None = None
    any: ValueField | None = None
    all: ValueField | None = None
    where: ValueField | None = None
    by: Annotated[tuple[Scalar, ...], PlainValidator(_by), Form("one_or_list")] = ()
    order: Annotated[Order, one_of(Order)] | None = None
    in_proportion_to: ValueField | None = None
    digits: DigitsField | None = None
    title: TextField = Text()

    @property
    def form(self) -> str:
        """Which of the forms it is."""
        return next(key for key in FORMS if getattr(self, key) is not None)

    @model_validator(mode="after")
    def _one_form(self) -> "FoldSpec":
        given = [key for key in FORMS if getattr(self, key) is not None]
        if len(given) != 1:
            raise either(given, " / ".join(FORMS))
        form = given[0]
        if self.count is False:
            wrong = fault("PRF205", value="false", choices="true", guess=Text())
            raise faults([(("count",), wrong)])
        pool = form == "allocate"
        if pool and self.in_proportion_to is None:
            example = "in_proportion_to: r.total"
            raise faults([((), fault("PRF202", value="in_proportion_to", example=example))])
        misplaced = {
            "in_proportion_to": self.in_proportion_to is not None and not pool,
            "digits": self.digits is not None and not pool,
            "by": bool(self.by) and pool,
            "order": self.order is not None and form != "rank",
        }
        for key in (key for key, is_wrong in misplaced.items() if is_wrong):
            other = {"order": "rank", "by": "rank / count / sum / mean"}.get(key, "allocate")
            raise faults([((key,), fault("PRF439", value=key, other=other))])
        return self


def _column(value: object) -> Scalar | ChooseSpec | FoldSpec:
    if not isinstance(value, dict):
        return read_value(value)
    if "rows" in value or "choose" in value:
        return ChooseSpec.model_validate(value)
    return FoldSpec.model_validate(value)


def _reported(value: object) -> Scalar | FoldSpec:
    if not isinstance(value, dict):
        return read_value(value)
    found = FoldSpec.model_validate(value)
    if found.form not in FILE_FORMS:
        raise faults([((found.form,), fault("PRF291", value=found.form))])
    return found


ColumnField = Annotated[Scalar | ChooseSpec | FoldSpec, PlainValidator(_column)]
ReportField = Annotated[Scalar | FoldSpec, PlainValidator(_reported)]
SourcesField = Annotated[dict[InputName, SourceSpec], BeforeValidator(some_mapping)]


class PortfolioSpec(SpecModel):
    """A portfolio as its author wrote it."""

    portfolio: RulesetId = Field(examples=["portfolio: city.incentive_fund"])
    language: Language = 1
    version: Version = Field(examples=['version: "1.0"'])
    title: TextField = Text()
    note: TextField = Text()
    basis: BasisField = ()
    effective: EffectiveSpec | None = None
    parameters: ParametersField = Field(default_factory=dict)
    inputs: InputsField = Field(default_factory=dict)
    results: SourcesField = Field(examples=["results: {r: {of: hubei.project_self_evaluation@1}}"])
    derive: Annotated[dict[InputName, ColumnField], BeforeValidator(some_mapping)] = Field(
        default_factory=dict
    )
    decisions: DecisionsSpec | None = None
    report: ValueMapOf[ReportField] = Field(default_factory=dict)
    allow: SomeOf[AllowSpec] = ()

    @classmethod
    def keys_elsewhere(cls) -> Mapping[str, Text]:
        """Return the keys of a ruleset: units are scored there."""
        own = cls.key_examples()
        ruleset = Text("ruleset: 文件", "a ruleset document")
        return {key: ruleset for key in RulesetSpec.key_examples() if key not in own}
