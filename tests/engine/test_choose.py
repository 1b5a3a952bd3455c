"""A derived value's table: its first true row, or its only one."""

import pytest

from tests.small import refused, score

TABLE = """
    inputs: {{gap: {{type: percent}}}}
    derive:
      light:
        of: [红, 黄, 绿]
        choose: {choose}
        rows: [{{when: gap > 20%, then: 红}}, {{when: gap > 10%, then: 黄}}, {{else: 绿}}]
    report: {{light: light}}
"""


@pytest.mark.parametrize(("gap", "light"), [("21%", "红"), ("20%", "黄"), ("10%", "绿")])
def test_the_first_true_row_counts(gap: str, light: str) -> None:
    assert score(TABLE.format(choose="first"), gap=gap).report == {"light": light}


def test_two_true_rows_are_a_fault_where_one_has_to_be() -> None:
    assert score(TABLE.format(choose="unique"), gap="15%").report == {"light": "黄"}
    assert refused(TABLE.format(choose="unique"), gap="21%") == ["PRF539"]
