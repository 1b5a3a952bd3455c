"""Schemas, and documents as a validator reads them: each built once.

check-jsonschema's own reader is slow: files are read by ours and turned into YAML's core types; a
test holds the two to each other.
"""

import re
from functools import cache
from io import BytesIO
from pathlib import Path

from check_jsonschema.parsers.yaml import (  # type: ignore[import-untyped] # ships no types
    construct_yaml_implementation,
    impl2loader,
)
from jsonschema import Draft7Validator  # type: ignore[import-untyped] # ships no types
from jsonschema.exceptions import ValidationError  # type: ignore[import-untyped]

from perfrules.lang.document import Scalar, read_document
from perfrules.schema import KINDS, Kind, Style, document_schema
from tests.schema.record import documents

STYLES: tuple[Style, ...] = ("editor", "strict")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_LOAD = impl2loader(construct_yaml_implementation())


@cache
def validator(kind: Kind, style: Style) -> Draft7Validator:
    """Return the validator of a kind of document."""
    schema = document_schema(kind, "en", style)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


@cache
def read(path: Path) -> object:
    """Return a file's values."""
    return core(read_document(path.read_bytes(), path.name).value)


def core(value: object) -> object:
    """Return what a document holds as YAML's core types: a plain scalar is what it looks like."""
    match value:
        case dict():
            return {str(key): core(item) for key, item in value.items()}
        case list():
            return [core(item) for item in value]
        case Scalar() if not value.quoted and value in ("true", "false"):
            return value == "true"
        case Scalar() if not value.quoted and _NUMBER.fullmatch(value):
            return float(value) if "." in value else int(value)
        case _:
            return str(value)


def read_text(text: str) -> object:
    """Return the values of a text."""
    return _LOAD(BytesIO(text.encode()))


def kind_of(value: object) -> Kind | None:
    """Return the kind that a document's keys name, if any."""
    return next((kind for kind in KINDS if isinstance(value, dict) and kind in value), None)


def errors(value: object, style: Style, kind: Kind | None = None) -> list[ValidationError]:
    """Return what a validator finds wrong with a document."""
    found = validator(kind or kind_of(value) or "ruleset", style)
    return sorted(found.iter_errors(value), key=lambda item: list(map(str, item.absolute_path)))


def part(name: str) -> Draft7Validator:
    """Return the validator of one definition of the strict schemas."""
    for kind in KINDS:
        schema = validator(kind, "strict").schema
        if name in schema["definitions"]:
            return Draft7Validator(
                {"definitions": schema["definitions"], "$ref": f"#/definitions/{name}"}
            )
    raise KeyError(name)


def shipped_and_good() -> list[Path]:
    """Return every document that is shipped, and those of the tests that are right."""
    good = documents("tests/cases/good", "tests/lang/spec", "tests/published")
    return [path for path, _ in (*documents(), *good)]
