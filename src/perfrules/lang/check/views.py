"""How a part that came from a library sees the ruleset: by the library's own names."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from perfrules.errors import Text
from perfrules.lang.expr import Later, Names
from perfrules.lang.expr.rename import Renaming
from perfrules.lang.plan import InputPlan
from perfrules.lang.tree import Expr
from perfrules.lang.types import UNKNOWN, Type

_HIDDEN = Later(
    Text(
        "指标库的指标只用库里的输入项和参数，各规则集才能通用",
        "an indicator of a library reads the library's inputs and parameters alone",
    ),
    Text(
        "把这一条写到用它的规则集里，例如 gates、decisions 或 report 中",
        "move this to the ruleset that uses it, such as its gates, decisions or report",
    ),
)
_GROUPS = ("total", "complete", "grade", "rate", "score", "points", "state", "gate", "leaves")


@dataclass(frozen=True, slots=True)
class View:
    """One scope, ready for use: the types of what is bound, and the names in the plan.

    `names` maps the library's names to the ruleset's; `types` holds the library's types of bound
    ones; `inputs` are the library's declarations, which the keys of a map may name.
    """

    names: Mapping[str, str]
    types: Mapping[str, Type] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    flat: frozenset[str] = frozenset()
    inputs: Mapping[str, InputPlan] = field(default_factory=dict)

    def sees(self, names: Names) -> Names:
        """Return *names* as this part sees them; where only literals may stand, nothing is seen."""
        if not names.values:
            return names
        values: dict[str, Type] = {
            own: names.values[name] for own, name in self.ids.items() if name in names.values
        }
        for own, name in self.names.items():
            values[own] = self.types.get(own) or names.values.get(name, UNKNOWN)
        if "as_of" in names.values:
            values["as_of"] = names.values["as_of"]
        return replace(
            names,
            values=values,
            indicators={},
            gates=frozenset(),
            later=dict.fromkeys(_GROUPS, _HIDDEN),
        )

    def name(self, name: str) -> str:
        """Return what the ruleset calls *name*."""
        return self.names.get(name) or self.ids.get(name, name)

    def in_ruleset(self, expr: Expr) -> Expr:
        """Return *expr* by the ruleset's names."""
        return Renaming({**self.ids, **self.names}, self.flat)(expr)
