"""A ruleset as one SELECT: exact on scaled integers, refused by name where SQL can't say it."""

from importlib import import_module
from typing import Final, Literal, TypeAlias

from perfrules.engine.program import Program
from perfrules.errors import UsageError
from perfrules.messages import diagnose

DialectName: TypeAlias = Literal["duckdb", "spark"]
DIALECTS: Final[tuple[DialectName, ...]] = ("duckdb", "spark")


def to_sql(program: Program, *, dialect: DialectName = "duckdb", table: str = "facts") -> str:
    """Return the SELECT that scores each row of *table*, with the digits of `Program.scores`.

    Args:
        program: The ruleset, loaded with `as_of` where its parameters are dated.
        dialect: `duckdb` or `spark`.
        table: The table's name, a schema's in front of it where it has one.

    Raises:
        UsageError: What has no form in SQL, all of it, in the order of the ruleset; or sqlglot
            isn't installed.
    """
    _needs_sqlglot()
    from perfrules.sql.statement import statement, written  # noqa: PLC0415 - an extra

    return written(statement(program, dialect, table), dialect)


def to_schema(program: Program, *, dialect: DialectName = "duckdb", table: str = "facts") -> str:
    """Return the CREATE TABLE of what the statement reads: a column's name and its type.

    Raises:
        UsageError: sqlglot isn't installed.
    """
    _needs_sqlglot()
    from perfrules.sql.statement import schema, written  # noqa: PLC0415 - an extra

    return written(schema(program, dialect, table), dialect)


def _needs_sqlglot() -> None:
    """Raise PRF684 where the extra isn't there."""
    try:
        import_module("sqlglot")
    except ModuleNotFoundError:
        raise UsageError((diagnose("PRF684"),)) from None
