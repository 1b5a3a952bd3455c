"""Bases keep their documents, clauses and evidence."""

from perfrules.errors import Text
from perfrules.lang.plan import Basis
from tests.small import plan


def test_bases() -> None:
    found = plan("""
    basis:
      - {document: 鄂财绩发〔2020〕3号, clause: 第三条, evidence: published, note: 摘录}
      - {document: 办法, evidence: background}
    inputs: {n: {type: number}}
    report: {n: n}
    """)
    assert found.basis == (
        Basis("鄂财绩发〔2020〕3号", "第三条", "published", Text("摘录")),
        Basis("办法", None, "background"),
    )
