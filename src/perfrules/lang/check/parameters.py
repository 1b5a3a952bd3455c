"""Parameters: their values by date, maps by key to depth 3, all values of one type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from perfrules.decimals import CONTEXT, fits, parse_decimal
from perfrules.errors import Path, Text
from perfrules.lang.check.basis import basis_plans
from perfrules.lang.check.context import Context, kinds
from perfrules.lang.check.inputs import refuse_literal
from perfrules.lang.document import Scalar, ScalarFault, read_date
from perfrules.lang.expr import Names
from perfrules.lang.plan import InputPlan, ParameterPlan
from perfrules.lang.spec.values import ParameterSpec
from perfrules.lang.types import DATE, MONEY, NUMBER, TEXT, UNKNOWN, Kind, Type
from perfrules.lang.units import MONEY_FACTORS
from perfrules.messages import did_you_mean

_KEY_KINDS = {"count": NUMBER, "number": NUMBER, "text": TEXT, "date": DATE}
# A bare 0 or 1 is also a share, a bare 0 is also an amount of money.
_ALSO = {Kind.PERCENT: (0, 1), Kind.MONEY: (0,), Kind.DAYS: (0,)}


def parameter_plan(
    context: Context, path: Path, name: str, spec: ParameterSpec, inputs: Mapping[str, InputPlan]
) -> ParameterPlan | None:
    """Return the plan of one parameter, or None after noting what is wrong."""
    keys = tuple(_key_type(context, path, key, inputs) for key in spec.keys)
    given: list[tuple[date, object, Path]] = (
        [(date.min, spec.value, (*path, "value"))]
        if spec.values is None
        else [(day, raw, (*path, "values", day.isoformat())) for day, raw in spec.values.items()]
    )
    for _, raw, place in given:
        for where, found in _misplaced(place, raw, len(keys)):
            shown = str(found) if isinstance(found, Scalar) else "{…}"
            context.report("PRF477", where, value=shown, count=len(keys))
            return None
    reading = _Reading(context, keys, spec.unit)
    values = [
        (day, reading.read(place, raw, 0))
        for day, raw, place in sorted(given, key=lambda item: item[0])
    ]
    inner = reading.common()
    if inner is None or UNKNOWN in keys:
        return None
    kind = Type(Kind.MAP, depth=len(keys), inner=inner, keys=keys) if keys else inner
    return ParameterPlan(
        id=name,
        type=kind,
        title=spec.title or Text(),
        values=tuple(values),
        dated=spec.values is not None,
        basis=basis_plans(spec.basis),
    )


def _key_type(context: Context, path: Path, key: str, inputs: Mapping[str, InputPlan]) -> Type:
    if key in _KEY_KINDS:
        return _KEY_KINDS[key]
    found = inputs.get(key)
    if found is not None and found.type.kind is Kind.CHOICE:
        return Type(Kind.CHOICE, of=found.type.of)
    choices = [name for name, item in inputs.items() if item.type.kind is Kind.CHOICE]
    known = Text("、".join([*_KEY_KINDS, *choices]), " or ".join([*_KEY_KINDS, *choices]))
    context.report("PRF476", (*path, "keys"), value=key, known=known)
    return UNKNOWN


def _misplaced(path: Path, raw: object, depth: int) -> Iterator[tuple[Path, object]]:
    """Yield the values that stand too high, and the maps that stand too low."""
    if isinstance(raw, dict) != (depth > 0):
        yield path, raw
    elif isinstance(raw, dict):
        for key, value in raw.items():
            yield from _misplaced((*path, key), value, depth - 1)


@dataclass(slots=True)
class _Reading:
    """The values of one parameter while they are read; `seen` is each literal with its place."""

    context: Context
    keys: tuple[Type, ...]
    unit: str | None
    seen: list[tuple[Type, object, Path, object]] = field(default_factory=list)
    failed: bool = False

    def read(self, path: Path, raw: object, depth: int) -> object:
        """Return a literal's value, or a map of them."""
        if not isinstance(raw, dict):
            return self._literal(path, raw)
        found: dict[object, object] = {}
        for text, value in raw.items():
            place = (*path, text)
            key = self._key(place, str(text), self.keys[depth])
            inner = self.read(place, value, depth + 1)
            if key is None:
                self.failed = True
            elif key in found:
                self.context.report("PRF478", place, key=True, value=str(text))
                self.failed = True
            else:
                found[key] = inner
        return found

    def _key(self, path: Path, text: str, kind: Type) -> object | None:
        """Return a map's key as the value it is compared with."""
        found: object | None = text
        if kind.kind is Kind.NUMBER:
            found = parse_decimal(text)
            if isinstance(found, Decimal) and not fits(found):
                found = None
        elif kind.kind is Kind.DATE:
            try:
                found = read_date(Scalar(text))
            except ScalarFault:
                found = None
        elif kind.of and text not in kind.of:
            choices, hint = "、".join(kind.of), did_you_mean(text, kind.of)
            self.context.report("PRF473", path, key=True, value=text, choices=choices, hint=hint)
            return None
        if found is None:
            example = "2024-01-01" if kind.kind is Kind.DATE else "4"
            self.context.report(
                "PRF479", path, key=True, value=text, expected=kinds(kind.kind), example=example
            )
        return found

    def _literal(self, path: Path, raw: object) -> object | None:
        expr = self.context.compile(path, raw, Names())
        if expr is None:
            self.failed = True
            return None
        self.context.exprs.pop()  # a literal reads nothing
        value, kind = expr.constant, expr.type
        if value is None:
            refuse_literal(self.context, path, raw, NUMBER)
            self.failed = True
            return None
        factor = MONEY_FACTORS.get(self.unit or "")
        if factor is not None and kind.kind is Kind.NUMBER and isinstance(value, Decimal):
            value, kind = CONTEXT.multiply(value, factor), MONEY
        if kind.kind is Kind.MONEY and factor is not None:
            kind = Type(Kind.MONEY, self.unit)
        self.seen.append((kind, value, path, raw))
        return value

    def common(self) -> Type | None:
        """Return the type of all values; PRF480 for each that is of another."""
        if self.failed or not self.seen:
            return None
        telling = [kind for kind, value, _, _ in self.seen if not self._may_be_other(kind, value)]
        wanted = telling[0] if telling else self.seen[0][0]
        for kind, value, path, raw in self.seen:
            if kind.kind is wanted.kind:
                continue
            if kind.kind is Kind.NUMBER and value in _ALSO.get(wanted.kind, ()):
                continue
            refuse_literal(self.context, path, raw, wanted, "PRF480")
            self.failed = True
        return None if self.failed else wanted

    def _may_be_other(self, kind: Type, value: object) -> bool:
        return kind.kind is Kind.NUMBER and value in (0, 1)
