"""`levels` · 评判等级: a rating gives a share, or a range in which a value is chosen.

财预〔2020〕10号 forms: 达成预期指标 100%–80%(含), 部分达成 80%–60%(含), 未达成 60%–0; Hubei's second edge is 50%. An edge
belongs to the upper level.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, Field, PlainValidator

from perfrules.decimals import CONTEXT, ZERO
from perfrules.errors import Text
from perfrules.lang.document import Scalar
from perfrules.lang.frame import Evaluation, Rated
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.labels import fit_labels
from perfrules.lang.methods.measure import reads
from perfrules.lang.methods.pair import ByLabel, OneOrTwo
from perfrules.lang.methods.phrase import phrase
from perfrules.lang.methods.ranges import (
    Default,
    DefaultField,
    LevelRanges,
    chosen_in,
    level_ranges,
)
from perfrules.lang.spec.fields import (
    FlagField,
    LabelField,
    SpecModel,
    TextField,
    ValueField,
    read_value,
    some_mapping,
)
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind
