"""Results as they come in: verified against the ruleset of their source, read by path."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from perfrules.analysis.verify import is_format
from perfrules.decimals import fits, parse_decimal
from perfrules.engine.answer import FORMAT
from perfrules.engine.result import Rejected, Result
from perfrules.errors import Diagnostic, Text
from perfrules.lang.portfolio import Source
from perfrules.lang.types import Kind, Type
from perfrules.messages import diagnose


@dataclass(slots=True)
class Results:
    """The results of one source that can be used, by unit, and those that can't."""

    units: dict[str, dict[str, object]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)  # where in the file each stood
    rejected: list[Rejected] = field(default_factory=list)


def read_results(source: Source, items: Iterable[object]) -> Results:
    """Return what a source's results say, by the paths that the portfolio may read.

    A result of another ruleset, of another digest or without a unit is rejected; where a unit has
    two, both are: which of them comes first in a file must not decide.
    """
    found = Results()
    seen: dict[str, list[int]] = {}
    for number, item in enumerate(items, start=1):
        given: object = item.to_dict() if isinstance(item, Result) else item
        unit = unit_of(given)
        try:
            values = read_result(source, given, number)
        except UnreadError as error:
            found.rejected.append(Rejected(number, unit, (error.diagnostic,)))
            continue
        if unit is None:
            found.rejected.append(Rejected(number, None, (diagnose("PRF724", row=number),)))
            continue
        seen.setdefault(unit, []).append(number)
        found.units[unit] = values
        found.numbers[unit] = number
    for unit, numbers in seen.items():
        if len(numbers) > 1:
            del found.units[unit]
            twice = diagnose("PRF726", value=unit, name=source.id)
            found.rejected += [Rejected(number, unit, (twice,)) for number in numbers]
    return found


class UnreadError(Exception):
    """A result that can't be used, and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.code)
        self.diagnostic = diagnostic


def unit_of(item: object) -> str | None:
    """Return the unit of a result, where it has one."""
    unit = item.get("unit") if isinstance(item, Mapping) else None
    return unit if isinstance(unit, str) and unit.strip() else None


def read_result(source: Source, item: object, number: int) -> dict[str, object]:
    """Return a result's values by path; what it has no value for is left out.

    Raises:
        UnreadError: It is no result of the source's ruleset, by the rules in use.
    """
    if not isinstance(item, Mapping):
        raise _no_result(number, Text("应为一个对象", "it should be an object"))
    about = item.get("ruleset")
    if not is_format(item.get("format")) or not isinstance(about, Mapping):
        raise _no_result(
            number,
            Text(f"没有 ruleset 或 format {FORMAT}", f"it has no ruleset or no format {FORMAT}"),
        )
    if about.get("id") != source.ruleset:
        raise UnreadError(
            diagnose("PRF721", value=about.get("id"), ruleset=source.ruleset, path=("ruleset",))
        )
    if about.get("digest") != source.digest:
        raise UnreadError(
            diagnose(
                "PRF723",
                value=about.get("version"),
                ruleset=source.ruleset,
                found=source.version,
                path=("ruleset", "digest"),
            )
        )
    lines = _lines(item.get("indicators"), number)
    found: dict[str, object] = {}
    for path, kind in source.columns.items():
        group, dot, name = path.partition(".")
        if group == "fact":
            continue
        holder: Mapping[str, object] | None = item if not dot else lines.get(name)
        if holder is None or group not in holder:
            raise _no_result(number, Text(f"没有 {path}", f"it has no {path}"))
        value = _value(holder[group], kind, path, number)
        if value is not None:
            found[path] = value
    return found


def _lines(given: object, number: int) -> dict[str, Mapping[str, object]]:
    """Return a result's lines by id."""
    items = given if isinstance(given, list | tuple) else ()
    lines = [item for item in items if isinstance(item, Mapping)]
    if len(lines) < len(items) or not isinstance(given, list | tuple):
        raise _no_result(number, Text("indicators 应为列表", "indicators should be a list"))
    return {str(line.get("id")): line for line in lines}


def _value(given: object, kind: Type, path: str, number: int) -> object | None:
    """Return a value as expressions see it; None where the result has none."""
    if given is None:
        return None
    if kind.kind in (Kind.NUMBER, Kind.PERCENT):
        found = parse_decimal(given) if isinstance(given, str) else given
        if isinstance(found, Decimal) and fits(found):
            return found
    elif isinstance(given, str) and (not kind.of or given in kind.of):
        return given
    raise _no_result(number, Text(f"{path} 读不懂", f"{path} can't be read"))


def _no_result(number: int, reason: Text) -> UnreadError:
    return UnreadError(diagnose("PRF720", row=number, reason=reason))
