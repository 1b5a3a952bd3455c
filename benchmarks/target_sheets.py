"""A city's target sheets reviewed in one command, and its projects monitored in another.

    python benchmarks/target_sheets.py [--count 8496] [--seed 2022] [--keep FOLDER]

The sheets are made up, from a seed. 348 of 8,496 are made faulty on purpose (the share that the
city's summary of 2022 reports as returned) and a few can't be read at all; what comes out is
checked against what was put in. Times are of the machine at hand, ratios are not; nothing here
fails because it is slow.
"""

import argparse
import csv
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import perfrules
from perfrules.cli import main as command

CITY = 8496  # sheets that Tianmen reviewed in 2022
RETURNED = 348  # of which it returned
UNREADABLE = 12  # a made-up number: sheets whose money is no amount
SHOWN = 5
BUREAUS = ("教育局", "农业农村局", "城管局", "卫健局", "交通局", "水利局", "民政局", "乡村振兴局")
THINGS = (
    "校舍维修",
    "垃圾清运",
    "村道硬化",
    "公厕改造",
    "寄宿生补助",
    "饮水工程",
    "农技培训",
    "危房改造",
)
OUTPUTS = (
    ("完成面积", "平方米", 800, 9000),
    ("受助人数", "人", 60, 4000),
    ("建成处数", "处", 2, 60),
    ("培训场次", "次", 4, 90),
    ("硬化里程", "公里", 3, 80),
)
EFFECTS = (("受益户数", "户", 80, 6000), ("覆盖率", "%", 80, 100), ("知晓率", "%", 85, 98))
RATED = ("clear", "relevant", "scientific", "ambitious", "matched", "achievable", "conditions")
OPINIONS = (("优", "优", "良"), ("良", "良", "优"))

Sheet = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """Facts as written, with what was done to them on purpose: the kind of fault by unit."""

    rows: list[Sheet]
    faults: dict[str, str] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Found:
    """What one command made of a file, and how long it took."""

    results: list[dict[str, Any]]
    rejected: set[str]
    seconds: float


def unit_of(number: int, pick: random.Random) -> str:
    """Return the name of a project: the number keeps it apart from its like."""
    return f"市{pick.choice(BUREAUS)}{pick.choice(THINGS)}{number:04}"


def row(block: str, made: tuple[str, str, int, int], points: int, pick: random.Random) -> Sheet:
    """Return a row of a sheet with a number for its target."""
    name, unit, low, high = made
    amount = pick.randint(low, high)
    found: Sheet = {"block": block, "name": name, "target": f"≥{amount}{unit}", "points": points}
    if pick.random() < 0.3:
        found["last_year"] = f"{amount - pick.randint(0, 3)}{unit}"
    return found


def sound_sheet(unit: str, pick: random.Random) -> Sheet:
    """Return a sheet that nobody has a reason to return: 80 points over six rows."""
    first, second = pick.sample(OUTPUTS, 2)
    effect = pick.choice(EFFECTS)
    budget = pick.randint(50, 90_000)  # tenths of 万元
    city = pick.randint(0, budget)
    satisfied = pick.choice((85, 90, 95))
    targets = [
        row("产出指标", first, 25, pick),
        row("产出指标", second, 15, pick),
        {"block": "成本指标", "name": "成本节约率", "target": "≥0%", "points": 10},
        row("效益指标", effect, 15, pick),
        {"block": "效益指标", "name": "群众生活", "target": "明显改善", "points": 5},
        {"block": "满意度指标", "name": "满意度", "target": f"≥{satisfied}%", "points": 10},
    ]
    funds = [{"source": "市级财政", "amount": f"{city / 10}万元"}]
    funds.append({"source": "上级补助", "amount": f"{(budget - city) / 10}万元"})
    sheet: Sheet = {"unit": unit, "budget": f"{budget / 10}万元", "needs_cost": pick.random() < 0.4}
    sheet |= {"funds": funds, "targets": targets}
    if pick.random() < 0.5:  # the other half awaits its reviewer
        sheet |= {name: pick.choice(pick.choice(OPINIONS)) for name in RATED}
    return sheet


def few_numbers(sheet: Sheet) -> None:
    """Leave two rows with a number."""
    for line in sheet["targets"][2:]:
        line.update(target="按计划完成")
        line.pop("last_year", None)


def no_output(sheet: Sheet) -> None:
    """Call every output a benefit."""
    for line in sheet["targets"][:2]:
        line["block"] = "效益指标"


def no_benefit(sheet: Sheet) -> None:
    """Call every benefit an output."""
    for line in sheet["targets"][3:5]:
        line["block"] = "产出指标"


def points_differ(sheet: Sheet) -> None:
    """Give a point too many."""
    sheet["targets"][0]["points"] += 1


def repeated(sheet: Sheet) -> None:
    """Use a name twice."""
    sheet["targets"][1]["name"] = sheet["targets"][0]["name"]


def money_differs(sheet: Sheet) -> None:
    """Forget a source of money."""
    sheet["funds"][1]["amount"] = sheet["budget"]
    sheet["funds"][0]["amount"] = "0.1万元"


SHEET_FAULTS: Mapping[str, Callable[[Sheet], None]] = {
    change.__name__: change
    for change in (few_numbers, no_output, no_benefit, points_differ, repeated, money_differs)
}


def sound_progress(unit: str, pick: random.Random) -> Sheet:
    """Return a project at the end of August that goes as planned: within 5 points of time."""
    done = pick.randint(640, 700)
    goals = [
        {"name": name, "progress": f"{pick.randint(640, 700) / 10}%", "outlook": "能完成"}
        for name in ("完成面积", "受益户数", "满意度")
    ]
    return {
        "unit": unit, "as_of": "2022-09-20", "months": 8, "adjusted_budget": "1000万元",
        "executed": f"{done}万元", "goals": goals,
    }  # fmt: skip


def slow_money(project: Sheet) -> None:
    """Spend less than the least of August, 60 %."""
    project["executed"] = "599万元"


def behind(project: Sheet) -> None:
    """Be far behind with every goal."""
    for goal in project["goals"]:
        goal["progress"] = "40%"


def failing(project: Sheet) -> None:
    """Expect to miss a goal."""
    project["goals"][0]["outlook"] = "不能完成"


PROGRESS_FAULTS: Mapping[str, Callable[[Sheet], None]] = {
    change.__name__: change for change in (slow_money, behind, failing)
}


def make(
    count: int,
    seed: int,
    sound: Callable[[str, random.Random], Sheet],
    faults: Mapping[str, Callable[[Sheet], None]],
    money: str,
) -> Made:
    """Return *count* facts; the city's share is faulty, and a few have no amount in *money*."""
    pick = random.Random(seed)  # noqa: S311 - made-up data, the same every time
    rows = [sound(unit_of(number, pick), pick) for number in range(1, count + 1)]
    wrong = -(-count * RETURNED // CITY)
    illegible = -(-count * UNREADABLE // CITY)
    chosen = pick.sample(range(count), wrong + illegible)
    made = Made(rows)
    kinds = list(faults)
    for place, number in enumerate(chosen):
        unit = rows[number]["unit"]
        if place < wrong:
            kind = kinds[place % len(kinds)]
            faults[kind](rows[number])
            made.faults[unit] = kind
        else:
            rows[number][money] = "约500万元"
            made.unreadable.add(unit)
    return made


def sheets(count: int, seed: int) -> Made:
    """Return target sheets."""
    return make(count, seed, sound_sheet, SHEET_FAULTS, "budget")


def projects(count: int, seed: int) -> Made:
    """Return what projects report at the end of August."""
    return make(count, seed + 1, sound_progress, PROGRESS_FAULTS, "executed")


def scored(ruleset: str, made: Made, folder: Path) -> Found:
    """Return what `perfrules score` makes of the facts, written as JSON lines."""
    facts, out, bad = (folder / f"{ruleset}.{end}" for end in ("facts.jsonl", "jsonl", "csv"))
    with facts.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(item, ensure_ascii=False) + "\n" for item in made.rows)
    line = ["score", ruleset, str(facts), "--format", "jsonl", "-o", str(out)]
    start = time.perf_counter()
    code = command([*line, "--rejects", str(bad)])
    seconds = time.perf_counter() - start
    assert code == (1 if made.unreadable else 0), code
    results = [json.loads(item) for item in out.read_text(encoding="utf-8").splitlines()]
    with bad.open(encoding="utf-8-sig", newline="") as file:
        rejected = {item["unit"] for item in csv.DictReader(file)}
    assert len(results) + len(rejected) == len(made.rows)
    assert rejected == made.unreadable
    return Found(results, rejected, seconds)


def returned(results: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the sheets that go back, each with its reasons."""
    named = {}
    for item in results:
        if item["report"]["outcome"] == "退回":
            reasons = [gate["reason"]["zh"] for gate in item["gates"] if gate["fired"]]
            reasons += [finding["problem"]["zh"] for finding in item["findings"]]
            named[item["unit"]] = list(dict.fromkeys(reasons))
    return named


def warned(results: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the projects that are off their plan, each with what has to be done."""
    return {
        item["unit"]: [found["title"]["zh"] for found in item["decisions"]]
        for item in results
        if item["report"]["status"] == "异常"
    }


def agree(named: Mapping[str, list[str]], made: Made) -> None:
    """Stop where something else goes back than what was made faulty, or without a reason."""
    assert set(named) == set(made.faults), set(named) ^ set(made.faults)
    assert all(named.values())


def tell(title: str, named: Mapping[str, list[str]], found: Found, made: Made) -> None:
    """Print how many, which share, of which kinds, and the first few with their reasons."""
    count = len(found.results)
    share = 100 * len(named) / count
    print(f"{title}: {len(named)} / {count} = {share:.1f} %; {len(found.rejected)} 份读不懂")
    print(
        "  " + "  ".join(f"{kind} {n}" for kind, n in sorted(Counter(made.faults.values()).items()))
    )
    for unit, reasons in list(named.items())[:SHOWN]:
        print(f"  {unit}: {'；'.join(reasons)}")


def keep(named: Mapping[str, list[str]], file: Path) -> None:
    """Write the whole list, a unit a line."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        write = csv.writer(out, lineterminator="\r\n")
        write.writerow(["unit", "reasons"])
        write.writerows([unit, "；".join(reasons)] for unit, reasons in named.items())


def one(ruleset: str, made: Made) -> float:
    """Return the seconds that a unit takes alone, with the rules loaded."""
    program = perfrules.load(ruleset)
    some = [item for item in made.rows[:200] if item["unit"] not in made.unreadable]
    start = time.perf_counter()
    for item in some:
        program.score(item)
    return (time.perf_counter() - start) / len(some)


def survey(count: int, seed: int, folder: Path) -> None:
    """Review and monitor a city, check what comes out, and print it."""
    made = sheets(count, seed)
    found = scored("tianmen.target_review", made, folder)
    named = returned(found.results)
    agree(named, made)
    tell("绩效目标审核退回 returned", named, found, made)
    keep(named, folder / "returned.csv")

    going = projects(count, seed)
    seen = scored("tianmen.monitoring", going, folder)
    off = warned(seen.results)
    agree(off, going)
    tell("运行监控异常 off the plan", off, seen, going)
    keep(off, folder / "warned.csv")

    alone = one("tianmen.target_review", made)
    each = found.seconds / count
    print(f"审核 review {found.seconds:.1f} s, 监控 monitoring {seen.seconds:.1f} s")
    print(f"一份在文件里 ÷ 单独一份 a sheet in the file ÷ alone: {each / alone:.2f}")
    print(f"监控 ÷ 审核 monitoring ÷ review, a unit: {seen.seconds / found.seconds:.2f}")


def main() -> None:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=CITY)
    parser.add_argument("--seed", type=int, default=2022)
    parser.add_argument("--keep", type=Path, help="a folder for the facts, results and lists")
    options = parser.parse_args()
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
        survey(options.count, options.seed, options.keep)
        return
    with tempfile.TemporaryDirectory() as folder:
        survey(options.count, options.seed, Path(folder))


if __name__ == "__main__":
    main()
