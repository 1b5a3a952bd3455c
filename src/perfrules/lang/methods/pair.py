"""The shape of a key that holds one value or two: a share or a range, a bound or an interval."""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, PlainValidator

from perfrules.lang.document import Scalar
from perfrules.lang.spec.fields import LabelField, fault, read_value, shown, some_mapping

Pair: TypeAlias = tuple[Scalar, Scalar]
OneOrTwo: TypeAlias = Scalar | Pair

_TWO = 2


def _two(value: object) -> Pair:
    if not isinstance(value, list) or len(value) != _TWO:
        raise fault("PRF445", value=shown(value))
    return read_value(value[0]), read_value(value[1])


def _one_or_two(value: object) -> OneOrTwo:
    return _two(value) if isinstance(value, list) else read_value(value)


PairField = Annotated[Pair, PlainValidator(_two)]
OneOrTwoField = Annotated[OneOrTwo, PlainValidator(_one_or_two)]
ByLabel = Annotated[dict[LabelField, OneOrTwoField], BeforeValidator(some_mapping)]


def keys_given(**keys: object) -> str:
    """Return the keys that are there, for a sentence about keys that exclude each other.

    >>> keys_given(rate="x", points=None)
    'rate'
    """
    return ", ".join(key.rstrip("_") for key, value in keys.items() if value is not None)


def labels(given: Mapping[str, object]) -> list[str]:
    """Return a mapping's labels in the order written."""
    return list(given)
