"""`--results INPUT=FILE[#FIELD]` of a ruleset: what an earlier stage found becomes facts.

An input with `from:` takes the whole result, which is verified where facts are admitted; any other
input takes the one field that is named, verified in the same way. Units are matched by their names.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from perfrules.api import read_plan, read_results
from perfrules.decimals import CONTEXT, plain
from perfrules.engine.facts.earlier import earlier_value
from perfrules.engine.facts.problems import as_mapping
from perfrules.engine.facts.scalars import unwrapped
from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.entry import Entries, Entry
from perfrules.lang.check.earlier import fields_of
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Earlier, InputPlan, Plan
from perfrules.lang.types import MISSING, Kind
from perfrules.messages import diagnose, did_you_mean

_HUNDRED = Decimal(100)
_FORM = Text(
    "写作 输入项=文件，或 输入项=文件#字段", "it is written INPUT=FILE or INPUT=FILE#FIELD"
)


@dataclass(slots=True)
class _Link:
    """The results that one input takes its values from, by unit, and which were taken."""

    item: InputPlan
    part: str
    found: dict[str | None, list[Mapping[str, object]]] = field(default_factory=dict)
    taken: set[str | None] = field(default_factory=set)
    sources: dict[str, Plan] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Whether the input takes a result as it is."""
        return self.item.earlier is not None


def with_results(
    entries: Entries,
    plan: Plan,
    given: Sequence[tuple[str, str]],
    note: Callable[[Text], None],
    as_of: date | None = None,
) -> Entries:
    """Return the units of a facts file with what earlier stages found about each.

    Args:
        entries: The units; one that has no result in a file is left as it is.
        plan: The ruleset that is scored.
        given: What follows `--results`: an input and a file, once or more.
        note: Told, after the last unit, of results that no unit had a use for.
        as_of: Picks the version of an earlier ruleset.

    Raises:
        UsageError: An input isn't there, a field isn't named, a file can't be read.
    """
    links: dict[str, _Link] = {}
    for name, file in given:
        _read(links, plan, name, file)
    return replace(entries, units=_units(entries, links, note, as_of)) if links else entries


def file_of(given: str) -> str:
    """Return the file's name of `FILE[#FIELD]`.

    >>> file_of("self.json#score.execution"), file_of("self.json")
    ('self.json', 'self.json')
    """
    return given.rpartition("#")[0] or given


def _read(links: dict[str, _Link], plan: Plan, name: str, given: str) -> None:
    """Add the results of a file to those of an input."""
    items = {item.id: item for item in plan.inputs}
    item = items.get(name)
    if item is None:
        told = Text(f"规则集没有输入项 {name}", f"the ruleset has no input {name}")
        raise _refused(name, given, told, did_you_mean(name, list(items)))
    file, sign, part = given.rpartition("#")
    if not sign:
        file, part = given, ""
    if item.earlier is not None and part:
        told = Text("它已写明取哪个字段", "the input itself says which field it takes")
        raise _refused(name, given, told)
    if item.earlier is None and not (file and part):
        raise _refused(name, given, _FORM)
    link = links.setdefault(name, _Link(item, part))
    if link.part != part:
        raise _refused(name, given, Text("字段不一致", "another field was named before"))
    for value in read_results(file):
        result = as_mapping(value)
        if result is None or as_mapping(result.get("ruleset")) is None:
            raise _refused(name, given, Text("文件里不是评价结果", "the file holds no results"))
        link.found.setdefault(_unit(result), []).append(result)


def _units(
    entries: Entries, links: Mapping[str, _Link], note: Callable[[Text], None], as_of: date | None
) -> Iterator[Entry]:
    for entry in entries:
        yield entry if entry.facts is None else _joined(entry, entry.facts, links, as_of)
    for name, link in links.items():
        left = len(set(link.found) - link.taken)
        if left:
            note(
                Text(
                    f"--results {name}：有 {left} 个单位的结果没有用上，这里没有同名的单位",
                    f"--results {name}: results of {left} units were not used: no unit here has "
                    "their name",
                )
            )


def _joined(
    entry: Entry, facts: Mapping[str, object], links: Mapping[str, _Link], as_of: date | None
) -> Entry:
    """Return a unit with its earlier results, or rejected where one can't be used."""
    unit = _unit(facts)
    more: dict[str, object] = {}
    problems: list[Diagnostic] = []
    for name, link in links.items():
        results = link.found.get(unit, [])
        if not results:
            continue
        link.taken.add(unit)
        if len(results) > 1 or unwrapped(facts.get(name)) is not None:
            problems.append(diagnose("PRF732", name=name, unit=unit or "-", path=(name,)))
            continue
        try:
            value = results[0] if link.whole else _field(link, results[0], unit, as_of)
        except Fault as fault:
            problems.append(diagnose(fault.code, path=(name,), name=name, **fault.args_by_name))
            continue
        if value is not MISSING:
            more[name] = value
    if problems:
        return replace(entry, facts=None, unit=unit, problems=(*entry.problems, *problems))
    return replace(entry, facts={**facts, **more})


def _field(
    link: _Link, result: Mapping[str, object], unit: str | None, as_of: date | None
) -> object:
    """Return one field of a result as a cell of a form holds it; MISSING where it has no value."""
    about = as_mapping(result.get("ruleset")) or {}
    name = str(about.get("id"))
    if name not in link.sources:
        link.sources[name] = read_plan(name, as_of=as_of)
    source = link.sources[name]
    kind = fields_of(source).get(link.part)
    if kind is None or kind.kind is not link.item.type.kind:
        why = (
            Text(f"其中没有 {link.part}", f"it has no {link.part}")
            if kind is None
            else Text(
                f"{link.part} 是{kind.kind.value[0]}，这里要{link.item.type.kind.value[0]}",
                f"{link.part} is a {kind.kind.value[1]}, and a {link.item.type.kind.value[1]} "
                "is needed here",
            )
        )
        raise Fault("PRF738", value=Text("所给结果", "what was given"), ruleset=name, reason=why)
    read = replace(
        link.item, type=kind, earlier=Earlier(name, source.version, source.digest, link.part)
    )
    value = earlier_value(read, result, unit)
    return _cell(value, kind.kind)


def _cell(value: object, kind: Kind) -> object:
    """Return a value as it is written in a form, its unit beside it.

    >>> _cell(Decimal("0.8272"), Kind.PERCENT), _cell(Decimal(1496300), Kind.MONEY)
    ('82.72%', '1496300元')
    """
    if not isinstance(value, Decimal):
        return value
    if kind is Kind.PERCENT:
        return f"{plain(CONTEXT.multiply(value, _HUNDRED))}%"
    return f"{plain(value)}元" if kind is Kind.MONEY else plain(value)


def _unit(given: Mapping[str, object]) -> str | None:
    unit = unwrapped(given.get("unit"))
    return None if unit is None else str(unit)


def _refused(name: str, given: str, why: Text, hint: Text | None = None) -> UsageError:
    value = f"--results {name}={given}"
    return UsageError(
        (diagnose("PRF642", value=value, expected=why, command="score", hint=hint or None),)
    )
