"""A data frame of Spark, scored where it lies: each worker does what `Program.score_table` does.

A ruleset travels as text: its own, and the texts of all that it extends and uses. A worker reads
them as if they had just been written, and scores nothing unless the rules mean there what they mean
here. Nothing else is sent: perfrules, and plugins whose methods are used, are installed there.
"""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from perfrules._version import __version__
from perfrules.api import Ruleset, load
from perfrules.engine.days import date_of
from perfrules.engine.program import Program
from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.finder import RegistryFinder
from perfrules.lang.characters import narrowed
from perfrules.lang.document import Document, read_document
from perfrules.lang.load import load_ruleset
from perfrules.lang.resolve import Finder, NotFound
from perfrules.lang.resolve.finder import Kind, unknown
from perfrules.lang.resolve.reference import Named
from perfrules.messages import diagnose
from perfrules.plugins.discover import installed
from perfrules.registry import Registry, default_registry

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType, StructType

__all__ = ["Parcel", "pack", "score", "unpack"]

Asked: TypeAlias = tuple[str, ...]  # what one document asked for

_KEPT: Final = 8  # programs that a worker process keeps from task to task
_ABOUT: Final = "total"  # the column that tells which ruleset made it


@dataclass(frozen=True, slots=True)
class Parcel:
    """A ruleset as it travels.

    Args:
        name: Its id and version.
        file: What its text is called in messages.
        text: The text.
        others: What it extends and uses: how each was asked for, its file and its text.
        digest: What the rules mean where they were packed.
        needs: perfrules and the plugins whose code is run, each with its version.
        as_of: The date of the program.
    """

    name: str
    file: str
    text: str
    others: tuple[tuple[Asked, str, str], ...]
    digest: str
    needs: tuple[str, ...]
    as_of: date | None = None


def score(
    dataframe: "DataFrame",
    ruleset: Ruleset | Program,
    *,
    as_of: date | str | None = None,
    rates: bool = True,
    ignore: Sequence[str] = (),
    registry: Registry | None = None,
) -> "DataFrame":
    """Return the scores of a data frame of Spark, a row a unit, as a data frame.

    The columns, digits, states and errors are those of `Program.score_table`, whatever the
    partitions are: only `row` is left out, since rows of a data frame have no order. What can be
    wrong with the columns is told at once; no unit is read before the scores are asked for.

    Args:
        dataframe: Its columns are headed as those of a CSV file; one of them is `unit`.
        ruleset: What `perfrules.load` takes, or a program.
        as_of: As for `load`; a column `as_of` does the same row by row.
        rates: Whether a column with the rate of each line is wanted.
        ignore: Columns to leave out.
        registry: Where the ruleset, and what it is made of, is found.

    Raises:
        UsageError: It is no data frame of Spark; its columns can't be used; something isn't
            installed; there is no such ruleset.
        RulesetError: The ruleset has faults.
        FactsError: *as_of* differs from the program's.
    """
    _see_to(dataframe)

    day = date_of(as_of)
    program = ruleset
    if not isinstance(program, Program):
        program = load(program, as_of=day, registry=registry)
    columns = dataframe.limit(0).toArrow()  # Spark answers this without reading anything
    if not any(narrowed(name) == "unit" for name in columns.column_names):
        raise UsageError((diagnose("PRF688"),))
    answer = program.score_table(columns, as_of=day, rates=rates, ignore=ignore)
    parcel = pack(program, registry)
    left_out = (ignore,) if isinstance(ignore, str) else tuple(ignore)
    heads = columns.column_names

    def work(batches: Iterator["pa.RecordBatch"]) -> Iterator["pa.RecordBatch"]:
        headed = (batch.rename_columns(heads) for batch in batches)
        return _scored(parcel, headed, as_of=day, rates=rates, ignore=left_out)

    # mapInArrow takes a point in a column's name for that of a field: `satisfied.满意` has one.
    plain = dataframe.toDF(*(f"_{place}" for place in range(len(heads))))
    return plain.mapInArrow(work, _columns(answer.schema))


def pack(program: Program, registry: Registry | None = None) -> Parcel:
    """Return a program's ruleset with all that another process needs to read it.

    Args:
        program: The ruleset, and the date that picks among versions of what it uses.
        registry: Where that is found.

    Raises:
        RulesetError: Something of that can't be had any more.
        UsageError: PRF685, it means something else by now.

    >>> import perfrules
    >>> parcel = pack(perfrules.load("mof.project_self_evaluation"))
    >>> unpack(parcel).plan.digest == parcel.digest
    True
    """
    registry = registry or default_registry()
    plan = program.plan
    file = Path(plan.places.file)
    asking = file if file.is_file() else None  # a text stands in no folder
    finder = _Noting(RegistryFinder(registry, asking, program.as_of))
    again = load_ruleset(plan.text, str(file), registry.vocabulary, finder=finder)
    name = f"{plan.id}@{plan.version}"
    _same(name, plan.digest, again.digest, Text("现在的文件", "in the files as they are now"))
    return Parcel(
        name=name,
        file=str(file),
        text=plan.text,
        others=tuple((asked, found.file, found.text) for asked, found in finder.noted.items()),
        digest=plan.digest,
        needs=(f"perfrules {__version__}", *plan.plugins),
        as_of=program.as_of,
    )


@lru_cache(_KEPT)
def unpack(parcel: Parcel) -> Program:
    """Return the program of a ruleset that has travelled; a worker makes it once.

    Raises:
        UsageError: PRF685, its rules mean something else here; PRF686, another perfrules is
            installed, or not the plugins that it needs.
    """
    here = Text(f"工作节点 {platform.node()} 上", f"on the worker {platform.node()}")
    there = [f"perfrules {__version__}"]
    names = [_name(need).partition(":")[0] for need in parcel.needs[1:]]
    if names:
        there += [f"{plugin.name} {plugin.version}" for plugin in installed(names)[0]]
    lacking = [need for need in parcel.needs if need not in there]
    if lacking:
        raise UsageError(tuple(_lacks(parcel.name, need, there, here) for need in lacking))
    registry = Registry([], discover=names or False)  # no other plugin's code is run
    finder = _Packed({asked: (file, text) for asked, file, text in parcel.others})
    plan = load_ruleset(parcel.text, parcel.file, registry.vocabulary, finder=finder)
    _same(parcel.name, parcel.digest, plan.digest, here)
    return Program(plan, parcel.as_of)


@dataclass(frozen=True, slots=True)
class _Noting:
    """Finds what another finder finds, and notes it."""

    finder: Finder
    noted: dict[Asked, Document] = field(default_factory=dict)

    def named(self, kind: Kind, wanted: Named) -> Document:
        """Return a document by its id."""
        return self.noted.setdefault((kind, str(wanted)), self.finder.named(kind, wanted))

    def beside(self, file: str, path: str) -> Document:
        """Return a document by its path from another one."""
        return self.noted.setdefault(("beside", file, path), self.finder.beside(file, path))


@dataclass(frozen=True, slots=True)
class _Packed:
    """Gives what was noted, to the same questions."""

    texts: Mapping[Asked, tuple[str, str]]

    def named(self, kind: Kind, wanted: Named) -> Document:
        """Return a document by its id, in the version that was found then."""
        if (kind, str(wanted)) not in self.texts:
            raise unknown(kind, wanted, ())
        return self._document(kind, str(wanted))

    def beside(self, file: str, path: str) -> Document:
        """Return a document by its path from another one."""
        if ("beside", file, path) not in self.texts:
            raise NotFound("PRF262", value=path)
        return self._document("beside", file, path)

    def _document(self, *asked: str) -> Document:
        file, text = self.texts[asked]
        return read_document(text, file)


def _scored(
    parcel: Parcel,
    batches: Iterator["pa.RecordBatch"],
    *,
    as_of: date | None,
    rates: bool,
    ignore: Sequence[str],
) -> Iterator["pa.RecordBatch"]:
    """Yield the scores of a partition, on a worker."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    first = next(batches, None)
    if first is None:
        return
    stream = pa.RecordBatchReader.from_batches(first.schema, chain((first,), batches))
    program = unpack(parcel)
    for found in program.score_batches(stream, as_of=as_of, rates=rates, ignore=ignore):
        yield _as_spark_takes_it(found)


def _as_spark_takes_it(batch: "pa.RecordBatch") -> "pa.RecordBatch":
    """Return a batch without `row`; Spark knows no dictionary."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    arrays = {name: batch.column(name) for name in batch.schema.names if name != "row"}
    return pa.record_batch(
        {
            name: array.dictionary_decode() if pa.types.is_dictionary(array.type) else array
            for name, array in arrays.items()
        }
    )


def _columns(schema: "pa.Schema") -> "StructType":
    """Return the columns of what comes out as Spark calls them.

    The metadata of `total` name the ruleset, its version and its digest: they stay with the column
    through selections and joins, and in Parquet files that Spark writes.
    """
    from pyspark.sql.types import StructField, StructType  # noqa: PLC0415 - an extra

    about = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
    return StructType(
        [
            StructField(item.name, _type(item.type), metadata=about if item.name == _ABOUT else {})
            for item in schema
            if item.name != "row"
        ]
    )


def _type(given: "pa.DataType") -> "DataType":
    """Return a type of what comes out as Spark calls it."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyspark.sql import types  # noqa: PLC0415 - an extra

    if pa.types.is_decimal(given):
        return types.DecimalType(given.precision, given.scale)
    if pa.types.is_list(given):
        return types.ArrayType(_type(given.value_type))
    if pa.types.is_struct(given):
        return types.StructType([types.StructField(one.name, _type(one.type)) for one in given])
    if pa.types.is_date(given):
        return types.DateType()
    return types.BooleanType() if pa.types.is_boolean(given) else types.StringType()


def _see_to(dataframe: object) -> None:
    """See to it that it is a data frame of Spark; UsageError PRF687, PRF689."""
    try:
        import pyarrow  # noqa: F401, ICN001, PLC0415 - whether it is there
        import pyspark  # noqa: F401, PLC0415 - whether it is there
    except ModuleNotFoundError as error:
        raise UsageError((diagnose("PRF687", value=error.name),)) from None
    if not hasattr(dataframe, "mapInArrow"):
        raise UsageError((diagnose("PRF689", value=type(dataframe).__name__),))


def _same(name: str, wanted: str, found: str, place: Text) -> None:
    """See to it that two digests are one; UsageError PRF685 names both."""
    if wanted != found:
        told = diagnose("PRF685", value=wanted, found=found, name=name, place=place)
        raise UsageError((told,))


def _lacks(name: str, need: str, there: Sequence[str], place: Text) -> Diagnostic:
    """Return the diagnostic of what isn't installed where it is needed."""
    other = next((item for item in there if _name(item) == _name(need)), "")
    found = Text("没有安装", "it isn't installed")
    if other:
        found = Text(f"是 {other}", f"there is {other}")
    wanted = need.replace(" ", "==")
    return diagnose("PRF686", value=need, name=name, place=place, found=found, wanted=wanted)


def _name(label: str) -> str:
    """Return the name in `name version`."""
    return label.partition(" ")[0]
