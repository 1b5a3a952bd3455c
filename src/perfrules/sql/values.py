"""What an expression gives in SQL: a number, a condition, a label, a day, a set, answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from perfrules.sql.nodes import Cond, Node, text
from perfrules.sql.number import Number
from perfrules.sql.whole import Whole, constant


@dataclass(frozen=True, slots=True)
class Flag:
    """A condition, NULL where it can't be told."""

    holds: Cond


@dataclass(frozen=True, slots=True)
class Label:
    """A label or a text; `written` where it is a literal."""

    node: Node
    written: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A date as its proleptic ordinal; `node` where it is a column."""

    ordinal: Whole
    node: Node | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A set of labels: an array column."""

    node: Node


@dataclass(frozen=True, slots=True)
class Answers:
    """How many answers each level got, by group; ungrouped ones stand under None."""

    groups: Mapping[str | None, Mapping[str, Whole]]


@dataclass(frozen=True, slots=True)
class Listing:
    """A map parameter's entries on the evaluation's date."""

    entries: Mapping[object, object]


Value: TypeAlias = Number | Flag | Label | Day | Chosen | Answers | Listing


def label(value: str) -> Label:
    """Return a label that is written out."""
    return Label(text(value), value)


def day(value: date) -> Day:
    """Return a day that is written out.

    >>> day(date(1, 1, 2)).ordinal.constant
    2
    """
    return Day(constant(value.toordinal()))
