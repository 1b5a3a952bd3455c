"""PyYAML's events, by libyaml or by its own scanner; its errors as one kind, with a place."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class SyntaxFault(Exception):  # noqa: N818 - never leaves the package: it becomes a diagnostic
    """What the scanner stumbled over: PyYAML's words, and places as 0-based line and column."""

    problem: str
    context: str
    at: tuple[int, int]
    since: tuple[int, int] | None  # where what it was reading began


def events(text: str, *, pure: bool = False) -> Iterator[Any]:
    """Yield the parse events of *text*; `pure` avoids libyaml where it is there.

    Nothing is composed: however deep brackets are nested, no more is read than is asked for.

    Raises:
        SyntaxFault: The text is no YAML from there on.
    """
    fast = None if pure else getattr(yaml, "CBaseLoader", None)
    loader: Any = (fast or yaml.BaseLoader)(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    except yaml.MarkedYAMLError as error:
        raise _located(error) from None
    except (ValueError, OverflowError):
        # PyYAML's own scanner hands an escape such as \UFFFFFFFF to chr() unchecked.
        mark = loader.get_mark()
        raise SyntaxFault("invalid Unicode escape", "", (mark.line, mark.column), None) from None
    except yaml.YAMLError as error:
        raise SyntaxFault(str(error), "", (0, 0), None) from None
    finally:
        loader.dispose()


def _located(error: yaml.MarkedYAMLError) -> SyntaxFault:
    since = error.context_mark
    at = error.problem_mark or since
    return SyntaxFault(
        error.problem or "",
        error.context or "",
        (at.line, at.column) if at else (0, 0),
        (since.line, since.column) if since else None,
    )
