"""`levels` · 评判等级: a rating gives a share, or a range in which a value is chosen.

财预〔2020〕10号 forms: 达成预期指标 100%–80%(含), 部分达成 80%–60%(含), 未达成 60%–0; Hubei's
second edge is 50%. An edge belongs to the upper level. An anchor says what a level means, and
whether it needs evidence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field, PlainValidator, ValidationError
from pydantic_core import PydanticCustomError

from perfrules.errors import Path, Text
from perfrules.lang.frame import Evaluation, MissingFault, Rated
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.labels import fit_labels
from perfrules.lang.methods.measure import reads
from perfrules.lang.methods.pair import SharesField
from perfrules.lang.methods.phrase import phrase
from perfrules.lang.methods.scale import DefaultField, Scale, scale
from perfrules.lang.spec.fields import (
    FlagField,
    SpecModel,
    TextField,
    ValueField,
    faults,
    found_in,
    some_mapping,
)
from perfrules.lang.spec.forms import Form
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind


class AnchorSpec(SpecModel):
    """What a level means, and whether it must be proved."""

    text: TextField = Field(examples=["text: 制度健全并有效执行"])
    evidence: FlagField = False


def _anchors(value: object) -> dict[str, AnchorSpec]:
    found: dict[str, AnchorSpec] = {}
    wrong: list[tuple[Path, PydanticCustomError]] = []
    for label, item in some_mapping(value).items():
        both = isinstance(item, dict) and not item.keys() & {"zh", "en"}
        try:
            found[label] = AnchorSpec.model_validate(item if both else {"text": item})
        except ValidationError as error:
            wrong += [((label, *(path if both else path[1:])), at) for path, at in found_in(error)]
    if wrong:
        raise faults(wrong)
    return found


class LevelsSpec(SpecModel):
    """The keys of `levels`."""

    level: ValueField | None = None
    shares: SharesField = Field(examples=["shares: {好: 100%, 一般: 60%, 差: 0%}"])
    chosen: ValueField | None = None
    default: DefaultField | None = None
    anchors: Annotated[dict[str, AnchorSpec], PlainValidator(_anchors), Form("anchors")] | None = (
        None
    )


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a level means, and whether it needs evidence."""

    text: Text
    evidence: bool


@dataclass(frozen=True, slots=True)
class LevelsPlan:
    """A rating, what its labels are worth, and the value chosen where one was given."""

    name: ClassVar[str] = "levels"

    level: Expr
    scale: Scale
    chosen: Expr | None
    anchors: Mapping[str, Anchor]

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The rating, the chosen value, the shares."""
        return reads(self.level, self.chosen, *self.scale.reads)

    def rate(self, at: Evaluation) -> Rated:
        """Return the level's worth; unverified where its anchor asks for evidence in vain."""
        label = str(at.value(self.level))
        share, because = self.scale.rate(at, label, self._chosen(at))
        anchor = self.anchors.get(label)
        if anchor is None:
            return share.rated(because)
        because = phrase(
            "{because}：{anchor}", "{because}: {anchor}", because=because, anchor=anchor.text
        )
        if not anchor.evidence or at.evidence is not None:
            return share.rated(because)
        note = phrase("“{label}”须附佐证材料", "{label} needs evidence", label=label)
        return share.rated(because, unverified=True, notes=(note,))

    def _chosen(self, at: Evaluation) -> Expr | None:
        """Return the chosen value's expression where it has a value."""
        if self.chosen is None:
            return None
        try:
            at.value(self.chosen)
        except MissingFault:
            return None
        return self.chosen

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return the smallest and largest share of any level."""
        return self.scale.reachable()


class Levels:
    """The method as the table knows it."""

    name: ClassVar[str] = "levels"
    title: ClassVar[Text] = Text("评判等级", "rating levels")
    Spec: ClassVar[type[BaseModel]] = LevelsSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> LevelsPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, LevelsSpec)  # noqa: S101 - the table pairs them
        level = scope.actual(spec.level, Kind.CHOICE, key="level")
        if level is None or level.type.kind is not Kind.CHOICE:
            return None
        found = scale(scope, spec.shares, level, spec.default)
        chosen = None
        sound = True
        if spec.chosen is not None:
            chosen = _chosen(scope, spec.chosen, found)
            sound = chosen is not None
        anchors = spec.anchors or {}
        if not fit_labels(scope, ("anchors",), anchors, level.type.of, all_of=False):
            return None
        if found is None or not sound:
            return None
        texts = {label: Anchor(item.text, item.evidence) for label, item in anchors.items()}
        return LevelsPlan(level, found, chosen, texts)


def _chosen(scope: Scope, raw: object, found: Scale | None) -> Expr | None:
    """PRF439: a value is chosen, but no level has a range to choose from."""
    expr = scope.value(("chosen",), raw, Kind.PERCENT, optional=True)
    if found is not None and not any(item.low is not None for item in found.ranges.values()):
        other = Text("shares 里的区间，如 [80%, 60%]", "ranges in shares, such as [80%, 60%]")
        scope.report("PRF439", ("chosen",), key=True, value="chosen", other=other)
        return None
    return expr
