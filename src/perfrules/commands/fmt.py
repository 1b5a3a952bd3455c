"""`perfrules fmt`: YAML files in one layout, comments and meaning as they were."""

import sys
from argparse import Namespace

from perfrules.api import read_bytes
from perfrules.commands.check import files_of
from perfrules.commands.console import Console
from perfrules.commands.output import save
from perfrules.errors import RulesetError, Text
from perfrules.fmt import formatted
from perfrules.upgrade import upgraded

_DONE = {
    False: Text("已整理 {value}", "laid out {value}"),
    True: Text("需要整理 {value}", "would be laid out {value}"),
}


def run(args: Namespace, console: Console) -> int:
    """Lay out files; 0 all done, 1 one differs with --check or can't be laid out."""
    if args.paths == ["-"]:
        console.data(formatted(sys.stdin.buffer.read(), "-"))
        return 0
    files = list(dict.fromkeys(file for path in args.paths for file in files_of(path)))
    changed = failed = 0
    for file in files:
        given = read_bytes(file)
        try:
            text: bytes | str = given
            if args.upgrade:
                text, steps = upgraded(given, str(file))
                for step in steps:
                    console.print(f"{step.span}: {step.before} → {step.after.partition(',')[0]}")
            made = formatted(text, str(file)).encode("utf-8")
        except RulesetError as error:
            console.problems(error.diagnostics)
            failed += 1
            continue
        if made == given:
            continue
        changed += 1
        console.print(_DONE[args.check].get(console.lang).format(value=file))
        if not args.check:
            save(str(file), made)
    same = len(files) - changed - failed
    console.note(
        console.say(
            f"{len(files)} 个文件：改 {changed}，不变 {same}，不能整理 {failed}",
            f"{len(files)} files: {changed} changed, {same} the same, {failed} can't be laid out",
        )
    )
    return 1 if failed or (args.check and changed) else 0
