"""Rulesets drawn at random: every scoring method, policy, aggregate and gate, over a few inputs."""

# ruff: noqa: E501, Q003 - what an author writes on one line stands on one line

import random

HEAD = 'ruleset: random.rules\nversion: "1.0"\ntitle: 随机\ntotal: 100\n'
INPUTS = """\
parameters:
  share: {values: {2020-01-01: 50%, 2023-01-01: 62.5%}}
  worth: {keys: [grade3], values: {2020-01-01: {好: 100%, 中: 60%, 差: 0%}}}
  step3: {keys: count, values: {2020-01-01: {0: 10%, 5: 40%, 50: 80%}}}
inputs:
  n0: {type: number}
  n1: {type: number, min: 0}
  n2: {type: number, min: 1, max: 100}
  n3: {type: number, optional: true}
  n4: {type: number, default: 7.5}
  c0: {type: count}
  m0: {type: money, unit: 万元, min: 0}
  m1: {type: money, unit: 万元, min: 0, optional: true}
  p0: {type: percent, min: 0%, max: 100%}
  p1: {type: percent}
  p2: {type: percent, optional: true}
  f0: {type: flag}
  f1: {type: flag, optional: true}
  grade3: {type: choice, of: [好, 中, 差]}
  level3: {type: choice, of: [好, 中, 差], optional: true}
  set3: {type: choice, of: [①, ②, ③], many: true}
  d0: {type: date}
  d1: {type: date, optional: true}
  answers: {type: survey, of: [满意, 一般, 不满意]}
  rows:
    type: table
    columns:
      name: {type: text}
      block: {type: choice, of: [产出, 效益]}
      points: {type: number, min: 0, optional: true}
      done: {type: percent, optional: true}
      size: {type: number}
      target: {type: target, optional: true}
      actual: {type: text, optional: true}
      level: {type: choice, of: [好, 中, 差], optional: true}
"""
NUMBERS = ("n0", "n1", "n2", "n4", "c0")
OPTIONAL = {"n3": "number", "p2": "percent", "m1": "money", "d1": "date"}
LITERALS = ("0", "1", "2", "5", "7.5", "50", "100", "0.3333333333333333", "1000000")
FINE = "<fine>"  # decimals of shared points, as many as the score keeps: 2 at most
POLICIES = ("full", "zero", "exclude", "redistribute", "redistribute_equally")


class Drawn:
    """A ruleset in the making; what is drawn first decides what may follow."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.count = 0
        self.names: list[str] = []  # of lines, for references
        self.rated: list[str] = []
        self.derived: list[str] = []
        self.lenient = False  # whether a missing value has a policy where the next method stands

    def one(self, *items: str) -> str:
        return self.chance.choice(items)

    def odds(self, times: int) -> bool:
        """Return true once in so many times."""
        return not self.chance.randrange(times)

    def number(self, depth: int = 2, row: str = "") -> str:
        """Return a numeric expression without a unit."""
        if depth <= 0 or self.odds(3):
            names = [*NUMBERS, *self.derived]
            if row:
                names += [f"{row}.size"] * 3
            return self.one(*names, self.one(*LITERALS))
        left, right = self.number(depth - 1, row), self.number(depth - 1, row)
        return self.one(
            f"({left} + {right})", f"({left} - {right})", f"({left} * {right})",
            f"({left} / {right})", f"-{left}" if left[0] != "-" else left,
            f"min({left}, {right})", f"max({left}, {right})", f"abs({left})",
            f"round({left}, 2)", f"floor({left})", f"{left} ** 2" if left[0].isalpha() else left,
            f"({left} if {self.condition(depth - 2)} else {right})",
            "sum(e.size for e in rows if e.block == \"产出\")", "m0 / 100万元", "days(d0 - date(\"2022-12-31\"))",
            f"(n3 if known(n3) else {left})", "count(e.size > 1 for e in rows)",
            "max(e.size for e in rows)", "number(\"≥95\")", "year(d0)",
        )  # fmt: skip

    def condition(self, depth: int = 1, row: str = "") -> str:
        """Return a condition."""
        if depth <= 0 or self.odds(3):
            op = self.one("<", "<=", ">", ">=", "==", "!=")
            return self.one(
                "f0", f"{self.number(depth, row)} {op} {self.number(depth, row)}", f"p0 {op} 60%",
                f"p1 {op} share", f"m0 {op} 100万元", 'grade3 == "好"', f'grade3 {op} "中"',
                'grade3 in ["好", "中"]', '"①" in set3', 'd0 > date("2022-12-31")',
                "known(n3) and n3 > 1", "known(f1) and f1", "c0 in [1, 2, 5]",
                "50% < p0 <= share", "any(e.size > 3 for e in rows)",
                *([f"{row}.size {op} 3", f'{row}.block == "产出"'] if row else []),
            )  # fmt: skip
        left, right = self.condition(depth - 1, row), self.condition(depth - 1, row)
        return self.one(f"({left}) and ({right})", f"({left}) or ({right})", f"not ({left})")

    def loose(self, *names: str) -> tuple[str, ...]:
        """Return optional names where they may stand."""
        return names if self.lenient else ()

    def method(self, points: str, depth: int = 1, row: str = "") -> str:  # noqa: C901, PLR0912 - one case each
        """Return a scoring method."""
        actual = self.one("n1", "n2", "c0", f"{row}.size" if row else "n1",
                          f"abs({self.number(1, row)})", *self.loose("n3"))  # fmt: skip
        percent = self.one("p0", "p0", "p1", *self.loose("p2", f"{row}.done" if row else "p2"))
        names = ("met", "proportional", "linear", "bands", "levels", "checklist", "deduct",
                 "deadline", "survey", "formula", "mix", "either", "target")  # fmt: skip
        name = self.one(*(names if depth else names[:10]))
        match name:
            case "met":
                other = self.one("", ", otherwise: 30%", f", otherwise: {points} / 2")
                return f"{{method: met, when: '{self.condition(1, row)}'{other}}}"
            case "proportional":
                return self._proportional(actual, percent, row)
            case "linear":
                return self.one(
                    f"{{method: linear, actual: {percent}, zero_at: 50%, full_at: 95%}}",
                    f"{{method: linear, actual: '{actual}', zero_at: 90, full_at: n2 / 3}}",
                    f"{{method: linear, actual: {percent}, zero_at: [60%, 140%],"
                    " between: [95%, 105%]}",
                )
            case "bands":
                return self._bands(actual, percent)
            case "levels":
                return self._levels(row)
            case "checklist":
                return self.one(
                    "{method: checklist, actual: set3, elements: [{id: ①, share: 40%, "
                    f"required: {self.one('true', 'false')}}}, {{id: ②, share: 33.3%}}, "
                    "{id: ③, share: 26.7%}]}",
                    f"{{method: checklist, elements: [{{id: a, share: 50%, when: '{self.condition(1, row)}'}}, "
                    f"{{id: b, share: 50%, when: '{self.condition(0, row)}'}}]}}",
                )
            case "deduct":
                return self._deduct(actual, percent, row)
            case "deadline":
                late = self.one("", ", per: 10, lose: 12.5%", ", per: 7, lose: 1%, whole_steps: true",
                                ", per: 30, lose: 20%, at_most: 50%, grace: 5")  # fmt: skip
                return f'{{method: deadline, actual: {self.one("d0", *self.loose("d1"))}, due: date("2022-12-31"){late}}}'
            case "survey":
                values = "values: {满意: 100%, 一般: 62.5%, 不满意: 0%}"
                then = self.one(
                    "", ", digits: 2", ", then: {method: linear, zero_at: 60%, full_at: 90%}",
                    ", digits: 1, then: {method: bands, bands: [{at_least: 90%, share: 100%}, {else: 10%}]}",
                )  # fmt: skip
                return f"{{method: survey, actual: answers, {values}{then}}}"
            case "formula":
                return self.one(
                    f"{{method: formula, rate: {percent}}}",
                    f"{{method: formula, rate: 'min(1, max(0, {self.number(2, row)}))'}}",
                    f"{{method: formula, points: 'min({points}, max(0, {self.number(1, row)}))'}}",
                )
            case "mix":
                one, two = self.method(points, 0, row), self.method(points, 0, row)
                return f"{{method: mix, of: [{{share: 60%, score: {one}}}, {{share: 40%, score: {two}}}]}}"
            case "either":
                return self._either(points, row)
            case _:
                return self._target(row)

    def _proportional(self, actual: str, percent: str, row: str) -> str:
        better = self.one("", ", better: lower", ", better: higher")
        limit = self.one("", "", ", floor: 30%", ", cap: 90%", ", floor: 20%, cap: share")
        zero = self.one("", ", zero_target: full", ", zero_target: zero")
        over = "" if "lower" in better else self.one(
            "", "", ", over: {above: 120%, slope: 0.5}", ", over: {above: 130%, flag: true}")  # fmt: skip
        pair = self.one(
            f"actual: {percent}, target: 80%", f"actual: '{actual}', target: n2",
            f"actual: m0, target: {self.one('100万元', *self.loose('m1'))}",
            f"actual: '{actual}', target: '{self.number(1, row)}'",
        )  # fmt: skip
        return f"{{method: proportional, {pair}{better}{limit}{zero}{over}}}"

    def _bands(self, actual: str, percent: str) -> str:
        return self.one(
            f"{{method: bands, actual: {percent}, bands: [{{above: 90%, share: 100%}}, "
            "{at_least: share, share: 60%}, {else: 0%}]}",
            f"{{method: bands, actual: '{actual}', bands: [{{at_least: 100, share: 80%}}, "
            "{at_least: 100 / 3, share: 33.3%}, {above: 0, share: 10%}, {at_least: 0, share: 5%}, {else: 0%}]}",
            f"{{method: bands, actual: {percent}, within: linear, bands: [{{at_least: 90%, share: 100%}}, "
            "{at_least: 60%, share: [90%, 50%]}, {else: 0%}]}",
        )  # fmt: skip

    def _levels(self, row: str) -> str:
        level = self.one("grade3", *self.loose("level3", f"{row}.level" if row else "level3"))
        anchors = self.one("", "", ", anchors: {好: {text: 有报告, evidence: true}}")
        return self.one(
            f"{{method: levels, level: {level}, shares: {{好: 100%, 中: 60%, 差: 0%}}{anchors}}}",
            f"{{method: levels, level: {level}, shares: worth{anchors}}}",
            f"{{method: levels, level: {level}, default: {self.one('top', 'middle', 'bottom')}, "
            f"shares: {{好: [100%, 80%], 中: [80%, share], 差: [share, 0%]}}{anchors}}}",
            f"{{method: levels, level: {level}, default: middle, chosen: p2, "
            "shares: {好: [100%, 80%], 中: [80%, 50%], 差: [50%, 0%]}}",
        )

    def _deduct(self, actual: str, percent: str, row: str) -> str:
        most = self.one("", ", at_most: 50%")
        return self.one(
            f"{{method: deduct, kinds: [{{count: c0, lose: 10%}}, {{count: '{actual}', lose: 0.5, at_most: 1}}]{most}}}",
            f"{{method: deduct, actual: {percent}, side: {self.one('above', 'below')}, from: 80%, per: 5%, "
            f"lose: {self.one('10%', '0.5')}, whole_steps: {self.one('true', 'false')}{most}}}",
            f"{{method: deduct, actual: '{actual}', side: above, from: 10, per: '{self.number(1, row)}', lose: 3%}}",
        )  # fmt: skip

    def _either(self, points: str, row: str) -> str:
        ways = [self.method(points, 0, row) for _ in range(3)]
        if self.odds(3):
            parts = ", ".join(
                f"{{id: {label}, score: {way}}}" for label, way in zip("好中差", ways, strict=True)
            )
            return f"{{method: either, pick: {{declared: grade3}}, of: [{parts}]}}"
        when = [self.one("", f"applies_when: '{self.condition(1, row)}', ") for _ in ways]
        parts = ", ".join(
            f"{{id: w{place}, {when[place]}score: {way}}}" for place, way in enumerate(ways)
        )
        return f"{{method: either, pick: {self.one('best', 'first_applicable')}, of: [{parts}]}}"

    def _target(self, row: str) -> str:
        if not row:
            return f"{{method: formula, rate: {self.one('p0', *self.loose('p2'))}}}"
        plain = self.one("at_least", "at_most", "equal", "refuse")
        level = self.one("", f", level: {row}.level, default: top")
        late = self.one("", "", "", ", late: {method: met, when: f0}", ", year: as_of")
        return f"{{method: target, target: {row}.target, actual: {row}.actual, plain: {plain}{level}{late}}}"

    def policies(self) -> str:
        found = self.one("", "", ", missing: zero", ", missing: not_applicable")
        self.lenient = found != ""
        if self.odds(3):
            found += f", applies_when: '{self.condition(1)}'"
        if self.odds(2):
            found += f", not_applicable: {self.one(*POLICIES)}"
        if self.odds(8):
            found += f", unverified: {self.one(*POLICIES)}"
        if self.odds(8):
            found += f", rounding: {{digits: {self.one('0', '1', '3')}, mode: {self.one('half_up', 'floor', 'half_even')}}}"
        return found

    def finding(self, row: str = "") -> str:
        if not self.odds(4):
            return ""
        when = self.one("rate < 60%", "score < points / 2", f"rate * {self.number(1, row)} > 30%",
                        'state == "scored" and rate == 100%')  # fmt: skip
        return f", finding: {{when: '{when}', problem: 低}}"

    def leaf(self, indent: str, points: str | None) -> list[str]:
        self.count += 1
        name = f"l{self.count}"
        self.names.append(name)
        self.rated.append(name)
        size = f"points: {points}" if points is not None else f"weight: {self.one('1', '3', '0.5')}"
        scored = ", scored: false" if points is None and self.odds(6) else ""
        policies = self.policies()
        method = self.method(points or "1")
        return [
            f"{indent}- {{id: {name}, {size}{scored}{policies}{self.finding()}, score: {method}}}"
        ]

    def sheet(self, indent: str, points: str) -> list[str]:
        self.count += 1
        name = f"s{self.count}"
        self.names.append(name)
        where = self.one("known(t.points)", "known(t.points)", 't.block == "产出"', "")
        shown = f", where: '{where}'" if where else ""
        split = not where or "known" not in where
        each = f"{{row: t, in: rows{shown}, key: t.name}}"
        fine = self.one("0", FINE) if split else ""
        size = f"split: {{points: {points}, digits: {fine}}}" if split else "points_of: t.points"
        policies = self.policies()
        kept = next((digit for digit in "013" if f"rounding: {{digits: {digit}" in policies), "")
        size = size.replace(FINE, "2" if kept == "3" else kept or FINE)
        method = self.method("1", 1, "t")
        start = f"{indent}- {{id: {name}, points: {points}, for_each: {each}, {size}"
        return [f"{start}{policies}{self.finding('t')}, score: {method}}}"]

    def branch(self, indent: str, points: int | None, depth: int) -> list[str]:
        self.count += 1
        name = f"b{self.count}"
        self.names.append(name)
        how = self.one("sum", "sum", "sum", "weighted_mean", "geometric_mean", "minimum")
        if points is None:
            how = self.one("weighted_mean", "minimum", "geometric_mean")
        size = f"points: {points}" if points is not None else "weight: 2"
        lines = [f"{indent}- id: {name}", f"{indent}  {size}", f"{indent}  aggregate: {how}"]
        if self.odds(4):
            lines.append(f"{indent}  applies_when: '{self.condition(1)}'")
            lines.append(f"{indent}  missing: {self.one('zero', 'not_applicable', 'error')}")
        if self.odds(3):
            lines.append(f"{indent}  not_applicable: {self.one(*POLICIES)}")
        lines.append(f"{indent}  indicators:")
        if how == "sum" and points is not None:
            return lines + self.level(f"{indent}    ", points, depth - 1)
        for _ in range(self.chance.randrange(1, 4)):
            if depth > 0 and self.odds(4):
                lines += self.branch(f"{indent}    ", None, depth - 1)
            else:
                lines += self.leaf(f"{indent}    ", None)
        return lines

    def level(self, indent: str, points: int, depth: int) -> list[str]:
        """Return the lines of one level, whose points add up."""
        lines: list[str] = []
        left = points
        while left:
            part = left if self.odds(4) or left < 3 else self.chance.randrange(1, left + 1)
            left -= part
            kind = self.chance.randrange(8)
            if depth > 0 and kind < 3:
                lines += self.branch(indent, part, depth)
            elif kind == 3:
                lines += self.sheet(indent, str(part))
            else:
                lines += self.leaf(indent, str(part))
        return lines

    def text(self) -> str:
        """Return the whole ruleset."""
        derive = "derive:\n"
        for place in range(self.chance.randrange(3)):
            derive += f"  x{place}: '{self.number(2)}'\n"
            self.derived.append(f"x{place}")
        if self.odds(2):
            choose = self.one("first", "unique")
            derive += (
                f"  light: {{of: [绿, 黄, 红], choose: {choose}, rows: [{{when: '{self.condition(1)}', "
                f"then: 红}}, {{when: '{self.condition(0)}', then: 黄}}, {{else: 绿}}]}}\n"
            )
        top = self.one("sum", "sum", "sum", "sum", "weighted_mean")
        body = f"aggregate: {top}\nindicators:\n" + "\n".join(self.level("  ", 100, 2)) + "\n"
        rounding = self.one("", "rounding: {leaf: 1, total: 2}\n", "rounding: {digits: 0}\n",
                            "rounding: {leaf: 2, total: 1, mode: floor}\n")  # fmt: skip
        kept = next((digit for digit in "01" if f": {digit}, t" in rounding), "2")
        body = body.replace(FINE, "0" if "digits: 0" in rounding else kept)
        start = HEAD + rounding + INPUTS + (derive if derive != "derive:\n" else "")
        return start + body + self.rest()

    def rest(self) -> str:
        """Return what follows from the scores."""
        line, leaf = self.one(*self.names), self.one(*(self.rated or self.names))
        effects = ["{cap_total: 59.5}", "{cap_total: n2}", "{cap_grade: 中}", "{grade: 差}",
                   "{grade: 未能证明}", f"{{zero: {line}}}", "{flag: 注意}"]  # fmt: skip
        gates = "".join(
            f"  - {{id: g{place}, when: '{self.watch(line, leaf)}', then: {self.one(*effects)}}}\n"
            for place in range(self.chance.randrange(4))
        )
        bottom = "0"
        grades = (
            "grades: [{name: 优, at_least: 90}, {name: 中, at_least: 60}, "
            f"{{name: 差, at_least: {bottom}}}, {{name: 未能证明}}]\n"
        )
        rules = "".join(
            f"    - {{id: r{place}, when: '{self.outcome(line, leaf)}', do: {{code: c{self.amount()}}}}}\n"
            for place in range(self.chance.randrange(4))
        )
        bonus = "adjustments: [{id: bonus, range: [-5, 5], score: 'min(5, max(-5, n4 - 7))'}]\n"
        report = f"report: {{shown: '{self.number(1)}', grade3: grade3}}\n"
        return (
            (bonus if self.odds(4) else "")
            + (f"gates:\n{gates}" if gates else "")
            + grades
            + (
                f"decisions:\n  match: {self.one('all', 'first')}\n  rules:\n{rules}"
                if rules
                else ""
            )
            + (report if self.odds(2) else "")
        )

    def watch(self, line: str, leaf: str) -> str:
        return self.one(
            self.condition(1), "total < 60", f"rate.{leaf} < 60%",
            f'state.{line} == "scored"', "complete < 90%", f"any(l.rate < 50% for l in leaves({line}))",
            f"known(n3) and rate.{leaf} * n3 > 20%",
        )  # fmt: skip

    def outcome(self, line: str, leaf: str) -> str:
        return self.one(
            'grade == "优"', 'grade >= "中"', f"rate.{line} < 80%", f"score.{leaf} > 1",
            f"total >= 60 and rate.{leaf} < share", f'state.{leaf} == "scored" and rate.{leaf} > 0%',
            self.condition(1),
        )  # fmt: skip

    def amount(self) -> str:
        return self.one("", "", ", amount: m0 * share", ", due: d0 + 10", ", amount: total * 2")


def any_ruleset(chance: random.Random) -> str:
    """Return the text of a ruleset; nearly all of them are sound."""
    return Drawn(chance).text()
