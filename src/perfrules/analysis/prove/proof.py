"""What a proof found and how it knows: proven, or searched for in a number of units."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

from perfrules.decimals import plain
from perfrules.errors import Diagnostic, Lang, Text

How: TypeAlias = Literal["proven", "searched"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: what is wrong, how that is known, and a unit that shows it.

    Attributes:
        diagnostic: Code, place, sentence, hint.
        how: `proven`, by intervals or by the unit itself; `searched`, where no unit was found.
        units: How many units had been tried.
        seed: The seed of the search.
        facts: The unit; for what was not found, the one that came nearest.
    """

    diagnostic: Diagnostic
    how: How
    units: int
    seed: int
    facts: Mapping[str, Any] | None = None

    def render(self, lang: Lang = "en") -> str:
        """Return it as a person reads it: the diagnostic, how it is known, the unit."""
        lines = [self.diagnostic.render(lang), f"  {self.known.get(lang)}"]
        if self.facts is not None:
            word = "例" if lang == "zh" else "example"
            lines.append(f"  {word}: {one_line(self.facts)}")
        return "\n".join(lines)

    @property
    def known(self) -> Text:
        """How it is known, as a sentence says it."""
        if self.how == "proven":
            return Text("已证明", "proven")
        return Text(
            f"仅经搜索：试了{self.units}个单位，种子{self.seed}",
            f"searched, {self.units} units, seed {self.seed}",
        )

    def json(self) -> dict[str, object]:
        """Return it as plain data, keys in a fixed order."""
        found = self.diagnostic.json()
        found |= {"how": self.how, "units": self.units, "seed": self.seed}
        return found | {"facts": None if self.facts is None else as_plain(self.facts)}


@dataclass(frozen=True, slots=True)
class Shown:
    """One good thing that was shown: what, how, and a unit where one shows it."""

    what: Text
    how: How
    facts: Mapping[str, Any] | None = None

    def json(self) -> dict[str, object]:
        """Return it as plain data."""
        facts = None if self.facts is None else as_plain(self.facts)
        return {"what": self.what.json(), "how": self.how, "facts": facts}


@dataclass(frozen=True, slots=True)
class Proof:
    """What was looked at in one ruleset; `units` of those drawn were scored, the rest refused."""

    ruleset: str
    version: str
    seed: int
    effort: int
    tried: int
    units: int
    findings: tuple[Finding, ...] = ()
    shown: tuple[Shown, ...] = field(default=(), repr=False)

    @property
    def clean(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.findings

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """The findings as diagnostics."""
        return tuple(item.diagnostic for item in self.findings)

    def json(self) -> dict[str, object]:
        """Return the proof as plain data, keys in a fixed order."""
        return {
            "ruleset": {"id": self.ruleset, "version": self.version},
            "seed": self.seed,
            "effort": self.effort,
            "tried": self.tried,
            "units": self.units,
            "findings": [item.json() for item in self.findings],
            "shown": [item.json() for item in self.shown],
        }


def as_plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """Return facts as JSON holds them: numbers as they are written, so that none is a float.

    >>> as_plain({"paid": Decimal("0.10"), "rows": [True, "90%"]})
    {'paid': '0.1', 'rows': [True, '90%']}
    """
    if isinstance(value, Mapping):
        return {str(key): as_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_plain(item) for item in value]
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def one_line(facts: Mapping[str, Any]) -> str:
    """Return facts on one line that YAML and JSON read, to be scored again.

    >>> one_line({"paid": Decimal("100"), "level": "好"})
    '{"paid": "100", "level": "好"}'
    """
    return json.dumps(as_plain(facts), ensure_ascii=False)
