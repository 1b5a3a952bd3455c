"""Which reader a facts file gets: by the ending of its name, never by looking inside."""

from collections.abc import Sequence
from pathlib import PurePath

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.csv import CsvOptions, read_csv
from perfrules.files.entry import Entries, Source
from perfrules.files.json import read_json, read_jsonl
from perfrules.files.yaml import read_yaml
from perfrules.lang.plan import InputPlan
from perfrules.messages import diagnose

STDIN = "-"
ENDINGS = (".yaml", ".yml", ".json", ".jsonl", ".csv")
_CSV_ONLY = Text("只用于 CSV 文件", "it is for CSV files only")
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
    if ending == ".csv":
        if options.tables and options.key is None:
            raise UsageError((_wrong("--table", _NEED_KEY),))
        return read_csv(source, inputs, options)
    for option, given in (
        ("--table", options.tables),
        ("--key", options.key),
        ("--id", options.id),
        ("--ignore", options.ignore),
        ("--delimiter", options.delimiter != ","),
    ):
        if given:
            raise UsageError((_wrong(option, _CSV_ONLY),))
    match ending:
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
