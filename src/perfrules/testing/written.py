"""Facts and expectations as YAML: short values on one line, the same text each time."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.decimals import plain, snap
from perfrules.engine.result import Result
from perfrules.lang.document import Scalar
from perfrules.testing.compare import shown

_PLAIN: Final = re.compile(r"[\w.%][\w.%/+()（）、，。·~ -]*", re.UNICODE)
_WIDTH: Final = 100
_GUESSED: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "~", ""})


def scalar(value: object) -> str:
    """Return a scalar as YAML that reads back as it is.

    >>> scalar("≥95%"), scalar("120万元"), scalar(True), scalar("a: b")
    ("'≥95%'", '120万元', 'true', "'a: b'")
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    quoted = isinstance(value, Scalar) and value.quoted
    if not quoted and _PLAIN.fullmatch(text) and text == text.strip() and (
        isinstance(value, Scalar) or text.lower() not in _GUESSED
    ):  # fmt: skip
        return text
    return "'" + text.replace("'", "''") + "'"


def flow(value: object) -> str:
    """Return a value on one line.

    >>> flow({"total": Decimal("90.00"), "gates": ["a", "b"]})
    '{total: 90, gates: [a, b]}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple, frozenset, set)):
        items: Iterable[object] = sorted(value) if isinstance(value, (set, frozenset)) else value
        return "[" + ", ".join(flow(one) for one in items) + "]"
    return scalar(value)


def block(key: str, value: object, indent: int) -> Iterator[str]:
    """Yield the lines of a key with its value, on one line where there is room."""
    room = " " * indent
    line = f"{room}{scalar(key)}: {flow(value)}"
    if len(line) <= _WIDTH or not isinstance(value, (Mapping, list)) or not value:
        yield line
    elif isinstance(value, Mapping):
        yield f"{room}{scalar(key)}:"
        for name, one in value.items():
            yield from block(str(name), one, indent + 2)
    else:
        yield f"{room}{scalar(key)}:"
        for one in value:
            yield f"{room}  - {flow(one)}"


def want_of(result: Result, *, alone: bool = False) -> dict[str, object]:
    """Return what a case could want of a result; *alone*: of one indicator of a library."""
    want: dict[str, object] = {}
    leaves = [line for line in result.lines() if not line.children and line.points is not None]
    if alone:
        line = result.indicators[0]
        want["score"] = _number(line.score)
        want["state"] = line.state.value
    else:
        want["total"] = _number(result.total)
        want["grade"] = result.grade or "none"
        want["scores"] = {line.id: _number(line.score) for line in leaves if line.score is not None}
        states = {line.id: line.state.value for line in leaves if line.state.value != "scored"}
        if states:
            want["states"] = states
        want["decisions"] = list(dict.fromkeys(item.id for item in result.decisions))
        want["gates"] = [item.id for item in result.gates if item.fired]
    want["findings"] = list(dict.fromkeys(item.indicator for item in result.findings))
    return want


def _number(value: Decimal | None) -> Decimal | str:
    return "none" if value is None else Decimal(shown(snap(value)))
