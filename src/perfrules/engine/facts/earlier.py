"""An earlier stage's result that comes in as a fact: verified, then one field of it is read."""

from collections.abc import Mapping
from datetime import date

from perfrules.decimals import fits, parse_decimal
from perfrules.engine.answer import FORMAT
from perfrules.engine.facts.problems import as_mapping
from perfrules.engine.facts.scalars import unwrapped
from perfrules.errors import Text
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Earlier, InputPlan
from perfrules.lang.types import MISSING, NUMERIC, Kind, Type


def earlier_value(item: InputPlan, given: Mapping[str, object], unit: object) -> object:
    """Return the field of a whole result, as `perfrules score --format json` writes it.

    Args:
        item: The input, which names the ruleset and the field.
        given: The result's JSON.
        unit: The unit being scored: another one's result is refused.

    Raises:
        Fault: PRF738, it is no result of that ruleset, of these rules or of this unit.
    """
    source = item.earlier
    assert source is not None  # noqa: S101 - the caller looked
    about = as_mapping(given.get("ruleset"))
    if about is None or str(given.get("format")) != str(FORMAT):
        raise _refused(source, Text("没有 ruleset 或 format", "it has no ruleset or no format"))
    if about.get("id") != source.ruleset:
        name = str(about.get("id"))
        raise _refused(source, Text(f"它出自 {name}", f"it is one of {name}"))
    if about.get("digest") != source.digest:
        version = str(about.get("version"))
        raise _refused(
            source,
            Text(
                f"它按 {version} 版评出，评分含义与现行的 {source.version} 不同",
                f"it was scored by {version}, whose rules differ from {source.version}",
            ),
        )
    own = unwrapped(given.get("unit"))
    if own is not None and unit is not None and str(own) != str(unit):
        raise _refused(source, Text(f"它是 {own} 的", f"it is that of {own}"))
    return _value(source, item.type, _read(source, given))


def _refused(source: Earlier, reason: Text) -> Fault:
    return Fault(
        "PRF738", value=Text("所填内容", "what was given"), ruleset=source.ruleset, reason=reason
    )


def _read(source: Earlier, given: Mapping[str, object]) -> object:
    """Return what stands in the result's field; None where the result has no value for it."""
    part, dot, name = source.field.partition(".")
    if not dot:
        return unwrapped(given.get(part))
    if part == "report":
        report = as_mapping(given.get(part)) or {}
        return unwrapped(report.get(name))
    lines = given.get("indicators")
    for line in lines if isinstance(lines, list | tuple) else ():
        found = as_mapping(line)
        if found is not None and str(found.get("id")) == name:
            return unwrapped(found.get(part))
    raise _refused(source, Text(f"其中没有 {name}", f"it has no {name}"))


def _value(source: Earlier, kind: Type, written: object) -> object:
    """Return a value of the field's type; MISSING where the result has none."""
    if written is None:
        return MISSING
    text = str(written).lower() if isinstance(written, bool) else str(written)
    if kind.kind in NUMERIC:
        number = parse_decimal(text)
        if number is not None and fits(number):
            return number
    elif kind.kind is Kind.FLAG and text in ("true", "false"):
        return text == "true"
    elif kind.kind is Kind.DATE:
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    elif kind.kind is Kind.TEXT or text in kind.of:
        return text
    field = source.field
    raise _refused(source, Text(f"{field} 读不懂", f"{field} can't be read"))
