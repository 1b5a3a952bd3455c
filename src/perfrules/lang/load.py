"""From text to a `Plan`: document, kind, shape, meaning; every fault at its place."""

from collections.abc import Iterable

from perfrules.errors import Diagnostic, RulesetError, UsageError, in_source_order
from perfrules.lang.check import check
from perfrules.lang.check.portfolio import Rulesets, check_portfolio
from perfrules.lang.document import Document, read_document
from perfrules.lang.plan import Plan
from perfrules.lang.portfolio import PortfolioPlan
from perfrules.lang.prune import lost, prune
from perfrules.lang.shape import cases_of, portfolio_of, shaped
from perfrules.lang.spec.cases import CasesSpec
from perfrules.lang.vocabulary import BUILT_IN, Vocabulary
from perfrules.messages import diagnose

_ROUNDS = 6  # how often parts are taken out before the rest is given up


def load_ruleset(
    source: bytes | str, file: str = "<text>", vocabulary: Vocabulary = BUILT_IN
) -> Plan:
    """Return the plan of the ruleset that *source* writes.

    Args:
        source: The YAML text, or its bytes in UTF-8.
        file: The name that places are told by.
        vocabulary: The methods and functions it may use.

    Raises:
        RulesetError: Everything that is wrong, in source order.
    """
    document = read_document(source, file)
    spec, faults = shaped(document)
    if not faults and spec is not None:
        return check(document, spec, vocabulary=vocabulary)
    beyond = _beyond_shape(document, faults, vocabulary)
    raise RulesetError(in_source_order((*faults, *beyond)))


def _beyond_shape(
    document: Document, faults: Iterable[Diagnostic], vocabulary: Vocabulary
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
        check(rest, spec, lost(document, rest), vocabulary)
    except RulesetError as error:
        return error.diagnostics
    return ()


def load_portfolio(
    source: bytes | str, file: str = "<text>", find: Rulesets | None = None
) -> PortfolioPlan:
    """Return the plan of the portfolio that *source* writes.

    Args:
        source: The YAML text, or its bytes in UTF-8.
        file: The name that places are told by.
        find: Returns the ruleset of a name such as `hubei.project_self_evaluation@1`.

    Raises:
        RulesetError: Everything that is wrong, in source order.
    """
    document = read_document(source, file)
    return check_portfolio(document, portfolio_of(document), find or nowhere)


def nowhere(name: str) -> Plan:
    """Raise `UsageError` PRF601: no ruleset is found by id without a registry."""
    raise UsageError((diagnose("PRF601", value=name),))


def load_cases(source: bytes | str, file: str = "<text>") -> tuple[CasesSpec, Document]:
    """Return the cases that *source* writes, with their document for places.

    Raises:
        RulesetError: Everything that is wrong, in source order.
    """
    document = read_document(source, file)
    return cases_of(document), document
