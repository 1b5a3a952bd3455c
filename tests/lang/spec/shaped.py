"""Documents for the tests of shapes: read, changed at one place, written again."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from perfrules.errors import Diagnostic, RulesetError
from perfrules.errors import Path as Place
from perfrules.lang.document import Scalar, read_document
from perfrules.lang.shape import ruleset_of, validate
from perfrules.lang.spec.cases import CasesSpec
from perfrules.lang.spec.fields import SpecModel
from perfrules.lang.spec.library import LibrarySpec
from perfrules.lang.spec.portfolio import PortfolioSpec
from perfrules.lang.spec.portfolio_cases import PortfolioCasesSpec
from perfrules.lang.spec.ruleset import RulesetSpec

HERE = Path(__file__).parent
GOOD = {
    "ruleset": (HERE / "every_key.ruleset.yaml").read_text(encoding="utf-8"),
    "cases": (HERE / "every_key.cases.yaml").read_text(encoding="utf-8"),
    "library": (HERE / "every_key.library.yaml").read_text(encoding="utf-8"),
    "portfolio": (HERE / "every_key.portfolio.yaml").read_text(encoding="utf-8"),
    "portfolio_cases": (HERE / "every_key.portfolio_cases.yaml").read_text(encoding="utf-8"),
}
MODELS: dict[str, type[SpecModel]] = {
    "ruleset": RulesetSpec,
    "cases": CasesSpec,
    "library": LibrarySpec,
    "portfolio": PortfolioSpec,
    "portfolio_cases": PortfolioCasesSpec,
}


DOCUMENTS = {kind: read_document(text, f"{kind}.yaml") for kind, text in GOOD.items()}


def good(kind: str) -> Any:  # noqa: ANN401 - a document's plain values
    """Return the plain values of the good document of *kind*."""
    return deepcopy(DOCUMENTS[kind].value)


def faults_of(kind: str, value: object) -> list[Diagnostic]:
    """Return the faults of *value*, a changed copy of the good document of *kind*."""
    return validate(MODELS[kind], value, DOCUMENTS[kind])[1]


def shape(text: str) -> tuple[RulesetSpec | None, list[Diagnostic]]:
    """Return the ruleset that *text* is read as, and the faults of its shape."""
    try:
        return ruleset_of(read_document(text, "x.yaml")), []
    except RulesetError as error:
        return None, list(error.diagnostics)


def written(value: object, indent: int = 0) -> str:
    """Return plain values as YAML text, block style, scalars as they were written."""
    pad = "  " * indent
    match value:
        case dict() if value:
            return "".join(
                f"\n{pad}{_key(key)}:{written(item, indent + 1)}" for key, item in value.items()
            )
        case list() if value:
            return "".join(f"\n{pad}-{written(item, indent + 1)}" for item in value)
        case dict():
            return " {}"
        case list():
            return " []"
        case Scalar() if not value.quoted:
            return f" {value}"
        case _:
            return f" {json.dumps(str(value), ensure_ascii=False)}"


def _key(key: str) -> str:
    return key if key.isidentifier() or key[0].isdigit() else json.dumps(key, ensure_ascii=False)


def places(value: object, at: Place = ()) -> Iterator[tuple[Place, object]]:
    """Yield every place of plain values with what stands there."""
    if at:
        yield at, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from places(item, (*at, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, (*at, index))


def parent(value: Any, place: Place) -> Any:  # noqa: ANN401 - a document's plain values
    """Return the mapping or list that holds *place*."""
    for step in place[:-1]:
        value = value[step]
    return value


def renamed(value: dict[str, object], old: str, new: str) -> None:
    """Rename a key of a mapping, in its place."""
    pairs = [(new if key == old else key, item) for key, item in value.items()]
    value.clear()
    value.update(pairs)
