"""The shape of a key that holds one value or two: a share or a range, a bound or an interval."""

from typing import Annotated, TypeAlias

from pydantic import PlainValidator
from pydantic_core import PydanticCustomError

from perfrules.errors import Path
from perfrules.lang.document import Scalar
from perfrules.lang.spec.fields import fault, faults, read_text, read_value, shown, some_mapping

Pair: TypeAlias = tuple[Scalar, Scalar]
OneOrTwo: TypeAlias = Scalar | Pair

_TWO = 2


def _two(value: object) -> Pair:
    if not isinstance(value, list) or len(value) != _TWO:
        raise fault("PRF445", value=shown(value))
    return read_value(value[0]), read_value(value[1])


def _one_or_two(value: object) -> OneOrTwo:
    return _two(value) if isinstance(value, list) else read_value(value)


def by_label(value: object) -> dict[str, OneOrTwo]:
    """Return a mapping of labels, each with one value or a range."""
    found: dict[str, OneOrTwo] = {}
    wrong: list[tuple[Path, PydanticCustomError]] = []
    for key, item in some_mapping(value).items():
        try:
            found[read_text(key)] = _one_or_two(item)
        except PydanticCustomError as error:
            wrong.append(((key,), error))
    if wrong:
        raise faults(wrong)
    return found


def one_by_label(value: object) -> dict[str, Scalar]:
    """Return a mapping of labels, each with one value."""
    found = by_label(value)
    single = {key: item for key, item in found.items() if isinstance(item, Scalar)}
    if len(single) < len(found):
        raise faults(
            ((key,), fault("PRF224", value=shown_values(item)))
            for key, item in found.items()
            if key not in single
        )
    return single


def _shares(value: object) -> Scalar | dict[str, OneOrTwo]:
    return by_label(value) if isinstance(value, dict) else read_value(value)


PairField = Annotated[Pair, PlainValidator(_two)]
OneOrTwoField = Annotated[OneOrTwo, PlainValidator(_one_or_two)]
ByLabel = Annotated[dict[str, Scalar], PlainValidator(one_by_label)]
# Shares by label, or the name of a map parameter that holds them.
SharesField = Annotated[Scalar | dict[str, OneOrTwo], PlainValidator(_shares)]


def shown_values(value: object) -> str:
    """Return one value or two as a sentence shows them.

    >>> shown_values(("80%", "60%")), shown_values("80%")
    ('[80%, 60%]', '80%')
    """
    return f"[{', '.join(map(str, value))}]" if isinstance(value, tuple) else str(value)


def keys_given(**keys: object) -> str:
    """Return the keys that are there, for a sentence about keys that exclude each other.

    >>> keys_given(rate="x", points=None)
    'rate'
    """
    return ", ".join(key.rstrip("_") for key, value in keys.items() if value is not None)
