"""Labels that must be exactly those of something declared: a choice's, a survey's, a panel's."""

from collections.abc import Collection, Sequence

from perfrules.errors import Path
from perfrules.lang.methods.base import Scope
from perfrules.messages import did_you_mean, nearest


def fit_labels(
    scope: Scope, path: Path, given: Collection[str], of: Sequence[str], *, all_of: bool = True
) -> bool:
    """Return whether *given*, the keys at *path*, are those in *of*.

    PRF431 for each that isn't; PRF430 for those left out, unless a misspelt one stands for it.
    """
    left = [label for label in of if label not in given]
    unknown = [label for label in given if label not in of]
    for label in unknown:
        scope.report("PRF431", (*path, label), key=True, value=label, hint=_hint(label, left, of))
        meant = nearest(label, left) or (left[0] if len(left) == len(unknown) else None)
        if meant in left:
            left.remove(meant)
    if all_of and left:
        scope.report("PRF430", path, key=True, value="、".join(left))
    return not unknown and not (all_of and left)


def _hint(label: str, left: list[str], of: Sequence[str]) -> object:
    return did_you_mean(label, left if nearest(label, left) else list(of))


def twice(scope: Scope, paths: Sequence[Path], labels: Sequence[str]) -> bool:
    """Report PRF441 for a label that was used before; return whether there was one."""
    found = False
    for place, (path, label) in enumerate(zip(paths, labels, strict=True)):
        if label in labels[:place]:
            scope.report("PRF441", path, value=label)
            found = True
    return found
