"""Facts of W20 as columns: a table of Arrow, drawn at once, and its rows as a program has them.

A number is a whole number of hundredths until it is put into a column, so that every form of the
table (binary floats, decimals, texts) holds the same values.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from benchmarks.workloads import LABELS, LEVELS, kind_of

Form: TypeAlias = Literal["float", "decimal", "text"]
Drawn: TypeAlias = dict[str, NDArray[np.int64]]

LEAVES = 20
SUBSETS = 1 << len(LABELS)
SHARE = "share"  # of whom a percentage says it: hundredths of a percent
SEED = 20221231
FORMS: tuple[Form, ...] = ("float", "decimal", "text")

# From the lowest to the highest of each kind, as `workloads.row` draws them: in hundredths, but
# shares in ten thousandths, and in ones where things are counted.
NUMBERS = (50000, 100000)
MONEY = (30000, 120000)
TARGETS = (60000, 110000)
BETTER_LOW = (4000, 9000)
SHARES = (6000, 10000)
LOSSES = (0, 6)
VOTES = (0, 90)
HAPPY = (1, 400)


def names(leaves: int = LEAVES) -> list[tuple[str, str]]:
    """Return each input of W20 with its kind: money, number, share, list, count or flag."""
    found = [("misused", "flag")]
    for place in range(leaves):
        name = f"v{place}"
        match kind_of(place, leaves):
            case "proportional" if place % 4 == 1:
                found += [(name, "money"), (f"{name}_target", "target")]
            case "proportional":
                found.append((name, "number"))
            case "reverse":
                found.append((name, "low"))
            case "bands":
                found.append((name, SHARE))
            case "checklist":
                found.append((name, "list"))
            case "deduct":
                found.append((name, "loss"))
            case _:
                found += [(f"{name}.{level}", "happy" if level == "很满意" else "votes")
                          for level in LEVELS]  # fmt: skip
    return found


RANGES: Mapping[str, tuple[int, int]] = {
    "flag": (0, 20), "money": MONEY, "target": TARGETS, "number": NUMBERS, "low": BETTER_LOW,
    SHARE: SHARES, "list": (1, SUBSETS), "loss": LOSSES, "happy": HAPPY, "votes": VOTES,
}  # fmt: skip


def drawn(rows: int, seed: int = SEED, leaves: int = LEAVES) -> Drawn:
    """Return the values of *rows* units: whole numbers, sets of labels as bits, 0 for misused."""
    chance = np.random.default_rng(seed)
    return {name: chance.integers(*RANGES[kind], rows) for name, kind in names(leaves)}


def table(values: Drawn, form: Form = "float", leaves: int = LEAVES) -> pa.Table:
    """Return the columns as Arrow has them, its numbers in one of three forms."""
    found: dict[str, pa.Array] = {}
    for name, kind in names(leaves):
        given = values[name]
        match kind:
            case "flag":
                found[name] = pa.array(given == 0)
            case "list":
                found[name] = labels(given)
            case "loss" | "happy" | "votes":
                found[name] = pa.array(given.astype(np.int32))
            case _:
                found[name] = number(given, 4 if kind == SHARE else 2, form)
    return pa.table(found)


def number(given: NDArray[np.int64], digits: int, form: Form) -> pa.Array:
    """Return whole numbers of `10**-digits` as a column."""
    if form == "float":  # the nearest binary float: what a table that was read has
        return pa.array(given / 10**digits)
    whole = pa.array(given).cast(pa.decimal128(20, 0))
    exact = pc.multiply(whole, pa.scalar(Decimal(1).scaleb(-digits), pa.decimal128(8, digits)))
    exact = exact.cast(pa.decimal128(12, digits))
    return exact if form == "decimal" else exact.cast(pa.string())


def labels(bits: NDArray[np.int64]) -> pa.Array:
    """Return sets of labels as a dictionary of texts, as a column of categories has them."""
    texts = [_joined(subset) for subset in range(SUBSETS)]
    return pa.DictionaryArray.from_arrays(pa.array(bits.astype(np.int8)), pa.array(texts))


def _joined(subset: int) -> str:
    return "、".join(label for place, label in enumerate(LABELS) if subset >> place & 1)


def units(values: Drawn, rows: range, leaves: int = LEAVES) -> Iterator[dict[str, Any]]:
    """Yield some units as a program has them: numbers as text, votes in a mapping."""
    kinds = names(leaves)
    for row in rows:
        facts: dict[str, Any] = {}
        for name, kind in kinds:
            given = int(values[name][row])
            match kind:
                case "flag":
                    facts[name] = "是" if given == 0 else "否"
                case "list":
                    facts[name] = _joined(given)
                case "loss":
                    facts[name] = str(given)
                case "happy" | "votes":
                    survey, level = name.split(".")
                    facts.setdefault(survey, {})[level] = str(given)
                case "share":
                    facts[name] = f"{given // 100}.{given % 100:02}%"
                case _:
                    facts[name] = f"{given // 100}.{given % 100:02}"
        yield facts


def for_sql(values: Drawn) -> pa.Table:
    """Return the columns as `perfrules compile` wants them: decimals, lists of labels, a unit."""
    plain = table(values, "decimal")
    found: dict[str, pa.Array] = {
        "unit": pc.cast(pa.array(np.arange(1, len(plain) + 1)), pa.string())
    }
    for name, kind in names():
        column = plain[name].combine_chunks()
        if kind == "list":
            lists = [[label for place, label in enumerate(LABELS) if subset >> place & 1]
                     for subset in range(SUBSETS)]  # fmt: skip
            column = pa.array(lists, pa.list_(pa.string())).take(pa.array(values[name]))
        found[name] = column
    return pa.table(found)
