"""`perfrules diff`: what a new version changes in meaning, and which units it grades otherwise."""

from argparse import Namespace
from collections.abc import Iterator

from perfrules.analysis.change import Impact, Level, UnitChange
from perfrules.commands.console import Console
from perfrules.commands.output import csv_line, output
from perfrules.commands.score import options_of
from perfrules.decimals import plain
from perfrules.engine.render.words import pad, tidy
from perfrules.engine.result import Rejected
from perfrules.errors import Lang, Text, UsageError
from perfrules.files.entry import is_workbook
from perfrules.messages import diagnose
from perfrules.report.json import dump
from perfrules.revision import Difference, Side, diff

_HEADS = {
    Level.MAJOR: Text("得分可能不同", "another score is possible"),
    Level.MINOR: Text("等级、否决或结果应用不同", "grades, gates or decisions changed"),
    Level.PATCH: Text("只是文字", "only words"),
}
_STEPS = {
    Level.MAJOR: Text("主版本号", "the first number"),
    Level.MINOR: Text("次版本号", "the second number"),
    Level.PATCH: Text("修订号", "the third number"),
}
_COLUMNS = (
    "row", "unit", "grade_before", "grade_after", "total_before", "total_after", "change",
    "because",
)  # fmt: skip
_CSV = Text("它写成 CSV，文件名以 .csv 结尾", "it is written as CSV, to a name that ends in .csv")
_SHOWN = 20  # units on the screen
_CAUSES = 3  # lines told for a unit


def run(args: Namespace, console: Console) -> int:
    """Tell what changed; 0 where the version says so, 1 where it doesn't."""
    if args.output is not None and is_workbook(args.output):
        value = f"-o {args.output}"
        raise UsageError((diagnose("PRF642", value=value, expected=_CSV, command="diff"),))
    found = diff(
        args.first, args.second, facts=args.facts, as_of=args.as_of, options=options_of(args)
    )
    renamed = found.renamed()
    console.problems([*found.notes, *([renamed] if renamed else [])])
    if args.output is not None and found.impact is not None:
        _write(args.output, found.impact, console)
    if args.format == "json":
        console.data(dump(difference_json(found), 2) + "\n")
    else:
        for line in page(found, console.lang):
            console.print(line)
    return 0 if found.fits else 1


def page(found: Difference, lang: Lang) -> Iterator[str]:
    """Yield the lines of the answer for people."""
    yield f"{_name(found.old)} → {_name(found.new)}"
    if found.old.id != found.new.id:
        yield Text(
            f"编号：{found.old.id} → {found.new.id}", f"id: {found.old.id} → {found.new.id}"
        ).get(lang)
        if not found.changes:
            yield Text("此外没有改动", "nothing else changed").get(lang)
    elif not found.changes:
        yield Text("没有改动", "nothing changed").get(lang)
    for level in (Level.MAJOR, Level.MINOR, Level.PATCH):
        changes = [item for item in found.changes if item.level is level]
        if changes:
            colon = "：" if lang == "zh" else ": "
            yield f"{_HEADS[level].get(lang)}{colon}{len(changes)}"
        for item in changes:
            span = item.new or item.old
            place = f"  ({span.file}:{span.line})" if span is not None else ""
            yield f"  {tidy(item.text(lang))}{place}"
    yield _verdict(found).get(lang)
    if found.impact is not None:
        yield ""
        yield from _impact(found.impact, lang)


def _name(side: Side) -> str:
    return f"{side.id} {side.version}"


def _verdict(found: Difference) -> Text:
    if not found.changes and found.fits:
        return Text("版本号无需提高", "the version may stay")
    old, new, wanted = found.old.version, found.new.version, found.wanted
    if found.level is Level.NONE:
        return Text(f"版本号倒退：{old} → {new}", f"the version goes back: {old} → {new}")
    step = _STEPS[found.level]
    if found.fits:
        return Text(
            f"应提高{step.zh}，版本 {old} → {new} 符合",
            f"{step.en} must rise, and {old} → {new} says so",
        )
    return Text(
        f"应提高{step.zh}：写作 {wanted}，而不是 {new}",
        f"{step.en} must rise: write {wanted}, not {new}",
    )


def _impact(found: Impact, lang: Lang) -> Iterator[str]:
    """Yield who is graded otherwise, who gains and loses, and by which lines."""
    same = found.units - len(found.changes)
    yield Text(
        f"{found.units} 个单位：{same} 个结果相同，{len(found.regraded)} 个等级改变，"
        f"{len(found.gainers)} 个得分上升，{len(found.losers)} 个下降，"
        f"{len(found.rejections)} 个只被一方退回",
        f"{found.units} units: {same} the same, {len(found.regraded)} graded otherwise, "
        f"{len(found.gainers)} gain, {len(found.losers)} lose, "
        f"{len(found.rejections)} rejected by only one",
    ).get(lang)
    moves = [(pair, count) for pair, count in found.grades.most_common() if pair[0] != pair[1]]
    for (before, after), count in moves:
        yield f"  {before or '-'} → {after or '-'}  {count}"
    lines = sorted(found.by_line, key=lambda name: found.by_line[name].copy_abs(), reverse=True)
    if lines:
        yield Text("按指标", "by indicator").get(lang)
    for name in lines[:_SHOWN]:
        gained, lost = found.gained[name], found.lost[name]
        sums = Text(
            f"合计 {_signed(found.by_line[name])}，升 {gained}，降 {lost}",
            f"{_signed(found.by_line[name])} in all, {gained} up, {lost} down",
        )
        yield f"  {pad(name, 28)}  {sums.get(lang)}"
    yield from _units(Text("等级改变的单位", "graded otherwise"), found.regraded, lang)
    yield from _units(Text("下降最多", "lost most"), found.losers, lang)
    yield from _units(Text("上升最多", "gained most"), found.gainers, lang)


def _units(head: Text, units: tuple[UnitChange, ...], lang: Lang) -> Iterator[str]:
    if not units:
        return
    yield head.get(lang)
    for item in units[:_SHOWN]:
        before, after = item.grades
        one, two = item.totals
        grades = f"{before or '-'} → {after or '-'}"
        totals = f"{_number(one)} → {_number(two)}"
        name = pad(tidy(item.unit or str(item.row)), 28)
        yield f"  {name}  {pad(grades, 10)}  {pad(totals, 18)}  {because(item, lang)}".rstrip()
    if len(units) > _SHOWN:
        more = len(units) - _SHOWN
        yield Text(f"  另有 {more} 个（-o FILE 写出全部）", f"  {more} more (-o FILE)").get(lang)


def because(item: UnitChange, lang: Lang) -> str:
    """Return by which lines, gates or thresholds a unit is scored otherwise, or what follows."""
    for side, rejected in (("before", item.before), ("after", item.after)):
        if isinstance(rejected, Rejected):
            word = {
                "before": Text("原规则退回", "the old one rejects it"),
                "after": Text("新规则退回", "the new one rejects it"),
            }[side]
            reason = rejected.problems[0]
            return f"{word.get(lang)}: {reason.code} {tidy(reason.message.get(lang))}"
    parts = [f"{line.id} {_signed(line.gain)}" for line in item.lines[:_CAUSES]]
    parts += [f"{'+' if came else '-'}{name}" for name, came in item.gates]
    if not parts and item.gain:
        parts = [Text("总分的封顶、取整或汇总", "caps, rounding or sums of the total").get(lang)]
    elif not parts and item.regraded:
        parts = [Text("等级界限", "grade bounds").get(lang)]
    if not parts:
        parts = [f"{'+' if came else '-'}{name}" for name, came in item.decisions]
    return "; ".join(parts)


def _number(value: object) -> str:
    return "-" if value is None else str(value)


def _signed(value: object) -> str:
    text = plain(value)  # type: ignore[arg-type] # a Decimal
    return text if text.startswith("-") else f"+{text}"


def _write(name: str, found: Impact, console: Console) -> None:
    """Write every unit that differs as CSV."""
    with output(name, mark=True) as sink:
        assert sink is not None  # noqa: S101 - it has a name
        sink.write(csv_line(_COLUMNS))
        for item in found.changes:
            gain = item.gain
            cells = [item.row, item.unit, *item.grades, *item.totals, gain]
            texts = ["" if cell is None else str(cell) for cell in cells]
            sink.write(csv_line([*texts, because(item, console.lang)]))
        sink.commit()


def difference_json(found: Difference) -> dict[str, object]:
    """Return the answer as plain data."""
    data: dict[str, object] = {
        "old": _side_json(found.old),
        "new": _side_json(found.new),
        "level": found.level.name.lower(),
        "bumped": None if found.bumped is None else found.bumped.name.lower(),
        "fits": found.fits,
        "wanted": found.wanted,
        "changes": [item.json() for item in found.changes],
    }
    if found.impact is not None:
        data["impact"] = _impact_json(found.impact)
    return data


def _side_json(side: Side) -> dict[str, object]:
    data: dict[str, object] = {"id": side.id, "version": side.version, "file": side.name}
    if side.plan is not None:
        data["digest"] = side.plan.digest
    return data


def _impact_json(found: Impact) -> dict[str, object]:
    return {
        "units": found.units,
        "changed": len(found.changes),
        "regraded": len(found.regraded),
        "grades": [
            {"before": before, "after": after, "units": count}
            for (before, after), count in found.grades.most_common()
        ],
        "lines": [
            {
                "id": name,
                "change": plain(total),
                "up": found.gained[name],
                "down": found.lost[name],
            }
            for name, total in found.by_line.items()
        ],
        "changes": [_unit_json(item) for item in found.changes],
    }


def _unit_json(item: UnitChange) -> dict[str, object]:
    return {
        "row": item.row,
        "unit": item.unit,
        "grade": list(item.grades),
        "total": [None if total is None else str(total) for total in item.totals],
        "lines": [
            {
                "id": line.id,
                "before": None if line.before is None else str(line.before),
                "after": None if line.after is None else str(line.after),
            }
            for line in item.lines
        ],
        "gates": dict(item.gates),
        "decisions": dict(item.decisions),
        "because": {"zh": because(item, "zh"), "en": because(item, "en")},
    }
