"""A plugin's scoring method as the checker and the engine know it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, cast

from pydantic import BaseModel, Field, PlainValidator, create_model

from perfrules.decimals import ONE, ZERO
from perfrules.errors import Text
from perfrules.lang.extension import Given, Key, Value
from perfrules.lang.extension import Method as Declared
from perfrules.lang.frame import Evaluation, Rated
from perfrules.lang.guard import rated, run
from perfrules.lang.methods.base import Method, Scope
from perfrules.lang.plugged import kinds_of
from perfrules.lang.spec.fields import SpecModel, ValueField, word_reader
from perfrules.lang.tree import Expr

ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class PluggedPlan:
    """A checked leaf of a plugin's method: its keys' expressions and words."""

    name: str
    plugin: str
    keys: tuple[tuple[str, Expr | str], ...]
    call: Callable[[Given], Rated]

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The expressions of its keys."""
        return tuple(item for _, item in self.keys if isinstance(item, Expr))

    def rate(self, at: Evaluation) -> Rated:
        """Return the plugin's answer; raise `Fault` PRF920 to PRF922 where it gives none."""
        values: dict[str, Value] = {}
        texts: dict[str, Text] = {}
        for key, item in self.keys:
            if isinstance(item, Expr):
                found = at.value(item)
                values[key], texts[key] = cast("Value", found), at.show(item, found)
            else:
                values[key] = item
        given = Given(values, at.points, texts)
        found = run(self.call, given, plugin=self.plugin, what=self.name)
        return rated(found, plugin=self.plugin, what=self.name)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from 0 to 1: anything else is a fault."""
        return ZERO, ONE


def plugged_method(declared: Declared, plugin: str) -> type[Method]:
    """Return a plugin's method for the table of methods; *plugin* is its name and version."""

    class Plugged:
        """The method as the table knows it."""

        name: ClassVar[str] = declared.name
        plugin: ClassVar[str]
        title: ClassVar[Text] = declared.title
        doc: ClassVar[Text] = declared.doc
        Spec: ClassVar[type[BaseModel]] = _model(declared)

        @staticmethod
        def check(spec: BaseModel, scope: Scope) -> PluggedPlan | None:
            """Return the plan, or None after reporting what is wrong."""
            found: list[tuple[str, Expr | str]] = []
            good = True
            for key in declared.keys:
                raw = getattr(spec, key.name)
                if raw is None and key.name != ACTUAL:
                    continue
                item = _item(scope, key, raw)
                if item is not None:
                    found.append((key.name, item))
                good = good and (item is not None or (raw is None and key.optional))
            return PluggedPlan(declared.name, plugin, tuple(found), declared.rate) if good else None

    Plugged.plugin = plugin
    return Plugged


def _item(scope: Scope, key: Key, raw: object) -> Expr | str | None:
    if key.of:
        return None if raw is None else str(raw)
    kinds = sorted(kinds_of(key.kinds), key=lambda kind: kind.name)
    if key.name != ACTUAL:
        return scope.value((key.name,), raw, *kinds)
    if raw is None and key.optional and scope.supplied is None and scope.ask is None:
        return None
    return scope.actual(raw, *kinds)


def _model(declared: Declared) -> type[BaseModel]:
    """Return the shape of the method's keys: an unknown key is refused, as everywhere."""
    fields: dict[str, Any] = {}
    for key in declared.keys:
        kind: Any = ValueField if not key.of else _word(key)
        if key.optional or key.name == ACTUAL:
            fields[key.name] = (kind | None, Field(None, examples=[_example(key)]))
        else:
            fields[key.name] = (kind, Field(examples=[_example(key)]))
    return create_model(f"{declared.name}Spec", __base__=SpecModel, **fields)


def _word(key: Key) -> Any:  # noqa: ANN401 - an annotated type
    words = Literal.__getitem__(key.of)
    return Annotated[words, PlainValidator(word_reader(key.of))]


def _example(key: Key) -> str:
    return key.example or f"{key.name}: {key.of[0] if key.of else '…'}"
