"""What options may say: each reader with a value at its edge, and one beyond it."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from perfrules.commands.values import count, delimiter, named, one_of, pair, share
from perfrules.errors import Text, UsageError

FORM = Text("写作 名称=文件", "it is written NAME=FILE")


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (one_of("--lang", "zh", "en"), "en", "en"),
        (count("--jobs", least=0), "0", 0),
        (count("--part-rows", least=1), "1000000000", 1_000_000_000),
        (count("--jobs", least=0, most=256), "256", 256),
        (share("--fail-under"), "95", Decimal(95)),
        (share("--fail-under"), "99.99%", Decimal("99.99")),
        (share("--fail-under"), "100%", Decimal(100)),
        (pair, "targets=a=b.csv", ("targets", "a=b.csv")),
        (named("--facts", FORM), "facts.csv", ("", "facts.csv")),
        (named("--results", FORM), "r=x.json", ("r", "x.json")),
        (delimiter, "|", "|"),
    ],
)
def test_what_is_read(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "code"),
    [
        (one_of("--lang", "zh", "en"), "fr", "PRF646"),
        (count("--limit", least=1), "0", "PRF646"),
        (count("--limit", least=1), "1000000001", "PRF646"),
        (count("--jobs", least=0, most=256), "257", "PRF646"),
        (count("--limit", least=1), "１", "PRF646"),
        (share("--fail-under"), "100.01", "PRF646"),
        (share("--fail-under"), "-1", "PRF646"),
        (share("--fail-under"), "much", "PRF646"),
        (pair, "targets", "PRF642"),
        (named("--results", FORM), "x.json", "PRF642"),
        (delimiter, "::", "PRF646"),
    ],
)
def test_what_is_refused(read: Callable[[str], object], text: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(text)
    assert [item.code for item in caught.value.diagnostics] == [code]
