"""Everything that is wrong with one unit's facts, each with its input, row and column."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from perfrules.errors import Diagnostic, Path, Text
from perfrules.lang.document import Scalar
from perfrules.lang.frame import Fault
from perfrules.lang.plan import InputPlan
from perfrules.messages import diagnose, did_you_mean, quote

_MOST = 1000  # problems listed of one unit: a table of 10,000 bad rows is not read to its end


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the facts something stands: its path for programs, its name for people."""

    path: Path
    name: Text


@dataclass(slots=True)
class Problems:
    """The problems and notes found so far; `count` also counts problems no longer listed."""

    found: list[Diagnostic] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    count: int = 0

    def add(self, code: str, place: Place, value: object = None, **args: object) -> None:
        """Record a problem at *place*.

        `options` are what *value* could have been, and are listed; `known` only serve the hint.
        """
        self.count += 1
        if len(self.found) >= _MOST:
            return
        expected = args.pop("expected", None)
        options, known = args.pop("options", None), args.pop("known", None)
        shown = "" if value is None else describe(value)
        hint = None
        if isinstance(options, tuple):
            expected = Text("、".join(options), ", ".join(options))
        names = options or known
        if isinstance(names, tuple) and isinstance(shown, str):
            hint = did_you_mean(shown[:_COMPARED], names)
        problem = diagnose(
            code,
            path=place.path,
            value=shown,
            expected=expected if isinstance(expected, Text) else None,
            hint=hint,
            **{"name": place.name, **args},  # type: ignore[arg-type] # fields of the sentence
        )
        if not isinstance(shown, str):
            problem = replace(problem, value=shown.zh)
        self.found.append(problem if value is not None else replace(problem, value=None))

    def fault(self, fault: Fault, place: Place) -> None:
        """Record what a reader of cells refused."""
        self.add(fault.code, place, **{**fault.args_by_name, "name": place.name})

    def note(self, place: Place, notes: tuple[Text, ...], written: object) -> None:
        """Record how a value was normalised."""
        if not notes:
            return
        shown = describe(written)
        what = Text(quote(shown), quote(shown)) if isinstance(shown, str) else shown
        zh, en = place.name.zh, place.name.en
        self.notes += (
            Text(f"{zh}：{note.zh}（{what.zh}）", f"{en}: {note.en} ({what.en})") for note in notes
        )


def place_of(item: InputPlan, inside: Place | None = None, row: int | None = None) -> Place:
    """Return the place of an input, or of a column in a row of a table.

    >>> from perfrules.lang.types import NUMBER
    >>> place_of(InputPlan("executed", NUMBER, Text("执行数"))).name.zh
    '执行数（executed）'
    """
    name = named(item.id, item.title)
    if inside is None or row is None:
        return Place((item.id,), name)
    return Place(
        (*inside.path, row - 1, item.id),
        Text(
            f"{inside.name.zh}第{row}行的{name.zh}", f"{name.en} in row {row} of {inside.name.en}"
        ),
    )


def named(key: str, title: Text) -> Text:
    """Return title and id, or the id where it is all there is."""
    zh, en = quote(title.get("zh")), quote(title.get("en"))
    return Text(
        f"{zh}（{key}）" if zh and zh != key else key, f"{en} ({key})" if en and en != key else key
    )


def within(place: Place, *keys: str | int) -> Place:
    """Return the place of something inside another; a number is a row, counted from 0."""
    zh, en = place.name.zh, place.name.en
    for key in keys:
        if isinstance(key, int):
            zh, en = f"{zh}第{key + 1}行", f"row {key + 1} of {en}"
        else:
            zh, en = f"{zh}的{quote(key)}", f"{quote(key)} of {en}"
    return Place((*place.path, *keys), Text(zh, en))


def describe(value: object) -> str | Text:
    """Return a value for a message without running any code of its own.

    >>> describe(98), describe([1, 2]).en, describe(len).en
    ('98', 'a list', 'something of a program')
    >>> from datetime import UTC
    >>> describe(datetime(2024, 1, 5, 9)), describe(datetime(2024, 1, 5, tzinfo=UTC)).en
    ('2024-01-05 09:00:00', 'a time with a time zone')
    """
    kind = type(value)
    if kind in _TEXTS or kind in (float, bool, Decimal, date):
        return str(value)
    if kind is int:
        assert isinstance(value, int)  # noqa: S101 - says the type
        return str(value) if value.bit_length() < _BITS else Text("很长的整数", "a long integer")
    if value is None:
        return Text("空", "nothing")
    if kind in (list, tuple):
        return Text("一个列表", "a list")
    if kind is dict:
        return Text("一个对照", "a mapping")
    if kind is datetime:
        assert isinstance(value, datetime)  # noqa: S101 - says the type
        if value.tzinfo is None:
            return str(value)
        return Text("带时区的时刻", "a time with a time zone")  # what it is called is foreign code
    if kind is bytes:
        return Text("一串字节", "bytes")
    return Text("程序里的东西", "something of a program")


_BITS = 200
_COMPARED = 60  # characters compared with the known names


def as_mapping(value: object) -> Mapping[str, object] | None:
    """Return *value* where it is a plain mapping whose keys are texts; else None."""
    if type(value) is not dict:
        return None
    assert isinstance(value, dict)  # noqa: S101 - says the type
    return value if all(is_text(key) for key in value) else None


def is_text(value: object) -> bool:
    """Return whether *value* is a text of our own kinds, none of a caller's subclass."""
    return type(value) in _TEXTS


_TEXTS: frozenset[type] = frozenset({str, Scalar})
