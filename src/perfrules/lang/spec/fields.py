"""The base of every shape model and the types of its fields.

A field's reader takes what the document holds (a `Scalar`, a dict, a list) and returns what the
model keeps, or raises one fault: a pydantic error whose type is a message code and whose context
holds the sentence's arguments. `lang.shape` turns those into diagnostics.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    PlainValidator,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from perfrules.errors import Path, Text
from perfrules.lang.document import (
    Scalar,
    ScalarFault,
    read_date,
    read_decimal,
    read_flag,
    read_int,
)
from perfrules.lang.spec.forms import Form, Whole
from perfrules.lang.spec.keys import KeyFault, key_faults, meant
from perfrules.lang.spec.names import (
    FACT_KEYS,
    RESERVED,
    dotted_fault,
    has_han,
    name_fault,
    ruleset_fault,
    version_fault,
)

T = TypeVar("T")
MOST_FAULTS = 100  # told of one document: a file of another kind has one in every line


def fault(code: str, **args: object) -> PydanticCustomError:
    """Return the error of *code*, to be raised by a reader; *args* fill its sentence."""
    return coded(code, args)


def coded(code: str, args: Mapping[str, object], *, at_key: bool = False) -> PydanticCustomError:
    """Return the error of *code* with its arguments; `at_key` points at the key."""
    return PydanticCustomError(code, code, {"args": dict(args), "at_key": at_key})


def either(given: Iterable[str], keys: str) -> PydanticCustomError:
    """Return the fault of *given* keys of which exactly one form of *keys* must stand."""
    there = ", ".join(given)
    return fault("PRF222", given=Text(there or "一种也没有", there or "none of them"), keys=keys)


def faults(found: Iterable[tuple[Path, PydanticCustomError]]) -> ValidationError:
    """Return one error that holds several faults, each at a path below the value being read."""
    return ValidationError.from_exception_data(
        "shape",
        [
            InitErrorDetails(type=error, loc=path, input=None)
            for path, error in islice(found, MOST_FAULTS)
        ],
    )


def found_in(
    error: ValidationError, told: Collection[str] = ()
) -> list[tuple[Path, PydanticCustomError]]:
    """Return the faults that *error* holds, but for missing keys that were *told* already.

    One of a plain pydantic type (in a model that a plugin brings) is told as PRF224.
    """
    found: list[tuple[Path, PydanticCustomError]] = []
    for item in error.errors(include_url=False):
        code, place = item["type"], item["loc"]
        if code.startswith("PRF"):
            found.append((place, PydanticCustomError(code, code, item.get("ctx"))))
        elif not (code == "missing" and len(place) == 1 and place[0] in told):
            found.append((place, fault("PRF224", value=shown(item["input"]))))
    return found


def shown(value: object) -> str:
    """Return what a sentence calls a value of the wrong shape.

    >>> shown({"a": "1", "b": "2"}), shown([])
    ('{a, b}', '[]')
    """
    match value:
        case dict():
            return "{" + ", ".join(map(str, value)) + "}"
        case list():
            return "[" + ", ".join(shown(item) for item in value[:9] if isinstance(item, str)) + "]"
        case _:
            return str(value)


def without_notes(value: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping without the author's own `x-` keys.

    >>> without_notes({"id": "a", "x-owner": "教育科"})
    {'id': 'a'}
    """
    return {key: item for key, item in value.items() if not key.startswith("x-")}


def key_errors(found: list[KeyFault]) -> list[tuple[Path, PydanticCustomError]]:
    """Return faults of keys as errors that point at the keys."""
    return [(item.path, coded(item.code, item.args, at_key=True)) for item in found]


class _Checked(dict[str, Any]):
    """A mapping whose keys were looked at: pydantic calls a recursive model's validator twice."""


class SpecModel(BaseModel):
    """The base of every mapping with fixed keys: frozen, and an unknown key is a fault.

    Keys beginning with `x-` are the author's own notes and are left out. A field's `examples` are
    shown where its key is missing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    missing_codes: ClassVar[Mapping[str, str]] = {}  # where a missing key has a code of its own

    @model_validator(mode="wrap")
    @classmethod
    def _read(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:  # noqa: ANN401
        if isinstance(value, cls | _Checked):
            return handler(value)
        known = cls.key_examples()
        if not isinstance(value, dict):
            raise fault("PRF212", value=shown(value), keys=", ".join(known))
        given = without_notes(value)
        wrong = cls._key_faults(given)
        try:
            read = handler(_Checked((key, item) for key, item in given.items() if key in known))
        except ValidationError as error:
            raise faults([*wrong, *found_in(error, cls.needed_keys())]) from None
        if wrong:
            raise faults(wrong)
        return read

    @classmethod
    def _key_faults(cls, given: Mapping[str, object]) -> list[tuple[Path, PydanticCustomError]]:
        """Return what is wrong with the keys themselves; a missing one has no place of its own."""
        known = cls.key_examples()
        needed = {key: cls.missing_codes.get(key, "PRF202") for key in cls.needed_keys()}
        if given.keys() <= known.keys() and needed.keys() <= given.keys():
            return []
        return key_errors(key_faults(given, known, needed, elsewhere=cls.keys_elsewhere()))

    @classmethod
    def keys_elsewhere(cls) -> Mapping[str, Text]:
        """Return keys that exist, but not here, and where each belongs."""
        return {}

    @classmethod
    def key_examples(cls) -> dict[str, str]:
        """Return the keys a document may use here, each with an example of its use."""
        return {
            field.alias or name: str(field.examples[0]) if field.examples else ""
            for name, field in cls.model_fields.items()
        }

    @classmethod
    def needed_keys(cls) -> tuple[str, ...]:
        """Return the keys that must be there."""
        return tuple(
            field.alias or name for name, field in cls.model_fields.items() if field.is_required()
        )


def _scalar(value: object, code: str, **args: object) -> Scalar:
    """Return *value* where it is a scalar with something in it; else raise *code*."""
    if isinstance(value, Scalar) and (value or value.quoted):
        return value
    if type(value) is str and value:  # a key of a mapping
        return Scalar(value)
    raise fault(code, value=shown(value), **args)


def scalar_reader(read: Callable[[Scalar], T], code: str) -> Callable[[object], T]:
    """Return a reader of scalars whose own faults keep their codes."""

    def reader(value: object) -> T:
        try:
            return read(_scalar(value, code))
        except ScalarFault as error:
            raise coded(error.code, error.args_by_name) from None

    return reader


def read_text(value: object) -> str:
    """Return a scalar's text, which must not be empty."""
    text = str(_scalar(value, "PRF210")).strip()
    if not text:
        raise fault("PRF229", value=text)
    return text


def read_value(value: object) -> Scalar:
    """Return a literal or an expression as written; `lang.expr` reads it later."""
    return _scalar(value, "PRF224")


read_number = scalar_reader(read_decimal, "PRF206")


def whole(low: int, high: int) -> PlainValidator:
    """Return the reader of a whole number from *low* to *high*."""
    read = scalar_reader(read_int, "PRF207")

    def reader(value: object) -> int:
        number = read(value)
        if not low <= number <= high:
            raise fault("PRF228", value=number, low=low, high=high)
        return number

    return PlainValidator(reader)


def word_reader(words: tuple[str, ...], *also: str) -> Callable[[object], str]:
    """Return the reader of one of *words*; *also* are forms that a sentence names beside them."""
    choices = ", ".join((*words, *also))

    def reader(value: object) -> str:
        text = _scalar(value, "PRF205", choices=choices, guess=Text())
        if text not in words:
            raise fault("PRF205", value=text, choices=choices, guess=meant(text, words))
        return str(text)

    return reader


def one_of(alias: Any) -> PlainValidator:  # noqa: ANN401 - a Literal has no type of its own
    """Return the field of one of the words of a `Literal`."""
    return PlainValidator(word_reader(get_args(alias)))


def named_reader(taken: frozenset[str] = frozenset()) -> Callable[[object], str]:
    """Return the reader of an id that is none of *taken*."""

    def reader(value: object) -> str:
        text = _scalar(value, "PRF210")
        found = name_fault(text, taken)
        if found is not None:
            raise coded(found.code, found.args)
        return str(text)

    return reader


def _ruleset_id(value: object) -> str:
    text = _scalar(value, "PRF210")
    found = dotted_fault(text)
    if found is not None:
        raise coded(found.code, found.args)
    return str(text)


def _ruleset_name(value: object) -> str:
    text = read_text(value)
    found = ruleset_fault(text)
    if found is not None:
        raise coded(found.code, found.args)
    return text


def _version(value: object) -> str:
    text = _scalar(value, "PRF210")
    found = version_fault(text, quoted=text.quoted)
    if found is not None:
        raise coded(found.code, found.args)
    return str(text)


def _language(value: object) -> int:
    text = _scalar(value, "PRF221")
    if text != "1":
        raise fault("PRF221", value=text)
    return 1


class Bilingual(SpecModel):
    """A text in both languages, before it becomes a `Text`."""

    zh: Annotated[str, PlainValidator(read_text), Form("words")] = ""
    en: Annotated[str, PlainValidator(read_text), Form("words")] = ""


def _title(value: object) -> Text:
    if isinstance(value, dict):
        both = Bilingual.model_validate(value)
        if not (both.zh or both.en):
            raise fault("PRF213", value="{}")
        return Text(both.zh, both.en)
    text = read_text(value)
    return Text(zh=text) if has_han(text) else Text(en=text)


def mapping(value: object) -> dict[str, Any]:
    """Return *value* where it is a mapping whose keys the model doesn't fix."""
    if not isinstance(value, dict):
        raise fault("PRF212", value=shown(value), keys="")
    return value


def some_mapping(value: object) -> dict[str, Any]:
    """Return *value* where it is such a mapping with something in it."""
    found = mapping(value)
    if not found:
        raise fault("PRF213", value="{}")
    return found


def items(value: object) -> tuple[object, ...]:
    """Return the items of a list."""
    if not isinstance(value, list):
        raise fault("PRF211", value=shown(value))
    return tuple(value)


def some_items(value: object) -> tuple[object, ...]:
    """Return the items of a list that must have one."""
    found = items(value)
    if not found:
        raise fault("PRF213", value="[]")
    return found


def one_or_more(value: object) -> tuple[object, ...]:
    """Return the items of a list, or the one mapping that stands for a list of one."""
    return (value,) if isinstance(value, dict) else some_items(value)


Name = Annotated[str, PlainValidator(named_reader()), Form("name")]
# Derived values, parameters and row variables share the namespace of expressions.
ValueName = Annotated[str, PlainValidator(named_reader(RESERVED)), Form("value_name")]
InputName = Annotated[str, PlainValidator(named_reader(RESERVED | FACT_KEYS)), Form("input_name")]
RulesetId = Annotated[str, PlainValidator(_ruleset_id), Form("ruleset")]
RulesetName = Annotated[
    str, PlainValidator(_ruleset_name), Form("reference")
]  # an id with its version
Version = Annotated[str, PlainValidator(_version), Form("version")]
Language = Annotated[int, PlainValidator(_language), Form("language")]
TextField = Annotated[Text, PlainValidator(_title)]
# A choice's option, a grade, a heading: kept exactly as written.
LabelField = Annotated[str, PlainValidator(read_text), Form("label")]
DecimalField = Annotated[Decimal, PlainValidator(read_number)]
IntField = Annotated[int, whole(0, 1_000_000_000), Whole(0, 1_000_000_000)]
DigitsField = Annotated[int, whole(0, 12), Whole(0, 12)]
FlagField = Annotated[bool, PlainValidator(scalar_reader(read_flag, "PRF208"))]
DateField = Annotated[date, PlainValidator(scalar_reader(read_date, "PRF209"))]
ValueField = Annotated[Scalar, PlainValidator(read_value)]

ListOf = Annotated[tuple[T, ...], BeforeValidator(items)]
SomeOf = Annotated[tuple[T, ...], BeforeValidator(some_items)]
OneOrMore = Annotated[tuple[T, ...], BeforeValidator(one_or_more)]
MapOf = Annotated[dict[Name, T], BeforeValidator(some_mapping)]
ValueMapOf = Annotated[dict[ValueName, T], BeforeValidator(some_mapping)]
