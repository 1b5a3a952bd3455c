"""Versions: which step a set of changes asks for, and which step two versions take."""

from collections.abc import Iterable

from perfrules.analysis.change.change import Change, Level

_PARTS = 3


def level_of(changes: Iterable[Change]) -> Level:
    """Return the highest level among changes.

    >>> level_of([]).name
    'NONE'
    """
    return max((change.level for change in changes), default=Level.NONE)


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(part) for part in version.split(".")]
    return tuple([*found, 0, 0][:_PARTS])


def bump(old: str, new: str) -> Level | None:
    """Return which step leads from one version to another; None where it leads back.

    >>> bump("1.2", "2.0").name, bump("1.2", "1.2.1").name, bump("1.2", "1.2.0").name
    ('MAJOR', 'PATCH', 'NONE')
    >>> bump("1.2", "1.1") is None
    True
    """
    one, two = _numbers(old), _numbers(new)
    if two < one:
        return None
    for place, level in enumerate((Level.MAJOR, Level.MINOR, Level.PATCH)):
        if one[place] != two[place]:
            return level
    return Level.NONE


def next_version(old: str, level: Level) -> str:
    """Return the version after *old* that takes a step of *level*.

    >>> next_version("1.2", Level.MAJOR), next_version("1.2", Level.MINOR)
    ('2.0', '1.3')
    >>> next_version("1.2", Level.PATCH), next_version("1.2.3", Level.PATCH)
    ('1.2.1', '1.2.4')
    """
    major, minor, patch = _numbers(old)
    match level:
        case Level.MAJOR:
            return f"{major + 1}.0"
        case Level.MINOR:
            return f"{major}.{minor + 1}"
        case Level.PATCH:
            return f"{major}.{minor}.{patch + 1}"
        case _:
            return old
