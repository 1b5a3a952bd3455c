"""From text to a `Plan`: document, kind, shape, meaning; every fault at its place."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from perfrules.errors import Diagnostic, RulesetError, UsageError, in_source_order, once
from perfrules.lang.check import check
from perfrules.lang.check.portfolio import check_portfolio
from perfrules.lang.document import Document, read_document
from perfrules.lang.plan import Plan
from perfrules.lang.portfolio import PortfolioPlan
from perfrules.lang.prune import NOTHING_LOST, Lost, lost, prune
from perfrules.lang.resolve import (
    NOWHERE,
    Finder,
    Library,
    Shelf,
    alone,
    as_ruleset,
    resolve,
)
from perfrules.lang.resolve.finder import NotFound
from perfrules.lang.resolve.reference import Named, reference
from perfrules.lang.shape import (
    cases_of,
    library_faults,
    must_be,
    portfolio_cases_of,
    portfolio_of,
    shaped,
)
from perfrules.lang.spec.cases import CasesSpec
from perfrules.lang.spec.portfolio_cases import PortfolioCasesSpec, about_portfolio
from perfrules.lang.vocabulary import BUILT_IN, Vocabulary
from perfrules.messages import diagnose

# A library has no total and no grades, and its points may be left to the rulesets.
A_LIBRARY: Final = Lost(codes=frozenset({"PRF401", "PRF402", "PRF414", "PRF415", "PRF419"}))
_STAGES = 8  # how long a chain of stages may be
_ROUNDS = 6  # how often parts are taken out before the rest is given up


def load_ruleset(
    source: bytes | str,
    file: str = "<text>",
    vocabulary: Vocabulary = BUILT_IN,
    *,
    finder: Finder = NOWHERE,
) -> Plan:
    """Return the plan of the ruleset that *source* writes.

    Args:
        source: The YAML text, or its bytes in UTF-8.
        file: The name that places are told by.
        vocabulary: The methods and functions it may use.
        finder: Where what it extends and the libraries it uses come from.

    Raises:
        RulesetError: Everything that is wrong, in source order.
    """
    return load_document(read_document(source, file, "ruleset"), vocabulary, finder)


def load_document(
    document: Document,
    vocabulary: Vocabulary = BUILT_IN,
    finder: Finder = NOWHERE,
    trail: tuple[str, ...] = (),
    rulesets: Callable[[str], Plan] | None = None,
) -> Plan:
    """Return the plan of a ruleset's document; raise `RulesetError` with all that is wrong.

    *trail* are the files of the rulesets that read this one's results; *rulesets* gives those of
    earlier stages where they were loaded before.
    """
    must_be("ruleset", document)
    rulesets = rulesets or earlier_rulesets(vocabulary, finder, (*trail, document.file))
    vocabulary = replace(vocabulary, rulesets=rulesets)
    resolved = resolve(document, finder)
    if resolved.document is None:
        raise RulesetError(in_source_order(resolved.faults))
    spec, faults = shaped(resolved.document)
    if spec is not None and not faults and not resolved.faults:
        return check(resolved.document, spec, vocabulary=vocabulary)
    beyond = _beyond_shape(resolved.document, faults, vocabulary, resolved.lost)
    raise RulesetError(once((*resolved.faults, *faults, *beyond)))


def earlier_rulesets(
    vocabulary: Vocabulary, finder: Finder, trail: tuple[str, ...]
) -> Callable[[str], Plan]:
    """Return what loads the ruleset of an earlier stage; a stage can't be earlier than itself."""

    def found(name: str) -> Plan:
        wanted = reference(name)
        assert isinstance(wanted, Named)  # noqa: S101 - the shape of `from` and `of`
        try:
            document = finder.named("ruleset", wanted)
        except NotFound as fault:
            raise UsageError((diagnose(fault.code, **fault.args_by_name),)) from None  # type: ignore[arg-type] # what fills the sentence
        if document.file in trail or len(trail) > _STAGES:
            raise UsageError((diagnose("PRF717", value=name),))
        return load_document(document, vocabulary, finder, trail)

    return found


def resolved_document(source: bytes | str, file: str, finder: Finder) -> Document:
    """Return a ruleset's document with all that it extends and uses in it.

    Raises:
        RulesetError: Something of that can't be had.
    """
    document = read_document(source, file, "ruleset")
    must_be("ruleset", document)
    resolved = resolve(document, finder)
    if resolved.document is None or resolved.faults:
        raise RulesetError(in_source_order(resolved.faults))
    return resolved.document


def load_library(
    source: bytes | str, file: str = "<text>", vocabulary: Vocabulary = BUILT_IN
) -> tuple[Plan, Library]:
    """Return a library as a plan that holds all of it, and by its indicators.

    Raises:
        RulesetError: Everything that is wrong, in source order.
    """
    return load_library_document(read_document(source, file, "library"), vocabulary)


def load_library_document(
    document: Document, vocabulary: Vocabulary = BUILT_IN
) -> tuple[Plan, Library]:
    """Return what `load_library` does of a document that was read already."""
    faults = library_faults(document)
    rest = prune(document, faults) if faults else document
    gone = lost(document, rest)
    whole, clashes = as_ruleset(rest, gone.values)
    spec, left = shaped(whole)
    if spec is not None and not (left or faults or clashes):
        return check(whole, spec, A_LIBRARY, vocabulary), Library(document)
    beyond = _beyond_shape(whole, left, vocabulary, gone.and_also(A_LIBRARY))
    raise RulesetError(in_source_order((*faults, *clashes, *beyond)))


def load_indicator(
    library: Library, name: str, points: str | None = None, vocabulary: Vocabulary = BUILT_IN
) -> Plan:
    """Return the plan of a ruleset that holds one indicator of a library and nothing else.

    Args:
        library: The library.
        name: The indicator's id in it.
        points: Points in place of its own; without either, 100.
        vocabulary: The methods and functions it may use.

    Raises:
        RulesetError: The library has no such indicator, or the indicator has faults.
    """
    document = alone(library, name, points)
    resolved = resolve(document, Shelf.of(library.document))
    if resolved.document is None or resolved.faults:
        raise RulesetError(in_source_order(resolved.faults))
    spec, faults = shaped(resolved.document)
    if spec is None:
        raise RulesetError(faults)
    return check(resolved.document, spec, A_LIBRARY, vocabulary)


def _beyond_shape(
    document: Document,
    faults: Iterable[Diagnostic],
    vocabulary: Vocabulary,
    before: Lost = NOTHING_LOST,
) -> tuple[Diagnostic, ...]:
    """Return the faults of meaning in what is left without the parts that *faults* are about.

    Taking a part out can leave its surroundings without what they need: those go too. Where
    nothing sensible is left, nothing more is said.
    """
    rest, spec = document, None
    left = tuple(faults)
    for _ in range(_ROUNDS):
        rest = prune(rest, left)
        spec, left = shaped(rest)
        if spec is not None:
            break
    if spec is None:
        return ()
    try:
        check(rest, spec, lost(document, rest).and_also(before), vocabulary)
    except RulesetError as error:
        return error.diagnostics
    return ()


def load_portfolio(
    source: bytes | str,
    file: str = "<text>",
    vocabulary: Vocabulary = BUILT_IN,
    *,
    finder: Finder = NOWHERE,
) -> PortfolioPlan:
    """Return the plan of the portfolio that *source* writes.

    Args:
        source: The YAML text, or its bytes in UTF-8.
        file: The name that places are told by.
        vocabulary: The methods and functions that its rulesets may use.
        finder: Where its rulesets come from.

    Raises:
        RulesetError: Everything that is wrong, in source order.
    """
    document = read_document(source, file, "portfolio")
    rulesets = earlier_rulesets(vocabulary, finder, ())
    own = replace(vocabulary, rulesets=rulesets)
    return check_portfolio(document, portfolio_of(document), own)


def load_portfolio_cases(document: Document) -> PortfolioCasesSpec | None:
    """Return the cases of a portfolio; None where they are a ruleset's or a library's.

    Raises:
        RulesetError: Everything that is wrong, in source order.
    """
    return portfolio_cases_of(document) if about_portfolio(document.value) else None


def load_cases(source: bytes | str, file: str = "<text>") -> tuple[CasesSpec, Document]:
    """Return the cases that *source* writes, with their document for places.

    Raises:
        RulesetError: Everything that is wrong, in source order.
    """
    document = read_document(source, file, "cases")
    return cases_of(document), document
