"""The only door for YAML: text becomes plain values with a place for each, or all its faults."""

from perfrules.lang.document.model import Document
from perfrules.lang.document.read import read_document, read_listed
from perfrules.lang.document.scalar import Scalar
from perfrules.lang.document.scope import Scope
from perfrules.lang.document.typed import (
    ScalarFault,
    read_date,
    read_decimal,
    read_flag,
    read_int,
)

__all__ = [
    "Document",
    "Scalar",
    "ScalarFault",
    "Scope",
    "read_date",
    "read_decimal",
    "read_document",
    "read_flag",
    "read_int",
    "read_listed",
]
