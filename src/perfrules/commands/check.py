"""`perfrules check`: everything wrong with files of rulesets and cases."""

import re
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from perfrules.analysis.prove import Proof
from perfrules.api import check_text, read_bytes, ruleset_path
from perfrules.commands.console import Console
from perfrules.commands.prove import proofs
from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.messages import diagnose
from perfrules.registry import Registry, default_registry, files_below
from perfrules.report.json import dump
from perfrules.revision import diff

_FACTS = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t\r]*(?:#[^\n]*)?\n)*(?:- )?unit:")


def run(args: Namespace, console: Console) -> int:
    """Check files; 0 no errors, 1 errors, 2 a path can't be read."""
    files = [file for path in args.paths for file in files_of(path)]
    registry = default_registry().beside(map(Path, args.paths))
    found: list[Diagnostic] = []
    for file in dict.fromkeys(files):
        found += check_text(read_bytes(file), str(file), registry)
    if args.against is not None and not any(item.severity == "error" for item in found):
        found += _versions(args.against, list(dict.fromkeys(files)), registry)
    proven: list[tuple[Path, Proof]] = []
    if args.prove:
        proven = list(proofs(dict.fromkeys(files), args, registry))
    told = [item for _, proof in proven for item in proof.findings]
    errors = sum(item.severity == "error" for item in found)
    errors += sum(item.diagnostic.severity == "error" for item in told)
    if args.format == "json":
        plain: object = [item.json() for item in found]
        if args.prove:
            tried = [{"file": str(file), **proof.json()} for file, proof in proven]
            plain = {"diagnostics": plain, "proofs": tried}
        console.data(dump(plain, 2) + "\n")
    else:
        for item in found:
            console.print(item.render(console.lang))
        for finding in told:
            console.print(finding.render(console.lang))
        count = len(dict.fromkeys(files))
        warnings = len(found) + len(told) - errors
        console.print(
            console.say(
                f"检查了 {count} 个文件：错误 {errors}，警告 {warnings}",
                f"{count} files checked: {errors} errors, {warnings} warnings",
            )
        )
        if args.prove:
            console.print(_summary(proven, console))
    return 1 if errors else 0


def _summary(proven: list[tuple[Path, Proof]], console: Console) -> str:
    units = sum(proof.units for _, proof in proven)
    count = len(proven)
    clean = sum(proof.clean for _, proof in proven)
    return console.say(
        f"证明了 {count} 个规则集或指标，其中 {clean} 个没有问题；搜索时评了 {units} 个单位",
        f"{count} rulesets or indicators proven, {clean} clean; the search scored {units} units",
    )


def _versions(old: str, files: list[Path], registry: Registry) -> Iterator[Diagnostic]:
    """Yield PRF840 to PRF843 where a version says less than what changed since *old*."""
    if len(files) != 1:
        one = Text("只能核对一个文件", "one file at a time")
        told = diagnose("PRF642", value=f"--against {old}", expected=one, command="check")
        raise UsageError((told,))
    found = diff(old, files[0], registry=registry)
    for fault in (found.renamed(), found.fault()):
        if fault is not None:
            yield fault


def files_of(name: str) -> Iterator[Path]:
    """Yield the YAML files of a folder and below, a file itself, or the file of an id.

    Facts that lie beside their ruleset are left out of a folder: their first key is `unit`.
    """
    path = Path(name)
    if not name or not path.is_dir():  # no name isn't the current folder
        yield path if name and path.exists() else ruleset_path(name)
        return
    below = files_below(path, ".yaml", ".yml")
    found = [file for file in below if _FACTS.match(read_bytes(file)) is None]
    if not found:
        raise UsageError((diagnose("PRF626", value=name),))
    yield from found
