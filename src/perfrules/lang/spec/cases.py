"""The shape of a cases document: facts, and what a ruleset must make of them."""

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from perfrules.errors import Text
from perfrules.lang.document import Scalar, read_decimal
from perfrules.lang.spec.fields import (
    DateField,
    LabelField,
    Language,
    ListOf,
    Name,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    either,
    mapping,
    one_of,
    read_text,
    scalar_reader,
    some_items,
    some_mapping,
)
from perfrules.lang.spec.forms import Form

T = TypeVar("T")
State: TypeAlias = Literal[
    "scored", "not_applicable", "missing", "waived", "unverified", "informational"
]
Absent: TypeAlias = Literal["none"]  # what a result without a total is asked for


def _unquoted(scalar: Scalar) -> Decimal:
    """Return a number, or a percentage as the fraction it is; quotes say nothing here."""
    return read_decimal(Scalar(scalar), percent=True)


_share = scalar_reader(_unquoted, "PRF206")


def _wanted(value: object) -> Decimal | str:
    return "none" if value == "none" else _share(value)


def _ids(value: object) -> tuple[str, ...]:
    """Return one id, or a list of them."""
    if isinstance(value, list):
        return tuple(read_text(item) for item in some_items(value))
    return (read_text(value),)


Wanted = Annotated[Decimal | Absent, PlainValidator(_wanted), Form("wanted")]
ShareField = Annotated[Decimal, PlainValidator(_share), Form("share")]
ById = Annotated[dict[str, T], BeforeValidator(some_mapping)]  # ids of rows too: `goals[a b]`


class WantSpec(SpecModel):
    """What the result must say; what isn't named may be anything.

    In a case of a library `rate`, `score` and `state` are those of its indicator.
    """

    total: Wanted | None = None
    rate: Wanted | None = None
    grade: LabelField | None = None
    complete: Wanted | None = None
    score: Wanted | None = None
    state: Annotated[State, one_of(State)] | None = None
    scores: ById[Wanted] = Field(default_factory=dict)
    rates: ById[Wanted] = Field(default_factory=dict)
    states: ById[Annotated[State, one_of(State)]] = Field(default_factory=dict)
    decisions: ListOf[LabelField] | None = None
    gates: ListOf[LabelField] | None = None
    findings: ListOf[LabelField] | None = None
    lost_first: Annotated[tuple[LabelField, ...], PlainValidator(_ids), Form("one_or_list")] = ()
    report: ById[ValueField] = Field(default_factory=dict)
    warnings: ListOf[LabelField] | None = None


class WithinSpec(SpecModel):
    """How far a number may be off, and why."""

    total: ShareField | None = None
    rate: ShareField | None = None
    complete: ShareField | None = None
    score: ShareField | None = None
    scores: ById[ShareField] = Field(default_factory=dict)
    rates: ById[ShareField] = Field(default_factory=dict)
    because: TextField = Field(examples=["because: 原表按整数计分"])


class CaseSpec(SpecModel):
    """One unit's facts and what must come out, or the code that must refuse them."""

    name: LabelField = Field(examples=["name: 预算执行率恰好80%"])
    source: TextField = Text()
    as_of: DateField | None = None
    indicator: Name | None = None  # of a library
    points: ValueField | None = None
    facts: Annotated[dict[str, Any], PlainValidator(mapping), Form("facts")] = Field(
        examples=["facts: {budget: 120万元}"]
    )
    want: WantSpec | None = None
    want_code: LabelField | None = None
    within: WithinSpec | None = None

    @model_validator(mode="after")
    def _one_want(self) -> "CaseSpec":
        if (self.want is None) == (self.want_code is None):
            both = () if self.want is None else ("want", "want_code")
            raise either(both, "want / want_code")
        return self


class CasesSpec(SpecModel):
    """The cases of one ruleset or library, named by id or by path."""

    cases: LabelField = Field(examples=["cases: city.self_evaluation"])
    language: Language = 1
    title: TextField = Text()
    note: TextField = Text()
    tests: SomeOf[CaseSpec] = Field(examples=["tests: [{name: …, facts: {…}, want: {total: 90}}]"])
