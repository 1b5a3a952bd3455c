"""The shape of a portfolio's cases: results in short, and what must come of them."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, PlainValidator, model_validator

from perfrules.errors import Path, Text
from perfrules.lang.spec.cases import ById, ShareField, State
from perfrules.lang.spec.fields import (
    DateField,
    LabelField,
    Language,
    ListOf,
    MapOf,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    either,
    fault,
    faults,
    mapping,
    one_of,
    read_value,
    shown,
    some_items,
    some_mapping,
)
from perfrules.lang.spec.forms import Form

Value: TypeAlias = Any
Rows: TypeAlias = dict[str, tuple[dict[str, Any], ...]]


class ShortResult(SpecModel):
    """A result in short: what isn't written, the result has no value for.

    The rate follows from the total where it isn't written.
    """

    unit: LabelField | None = None
    total: ShareField | None = None
    rate: ShareField | None = None
    grade: LabelField | None = None
    complete: ShareField | None = None
    scores: ById[ShareField] = Field(default_factory=dict)
    rates: ById[ShareField] = Field(default_factory=dict)
    states: ById[Annotated[State, one_of(State)]] = Field(default_factory=dict)


def _by_source(value: object) -> object:
    """Return rows by source; a list alone is that of the first source, whose name is empty."""
    if isinstance(value, list):
        return {"": value}
    return some_mapping(value)


def _rows(value: object) -> Rows:
    """Return facts by source, each row as it is written."""
    found: Rows = {}
    for name, rows in mapping(_by_source(value)).items():
        place: Path = () if isinstance(value, list) else (name,)
        wrong = [
            ((*place, index), fault("PRF212", value=shown(row), keys="unit, …"))
            for index, row in enumerate(some_items(rows))
            if not isinstance(row, dict)
        ]
        if wrong:
            raise faults(wrong)
        found[name] = tuple(rows)
    return found


ResultsField = Annotated[
    dict[str, ListOf[ShortResult]], BeforeValidator(_by_source), Form("by_source")
]
FactsField = Annotated[Rows, PlainValidator(_rows), Form("by_source")]


def _value(value: object) -> Value:
    """Return a wanted value: one, or one for each group."""
    if not isinstance(value, dict):
        return read_value(value)
    wrong = [
        ((name,), fault("PRF224", value=shown(item)))
        for name, item in some_mapping(value).items()
        if isinstance(item, dict | list)
    ]
    if wrong:
        raise faults(wrong)
    return value


WantedValue = Annotated[Value, PlainValidator(_value), Form("by_group")]


class PortfolioWant(SpecModel):
    """What must come of a portfolio; what isn't named may be anything."""

    rows: ById[ById[ValueField]] = Field(default_factory=dict)
    decisions: ById[ListOf[LabelField]] = Field(default_factory=dict)
    report: ById[WantedValue] = Field(default_factory=dict)
    rejected: ListOf[LabelField] | None = None
    warnings: ListOf[LabelField] | None = None


class PortfolioCase(SpecModel):
    """Results, facts and inputs, and what must come out, or the code that must refuse them."""

    name: LabelField = Field(examples=["name: 并列第一"])
    source: TextField = Text()
    as_of: DateField | None = None
    inputs: MapOf[ValueField] = Field(default_factory=dict)
    results: ResultsField = Field(examples=["results: [{unit: 甲, total: 92, grade: 优}]"])
    facts: FactsField = Field(default_factory=dict)
    want: PortfolioWant | None = None
    want_code: LabelField | None = None

    @model_validator(mode="after")
    def _one_want(self) -> "PortfolioCase":
        if (self.want is None) == (self.want_code is None):
            both = () if self.want is None else ("want", "want_code")
            raise either(both, "want / want_code")
        return self


class PortfolioCasesSpec(SpecModel):
    """The cases of one portfolio, named by id or by path."""

    cases: LabelField = Field(examples=["cases: city.incentive_fund"])
    language: Language = 1
    title: TextField = Text()
    note: TextField = Text()
    tests: SomeOf[PortfolioCase] = Field(examples=["tests: [{name: …, results: […], want: {…}}]"])


def about_portfolio(value: Mapping[str, object]) -> bool:
    """Return whether cases are a portfolio's: one of them gives results.

    >>> about_portfolio({"tests": [{"name": "x", "results": []}]}), about_portfolio({"tests": []})
    (True, False)
    """
    tests = value.get("tests")
    return any(
        isinstance(test, dict) and "results" in test
        for test in (tests if isinstance(tests, list) else ())
    )
