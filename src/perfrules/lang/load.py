"""From text to a `Plan`: document, kind, shape, meaning; every fault at its place."""

from collections.abc import Iterable

from perfrules.errors import Diagnostic, RulesetError, in_source_order
from perfrules.lang.check import check
from perfrules.lang.document import Document, read_document
from perfrules.lang.plan import Plan
from perfrules.lang.prune import lost, prune
from perfrules.lang.shape import cases_of, shaped
from perfrules.lang.spec.cases import CasesSpec

_ROUNDS = 6  # how often parts are taken out before the rest is given up


def load_ruleset(source: bytes | str, file: str = "<text>") -> Plan:
    """Return the plan of the ruleset that *source* writes.

    Args:
        source: The YAML text, or its bytes in UTF-8.
        file: The name that places are told by.

    Raises:
        RulesetError: Everything that is wrong, in source order.
    """
    document = read_document(source, file)
    spec, faults = shaped(document)
    if not faults and spec is not None:
        return check(document, spec)
    raise RulesetError(in_source_order((*faults, *_beyond_shape(document, faults))))


def _beyond_shape(document: Document, faults: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
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
        check(rest, spec, lost(document, rest))
    except RulesetError as error:
        return error.diagnostics
    return ()


def load_cases(source: bytes | str, file: str = "<text>") -> tuple[CasesSpec, Document]:
    """Return the cases that *source* writes, with their document for places.

    Raises:
        RulesetError: Everything that is wrong, in source order.
    """
    document = read_document(source, file)
    return cases_of(document), document
