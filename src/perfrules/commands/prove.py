"""`perfrules check --prove`: the rulesets among the files, and each indicator of the libraries."""

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path

from perfrules.analysis.prove import Proof, prove
from perfrules.api import load, read_bytes
from perfrules.engine.program import Program
from perfrules.errors import RulesetError
from perfrules.lang.document import read_document
from perfrules.lang.load import load_indicator
from perfrules.lang.shape import kind_of
from perfrules.libraries import read_library
from perfrules.registry import Registry


def proofs(
    files: Iterable[Path], args: Namespace, registry: Registry
) -> Iterator[tuple[Path, Proof]]:
    """Yield the proof of each ruleset and of each indicator of a library.

    Cases are tested, not proven; what a portfolio makes of results depends on all its units. A file
    with errors is left out: they have been told.
    """
    for file in files:
        try:
            for program in _programs(file, registry):
                yield file, prove(program, seed=args.seed, effort=args.effort, jump=args.jump)
        except RulesetError:
            continue


def _programs(file: Path, registry: Registry) -> Iterator[Program]:
    kind = kind_of(read_document(read_bytes(file), str(file)))
    if kind == "ruleset":
        yield load(file, registry=registry)
    elif kind == "library":
        _, library = read_library(file, registry)
        for name in library.indicators:
            yield Program(load_indicator(library, name, None, registry.vocabulary))
