"""Questionnaires and panels: counts by level, and scores by rater."""

from collections.abc import Mapping
from decimal import Decimal

from perfrules.engine.facts.problems import Place, Problems, as_mapping, place_of, within
from perfrules.engine.facts.scalars import read_value
from perfrules.errors import Text
from perfrules.lang.ballots import Ballot, PanelFact, SurveyFact
from perfrules.lang.frame import Fault
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import MISSING, NUMBER, TEXT, Kind, Missing, Type

_ISSUED = "issued"
_COUNT = InputPlan("count", NUMBER, Text(), whole=True)
_MOST_BALLOTS = 10_000
_KEYS = ("rater", "score", "group", "item")


def read_survey(item: InputPlan, given: object, problems: Problems) -> SurveyFact | Missing | None:
    """Return the counts of a questionnaire; None after a problem."""
    if given is None or given is MISSING:
        return MISSING
    place = place_of(item)
    found = as_mapping(given)
    if found is None:
        expected = Text("各等级的份数", "the counts of its levels")
        problems.add("PRF518", place, given, expected=expected)
        return None
    before = problems.count
    counts = {key: value for key, value in found.items() if key != _ISSUED}
    groups: dict[str | None, Mapping[str, int]] = {}
    grouped = [key for key, value in counts.items() if type(value) is dict]
    if grouped and len(grouped) < len(counts):
        direct = next(key for key in counts if key not in grouped)
        problems.add("PRF527", place, f"{grouped[0]}, {direct}")
        return None
    if grouped:
        for key in grouped:
            if item.groups and key not in item.groups:
                problems.add("PRF519", place, key, known=item.groups)
            else:
                levels = as_mapping(counts[key]) or {}
                groups[key] = _levels(item, levels, within(place, key), problems)
    elif item.groups:
        wanted = "、".join(item.groups)
        expected = Text(f"分组填写的份数：{wanted}", f"counts by group: {', '.join(item.groups)}")
        problems.add("PRF518", place, counts, expected=expected)
    else:
        groups[None] = _levels(item, counts, place, problems)
    issued = _issued(found.get(_ISSUED), place, problems)
    if problems.count > before:
        return None
    fact = SurveyFact(groups, issued)
    if issued is not None and fact.returned > issued:
        problems.add("PRF529", place, left=fact.returned, right=issued)
        return None
    return fact


def _issued(given: object, place: Place, problems: Problems) -> int | None:
    found = _read(_COUNT, given, within(place, _ISSUED), problems)
    return int(found) if isinstance(found, Decimal) else None


def _levels(
    item: InputPlan, given: Mapping[str, object], place: Place, problems: Problems
) -> Mapping[str, int]:
    """Return the count of every level; a level left out is a problem, never 0."""
    for key in given:
        if key not in item.levels:
            problems.add("PRF519", place, key, known=item.levels)
    counts: dict[str, int] = {}
    for level in item.levels:
        before = problems.count
        found = _read(_COUNT, given.get(level), within(place, level), problems)
        if isinstance(found, Decimal):
            counts[level] = int(found)
        elif problems.count == before:
            problems.add("PRF521", place, level)
    return counts


def read_panel(item: InputPlan, given: object, problems: Problems) -> PanelFact | Missing | None:
    """Return the ballots of a panel; None after a problem."""
    if given is None or given is MISSING:
        return MISSING
    place = place_of(item)
    if type(given) not in (list, tuple):
        expected = Text("逐行填写的评分", "a list of ballots")
        problems.add("PRF518", place, given, expected=expected)
        return None
    assert isinstance(given, (list, tuple))  # noqa: S101 - says the type
    if len(given) > _MOST_BALLOTS:
        expected = Text(f"不超过{_MOST_BALLOTS}行", f"{_MOST_BALLOTS} at most")
        problems.add("PRF520", place, len(given), expected=expected)
        return None
    before = problems.count
    rows: list[Ballot] = []
    seen: dict[tuple[str, str | None, str | None], int] = {}
    for number, row in enumerate(given, start=1):
        ballot = _ballot(item, row, within(place, number - 1), problems)
        if ballot is None:
            continue
        key = (ballot.rater, ballot.group, ballot.item)
        if key in seen:
            written = "，".join(part for part in key if part)
            problems.add("PRF528", within(place, number - 1), written, left=seen[key])
        seen.setdefault(key, number)
        rows.append(ballot)
    return None if problems.count > before else PanelFact(tuple(rows))


def _ballot(item: InputPlan, given: object, place: Place, problems: Problems) -> Ballot | None:
    row = as_mapping(given)
    if row is None:
        expected = Text("rater、score 等项的对照", "a mapping with rater and score")
        problems.add("PRF518", place, given, expected=expected)
        return None
    for key in row:
        if key not in _KEYS and not key.startswith("x-"):
            problems.add("PRF519", place, key, known=_KEYS)
    before = problems.count
    found = {
        column.id: _read(column, row.get(column.id), within(place, column.id), problems)
        for column in _columns(item)
    }
    for column in _columns(item):
        if column.required and found[column.id] is MISSING and problems.count == before:
            problems.add("PRF502", within(place, column.id))
    if problems.count > before:
        return None
    rater, score, group, part = (found[key] for key in _KEYS)
    assert isinstance(rater, str)  # noqa: S101 - read as text
    assert isinstance(score, Decimal)  # noqa: S101 - read as a number
    return Ballot(rater, score, _or_none(group), _or_none(part))


def _columns(item: InputPlan) -> tuple[InputPlan, ...]:
    """Return the columns of a ballot; where groups or items are declared, each names one."""
    return (
        InputPlan("rater", TEXT, Text()),
        InputPlan("score", NUMBER, Text()),
        _labels("group", item.groups),
        _labels("item", item.items),
    )


def _labels(name: str, of: tuple[str, ...]) -> InputPlan:
    kind = Type(Kind.CHOICE, of=of) if of else TEXT
    return InputPlan(name, kind, Text(), required=bool(of))


def _or_none(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _read(item: InputPlan, given: object, place: Place, problems: Problems) -> object:
    try:
        reading = read_value(item, given)
    except Fault as fault:
        problems.fault(fault, place)
        return MISSING
    problems.note(place, reading.notes, given)
    return reading.value
