"""`perfrules import-xlsx`: a bureau's score table becomes a ruleset, and what is left to do."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from perfrules.api import check_text, source_of
from perfrules.commands.console import Console
from perfrules.commands.new import SCHEMA, schemas
from perfrules.commands.output import save, writing
from perfrules.errors import Diagnostic, UsageError, once
from perfrules.excel import Imported, imported
from perfrules.files.xlsx import read_grid
from perfrules.messages import diagnose
from perfrules.report.json import dump


def run(args: Namespace, console: Console) -> int:
    """Write a ruleset and its first cases; 1 where an error is left in them.

    Nothing that is there is written over. Both files are written whatever is left to do: where the
    table contradicts itself, they say what it says.
    """
    table = Path(args.table)
    path = Path(args.output) if args.output else table.with_suffix(".yaml")
    cases = path.with_name(f"{path.stem}.cases.yaml")
    there = [item for item in (path, cases) if item.exists()]
    if there:
        raise UsageError(tuple(diagnose("PRF862", value=item) for item in there))
    grid = read_grid(source_of(args.table), args.sheet)
    made = imported(grid, str(path), args.id or path.stem, args.title)
    files = {path: made.ruleset, cases: made.cases}
    named = {str(file): text for file, text in files.items()}
    for name, text in schemas(named, console.lang):
        if not Path(name).exists():
            files[Path(name)] = text
    for file, text in files.items():
        _write(file, text)
    wrong = check_text(made.ruleset, str(path))
    told = (*made.diagnostics, *once(item for item in wrong if item.severity == "error"))
    _tell(args, console, made, {path: made.ruleset, cases: made.cases}, told)
    return 1 if any(item.severity == "error" for item in told) else 0


def _write(file: Path, text: str) -> None:
    with writing(str(file)):
        file.parent.mkdir(parents=True, exist_ok=True)
    save(str(file), text)


def _tell(
    args: Namespace,
    console: Console,
    made: Imported,
    files: Mapping[Path, str],
    told: tuple[Diagnostic, ...],
) -> None:
    """Say what was written, what was understood and what is left."""
    if args.format == "json":
        data = {
            "ruleset": made.id,
            "files": [str(file) for file in files if not file.name.endswith(SCHEMA)],
            "indicators": made.leaves,
            "understood": made.understood,
            "diagnostics": [item.json() for item in told],
        }
        console.data(dump(data, 2) + "\n")
        return
    for item in told:
        console.print(item.render(console.lang))
    for file in files:
        console.print(console.say(f"写出 {file}", f"wrote {file}"))
    left = made.leaves - made.understood
    console.print(
        console.say(
            f"{made.leaves} 个末级指标：读懂 {made.understood}，待写 {left}",
            f"{made.leaves} indicators: {made.understood} understood, {left} left to write",
        )
    )
    path, cases = files
    console.note(console.say("接下来：", "next:"))
    for line in (f"perfrules check {path}", f"perfrules test {cases}"):
        console.note(f"  {line}")
