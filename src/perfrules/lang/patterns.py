"""The patterns an id may have to match: a part of regular expressions whose cost is bounded.

Python's matcher backtracks, so a pattern is admitted by what it could cost at most on an id of 100
characters: nothing that varies may stand inside a repeated group, and the ways to split the id
among the parts that vary are counted.
"""

import re
from typing import Final

from perfrules.errors import Text

_LONGEST: Final = 100  # characters of a pattern, repetitions of a part, and characters of an id
_MOST_WAYS: Final = 1_000_000
_ESCAPES: Final = frozenset("dDwWsS")
_REPEAT = re.compile(r"[*+?]|\{([0-9]{1,3})(,([0-9]{1,3})?)?\}")
_SET = re.compile(r"\[\^?\]?(?:[^\]\[\\]|\\[^a-zA-Z0-9]|\\[dDwWsS])*\]")
_DOUBLED = re.compile(r"--|&&|~~|\|\|")

_SYNTAX = Text("不是可用的格式写法", "no pattern as they are written here")
_COST = Text(
    "重复的部分太多或嵌套，核对起来太慢", "too many or nested repetitions to check quickly"
)
_WORDS = Text("用到了编号格式里没有的写法", "something that a pattern of an id can't have")


def pattern_fault(pattern: str) -> Text | None:
    r"""Return why *pattern* can't be the pattern of an id, or None where it can.

    Allowed are characters, `.`, `[…]`, `\d \w \s`, escaped signs, groups, `|`, and the
    repetitions `? * + {n} {m,n}`.

    >>> pattern_fault("P[0-9]{5}(-[A-Z]+)?") is None, pattern_fault("(a+)+").en
    (True, 'too many or nested repetitions to check quickly')
    """
    if not pattern or len(pattern) > _LONGEST:
        return _SYNTAX
    fault = _scan(pattern)
    if fault is not None:
        return fault
    try:
        re.compile(pattern)
    except re.error:
        return _SYNTAX
    return None


def _scan(pattern: str) -> Text | None:  # noqa: C901, PLR0912 - one branch for each sign
    ways, position = 1, 0
    varies = [False]  # for each open group: whether something in it varies
    repeatable = False  # whether a repetition may follow
    closed_varies = False  # whether what it would repeat varies
    while position < len(pattern):
        sign = pattern[position]
        step = 1
        closed = False
        match sign:
            case "\\":
                escaped = pattern[position + 1 : position + 2]
                if not escaped or (escaped.isalnum() and escaped not in _ESCAPES):
                    return _WORDS
                step = 2
            case "[":
                found = _SET.match(pattern, position)
                if found is None or _DOUBLED.search(found.group()):
                    return _WORDS
                step = len(found.group())
            case "(":
                if pattern.startswith("?", position + 1):
                    if not pattern.startswith("?:", position + 1):
                        return _WORDS
                    step = 3
                varies.append(False)
                position, repeatable = position + step, False
                continue
            case ")":
                if len(varies) == 1:
                    return _SYNTAX
                closed = varies.pop()
                varies[-1] |= closed
            case "|":
                varies[-1] = True
                position, repeatable = position + 1, False
                ways *= 2
                continue
            case "*" | "+" | "?" | "{":
                repeat = _REPEAT.match(pattern, position)
                if repeat is None or not repeatable:
                    return _SYNTAX
                if closed_varies and sign != "?":
                    return _COST
                if repeat[1] is None or repeat[2] is not None:  # not {n}
                    ways *= 2 if sign == "?" else _LONGEST
                    varies[-1] = True
                position, repeatable = repeat.end(), False
                continue
            case "^" | "$" | "}" | "]":
                return _WORDS
            case _:
                pass
        position, repeatable, closed_varies = position + step, True, closed
    if len(varies) != 1:
        return _SYNTAX
    return _COST if ways > _MOST_WAYS else None
