"""Which reader a facts file gets: by the ending of its name, never by looking inside."""

from collections.abc import Sequence
from pathlib import PurePath

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.csv import CsvOptions, read_csv
from perfrules.files.entry import WORKBOOKS, Entries, Source, is_workbook
from perfrules.files.json import read_json, read_jsonl
from perfrules.files.yaml import read_yaml
from perfrules.lang.plan import InputPlan
from perfrules.messages import diagnose

STDIN = "-"
ENDINGS = (".yaml", ".yml", ".json", ".jsonl", ".csv", ".xlsx")
_ROWS_ONLY = Text("只用于 CSV 和 .xlsx 文件", "it is for CSV and .xlsx files only")
_CSV_ONLY = Text("只用于 CSV 文件", "it is for CSV files only")
_SHEETS_ONLY = Text("只用于 .xlsx 文件", "it is for .xlsx files only")
_NEED_KEY = Text(
    "要用 --key 指出两个文件里都有的列", "--key has to name the column that both files have"
)


def read_facts(source: Source, inputs: Sequence[InputPlan], options: CsvOptions) -> Entries:
    """Return the units of a facts file; `-` is read as JSON.

    Raises:
        RulesetError: A YAML file can't be read.
        UsageError: The file, its format or an option can't be used.
    """
    ending = PurePath(source.name).suffix.lower()
    workbook = ending in WORKBOOKS
    rows = workbook or ending == ".csv"
    tables = [file.name for file in options.tables.values()]
    beside = not all(map(is_workbook, tables))
    for option, given, fine, why in (
        ("--sheet", options.sheet is not None, workbook, _SHEETS_ONLY),
        ("--delimiter", options.delimiter != ",", ending == ".csv" or beside, _CSV_ONLY),
        ("--encoding", options.encoding is not None, not workbook or beside, _CSV_ONLY),
        ("--table", bool(options.tables), rows, _ROWS_ONLY),
        ("--key", options.key is not None, rows, _ROWS_ONLY),
        ("--id", options.id is not None, rows, _ROWS_ONLY),
        ("--ignore", bool(options.ignore), rows, _ROWS_ONLY),
        ("--table", bool(options.tables), options.key is not None, _NEED_KEY),
    ):
        if given and not fine:
            raise UsageError((_wrong(option, why),))
    if workbook or any(map(is_workbook, tables)):
        from perfrules.files.xlsx.units import read_workbooks  # noqa: PLC0415 - only where one is

        return read_workbooks(source, inputs, options)
    match ending:
        case ".csv":
            return read_csv(source, inputs, options)
        case ".yaml" | ".yml":
            return read_yaml(source, options.encoding)
        case ".jsonl":
            return read_jsonl(source, options.encoding)
        case ".json":
            return read_json(source, options.encoding)
        case _ if source.name == STDIN:
            return read_json(source, options.encoding)
        case _:
            known = Text("、".join(ENDINGS), ", ".join(ENDINGS))
            raise UsageError((diagnose("PRF625", value=source.name, expected=known),))


def _wrong(option: str, why: Text) -> Diagnostic:
    return diagnose("PRF642", value=option, expected=why, command="score")
