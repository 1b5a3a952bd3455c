"""What a program calls: load a ruleset, check one, list them, score a file of facts.

This module and the command line are the only ones that read files.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, TypeVar

from perfrules.analysis.portfolio import Portfolio
from perfrules.engine.days import date_of
from perfrules.engine.program import Program
from perfrules.engine.result import Rejected, Result
from perfrules.errors import Diagnostic, FactsError, Lang, RulesetError, Text, UsageError
from perfrules.files.csv import CsvOptions
from perfrules.files.entry import Entries, Entry, Source, is_workbook
from perfrules.files.json import read_values
from perfrules.files.read import read_facts as read_entries
from perfrules.finder import RegistryFinder, find
from perfrules.lang.document import read_document
from perfrules.lang.load import load_cases, load_library, load_portfolio_cases, load_ruleset
from perfrules.lang.load import load_portfolio as load_portfolio_text
from perfrules.lang.plan import Plan
from perfrules.lang.portfolio import Source as PortfolioSource
from perfrules.lang.shape import kind_of
from perfrules.messages import diagnose, did_you_mean
from perfrules.registry import Listed, Registry, default_registry, listed

Ruleset: TypeAlias = str | os.PathLike[str]
T = TypeVar("T")

_ENDINGS = (".yaml", ".yml")


def load(
    ruleset: Ruleset, *, as_of: date | str | None = None, registry: Registry | None = None
) -> Program:
    """Return a ruleset, ready to score.

    Args:
        ruleset: `id`, `id@version`, or the path of a file; a text is a path where it ends in
            `.yaml` or holds a slash.
        as_of: The date of the evaluation; without one each unit's facts bring theirs.
        registry: Where ids, methods and functions are found; without one what is shipped, and the
            plugins that are installed.

    Raises:
        RulesetError: The file is no ruleset: everything wrong with it.
        UsageError: There is no such ruleset or file, or *as_of* is no date it has values for.
    """
    registry = registry or default_registry()
    day = date_of(as_of)
    return Program(read_plan(ruleset, registry, day), day, registry.observers)


def loads(
    text: str | bytes,
    file: str = "<text>",
    *,
    as_of: date | str | None = None,
    registry: Registry | None = None,
) -> Program:
    """Return the ruleset that *text* holds, ready to score; *file* names it in messages.

    Raises:
        RulesetError: The text is no ruleset: everything wrong with it.
        UsageError: *as_of* is no date it has values for.
    """
    registry = registry or default_registry()
    day = date_of(as_of)
    finder = RegistryFinder(registry, as_of=day)
    plan = load_ruleset(text, file, registry.vocabulary, finder=finder)
    return Program(plan, day, registry.observers)


def check(source: Ruleset, *, registry: Registry | None = None) -> tuple[Diagnostic, ...]:
    """Return everything wrong with a ruleset or a file of cases, warnings included.

    Args:
        source: What `load` takes, or the text of a document: what has a line feed is a text.
        registry: Where ids are found.

    Raises:
        UsageError: There is no such ruleset, or the file can't be read.
    """
    if isinstance(source, str) and "\n" in source:
        return check_text(source, "<text>", registry)
    path = ruleset_path(source, registry)
    return check_text(read_bytes(path), str(path), registry)


def check_text(
    text: str | bytes, file: str, registry: Registry | None = None
) -> tuple[Diagnostic, ...]:
    """Return everything wrong with the text of a ruleset or of cases; *file* is for messages."""
    try:
        kind = kind_of(read_document(text, file))
        if kind == "cases":
            if load_portfolio_cases(read_document(text, file)) is None:
                load_cases(text, file)
            return ()
        registry = registry or default_registry()
        if kind == "portfolio":
            finder = RegistryFinder(registry, Path(file))
            return load_portfolio_text(text, file, registry.vocabulary, finder=finder).warnings
        if kind == "library":
            return load_library(text, file, registry.vocabulary)[0].warnings
        return load_ruleset(
            text, file, registry.vocabulary, finder=RegistryFinder(registry, Path(file))
        ).warnings
    except RulesetError as error:
        return error.diagnostics


def list_rulesets(registry: Registry | None = None) -> tuple[Listed, ...]:
    """Return the rulesets that are found by id, by id, the newest version of each first."""
    return (registry or default_registry()).rulesets()


def read_plan(
    ruleset: Ruleset, registry: Registry | None = None, as_of: date | None = None
) -> Plan:
    """Return the checked ruleset alone; of several versions the one in force on *as_of*."""
    registry = registry or default_registry()
    path, plugin = _file_of(ruleset, registry, as_of)
    finder = RegistryFinder(registry, path, as_of)
    try:
        return load_ruleset(read_bytes(path), str(path), registry.vocabulary, finder=finder)
    except RulesetError as error:
        if not plugin:
            raise
        count = sum(item.severity == "error" for item in error.diagnostics)
        what = Text("规则集", "ruleset")
        told = diagnose("PRF916", plugin=plugin, what=what, value=str(ruleset), count=count)
        raise RulesetError((told, *error.diagnostics)) from None


def read_results(results: Ruleset, stdin: BinaryIO | None = None) -> list[object]:
    """Return the results of a file that `score --format json` or `jsonl` has written.

    Args:
        results: A .json or .jsonl file; `-` is JSON from *stdin*.
        stdin: Where `-` reads from.

    Raises:
        UsageError: The file can't be read, or is no JSON.
    """
    return read_values(_source(os.fspath(results), stdin))


def _source(name: str, stdin: BinaryIO | None) -> Source:
    if stdin is not None and name == "-":
        return Source(name, lambda: BytesIO(stdin.read()))
    return source_of(name)


def load_portfolio(
    portfolio: Ruleset, *, as_of: date | str | None = None, registry: Registry | None = None
) -> Portfolio:
    """Return a portfolio, ready for the results of many units.

    Args:
        portfolio: What `load` takes: an id, `id@version`, or the path of a file.
        as_of: The date of the run, where its parameters are dated.
        registry: Where ids are found, its rulesets' too.

    Raises:
        RulesetError: The file is no portfolio: everything wrong with it.
        UsageError: There is no such portfolio or file, or *as_of* is no date it has values for.
    """
    registry = registry or default_registry()
    day = date_of(as_of)
    path = portfolio_path(portfolio, registry, day)
    finder = RegistryFinder(registry, path, day)
    plan = load_portfolio_text(read_bytes(path), str(path), registry.vocabulary, finder=finder)
    return Portfolio(plan, day)


def portfolio_path(portfolio: Ruleset, registry: Registry, as_of: date | None = None) -> Path:
    """Return the file of a portfolio given by id or path; UsageError PRF601 for an unknown id."""
    name = os.fspath(portfolio)
    if not is_name(portfolio):
        return Path(name)
    found = find(registry, "portfolio", name, as_of)
    if found is None:
        known = [item.id for item in registry.documents("portfolio")]
        hint = did_you_mean(name, known) if known else None
        raise UsageError((diagnose("PRF601", value=name, hint=hint),))
    return found.path


def is_portfolio(name: Ruleset, registry: Registry | None = None) -> bool:
    """Return whether *name* is a portfolio's id or file: what its first keys say."""
    if is_name(name):
        wanted = os.fspath(name).partition("@")[0]
        documents = (registry or default_registry()).documents("portfolio")
        return any(item.id == wanted for item in documents)
    path = Path(os.fspath(name))
    found = listed(path) if path.is_file() else None
    return found is not None and found.kind == "portfolio"


def read_facts(
    facts: Ruleset,
    plan: Plan | PortfolioSource,
    options: CsvOptions | None = None,
    stdin: BinaryIO | None = None,
) -> Entries:
    """Return the units of a facts file, read as they are walked.

    Args:
        facts: A .yaml, .json, .jsonl, .csv or .xlsx file; `-` is JSON from *stdin*.
        plan: The ruleset, whose inputs the headings of a CSV or a sheet name.
        options: How a CSV or a workbook is read.
        stdin: Where `-` reads from.

    Raises:
        RulesetError: A YAML file can't be read.
        UsageError: The file can't be used.
    """
    source = _source(os.fspath(facts), stdin)
    return read_entries(source, plan.inputs, options or CsvOptions())


def score_entries(
    program: Program, entries: Iterable[Entry], *, as_of: date | None = None
) -> Iterator[tuple[Entry, Result | Rejected]]:
    """Yield each unit of a facts file with its result or its rejection, lazily and in order."""
    for entry in entries:
        if entry.facts is None:
            yield entry, Rejected(entry.row, entry.unit, entry.problems)
            continue
        try:
            yield entry, program.score(entry.facts, as_of=as_of)
        except FactsError as error:
            yield entry, Rejected(entry.row, entry.unit, error.diagnostics)


def score_file(
    program: Program,
    facts: Ruleset,
    *,
    as_of: date | str | None = None,
    tables: Mapping[str, str] | None = None,
    key: str | None = None,
) -> Iterator[Result | Rejected]:
    """Return a result, or a rejected item, for each unit of a file, lazily and in order.

    Args:
        program: The ruleset.
        facts: A .yaml, .json, .jsonl, .csv or .xlsx file; `FILE.xlsx#SHEET` names a sheet.
        as_of: As for `Program.score`.
        tables: Target sheets that are files or sheets of their own, by input.
        key: The column that the file and its tables both have.

    Raises:
        RulesetError: A YAML file can't be read.
        UsageError: A file can't be used.
    """
    sheets = {name: sheet_of(file) for name, file in (tables or {}).items()}
    options = CsvOptions(key=key, tables=sheets)
    entries = read_entries(sheet_of(os.fspath(facts)), program.plan.inputs, options)
    return (found for _, found in score_entries(program, entries, as_of=date_of(as_of)))


def ruleset_path(ruleset: Ruleset, registry: Registry | None = None) -> Path:
    """Return the file of a ruleset given by path or id; an id's is looked up."""
    return _file_of(ruleset, registry)[0]


def _file_of(
    ruleset: Ruleset, registry: Registry | None, as_of: date | None = None
) -> tuple[Path, str]:
    """Return a ruleset's file, and the plugin that brings it where one does."""
    name = os.fspath(ruleset)
    if not is_name(ruleset):
        return Path(name), ""
    registry = registry or default_registry()
    known = registry.find(name)
    found = known if as_of is None else find(registry, "ruleset", name, as_of) or known
    return found.path, found.plugin


def is_name(given: Ruleset) -> bool:
    """Return whether an id is meant, not a path."""
    name = os.fspath(given)
    path = "/" in name or os.sep in name or name.endswith(_ENDINGS)
    return isinstance(given, str) and not path


def source_of(name: str) -> Source:
    """Return a file to be read when it is needed, every reason against it as a sentence."""

    def opened() -> BinaryIO:
        with reading(name):
            return Path(name).open("rb")

    return Source(name, opened)


def sheet_of(name: str) -> Source:
    """Return a file that may name a sheet: `FILE.xlsx#SHEET`.

    >>> sheet_of("facts.xlsx#目标").name, sheet_of("facts.xlsx#目标").sheet
    ('facts.xlsx', '目标')
    >>> sheet_of("a#b.csv").name, sheet_of("a#b.csv").sheet
    ('a#b.csv', None)
    """
    file, sign, sheet = name.rpartition("#")
    if sign and sheet and is_workbook(file):
        return replace(source_of(file), sheet=sheet)
    return source_of(name)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raise UsageError PRF603, PRF604 or PRF605 where it can't be read."""
    with reading(str(path)):
        return path.read_bytes()


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turn what the system says about a file into a sentence."""
    try:
        yield
    except FileNotFoundError:
        raise UsageError((diagnose("PRF603", value=name, folder=Path.cwd()),)) from None
    except IsADirectoryError:
        raise UsageError((diagnose("PRF604", value=name),)) from None
    except (OSError, ValueError) as fault:  # ValueError: a NUL in a name
        if Path(name).is_dir():  # Windows says "permission denied" of a folder
            raise UsageError((diagnose("PRF604", value=name),)) from None
        raise UsageError((diagnose("PRF605", value=name, reason=why(fault)),)) from None


def why(fault: OSError | ValueError) -> Text:
    """Return the system's reason in plain words."""
    import errno  # noqa: PLC0415 - only when something is wrong already

    number = getattr(fault, "errno", None)
    known: Mapping[int | None, Text] = {
        errno.EACCES: Text("没有权限", "permission denied"),
        errno.EPERM: Text("没有权限", "permission denied"),
        errno.ENOSPC: Text("磁盘已满", "the disk is full"),
        errno.EROFS: Text("所在磁盘只读", "the disk is read-only"),
        errno.ENOENT: Text("所在文件夹不存在", "its folder does not exist"),
        errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of its path is no folder"),
        errno.EISDIR: Text("那里是一个文件夹", "a folder has that name"),
        errno.ENAMETOOLONG: Text("文件名太长", "the name is too long"),
        errno.ELOOP: Text("链接绕成了圈", "links lead in a circle"),
    }
    return known.get(number, Text(f"系统错误 {number}", f"system error {number}"))


def result_schema() -> str:
    """Return the JSON Schema of a result, as shipped."""
    return files("perfrules.report").joinpath("result.schema.json").read_text(encoding="utf-8")


def document_schema(
    kind: str = "ruleset",
    *,
    lang: Lang = "zh",
    style: str = "editor",
    registry: Registry | None = None,
) -> dict[str, Any]:
    """Return the JSON Schema of a kind of document, with the methods of the plugins found.

    Args:
        kind: `ruleset`, `library`, `portfolio` or `cases`.
        lang: The language of what an editor shows.
        style: `editor` offers whole forms, `strict` lets a validator name the one mistake.
        registry: Where methods and functions are found.

    Raises:
        UsageError: PRF646, there is no such kind or style.
    """
    from perfrules import schema  # noqa: PLC0415 - builds every model

    kind = _one_of("kind", kind, schema.KINDS)
    style = _one_of("style", style, schema.STYLES)
    vocabulary = (registry or default_registry()).vocabulary
    return schema.document_schema(kind, lang, style, vocabulary)


def _one_of(name: str, word: str, known: tuple[T, ...]) -> T:
    for item in known:
        if item == word:
            return item
    words = [str(item) for item in known]
    expected = Text(", ".join(words), ", ".join(words))
    hint = did_you_mean(word, words)
    told = diagnose("PRF646", option=name, value=word, expected=expected, hint=hint)
    raise UsageError((told,))
