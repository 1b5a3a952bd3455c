"""A ruleset ready to score: immutable, reusable, safe to share between threads."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from perfrules.engine.days import date_of
from perfrules.engine.facts import admit
from perfrules.engine.interpret import interpret
from perfrules.engine.result import Rejected, Result
from perfrules.errors import Diagnostic, FactsError, Text, UsageError
from perfrules.lang.frame import Fault
from perfrules.lang.plan import ParameterPlan, Places, Plan
from perfrules.messages import diagnose

if TYPE_CHECKING:
    from perfrules.engine.batch.table import Batch, Batches, Kernels, Rules, Table
    from perfrules.engine.codegen import Compiled, Scores

Tables: TypeAlias = Mapping[str, tuple[object, str]]

UNITS_BEFORE_COMPILING: Final = 4  # making the function takes about as long
BATCH_ROWS: Final = 131_072  # of a stream
TABLE_ROWS: Final = 262_144
_EXTRA: Final = frozenset({"numpy", "pyarrow"})


class Program:
    """A plan with what is computed once; `score` takes facts, `score_many` takes many.

    Args:
        plan: The checked ruleset.
        as_of: The date of the evaluation; without one each unit's facts bring theirs.
        observers: What takes note of each result; none of them can change it.

    Raises:
        UsageError: A parameter has no value on *as_of*, or the ruleset isn't in force then.
    """

    __slots__ = ("_compiled", "_kernels", "_parameters", "_seen", "as_of", "observers", "plan")

    def __init__(
        self,
        plan: Plan,
        as_of: date | None = None,
        observers: Iterable[Callable[[Result], None]] = (),
    ) -> None:
        self.plan = plan
        self.as_of = as_of
        self.observers = tuple(observers)
        self._compiled: Compiled | None = None
        self._kernels: Kernels | None = None
        self._seen = 0  # units scored before it was compiled
        self._parameters: dict[date | None, Mapping[str, object]] = {}
        if as_of is not None:
            try:
                self._parameters[as_of] = parameters_on(plan, as_of)
            except Fault as fault:
                raise UsageError((plan.places.diagnose(fault),)) from None
            if not in_force(plan, as_of):
                raise UsageError((not_in_force(plan, as_of),))

    def __reduce__(self) -> tuple[type["Program"], tuple[object, ...]]:
        return Program, (self.plan, self.as_of, self.observers)

    def __repr__(self) -> str:
        return f"Program({self.plan.id!r}, version={self.plan.version!r}, as_of={self.as_of})"

    def score(self, facts: Mapping[str, object], *, as_of: date | str | None = None) -> Result:
        """Return the result of one unit.

        Its numbers are computed at once, and so is every error found; what explains them is made
        when it is first read.

        Args:
            facts: Input ids to values, and the reserved keys `unit`, `as_of`, `adjust`, `waive`,
                `evidence`, `allow`. Text is read as forms print it; floats by their shortest repr.
            as_of: The date; must agree with the program's and the facts'.

        Raises:
            FactsError: The facts can't be admitted, or the unit can't be evaluated.
        """
        when = self.as_of if as_of is None else self._agreed(as_of)
        # Compiling pays from some units on; code of plugins runs once a unit, and at once.
        if self._seen < UNITS_BEFORE_COMPILING or self.plan.plugins:
            self._seen += 1
            result = self.interpret(facts, as_of=when)
        else:
            compiled = self._compiled or self._compiling()
            result = compiled.result(facts, when, self._parameters_on)
        for observe in self.observers:
            observe(result)
        return result

    def interpret(self, facts: Mapping[str, object], *, as_of: date | str | None = None) -> Result:
        """Return what `score` does by the reference evaluator alone, with every sentence made.

        It *is* the meaning of a ruleset, and slower; observers aren't told.

        Args:
            facts: As for `score`.
            as_of: As for `score`.

        Raises:
            FactsError: What `score` raises.
        """
        admitted = admit(self.plan, facts, self._agreed(as_of))
        return interpret(self.plan, admitted, self._parameters_on(admitted.as_of))

    def scores(self, facts: Mapping[str, object], *, as_of: date | str | None = None) -> "Scores":
        """Return the numbers of one unit without its sentences, many times faster than `score`.

        The digits, states and errors are those of `score`. Observers are told of results only.

        Args:
            facts: As for `score`.
            as_of: As for `score`.

        Raises:
            FactsError: What `score` raises.
        """
        when = self.as_of if as_of is None else self._agreed(as_of)
        return self._compiling().scores(facts, when, self._parameters_on)

    def _compiling(self) -> "Compiled":
        """Return the compiled plan, compiled once."""
        if self._compiled is None:
            # Not when imported: a host that scores a few units needn't load the compiler.
            from perfrules.engine.codegen import compile_plan  # noqa: PLC0415

            self._compiled = compile_plan(self.plan)
        return self._compiled

    def _agreed(self, as_of: date | str | None) -> date | None:
        """Return the date of a call, which must agree with the program's."""
        if as_of is None:
            return self.as_of
        as_of = date_of(as_of)
        if self.as_of is not None and as_of != self.as_of:
            name = Text("程序", "the program")
            found = diagnose("PRF522", value=self.as_of, right=as_of, name=name, path=("as_of",))
            raise FactsError((found,))
        return as_of

    def _parameters_on(self, when: date | None) -> Mapping[str, object]:
        """Return each parameter's value on a date, looked up once."""
        if when not in self._parameters:
            try:
                self._parameters[when] = parameters_on(self.plan, when)
            except Fault as fault:
                raise FactsError((self.plan.places.diagnose(fault),)) from None
        return self._parameters[when]

    def score_many(
        self, many: Iterable[Mapping[str, object]], *, as_of: date | str | None = None
    ) -> Iterator[Result | Rejected]:
        """Yield a result, or a rejected item, for each unit, lazily and in order."""
        for row, facts in enumerate(many, start=1):
            given: object = facts
            if not isinstance(given, Mapping):
                yield Rejected(row, None, (diagnose("PRF555", row=row),))
                continue
            try:
                yield self.score(facts, as_of=as_of)
            except FactsError as error:
                unit = facts.get("unit")
                yield Rejected(row, unit if isinstance(unit, str) else None, error.diagnostics)

    def score_table(
        self,
        table: object,
        *,
        as_of: date | str | None = None,
        tables: Tables | None = None,
        rates: bool = True,
        ignore: Sequence[str] = (),
        batch_rows: int = TABLE_ROWS,
        threads: int = 1,
        decimal_bits: int = 128,
    ) -> "Table":
        """Return the scores of a table, a row a unit, as a table of pyarrow.

        The digits, states and errors are those of `score` for each row; one that is refused has
        nulls, and the reasons in the column `rejected`. Needs the extra `perfrules[batch]`.

        Args:
            table: A table of pyarrow, pandas, polars or duckdb, or anything else that has
                `__arrow_c_stream__`; its columns are headed as those of a CSV file.
            as_of: As for `score`; a column `as_of` does the same row by row.
            tables: Sheets that are tables of their own, by input: the table, and its column that
                holds the unit, which *table* has too.
            rates: Whether a column with the rate of each line is wanted.
            ignore: Columns of *table* to leave out.
            batch_rows: How many rows are worked on at a time: of a table, which is kept as a whole,
                twice as many as of a stream.
            threads: How many batches are worked on side by side; none is started for 1.
            decimal_bits: How wide the decimals that come out are. With 64 they take half the
                memory; polars, duckdb, pandas and Parquet read them, while pyarrow itself can't
                add up or sort them yet.

        Raises:
            UsageError: The columns can't be used, or numpy or pyarrow isn't installed.
            FactsError: *as_of* differs from the program's.
        """
        return self.score_batches(
            table,
            as_of=as_of,
            tables=tables,
            rates=rates,
            ignore=ignore,
            batch_rows=batch_rows,
            threads=threads,
            decimal_bits=decimal_bits,
        ).read_all()

    def score_batches(
        self,
        table: object,
        *,
        as_of: date | str | None = None,
        tables: Tables | None = None,
        rates: bool = True,
        ignore: Sequence[str] = (),
        batch_rows: int = BATCH_ROWS,
        threads: int = 1,
        decimal_bits: int = 128,
    ) -> "Batches":
        """Return the same as `score_table` as a stream, which holds a batch a thread at once.

        Args:
            table: As for `score_table`; a stream is read as the batches are asked for.
            as_of: As for `score`.
            tables: As for `score_table`; these are held as a whole.
            rates: As for `score_table`.
            ignore: As for `score_table`.
            batch_rows: How many rows are worked on at a time.
            threads: As for `score_table`.
            decimal_bits: As for `score_table`.

        Raises:
            UsageError: As for `score_table`.
            FactsError: *as_of* differs from the program's.
        """
        rules = self._rules(as_of)
        from perfrules.engine.batch.table import Sizes, scored  # noqa: PLC0415 - the extra

        sizes = Sizes(batch_rows, threads, decimal_bits)
        return scored(rules, table, sizes, tables=tables, rates=rates, ignore=ignore)

    def score_batch(
        self,
        batch: "Batch",
        *,
        as_of: date | str | None = None,
        rates: bool = True,
        ignore: Sequence[str] = (),
        first_row: int = 1,
    ) -> "Batch":
        """Return the scores of one record batch: what a cluster calls for each of many.

        Args:
            batch: A record batch of pyarrow, as a batch of `score_table`'s table.
            as_of: As for `score`.
            rates: As for `score_table`.
            ignore: As for `score_table`.
            first_row: The number of its first row in the column `row`.

        Raises:
            UsageError: As for `score_table`.
            FactsError: *as_of* differs from the program's.
        """
        rules = self._rules(as_of)
        from perfrules.engine.batch.stream import one_batch  # noqa: PLC0415 - it needs the extra
        from perfrules.engine.batch.table import TableScorer  # noqa: PLC0415 - it needs the extra

        batch = one_batch(batch)
        return TableScorer(rules, batch.schema, rates=rates, ignore=ignore).batch(batch, first_row)

    def _rules(self, as_of: date | str | None) -> "Rules":
        """Return what scoring many at a time needs; UsageError PRF665 without the extra."""
        try:
            from perfrules.engine.batch.table import Kernels, Rules  # noqa: PLC0415 - the extra
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] not in _EXTRA:
                raise
            raise UsageError((diagnose("PRF665"),)) from None
        when = self._agreed(as_of)
        if self._kernels is None:
            self._kernels = Kernels(self.plan)

        def score(facts: Mapping[str, object]) -> "Scores":
            return self.scores(facts, as_of=when)

        return Rules(self.plan, self._kernels, score, self._parameters_on, when)


class Dated(Protocol):
    """What has parameters by date and a time in which it is in force."""

    @property
    def parameters(self) -> tuple[ParameterPlan, ...]:
        """The parameters."""

    @property
    def effective_from(self) -> date | None:
        """The first day, where there is one."""

    @property
    def effective_until(self) -> date | None:
        """The first day after it, where there is one."""

    @property
    def places(self) -> Places:
        """Where things stand."""


def in_force(plan: Dated, as_of: date) -> bool:
    """Return whether the ruleset is in force on *as_of*; the range is half-open."""
    start, until = plan.effective_from, plan.effective_until
    return (start is None or start <= as_of) and (until is None or as_of < until)


def not_in_force(plan: Dated, as_of: date) -> Diagnostic:
    """Return the diagnostic of a date outside the ruleset's."""
    return diagnose(
        "PRF550",
        plan.places.at(("effective",)),
        path=("effective",),
        value=as_of.isoformat(),
        left=plan.effective_from.isoformat() if plan.effective_from else "…",
        right=plan.effective_until.isoformat() if plan.effective_until else "…",
    )


def parameters_on(plan: Dated, as_of: date | None) -> Mapping[str, object]:
    """Return each parameter's value on *as_of*: the last one dated that day or before.

    Raises:
        Fault: PRF548, a parameter has no value on that day.
    """
    return {item.id: _value_on(item, as_of) for item in plan.parameters}


def _value_on(parameter: ParameterPlan, as_of: date | None) -> object:
    if not parameter.dated:
        return parameter.values[0][1]
    found = [value for start, value in parameter.values if as_of is not None and start <= as_of]
    if not found:
        raise Fault(
            "PRF548",
            where=("parameters", parameter.id),
            name=parameter.id,
            date=as_of.isoformat() if as_of else "—",
            first=parameter.values[0][0].isoformat(),
        )
    return found[-1]
