"""What the keys of one mapping say about each other: one of several, one that needs another.

A model says it in a validator, which can't be walked; a test holds each relation here to the model.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from perfrules.errors import Lang, Text
from perfrules.lang.methods.bands import BandSpec
from perfrules.lang.methods.checklist import ElementSpec
from perfrules.lang.methods.deadline import DeadlineSpec
from perfrules.lang.methods.deduct import DeductSpec
from perfrules.lang.methods.formula import FormulaSpec
from perfrules.lang.methods.linear import LinearSpec
from perfrules.lang.methods.panel import PanelSpec
from perfrules.lang.methods.proportional import OverSpec
from perfrules.lang.methods.rank import RankSpec
from perfrules.lang.methods.relative import RelativeSpec
from perfrules.lang.spec.cases import CaseSpec
from perfrules.lang.spec.fields import Bilingual, SpecModel
from perfrules.lang.spec.outcome import EffectSpec
from perfrules.lang.spec.parts import TopRoundingSpec
from perfrules.lang.spec.portfolio import FORMS, FoldSpec
from perfrules.lang.spec.portfolio_cases import PortfolioCase
from perfrules.lang.spec.values import ParameterSpec

Keys: TypeAlias = tuple[str, ...]
Rule: TypeAlias = dict[str, Any]


def refused(keys: Keys, lang: Lang, because: Text) -> Rule:
    """Return that none of *keys* is there: a validator names the one that is.

    >>> refused(("digits",), "en", Text("", "beside total"))["propertyNames"]["allOf"]
    [{'pattern': '^(?!digits$)', 'errorMessage': "digits can't stand here: beside total"}]
    """
    each = []
    for key in keys:
        told = Text(f"{key} 不能写在这里：{because.zh}", f"{key} can't stand here: {because.en}")
        each.append({"pattern": f"^(?!{key}$)", "errorMessage": told.get(lang)})
    return {"propertyNames": {"allOf": each}}


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of the keys is there."""

    keys: Keys

    def rules(self, lang: Lang) -> list[Rule]:
        """Return what says so in JSON Schema."""
        told = Text(f"须写 {' / '.join(self.keys)} 之一", f"needs one of {', '.join(self.keys)}")
        forms = [{"required": [key], "errorMessage": told.get(lang)} for key in self.keys]
        return [{"anyOf": forms}]


@dataclass(frozen=True, slots=True)
class One:
    """Exactly one of the keys is there."""

    keys: Keys

    def rules(self, lang: Lang) -> list[Rule]:
        """Return what says so in JSON Schema: one key refuses those behind it."""
        apart = [
            When((key,), lacks=self.keys[place + 1 :])
            for place, key in enumerate(self.keys)
            if self.keys[place + 1 :]
        ]
        rules = (rule for item in apart for rule in item.rules(lang))
        return [*Some(self.keys).rules(lang), *rules]


@dataclass(frozen=True, slots=True)
class When:
    """Where all keys of *given* are there, *needs* must be and *lacks* must not.

    Of *some* there must be one. *words* are what keys must say for that; *without* turns the
    condition: the keys of *given* are not there.
    """

    given: Keys
    needs: Keys = ()
    lacks: Keys = ()
    some: Keys = ()
    words: tuple[tuple[str, str], ...] = ()
    without: bool = False

    def rules(self, lang: Lang) -> list[Rule]:
        """Return what says so in JSON Schema."""
        there = [*self.given, *(key for key, _ in self.words)]
        condition: Rule = {"type": "object", "required": there}
        if self.words:
            condition["properties"] = {key: {"const": word} for key, word in self.words}
        follows: Rule = {"required": list(self.needs)} if self.needs else {}
        if self.lacks:
            follows |= refused(self.lacks, lang, self._because())
        if self.some:
            follows |= Some(self.some).rules(lang)[0]
        return [{"if": condition, "else" if self.without else "then": follows}]

    def _because(self) -> Text:
        """Return why a key is refused: what it stands beside, or what it lacks."""
        words = [f"{key}: {word}" for key, word in self.words]
        zh, en = " + ".join([*self.given, *words]), ", ".join([*self.given, *words])
        if self.without:
            return Text(f"没有 {zh}", f"there is no {en}")
        return Text(f"已有 {zh}", f"{en} stands here already")


Relation: TypeAlias = Some | One | When

_STEPS: Final = ("side", "from", "per", "lose")
_POSTS: Final = ("low", "high", "mean", "deviation")
_SCALE: Final = ("zero_at", "full_at")


def _by(word: str, *posts: str) -> tuple[Relation, ...]:
    """Return what one way of `relative` needs, and what it can't have."""
    words = (("by", word),)
    others = tuple(key for key in _POSTS if key not in posts)
    found: list[Relation] = [When((), lacks=others, words=words)]
    found += [When((key,), needs=posts, words=words) for key in posts]
    if word == "z_score":
        found.append(When((), needs=_SCALE, words=words))
    else:
        found.append(When((), lacks=_SCALE, words=words))
    return tuple(found)


RELATIONS: Final[Mapping[type[SpecModel], tuple[Relation, ...]]] = {
    Bilingual: (Some(("zh", "en")),),
    CaseSpec: (One(("want", "want_code")),),
    PortfolioCase: (One(("want", "want_code")),),
    EffectSpec: (One(("cap_total", "cap_grade", "grade", "zero", "flag")),),
    TopRoundingSpec: (When(("digits",), lacks=("leaf", "total")),),
    ParameterSpec: (One(("value", "values")),),
    FoldSpec: (
        One(FORMS),
        When(("allocate",), needs=("in_proportion_to",), lacks=("by",)),
        When(("allocate",), lacks=("in_proportion_to", "digits"), without=True),
        When(("rank",), lacks=("order",), without=True),
    ),
    LinearSpec: (One(("full_at", "between")),),
    BandSpec: (
        One(("above", "at_least", "else")),
        When(("else",), lacks=("points", "share")),
        When(("points",), lacks=("share",)),
        When(("else",), some=("points", "share"), without=True),
    ),
    ElementSpec: (One(("share", "points")),),
    DeductSpec: (
        When(("kinds",), lacks=("actual", *_STEPS, "whole_steps")),
        When(("kinds",), needs=_STEPS, without=True),
    ),
    DeadlineSpec: (
        When(("per",), needs=("lose",)),
        *(When((key,), needs=("per",)) for key in ("lose", "at_most", "whole_steps")),
    ),
    FormulaSpec: (One(("rate", "points")),),
    OverSpec: (One(("slope", "flag")),),
    RankSpec: (
        Some(("lose", "table")),
        When(("table",), needs=("else",), lacks=("lose", "at_most")),
        When(("else",), needs=("table",)),
        When(("at_most",), needs=("lose",)),
    ),
    PanelSpec: (When((), needs=("trim",), words=(("combine", "trimmed"),)),),
    RelativeSpec: (
        Some((*_POSTS, "reference")),
        When(("reference",), lacks=_POSTS),
        *_by("min_max", "low", "high"),
        *_by("z_score", "mean", "deviation"),
        *_by("percentile"),
    ),
}
