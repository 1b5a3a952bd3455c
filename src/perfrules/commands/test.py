"""`perfrules test`: run cases; passed, failed, errors and skipped are told apart."""

from argparse import Namespace

from perfrules.commands.console import Console
from perfrules.engine.render.words import tidy
from perfrules.errors import Text
from perfrules.messages import diagnose
from perfrules.report.json import dump
from perfrules.testing import CaseOutcome, CaseReport, Outcome, run_cases

_WORDS = {
    Outcome.PASS: Text("通过", "pass"),
    Outcome.FAIL: Text("不符", "FAIL"),
    Outcome.ERROR: Text("出错", "ERROR"),
    Outcome.SKIP: Text("跳过", "skip"),
}


def run(args: Namespace, console: Console) -> int:
    """Run cases; 0 all passed, 1 not all or none found, 2 a path can't be read."""
    report = run_cases(args.paths, only=args.only)
    if args.format == "json":
        console.data(dump(_json(report), 2) + "\n")
    else:
        for case in report.cases:
            if case.outcome in (Outcome.FAIL, Outcome.ERROR):
                _say(case, console)
        console.print(_counts(report, console))
    if not any(case.outcome is not Outcome.SKIP for case in report.cases):
        where = ", ".join(report.searched) or "-"
        console.problems((diagnose("PRF630", value=where),))
    return 0 if report.ok else 1


def _say(case: CaseOutcome, console: Console) -> None:
    lang = console.lang
    place = str(case.span) if case.span else case.file
    console.print(f"{place}: {_WORDS[case.outcome].get(lang)} {tidy(case.name)}")
    for item in case.differences:
        want, got = tidy(item.want), tidy(item.got)
        console.print(
            console.say(
                f"  {item.what}: 应为 {want}，实为 {got}", f"  {item.what}: want {want}, got {got}"
            )
        )
        if because := tidy(item.because.get(lang)):
            console.print(f"    {because}")
    for problem in case.problems:
        for line in problem.render(lang).splitlines():
            console.print(f"  {line}")


def _counts(report: CaseReport, console: Console) -> str:
    lang = console.lang
    parts = [
        f"{_WORDS[outcome].get(lang).lower()} {report.count(outcome)}"
        for outcome in (Outcome.PASS, Outcome.FAIL, Outcome.ERROR, Outcome.SKIP)
    ]
    return ("，" if lang == "zh" else ", ").join(parts)


def _json(report: CaseReport) -> dict[str, object]:
    return {
        "ok": report.ok,
        "counts": {outcome.value: report.count(outcome) for outcome in Outcome},
        "cases": [
            {
                "file": case.file,
                "line": case.span.line if case.span else None,
                "name": case.name,
                "outcome": case.outcome.value,
                "differences": [
                    {"what": item.what, "want": item.want, "got": item.got}
                    for item in case.differences
                ],
                "problems": [item.json() for item in case.problems],
            }
            for case in report.cases
        ],
    }
