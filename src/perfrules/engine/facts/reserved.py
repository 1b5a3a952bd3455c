"""The reserved keys of facts: unit, as_of, adjust, waive, evidence, allow."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.engine.facts.problems import Place, Problems, as_mapping, within
from perfrules.engine.facts.record import Adjust, Allow, Waiver
from perfrules.engine.facts.scalars import day, read_value, unwrapped
from perfrules.errors import Text
from perfrules.lang.cells import read_date, read_id
from perfrules.lang.frame import Fault
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.types import DATE, MISSING, NUMBER, TEXT

RESERVED: Final = ("unit", "as_of", "adjust", "waive", "evidence", "allow")
ALLOWABLE: Final = ("PRF540",)  # the sums of a published table

_REASON = InputPlan("reason", TEXT, Text())
_SCORE = InputPlan("score", NUMBER, Text())
_EXPIRES = InputPlan("expires", DATE, Text())
_TEXT = InputPlan("text", TEXT, Text())


def place(key: str) -> Place:
    """Return the place of a reserved key."""
    return Place((key,), Text(key, key))


def read_unit(given: object, problems: Problems) -> str | None:
    """Return the unit's name or number: one line of text."""
    if given is None:
        return None
    try:
        reading = read_value(_TEXT, given)
        if isinstance(reading.value, str):
            read_id(reading.value)
    except Fault as fault:
        problems.fault(fault, place("unit"))
        return None
    problems.note(place("unit"), reading.notes, given)
    return reading.value if isinstance(reading.value, str) else None


def read_as_of(plan: Plan, given: object, called: object, problems: Problems) -> date | None:
    """Return the date of the evaluation: the facts' and the call's must agree, none is guessed."""
    try:
        own, other = _day(given), _day(called)
    except Fault as fault:
        problems.fault(fault, place("as_of"))
        return None
    found = other if own is None else own
    if own is not None and other is not None and own != other:
        problems.add("PRF522", place("as_of"), own, right=other)
    if found is None:
        if plan.needs_as_of:
            problems.add("PRF524", Place(("as_of",), Text("规则集", "the ruleset")))
        return None
    start, end = plan.effective_from, plan.effective_until
    if (start is not None and found < start) or (end is not None and found >= end):
        problems.add("PRF523", place("as_of"), found, expected=_force(start, end))
    return found


def _day(given: object) -> date | None:
    given = unwrapped(given)
    if given is None:
        return None
    found = read_date(given).value if type(given) is str else day(given)
    return found if isinstance(found, date) else None


def _force(start: date | None, end: date | None) -> Text:
    zh = (f"自{start}起" if start else "") + (f"到{end}（不含）为止" if end else "")
    en = " ".join(
        part
        for part in (f"from {start} on" if start else "", f"until before {end}" if end else "")
        if part
    )
    return Text(zh, en)


def _entries(key: str, given: object, problems: Problems) -> Mapping[str, object]:
    """Return what stands under a reserved key, by the name of an indicator."""
    if given is None:
        return {}
    found = as_mapping(given)
    if found is None:
        expected = Text("“指标: …”的对照", "a mapping of indicator: …")
        problems.add("PRF518", place(key), given, expected=expected)
        return {}
    return {name: value for name, value in found.items() if not name.startswith("x-")}


def _known(plan: Plan, key: str, name: str, problems: Problems) -> bool:
    """Whether *name* can be a line; note it where it can't."""
    lines = lines_of(plan)
    if is_line(name, lines):
        return True
    base = name.partition("[")[0]
    problems.add("PRF549", within(place(key), name), base, key=key, name=name, known=tuple(lines))
    return False


def lines_of(plan: Plan) -> dict[str, bool]:
    """Return the ids of a plan's indicators in document order, and whether each has rows."""
    found: dict[str, bool] = {}
    waiting = list(reversed(plan.indicators))
    while waiting:
        node = waiting.pop()
        found[node.id] = node.for_each is not None
        waiting += reversed(node.children)
    return found


def is_line(name: str, lines: Mapping[str, bool]) -> bool:
    """Return whether *name* can be a line: an indicator, or a row of one that has rows.

    >>> [is_line(name, {"goals": True, "base": False}) for name in ("goals[甲]", "base[甲]", "x")]
    [True, False, False]
    """
    base, bracket, _ = name.partition("[")
    return base in lines and (not bracket or (lines[base] and name.endswith("]")))


def _parts(
    given: object, keys: tuple[InputPlan, ...], where: Place, problems: Problems
) -> dict[str, object] | None:
    """Return the read parts of an entry; None after a problem."""
    found = as_mapping(given)
    if found is None:
        names = "、".join(key.id for key in keys)
        expected = Text(f"含 {names} 的对照", f"a mapping with {names}")
        problems.add("PRF518", where, given, expected=expected)
        return None
    before = problems.count
    for key in found:
        if key not in {part.id for part in keys} and not key.startswith("x-"):
            problems.add("PRF519", where, key, known=tuple(part.id for part in keys))
    parts: dict[str, object] = {}
    for part in keys:
        try:
            parts[part.id] = read_value(part, found.get(part.id)).value
        except Fault as fault:
            problems.fault(fault, within(where, part.id))
    return None if problems.count > before else parts


def read_adjust(plan: Plan, given: object, problems: Problems) -> Mapping[str, Adjust]:
    """Return the scores set by hand; each has its reason."""
    found: dict[str, Adjust] = {}
    for name, entry in _entries("adjust", given, problems).items():
        where = within(place("adjust"), name)
        parts = _parts(entry, (_SCORE, _REASON), where, problems)
        if not _known(plan, "adjust", name, problems) or parts is None:
            continue
        score, reason = parts["score"], parts["reason"]
        if not isinstance(score, Decimal):
            problems.add("PRF502", within(where, "score"))
        elif not isinstance(reason, str):
            example = f"adjust: {{{name}: {{score: 7, reason: 三季度发放延迟}}}}"
            problems.add("PRF525", where, example=example)
        else:
            found[name] = Adjust(score, reason)
    return found


def read_waive(
    plan: Plan, given: object, as_of: date | None, problems: Problems
) -> Mapping[str, Waiver]:
    """Return the waivers that hold on *as_of*; one that has expired is left out with a note."""
    found: dict[str, Waiver] = {}
    for name, entry in _entries("waive", given, problems).items():
        where = within(place("waive"), name)
        parts = _parts(entry, (_REASON, _EXPIRES), where, problems)
        if not _known(plan, "waive", name, problems) or parts is None:
            continue
        reason, expires = parts["reason"], parts["expires"]
        if not isinstance(reason, str):
            example = f"waive: {{{name}: {{reason: 停工检修, expires: 2023-03-31}}}}"
            problems.add("PRF525", where, example=example)
        elif not isinstance(expires, date):
            found[name] = Waiver(reason)
        elif as_of is None:
            problems.add("PRF524", Place(where.path, Text(f"waive 中的{name}", f"waive of {name}")))
        elif as_of < expires:
            found[name] = Waiver(reason, expires)
        else:
            expired = Text(f"豁免已于{expires}到期，未采用", f"expired on {expires}, not applied")
            problems.note(where, (expired,), reason)
    return found


def read_evidence(plan: Plan, given: object, problems: Problems) -> Mapping[str, str]:
    """Return the evidence named for indicators."""
    found: dict[str, str] = {}
    for name, entry in _entries("evidence", given, problems).items():
        where = within(place("evidence"), name)
        known = _known(plan, "evidence", name, problems)
        try:
            text = read_value(_TEXT, entry).value
        except Fault as fault:
            problems.fault(fault, where)
            continue
        if known and text is not MISSING:
            found[name] = str(text)
    return found


def read_allow(given: object, problems: Problems) -> tuple[Allow, ...]:
    """Return the faults that may pass; only those that facts can answer for."""
    if given is None:
        return ()
    if type(given) not in (list, tuple):
        expected = Text("code 与 because 的列表", "a list of code and because")
        problems.add("PRF518", place("allow"), given, expected=expected)
        return ()
    assert isinstance(given, (list, tuple))  # noqa: S101 - says the type
    found: list[Allow] = []
    code, because = (InputPlan(name, TEXT, Text()) for name in ("code", "because"))
    for index, entry in enumerate(given):
        where = within(place("allow"), index)
        parts = _parts(entry, (code, because), where, problems)
        if parts is None:
            continue
        if parts["code"] not in ALLOWABLE:
            listed = ", ".join(ALLOWABLE)
            written = parts["code"] if isinstance(parts["code"], str) else "—"
            problems.add("PRF526", where, written, expected=Text(listed, listed))
        elif not isinstance(parts["because"], str):
            example = "allow: [{code: PRF540, because: 按原表公布的分值复核}]"
            problems.add("PRF525", where, example=example)
        else:
            found.append(Allow(str(parts["code"]), parts["because"]))
    return tuple(found)
