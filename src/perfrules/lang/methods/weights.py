"""How the results of several groups become one: pooled, equal, or by declared shares."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import PlainValidator

from perfrules.decimals import CONTEXT, ONE
from perfrules.errors import Path, Text
from perfrules.lang.document import Scalar
from perfrules.lang.frame import Fault
from perfrules.lang.methods.amount import add_up, literal
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.labels import fit_labels
from perfrules.lang.methods.pair import one_by_label
from perfrules.lang.methods.phrase import joined, percent, phrase
from perfrules.lang.methods.share import NOTHING, Share
from perfrules.lang.spec.fields import word_reader

GroupsWord: TypeAlias = Literal["pooled", "equal"]
Empty: TypeAlias = Literal["exclude"]

_word = word_reader(("pooled", "equal"), "{group: share}")


def _groups(value: object) -> str | dict[str, Scalar]:
    return one_by_label(value) if isinstance(value, dict) else _word(value)


GroupsField = Annotated[GroupsWord | dict[str, Scalar], PlainValidator(_groups)]


@dataclass(frozen=True, slots=True)
class Weights:
    """Shares by group; none where each group counts alike."""

    shares: Mapping[str, Decimal]

    def of(self, group: str) -> Decimal:
        """Return the group's weight; PRF566 where the ruleset gives it none."""
        if not self.shares:
            return ONE
        if group not in self.shares:
            raise Fault("PRF566", name=group, known="、".join(self.shares))
        return self.shares[group]

    def mean(self, values: Mapping[str, Share]) -> Share:
        """Return the weighted mean; what was left out leaves its weight to the others."""
        total, whole = NOTHING, NOTHING
        for group, value in values.items():
            weight = Share(self.of(group))
            total = total.plus(weight.times(value))
            whole = whole.plus(weight)
        return Share(total.numerator, CONTEXT.multiply(total.denominator, whole.numerator))


def show_groups(weights: Weights, values: Mapping[str, Text]) -> Text:
    """Return each group's value with its weight, where it has one."""
    parts = []
    for group, value in values.items():
        form = "{group} {value} × {weight}" if weights.shares else "{group} {value}"
        weight = percent(weights.of(group))
        parts.append(phrase(form, form, group=group, value=value, weight=weight))
    return joined(parts)


def weights(
    scope: Scope,
    path: Path,
    raw: str | Mapping[str, Scalar] | None,
    declared: Sequence[str] | None,
) -> Weights | None:
    """Return how groups are weighted; *declared* are the input's, None where unknown.

    PRF428 shares that don't make 100 %; PRF430, PRF431 where they aren't the input's groups; PRF451
    groups that the input doesn't have.
    """
    if raw is None:
        return Weights({})
    if declared is not None and not declared:
        scope.report("PRF451", path, key=True, value=path[-1])
        return None
    if isinstance(raw, str):
        return Weights({})
    fits = declared is None or fit_labels(scope, path, raw, declared)
    shares = {label: literal(scope, (*path, label), item) for label, item in raw.items()}
    if not add_up(scope, path, list(shares.values())) or not fits:
        return None
    return Weights({label: share for label, share in shares.items() if share is not None})
