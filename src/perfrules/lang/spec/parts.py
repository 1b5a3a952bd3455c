"""Shapes that several sections share: basis, rounding, findings, policies, choosing, provenance."""

from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import Field, PlainValidator, model_validator

from perfrules.decimals import RoundingMode
from perfrules.errors import Text
from perfrules.lang.spec.fields import (
    DateField,
    DigitsField,
    LabelField,
    Name,
    OneOrMore,
    SpecModel,
    TextField,
    ValueField,
    Version,
    either,
    fault,
    faults,
    one_of,
    word_reader,
)

Evidence: TypeAlias = Literal["official", "published", "background", "proposed"]
PolicyWord: TypeAlias = Literal["full", "zero", "exclude", "redistribute", "redistribute_equally"]
MissingWord: TypeAlias = Literal["error", "zero", "not_applicable"]
Provenance: TypeAlias = Literal["regulation", "negotiated", "equal", "ahp", "entropy", "critic"]
Choose: TypeAlias = Literal["first", "unique"]

ModeField = Annotated[RoundingMode, one_of(RoundingMode)]


class BasisSpec(SpecModel):
    """Where a rule comes from, and how sure that is."""

    document: LabelField = Field(examples=["document: 鄂财绩发〔2020〕3号"])
    clause: LabelField | None = None
    evidence: Annotated[Evidence, one_of(Evidence)] = Field(examples=["evidence: published"])
    note: TextField = Text()


BasisField = OneOrMore[BasisSpec]


class RoundingSpec(SpecModel):
    """How a node's score is rounded."""

    digits: DigitsField | None = None
    mode: ModeField | None = None


class TopRoundingSpec(SpecModel):
    """How scores are rounded: `digits` sets leaves and total, `leaf` and `total` each its own."""

    digits: DigitsField | None = None
    leaf: DigitsField | None = None
    total: DigitsField | None = None
    mode: ModeField | None = None

    @model_validator(mode="after")
    def _one_way(self) -> "TopRoundingSpec":
        if self.digits is not None and not (self.leaf is None and self.total is None):
            raise either(("digits", "leaf, total"), "digits / leaf + total")
        return self


class EffectiveSpec(SpecModel):
    """When a ruleset is in force: from a day, until the day before another."""

    from_: DateField | None = Field(None, alias="from")
    until: DateField | None = None

    @model_validator(mode="after")
    def _forward(self) -> "EffectiveSpec":
        if self.from_ is not None and self.until is not None and self.from_ >= self.until:
            raise faults([(("until",), fault("PRF223", low=self.from_, value=self.until))])
        return self


class PointsBySpec(SpecModel):
    """Where points or weights come from."""

    how: Annotated[Provenance, one_of(Provenance)] = Field(examples=["how: negotiated"])
    because: TextField = Text()


class AllowSpec(SpecModel):
    """A finding of the checker that the author allows, with a reason."""

    code: LabelField = Field(examples=["code: PRF417"])
    because: TextField = Field(examples=["because: 依据文件如此规定"])


class DeprecatedSpec(SpecModel):
    """That an indicator of a library shouldn't be used any more, since which version, and why."""

    since: Version = Field(examples=['since: "2.0"'])
    use: LabelField | None = None
    because: TextField = Text()


class FindingSpec(SpecModel):
    """A problem and a suggestion where an indicator fell short."""

    when: ValueField = Field(examples=["when: rate < 80%"])
    problem: TextField = Field(examples=["problem: 预算执行率偏低"])
    suggestion: TextField = Text()


class ToSpec(SpecModel):
    """Points that go to another indicator."""

    to: Name = Field(examples=["to: other_id"])


_policy_word = word_reader(get_args(PolicyWord), "{to: id}")


def _policy(value: object) -> str | ToSpec:
    return ToSpec.model_validate(value) if isinstance(value, dict) else _policy_word(value)


PolicyField = Annotated[PolicyWord | ToSpec, PlainValidator(_policy)]
