"""A document's plain values become a model of its kind, or all the faults of its shape."""

from typing import Final, Literal, TypeAlias, TypeVar, get_args

from pydantic import ValidationError

from perfrules.errors import Diagnostic, Path, RulesetError, in_source_order
from perfrules.lang.document import Document
from perfrules.lang.spec.cases import CasesSpec
from perfrules.lang.spec.fields import SpecModel, found_in
from perfrules.lang.spec.keys import meant
from perfrules.lang.spec.library import LibrarySpec
from perfrules.lang.spec.portfolio import PortfolioSpec
from perfrules.lang.spec.portfolio_cases import PortfolioCasesSpec
from perfrules.lang.spec.ruleset import RulesetSpec
from perfrules.messages import nearest

M = TypeVar("M", bound=SpecModel)
DocumentKind: TypeAlias = Literal["ruleset", "cases", "library", "portfolio"]

KINDS: Final[tuple[DocumentKind, ...]] = get_args(DocumentKind)
_KEY = "[key]"  # what pydantic appends to the place of a fault in a key


def kind_of(document: Document) -> DocumentKind:
    """Return the kind that the first key names.

    Raises:
        RulesetError: It names none.
    """
    value: object = document.value
    keys = [key for key in value if not key.startswith("x-")] if isinstance(value, dict) else []
    if not keys:
        raise RulesetError((document.diagnose("PRF212", (), value="", keys="ruleset, …"),))
    for kind in KINDS:
        if keys[0] == kind:
            return kind
    raise RulesetError((_no_kind(document, keys),))


def _no_kind(document: Document, keys: list[str]) -> Diagnostic:
    """Return why *keys*, of which the first is no kind, name none."""
    for kind in KINDS:
        if kind in keys:
            return document.diagnose("PRF220", (kind,), key=True, value=kind, first=keys[0])
    odd = next((key for key in keys if nearest(key, KINDS)), keys[0])
    return document.diagnose("PRF219", (odd,), key=True, value=odd, guess=meant(odd, KINDS))


def shaped(document: Document) -> tuple[RulesetSpec | None, tuple[Diagnostic, ...]]:
    """Return the ruleset in *document*, or None and all faults of its shape.

    Raises:
        RulesetError: The document is of another kind.
    """
    must_be("ruleset", document)
    spec, found = validate(RulesetSpec, document.value, document)
    return spec, tuple(found)


def library_faults(document: Document) -> tuple[Diagnostic, ...]:
    """Return all faults of a library's shape.

    Raises:
        RulesetError: The document is of another kind.
    """
    must_be("library", document)
    return tuple(validate(LibrarySpec, document.value, document)[1])


def ruleset_of(document: Document) -> RulesetSpec:
    """Return the ruleset in *document*; raise `RulesetError` with all faults of its shape."""
    return _read("ruleset", RulesetSpec, document)


def portfolio_of(document: Document) -> PortfolioSpec:
    """Return the portfolio in *document*; raise `RulesetError` with all faults of its shape."""
    return _read("portfolio", PortfolioSpec, document)


def portfolio_cases_of(document: Document) -> PortfolioCasesSpec:
    """Return the portfolio's cases in *document*; raise `RulesetError` with all faults."""
    return _read("cases", PortfolioCasesSpec, document)


def cases_of(document: Document) -> CasesSpec:
    """Return the cases in *document*; raise `RulesetError` with all faults of its shape."""
    return _read("cases", CasesSpec, document)


def must_be(want: DocumentKind, document: Document) -> None:
    """Raise `RulesetError` where *document* is of another kind than *want*."""
    kind = kind_of(document)
    if kind != want:
        fault = document.diagnose("PRF231", (kind,), key=True, value=kind, want=want)
        raise RulesetError((fault,))


def _read(want: DocumentKind, model: type[M], document: Document) -> M:
    must_be(want, document)
    read, found = validate(model, document.value, document)
    if read is None:
        raise RulesetError(tuple(found))
    return read


def validate(
    model: type[M], value: object, document: Document, path: Path = ()
) -> tuple[M | None, list[Diagnostic]]:
    """Return *value*, which stands at *path* of *document*, as a *model*; or None and all faults.

    Each fault of the author is one diagnostic, at the key or value it is about, in source order.
    """
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        found = [
            _diagnostic(document, path, value, loc, item.type, item.context or {})
            for loc, item in found_in(error)
        ]
    return None, list(in_source_order(dict.fromkeys(found)))


def _diagnostic(
    document: Document,
    path: Path,
    value: object,
    loc: Path,
    code: str,
    context: dict[str, object],
) -> Diagnostic:
    at_key = bool(context.get("at_key"))
    if loc and loc[-1] == _KEY:
        loc, at_key = loc[:-1], True
    place = path + _within(value, loc)
    key = at_key and bool(place) and isinstance(place[-1], str)
    args = context.get("args")
    return document.diagnose(code, place, key=key, **(args if isinstance(args, dict) else {}))


def _within(value: object, loc: Path) -> Path:
    """Return *loc* without the indices of lists that the document doesn't have.

    Where one mapping may stand for a list of one, the model's list has an index and the text has
    none; where a list may stand for a mapping of one, the model's mapping has a key.

    >>> _within({"finding": {"when": "x"}}, ("finding", 0, "when"))
    ('finding', 'when')
    """
    place: list[str | int] = []
    for step in loc:
        if isinstance(step, int):
            if not isinstance(value, list):
                continue
            value = value[step] if step < len(value) else None
        elif isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            continue
        place.append(step)
    return tuple(place)
