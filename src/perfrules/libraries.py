"""Libraries and their indicators, and the documents that rulesets are put together from."""

from collections.abc import Iterator
from pathlib import Path

from perfrules.api import Ruleset, is_name, read_bytes, ruleset_path
from perfrules.errors import UsageError
from perfrules.finder import RegistryFinder, find
from perfrules.lang.document import Document
from perfrules.lang.load import load_indicator, load_library, resolved_document
from perfrules.lang.plan import Plan
from perfrules.lang.resolve import Library
from perfrules.lang.resolve.reference import Named, reference
from perfrules.messages import diagnose, did_you_mean
from perfrules.registry import Registry, default_registry, listed


def read_library(library: Ruleset, registry: Registry | None = None) -> tuple[Plan, Library]:
    """Return a library as a plan that holds all of it, and by its indicators.

    Args:
        library: `id`, `id@version` or a path.
        registry: Where ids are found.

    Raises:
        RulesetError: The file is no library: everything wrong with it.
        UsageError: There is no such library or file.
    """
    registry = registry or default_registry()
    path = Path(library)
    if is_name(library):
        name = str(library)
        found = find(registry, "library", name, None)
        if found is None:
            known = [item.id for item in registry.documents("library")]
            raise UsageError((diagnose("PRF664", value=name, hint=did_you_mean(name, known)),))
        path = found.path
    return load_library(read_bytes(path), str(path), registry.vocabulary)


def read_indicator(name: str, registry: Registry | None = None) -> tuple[Plan, Library, str] | None:
    """Return the plan of one indicator of a library, the library, and the indicator's id in it.

    Args:
        name: `education.subsidy_coverage`, with `@version` or without.
        registry: Where ids are found.

    Returns:
        None where no library is called so.

    Raises:
        RulesetError: The library has no such indicator, or faults.
    """
    registry = registry or default_registry()
    wanted = reference(name)
    if not isinstance(wanted, Named) or "." not in wanted.id:
        return None
    home, _, own = wanted.id.rpartition(".")
    if find(registry, "library", str(Named(home, wanted.version)), None) is None:
        return None
    _, library = read_library(str(Named(home, wanted.version)), registry)
    return load_indicator(library, own, None, registry.vocabulary), library, own


def is_library(given: Ruleset, registry: Registry | None = None) -> bool:
    """Return whether a library is meant, by its id or its path, and no ruleset is called so."""
    if not is_name(given):
        found = listed(Path(given))
        return found is not None and found.kind == "library"
    registry = registry or default_registry()
    if find(registry, "ruleset", str(given), None) is not None:
        return False
    return find(registry, "library", str(given), None) is not None


def is_ruleset(given: Ruleset, registry: Registry | None = None) -> bool:
    """Return whether a ruleset is called so; a path always may be one."""
    if not is_name(given):
        return True
    return find(registry or default_registry(), "ruleset", str(given), None) is not None


def libraries(registry: Registry | None = None) -> Iterator[str]:
    """Yield the names of all libraries, of each id the newest version."""
    seen: set[str] = set()
    for item in (registry or default_registry()).documents("library"):
        if item.id not in seen:
            seen.add(item.id)
            yield item.name


def read_resolved(ruleset: Ruleset, registry: Registry | None = None) -> Document:
    """Return a ruleset's document with all that it extends and uses in it.

    Raises:
        RulesetError: Something of that can't be had.
        UsageError: There is no such ruleset or file.
    """
    registry = registry or default_registry()
    path = ruleset_path(ruleset, registry)
    return resolved_document(read_bytes(path), str(path), RegistryFinder(registry, path))
