"""`perfrules test`: run cases; passed, failed, errors and skipped are told apart."""

from argparse import Namespace

from perfrules.commands import recording, worth
from perfrules.commands.console import Console
from perfrules.messages import diagnose
from perfrules.report.json import dump
from perfrules.testing import CaseReport, Outcome, run_cases
from perfrules.testing import told as said
from perfrules.testing.told import WORDS


def run(args: Namespace, console: Console) -> int:
    """Run cases; 0 all passed, 1 not all or none found, 2 a path can't be read."""
    if args.mutate:
        return worth.mutation(args, console)
    if args.record:
        return recording.recording(args, console)
    if args.boundaries:
        return recording.edge_cases(args, console)
    report = run_cases(args.paths, only=args.only)
    told = _json(report)
    if args.format == "text":
        for case in report.cases:
            if case.outcome in (Outcome.FAIL, Outcome.ERROR):
                console.print(said(case, console.lang))
        console.print(_counts(report, console))
    if not any(case.outcome is not Outcome.SKIP for case in report.cases):
        where = ", ".join(report.searched) or "-"
        console.problems((diagnose("PRF630", value=where),))
    code = 0 if report.ok else 1
    if args.coverage:
        told["coverage"], below = worth.coverage(args, console)
        code = max(code, below)
    if args.format == "json":
        console.data(dump(told, 2) + "\n")
    return code


def _counts(report: CaseReport, console: Console) -> str:
    lang = console.lang
    parts = [
        f"{WORDS[outcome].get(lang).lower()} {report.count(outcome)}"
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
                    {
                        "what": item.what,
                        "want": item.want,
                        "got": item.got,
                        "inside": [
                            {
                                "text": part.text,
                                "value": {"zh": part.value.zh, "en": part.value.en},
                                "line": part.span.line if part.span else None,
                            }
                            for part in item.inside
                        ],
                    }
                    for item in case.differences
                ],
                "problems": [item.json() for item in case.problems],
            }
            for case in report.cases
        ],
    }
