"""The options of `perfrules check --prove`, apart from what a proof needs to be loaded."""

import argparse
from collections.abc import Callable
from decimal import Decimal

from perfrules.decimals import HUNDRED, parse_decimal
from perfrules.errors import Text, UsageError
from perfrules.messages import diagnose


def proof_options(
    parser: argparse.ArgumentParser, count: Callable[..., Callable[[str], int]]
) -> None:
    """Add the options of a proof; *count* reads whole numbers."""
    parser.add_argument(
        "--prove",
        action="store_true",
        help="证明没有到不了的等级、矛盾的决定等 prove what can't be",
    )
    for option, start, shown in (
        ("--seed", 1, "搜索种子 of the search"),
        ("--effort", 3000, "试多少个单位 units to try"),
    ):
        least = 0 if option == "--seed" else 1
        parser.add_argument(
            option, type=count(option, least=least), default=start, metavar="N", help=shown
        )
    parser.add_argument(
        "--jump", type=jump, metavar="50%", help="一个界限最多跳变多少 most points at one threshold"
    )


def jump(text: str) -> Decimal:
    """Return the share that `--jump` names; PRF646 where it is none.

    >>> jump("50%")
    Decimal('0.5')
    """
    found = parse_decimal(text.removesuffix("%")) if text.endswith("%") else None
    if found is None or not 0 <= found <= HUNDRED:
        expected = Text("百分比，如 50%", "a percentage, such as 50%")
        raise UsageError((diagnose("PRF646", option="--jump", value=text, expected=expected),))
    return found / HUNDRED
