"""A library, a form and rulesets made of them, held in memory."""

from collections.abc import Mapping

from perfrules.engine.program import Program
from perfrules.errors import Diagnostic, RulesetError
from perfrules.lang.load import load_ruleset
from perfrules.lang.plan import Plan
from perfrules.lang.resolve import Shelf

LIBRARY = """\
library: edu
version: "2.1"
title: 教育指标库
basis: {document: 办法, evidence: published}
inputs:
  helped: {type: count, title: 受助人数}
  eligible: {type: count, title: 应助人数, min: 1}
  level: {type: choice, of: [省, 市], title: 层级}
  spent: {type: money, unit: 万元}
  budget: {type: money, unit: 万元}
  votes: {type: survey, of: [满意, 不满意]}
  rows: {type: table, columns: {name: {type: text}, done: {type: number}}}
parameters:
  least: {value: 60%, title: 下限}
indicators:
  - id: coverage
    title: 覆盖率
    nature: quantitative
    direction: higher
    unit: "%"
    formula: helped / eligible * 100%
    standards:
      standard:
        {keys: level, values: {2020-01-01: {省: 95%, 市: 98%}, 2023-01-01: {省: 96%, 市: 99%}}}
    points: 10
    score: {method: proportional, target: "lookup(standard, level)", floor: least}
    finding: {when: rate < 100%, problem: 不足, suggestion: 补发}
    evidence: 名册
  - {id: execution, title: 执行率, score: {method: proportional, actual: spent, target: budget}}
  - {id: opinion, score: {method: survey, actual: votes, values: {满意: 100%, 不满意: 0%}}}
  - id: sheet
    for_each: {row: t, in: rows, key: t.name}
    split: {points: 10}
    score: {method: formula, rate: t.done / 100}
  - {id: opened, ask: {type: flag, title: 已公开}, score: {method: met, when: opened, otherwise: 0}}
  - id: process
    each: {missing: zero, score: {method: met, when: helped > 0, otherwise: 0}}
    indicators:
      - {id: first, points: 1}
      - id: second
        points: 2
        standards: {half: {value: 50}}
        score: {method: met, when: helped > half}
"""

FORM = """\
ruleset: city.form
version: "1.2"
title: 底表
total: 100
inputs:
  budget: {type: money, unit: 万元, title: 预算数}
  executed: {type: money, unit: 万元, title: 执行数}
  misused: {type: flag}
  quality: {type: percent}
derive: {pace: executed / budget}
indicators:
  - {id: execution, points: 40, score: {method: proportional, actual: executed, target: budget}}
  - id: output
    points: 60
    indicators:
      - {id: good, points: 60, score: {method: formula, rate: quality}}
gates:
  - {id: misuse, when: misused, then: {grade: 差}}
grades: [{name: 优, at_least: 90}, {name: 差, at_least: 0}]
decisions: {rules: [{id: praise, when: grade == "优", do: {code: praise}}]}
report: {pace: pace}
"""

FILES: Mapping[str, str] = {"edu.yaml": LIBRARY, "form.yaml": FORM}
GRADES = "grades: [{name: 优, at_least: 1}, {name: 差, at_least: 0}]\n"


def plan_of(text: str, **files: str) -> Plan:
    """Return the plan of a ruleset beside the library and the form; `a__yaml` is `a.yaml`."""
    more = {name.replace("__", "."): content for name, content in files.items()}
    return load_ruleset(text, "host.yaml", finder=Shelf({**FILES, **more}))


def program_of(text: str, **files: str) -> Program:
    """Return such a ruleset, ready to score."""
    return Program(plan_of(text, **files))


def faults_of(text: str, **files: str) -> tuple[Diagnostic, ...]:
    """Return everything wrong with such a ruleset."""
    try:
        return plan_of(text, **files).warnings
    except RulesetError as error:
        return error.diagnostics


def codes_of(text: str, **files: str) -> list[str]:
    """Return the codes of what is wrong, in order."""
    return [item.code for item in faults_of(text, **files)]


def using(nodes: str, inputs: str = "{}", total: int = 100, more: str = "") -> str:
    """Return a ruleset whose indicators are *nodes*, items of a list in flow style."""
    return (
        f'ruleset: city.host\nversion: "1.0"\ntitle: 主表\ntotal: {total}\ninputs: {inputs}\n'
        f"{more}indicators:\n{nodes}{GRADES}"
    )


def extending(more: str, base: str = "city.form@1") -> str:
    """Return a ruleset that extends the form."""
    return f'ruleset: city.variant\nversion: "1.0"\nextends: {base}\n{more}'
