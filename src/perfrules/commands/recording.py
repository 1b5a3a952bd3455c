"""`perfrules test --record` and `--boundaries`: files of cases, written for people to review."""

from argparse import Namespace
from difflib import unified_diff
from pathlib import Path

from perfrules.commands.console import Console
from perfrules.errors import Text, UsageError
from perfrules.messages import diagnose
from perfrules.report.json import dump
from perfrules.testing import Recorded, boundaries, record


def recording(args: Namespace, console: Console) -> int:
    """Write the results that cases lack; 1 where an expectation differs and was left as it was."""
    found = list(record(args.paths, accept=args.accept))
    if not any(item.added or item.accepted or item.left for item in found):
        where = ", ".join(args.paths) or "-"
        console.problems((diagnose("PRF833", value=where),))
        return 0
    told = []
    for item in found:
        path = Path(item.file)
        before = path.read_bytes().decode("utf-8")
        if item.added or item.accepted:
            path.write_bytes(_as_before(before, item.text).encode("utf-8"))
        if args.format == "text":
            _say(item, before, console)
        told.append(
            {
                "file": item.file,
                "added": list(item.added),
                "accepted": list(item.accepted),
                "left": [one.json() for one in item.left],
            }
        )
    if args.format == "json":
        console.data(dump({"recorded": told}, 2) + "\n")
    return 1 if any(item.left for item in found) else 0


def _as_before(before: str, text: str) -> str:
    """Return *text* with the byte order mark and the line ends that the file had."""
    mark = "\ufeff" if before.startswith("\ufeff") else ""
    return mark + (text.replace("\n", "\r\n") if "\r\n" in before else text)


def _say(item: Recorded, before: str, console: Console) -> None:
    old = before.removeprefix("\ufeff").replace("\r\n", "\n").splitlines()
    for line in unified_diff(old, item.text.splitlines(), item.file, item.file, lineterm="", n=1):
        console.print(line)
    console.problems(item.left)
    count = len(item.added) + len(item.accepted)
    if count:
        console.print(console.say(
            f"{item.file}：写入 {count} 个用例的结果，请核对后删去 x-recorded",
            f"{item.file}: results of {count} cases written; check them, then drop x-recorded",
        ))  # fmt: skip


def edge_cases(args: Namespace, console: Console) -> int:
    """Write the cases at a ruleset's edges to a file, or to standard output; 2 over a file."""
    if len(args.paths) != 1:
        expected = Text("一次一个规则集", "one ruleset at a time")
        raise UsageError((diagnose(
            "PRF642", value=f"--boundaries {' '.join(args.paths)}", expected=expected,
            command="test",
        ),))  # fmt: skip
    text = boundaries(args.paths[0])
    if args.output is None:
        console.data(text)
        return 0
    target = Path(args.output)
    if target.exists():
        raise UsageError((diagnose("PRF837", value=args.output),))
    try:
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as fault:
        reason = Text(str(fault.strerror), str(fault.strerror))
        raise UsageError((diagnose("PRF640", value=args.output, reason=reason),)) from None
    count = text.count("x-recorded: true")
    console.print(console.say(
        f"{args.output}：{count} 个边界用例，结果由程序记录，请核对后保留",
        f"{args.output}: {count} cases at the edges; results were recorded, check before keeping",
    ))  # fmt: skip
    return 0
