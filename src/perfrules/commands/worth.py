"""`perfrules test --coverage` and `--mutate`: what a ruleset's cases are worth."""

from argparse import Namespace
from decimal import Decimal

from perfrules.analysis.coverage import Coverage, Point
from perfrules.commands.console import Console
from perfrules.engine.render.words import tidy
from perfrules.errors import Text
from perfrules.messages import diagnose
from perfrules.report.json import dump
from perfrules.testing import Mutation, Trial, cover, mutate

_FATES = {
    "killed": Text("发现", "caught"),
    "survived": Text("未发现", "missed"),
    "refused": Text("检查时已拒绝", "refused by check"),
    "equivalent": Text("含义不变", "same meaning"),
}


def coverage(args: Namespace, console: Console) -> tuple[list[dict[str, object]], int]:
    """Say what cases reach; return it as JSON, with 1 where a document is below `--fail-under`."""
    found = cover(args.paths)
    code = 0
    for item in found:
        if args.format == "text":
            _say_coverage(item, console)
    for item in found:
        if args.fail_under is not None and item.percent < args.fail_under:
            told = diagnose("PRF834", value=item.id, got=item.percent, right=args.fail_under)
            console.problems((told,))
            code = 1
    return [_coverage_json(item) for item in found], code


def _say_coverage(item: Coverage, console: Console) -> None:
    lang, reached = console.lang, len(item.points) - len(item.missed)
    for point in item.missed:
        place = str(point.span) if point.span else item.file
        console.print(f"{place}: {_MISSED.get(lang)} {tidy(point.what.get(lang))}")
        console.print(console.say(
            f"  用例须：{tidy(point.needs.zh)}", f"  a case would have to: {tidy(point.needs.en)}"
        ))  # fmt: skip
    console.print(console.say(
        f"{item.id}：覆盖 {item.percent}%（{reached}/{len(item.points)}，{item.cases} 个用例）",
        f"{item.id}: {item.percent}% reached ({reached} of {len(item.points)}, {item.cases} cases)",
    ))  # fmt: skip


_MISSED = Text("未到达", "not reached:")


def _coverage_json(item: Coverage) -> dict[str, object]:
    return {
        "id": item.id,
        "file": item.file,
        "cases": item.cases,
        "percent": str(item.percent),
        "points": len(item.points),
        "missed": [_point_json(point) for point in item.missed],
    }


def _point_json(point: Point) -> dict[str, object]:
    span = point.span
    return {
        "kind": point.kind,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "what": {"zh": point.what.zh, "en": point.what.en},
        "needs": {"zh": point.needs.zh, "en": point.needs.en},
    }


def mutation(args: Namespace, console: Console) -> int:
    """Change the rules one by one and say which changes no case noticed; 1 where there are any."""
    found: list[Mutation] = []
    for item in mutate(args.paths, seed=args.seed, limit=args.limit):
        found.append(item)
        if args.format == "text":
            _say_mutation(item, console)
    if args.format == "json":
        console.data(dump({"mutation": [_mutation_json(item) for item in found]}, 2) + "\n")
    if not found:
        console.problems((diagnose("PRF630", value=", ".join(args.paths) or "-"),))
        return 1
    under = args.fail_under if args.fail_under is not None else Decimal(100)
    return 1 if any(item.percent < under for item in found) else 0


def _say_mutation(item: Mutation, console: Console) -> None:
    lang = console.lang
    for trial in item.trials:
        if trial.fate == "survived":
            _say_survivor(trial, console)
    colon, comma = ("：", "，") if lang == "zh" else (": ", ", ")
    counts = comma.join(
        f"{word.get(lang)} {item.count(fate)}"  # type: ignore[arg-type] # the four fates
        for fate, word in _FATES.items()
    )
    rate = console.say(f"发现率 {item.percent}%", f"{item.percent}% caught")
    console.print(f"{item.id}{colon}{rate}{comma}{counts}")


def _say_survivor(trial: Trial, console: Console) -> None:
    mutant, lang = trial.mutant, console.lang
    after = tidy(mutant.after) or console.say("删去", "left out")
    console.print(f"{mutant.span}: {_FATES['survived'].get(lang)} "
                  f"{tidy(mutant.before)} -> {after}")  # fmt: skip
    console.print(f"  {tidy(mutant.needs.get(lang))}")


def _mutation_json(item: Mutation) -> dict[str, object]:
    return {
        "id": item.id,
        "file": item.file,
        "percent": str(item.percent),
        "counts": {fate: item.count(fate) for fate in _FATES},  # type: ignore[arg-type] # the four fates
        "mutants": [
            {
                "kind": trial.mutant.kind,
                "line": trial.mutant.span.line,
                "column": trial.mutant.span.column,
                "before": trial.mutant.before,
                "after": trial.mutant.after,
                "fate": trial.fate,
                "by": trial.by or None,
                "needs": {"zh": trial.mutant.needs.zh, "en": trial.mutant.needs.en},
            }
            for trial in item.trials
        ],
    }
