"""Rulesets small enough to calculate by hand, for tests of what stands above the language.

The form: 20 points for executed ÷ budget, 80 for the share done, 优 from 90, 良 80, 中 60, 差 0.
With 2000, 1585.4 and 95 %: 20 × 0.7927 = 15.854 → 15.85; 80 × 0.95 = 76; together 91.85, 优.
With 100, 50 and 60 %: 10 + 48 = 58, 差.
"""

FORM = """\
ruleset: city.form
version: "1.0"
title: {zh: 市级自评表, en: City form}
basis:
  - {document: 某市绩效办法, clause: 第三条, evidence: background}
total: 100
rounding: {digits: 2}
inputs:
  budget: {type: money, unit: 万元, title: 全年预算数, min: 0}
  executed: {type: money, unit: 万元, title: 全年执行数, column: 支出, min: 0}
  done: {type: percent, title: 完成率}
  misused: {type: flag, title: 截留挪用}
indicators:
  - id: execution
    title: {zh: 预算执行率, en: budget execution}
    points: 20
    score: {method: proportional, actual: executed, target: budget, better: higher}
    finding: {when: rate < 80%, problem: 预算执行率偏低, suggestion: 加快支付}
  - id: output
    title: 产出
    points: 80
    score: {method: proportional, actual: done, target: 100%, better: higher}
gates:
  - {id: misuse, when: misused, then: {grade: 差}, reason: 存在截留挪用}
grades:
  - {name: 优, at_least: 90}
  - {name: 良, at_least: 80}
  - {name: 中, at_least: 60}
  - {name: 差, at_least: 0}
decisions:
  match: all
  rules:
    - {id: guarantee, when: grade == "优", do: {code: guarantee_funding, title: 优先保障}}
    - {id: rectify, when: rate.output < 80%, do: {code: rectify, title: 限期整改}}
"""

SHEET = """\
ruleset: city.sheet
version: "1.2"
title: 目标表
total: 100
inputs:
  targets:
    type: table
    title: 绩效目标表
    columns:
      name: {type: text, title: 指标}
      done: {type: percent, title: 完成率}
      points: {type: number, title: 分值, min: 0}
indicators:
  - id: goals
    title: 年度目标
    points: 100
    for_each: {row: t, in: targets, key: t.name}
    points_of: t.points
    score: {method: proportional, actual: t.done, target: 100%, better: higher}
grades: [{name: 优, at_least: 90}, {name: 差, at_least: 0}]
"""

CASES = """\
cases: city.form
tests:
  - name: 手算
    source: 见 sample_rulesets
    facts: {budget: 2000万元, executed: 1585.4万元, done: 95%, misused: 否}
    want:
      total: 91.85
      grade: 优
      scores: {execution: 15.85, output: 76}
      rates: {execution: 79.27%}
      states: {output: scored}
      decisions: [guarantee]
      gates: []
      findings: [execution]
      lost_first: execution
  - name: 缺一项
    facts: {budget: 2000万元, done: 95%, misused: 否}
    want_code: PRF502
"""

GOOD_FACTS = "unit: 某小学\nbudget: 2000\nexecuted: 1585.4\ndone: 95%\nmisused: 否\n"
GOOD_ROW = "某小学,2000,1585.4,95%,否"
HEADS = "unit,budget,支出,完成率,misused"
