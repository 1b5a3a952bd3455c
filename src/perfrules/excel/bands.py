"""分档: `≥95%得满分；90%-95%得8分；90%以下不得分` as bands, wherever they leave no hole."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from perfrules.decimals import HUNDRED
from perfrules.errors import Text
from perfrules.excel.rule import Question, Raw, Rule
from perfrules.excel.wording import NUMBER, Size, clauses, size, spelled, worth

_A: Final = rf"(?P<a>{NUMBER})(?P<unit>[%一-鿿A-Za-z㎡²³/·]{{0,6}}?)"
_A_TOO: Final = rf"(?P<a>{NUMBER})(?P<unit_a>[%一-鿿A-Za-z㎡²³/·]{{0,6}}?)"
_B: Final = rf"(?P<b>{NUMBER})(?P<unit>[%一-鿿A-Za-z㎡²³/·]{{0,6}}?)"
_B_TOO: Final = rf"(?P<b>{NUMBER})(?P<unit_a>[%一-鿿A-Za-z㎡²³/·]{{0,6}}?)"
_IN: Final = r"(?:\(?(?P<in>含|不含)(?:本数)?\)?)?"
_IN_A, _IN_B = _IN.replace("<in>", "<in_a>"), _IN.replace("<in>", "<in_b>")
_OF: Final = "(?P<subject>[“”一-鿿]{0,20}?)(?:为|在)?"
_BELOW: Final = "(?:<|小于|低于|不足|不到|未达到|少于)"
# What a clause says of the value, which end its number is, and whether that end is in.
_ONE: Final = (
    (f"{_OF}(?:≥|达到|达){_A}{_IN}(?:及?以上)?", "low", True),
    (f"{_OF}(?:>|大于|高于|超过|多于){_A}(?:以上)?", "low", False),
    (f"{_OF}{_A}{_IN}及?以上", "low", None),
    (f"{_OF}≤{_A}{_IN}(?:及?以下|以内)?", "high", True),
    (f"{_OF}{_BELOW}{_A}(?:的)?(?:以下)?", "high", False),
    (f"{_OF}{_A}{_IN}(?:及?以下|以内)", "high", None),
)
_TWO: Final = (
    rf"{_OF}(?P<left>[\[(])?{_A_TOO}{_IN_A}[-,]{_B}{_IN_B}(?P<right>[\])])?(?:之间)?",
    rf"{_A_TOO}(?P<lt_a>[≤<])(?P<subject>[^0-9≤<]{{0,20}})(?P<lt_b>[≤<]){_B}",
    rf"{_OF}(?P<ge_a>[≥>]){_A_TOO}[,且并]*(?P<le_b>[≤<]){_B}",
    rf"{_OF}(?P<le_b>[≤<]){_B_TOO}[,且并]*(?P<ge_a>[≥>]){_A}",
)
_REST: Final = "(?:其他|其它|其余|否则|其他情况|除此以外)"
_SPLIT: Final = re.compile(
    r"(?P<when>.+?)(?P<worth>(?:的|者)?,?:?"
    r"(?:(?:可?得|计|为|给|赋|不得分|不计分|满分|零分|无分|\((?=[0-9.]+分)).*|[0-9.]+分))"
)


@dataclass(frozen=True, slots=True)
class _End:
    """An end of a band; whether the number itself is in, where the words say so."""

    at: Decimal
    inside: bool | None


@dataclass(frozen=True, slots=True)
class _Band:
    low: _End | None
    high: _End | None
    worth: Decimal
    unit: str
    subject: str


def bands(about: Question) -> Rule | None:
    """Return bands where every clause is one and together they cover every value once.

    >>> rule = bands(Question("x", Decimal(10), standard="≥95%得满分；90%-95%得8分；其他不得分"))
    >>> [dict(band) for band in rule.score["bands"]][1]
    {'at_least': '90%', 'points': Decimal('8')}
    >>> bands(Question("x", Decimal(10), standard="≥95%得满分；80%-90%得8分；其他不得分")) is None
    True
    """
    found = _read(about)
    if found is None:
        return None
    rest, known = found
    units = {band.unit for band in known} - {""}
    if len(units) > 1 or len({band.subject for band in known} - {""}) > 1 or len(known) < 1:
        return None
    unit = units.pop() if units else ""
    known, limits = _opened(known, unit, closed=rest is not None)
    tiled = _tiled(known, rest)
    if tiled is None:
        return None
    ordered, last, doubtful = tiled
    rows: list[dict[str, object]] = []
    for band, inside in ordered:
        assert band.low is not None  # noqa: S101 - the lowest is `else`
        key = "at_least" if inside else "above"
        rows.append({key: Raw(Size(band.low.at, unit).literal), "points": band.worth})
    rows.append({"else": last})
    best = _best(ordered, last, unit, about.points)
    if best is None:
        return None
    return Rule(
        {"method": "bands", "bands": rows},
        ask={**Size(Decimal(0), unit).ask(), **limits},
        best={about.id: best},
        doubts=tuple(_edge(at, unit) for at in doubtful),
    )


def _opened(
    known: list[_Band], unit: str, *, closed: bool
) -> tuple[list[_Band], dict[str, object]]:
    """Return the bands with 0 and 100% as ends that nothing lies behind, and limits that say so.

    `0≤x<5%` begins with the smallest value there is, `90%-100%` ends with the largest.
    """
    limits: dict[str, object] = {}
    found = []
    for band in known:
        low, high = band.low, band.high
        if low is not None and low.at == 0 and low.inside is not False and not closed:
            low, limits["min"] = None, Raw(Size(Decimal(0), unit).literal)
        if high is not None and unit == "%" and high.at == HUNDRED and high.inside is not False:
            high, limits["max"] = None, Raw("100%")
        found.append(replace(band, low=low, high=high))
    if sum(band.high is None for band in found) > 1:  # the bands themselves go beyond 100%
        return known, {}
    return found, limits


def _edge(at: Decimal, unit: str) -> Text:
    shown = Size(at, unit).literal
    return Text(
        f"恰为 {shown} 时属于哪一档没有写明，按属于较高的一档读",
        f"which band exactly {shown} belongs to isn't said; it was put into the upper one",
    )


def _read(about: Question) -> tuple[Decimal | None, list[_Band]] | None:
    """Return what the rest is worth where that is said, and the bands; None for other words."""
    parts = clauses(spelled(about.standard), ";")
    if len(parts) == 1:
        parts = clauses(parts[0], ",")
    rest: Decimal | None = None
    known: list[_Band] = []
    for part in parts:
        cut = _SPLIT.fullmatch(part)
        given = worth(cut["worth"], about.points) if cut else None
        if cut is None or given is None:
            return None
        if re.fullmatch(_REST, cut["when"].rstrip(",的")):
            if rest is not None:
                return None
            rest = given
            continue
        band = _band(cut["when"].rstrip(",的:"), given)
        if band is None:
            return None
        known.append(band)
    return (rest, known) if len(known) + (rest is not None) > 1 else None


def _band(text: str, given: Decimal) -> _Band | None:
    for pattern in _TWO:
        found = re.fullmatch(pattern, text)
        if found:
            return _between(found.groupdict(), given)
    for pattern, end, inside in _ONE:
        found = re.fullmatch(pattern, text)
        if found:
            at = size(found["a"], found["unit"])
            if at is None:
                return None
            said = found.groupdict().get("in")
            one = _End(at.value, inside if said is None else said == "含")
            low, high = (one, None) if end == "low" else (None, one)
            return _Band(low, high, given, at.unit, found["subject"])
    return None


def _between(found: dict[str, str | None], given: Decimal) -> _Band | None:
    unit = found["unit"] or ""
    low, high = size(found["a"] or "", unit), size(found["b"] or "", unit)
    if low is None or high is None or low.value == high.value:
        return None
    if found.get("unit_a") and found["unit_a"] != unit:
        return None
    if low.value > high.value:  # 95%-90%
        turned = {"in_a": found.get("in_b"), "in_b": found.get("in_a")}
        ends = {"a": found["b"], "b": found["a"], "left": None, "right": None}
        return _between({**found, **turned, **ends}, given) if "in_a" in found else None
    below = _inside(found, "in_a", ("left", "[", "("), ("lt_a", "≤", "<"), ("ge_a", "≥", ">"))
    above = _inside(found, "in_b", ("right", "]", ")"), ("lt_b", "≤", "<"), ("le_b", "≤", "<"))
    return _Band(
        _End(low.value, below), _End(high.value, above), given, low.unit, found["subject"] or ""
    )


def _inside(found: dict[str, str | None], said: str, *signs: tuple[str, str, str]) -> bool | None:
    """Return whether an end is in its band: by a word in brackets, or by a sign."""
    if found.get(said):
        return found[said] == "含"
    for name, closed, opened in signs:
        sign = found.get(name)
        if sign in (closed, opened):
            return sign == closed
    return None


_Tiled = tuple[list[tuple[_Band, bool]], Decimal, list[Decimal]]


def _tiled(known: list[_Band], rest: Decimal | None) -> _Tiled | None:
    """Return the bands from the top with whether each holds its bound, and what is below them.

    None where they overlap or leave a hole. The third part are the edges that no words give away.
    """
    by_low = sorted(
        known, key=lambda band: (band.low is not None, band.low.at if band.low else 0), reverse=True
    )
    if rest is not None and any(band.low is None for band in known):
        return _upside_down(by_low, rest)
    if by_low[0].high is not None:
        return None
    doubtful: list[Decimal] = []
    rows: list[tuple[_Band, bool]] = []
    for upper, lower in pairwise(by_low):
        if upper.low is None or lower.high is None or upper.low.at != lower.high.at:
            return None
        inside = _belongs((upper.low, lower.high))
        if inside is None:
            if upper.low.inside is not None:
                return None  # the edge is both bands', or neither's
            doubtful.append(upper.low.at)
            inside = True
        rows.append((upper, inside))
    last = by_low[-1]
    if last.low is None:
        return (rows, last.worth, doubtful) if rest is None else None
    if rest is None:
        return None
    # what the words name keeps its end; the rest is what they don't name
    return [*rows, (last, last.low.inside is not False)], rest, doubtful


def _belongs(ends: tuple[_End, _End]) -> bool | None:
    """Return whether the edge is the upper band's; None where nothing, or both, claim it."""
    upper, lower = (end.inside for end in ends)
    if upper is None and lower is None:
        return None
    if upper is None:
        return not lower
    if lower is not None and upper == lower:
        return None
    return upper


def _upside_down(by_low: list[_Band], rest: Decimal) -> _Tiled | None:
    """Bands for small values, the rest above them: `≤5%得10分；5%-10%得8分；其他不得分`."""
    top = by_low[0]
    if top.high is None:
        return None
    whole = _Band(_outside(top.high), None, rest, top.unit, "")
    return _tiled([whole, *by_low], None)


def _outside(end: _End) -> _End:
    """Return the end of what lies beyond a band that is named: the band keeps its own end."""
    return _End(end.at, end.inside is False)


def _best(
    ordered: list[tuple[_Band, bool]], last: Decimal, unit: str, points: Decimal
) -> object | None:
    """Return a value that earns everything; None where no band does."""
    above: Decimal | None = None
    for band, inside in ordered:
        assert band.low is not None  # noqa: S101 - the lowest is `else`
        if band.worth == points:
            at = band.low.at
            if not inside:
                at = at + 1 if above is None else (at + above) / 2
            return Raw(Size(at, unit).literal)
        above = band.low.at
    if last != points or above is None:
        return None
    return Raw(Size(Decimal(0) if above > 0 else above - 1, unit).literal)
