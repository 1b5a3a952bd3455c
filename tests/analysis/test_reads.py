"""What plan data reads: names of expressions, tables of generators, derived values followed."""

from perfrules.analysis.reads import behind, exprs, names
from perfrules.lang.load import load_ruleset

TEXT = """\
ruleset: a
version: "1.0"
title: a
total: 100
inputs:
  one: {type: number}
  two: {type: number, max: 9}
  rows: {type: table, columns: {n: {type: number}}}
derive:
  sums: sum(r.n for r in rows)
  both: one + sums
  other: two * 2
indicators:
  - {id: i, points: 100, score: {method: met, when: both > 3}}
grades: [{name: 优, at_least: 0}]
decisions:
  rules: [{id: d, when: other > 3, do: {code: d}}]
"""
PLAN = load_ruleset(TEXT)


def test_behind_follows_derived_values_and_tables() -> None:
    assert behind(PLAN, exprs(PLAN.indicators)) == {"both", "one", "sums", "rows"}
    assert behind(PLAN, exprs(PLAN.decisions)) == {"other", "two"}


def test_names_and_skipped_fields() -> None:
    (when,) = exprs(PLAN.indicators[0].method)
    assert names(when) == {"both"}
    assert list(exprs(PLAN.decisions, frozenset({"when"}))) == []
