"""An expression's text → tokens, with every literal taken exactly from what was written.

Nothing of the text reaches Python's parser: names, numbers and quoted texts become placeholders of
the same width (`____`, `0000`, `'__'`), so that a place in the placeholder is a place in the text,
`80%` and `100万元` are one literal, and no word of Python can be written.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal
from unicodedata import category, normalize
from unicodedata import name as unicode_name

from perfrules.decimals import CONTEXT, HUNDRED, fits, parse_decimal
from perfrules.errors import Text
from perfrules.lang.expr.faults import ExprFault
from perfrules.lang.types import DAYS, NUMBER, PERCENT, TEXT, UNKNOWN, Kind, Type
from perfrules.lang.units import MONEY_FACTORS

LONGEST: Final = 2_000  # characters of one expression

TokenKind = Literal["number", "text", "name", "word", "op", "bad", "end"]

WORDS: Final = frozenset({"and", "or", "not", "in", "if", "else", "for"})

_CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
_TOKEN: Final = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+)
    | (?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
    | (?P<text>"[^"]*"|'[^']*')
    | (?P<name>(?:[^\W\d]|[{_CJK}])[\w{_CJK}]*)
    | (?P<bad>===|!==|\*\*=|//=|&&|\|\||<>|=>|=<|:=|\+=|-=|\*=|/=|->|<<|>>|//
             |!(?!=)|=(?!=)|[&|~^%@$?:;{{}}\\`])
    | (?P<op>\*\*|==|!=|<=|>=|[-+*/<>()\[\],.])
    """,
    re.VERBOSE,
)
_TAIL: Final = re.compile(rf"%|[\w.{_CJK}]+")
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9.])")
_DAY_UNITS: Final = frozenset({"天", "日"})
UNITS: Final = frozenset(MONEY_FACTORS) | _DAY_UNITS

# What another language, a spreadsheet or an input method writes, and what is written here.
SIGNS: Final = {
    "&&": "and",
    "&": "and",
    "∧": "and",
    "||": "or",
    "|": "or",
    "∨": "or",
    **dict.fromkeys("!~！", "not"),
    "<>": "!=",
    "!==": "!=",
    "≠": "!=",
    "=>": ">=",
    "≥": ">=",
    "≧": ">=",
    "⩾": ">=",
    "=<": "<=",
    "≤": "<=",
    "≦": "<=",
    "⩽": "<=",
    "=": "==",
    "===": "==",
    "＝": "==",
    "＞": ">",
    "＜": "<",
    "//": "floor(a / b)",
    "^": "**",
    "（": "(",
    "）": ")",
    "【": "[",
    "】": "]",
    **dict.fromkeys("，、", ","),
    **dict.fromkeys("“”「」", '"'),
    **dict.fromkeys("‘’", "'"),
    "＋": "+",
    **dict.fromkeys("－–—−", "-"),
    **dict.fromkeys("×＊", "*"),
    **dict.fromkeys("÷／", "/"),
    "％": "%",
    **dict.fromkeys("。．", "."),
    "\u3000": "空格 (space)",
}
WORD_SIGNS: Final = {
    "AND": "and", "And": "and", "OR": "or", "Or": "or", "NOT": "not", "Not": "not", "IN": "in",
    "IF": "if", "ELSE": "else", "is": "==", "且": "and", "并且": "and", "或": "or", "或者": "or",
    "非": "not", "mod": "%", "等于": "==", "大于": ">", "小于": "<",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One sign, word or literal; `type` and `value` of a literal, UNKNOWN where it was refused."""

    kind: TokenKind
    text: str
    start: int
    end: int
    type: Type = UNKNOWN
    value: object = None


@dataclass(slots=True)
class Lexed:
    """The tokens of a text, and what is wrong with its signs and literals."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    faults: list[ExprFault] = field(default_factory=list)


def lex(text: str) -> Lexed:
    """Return the tokens of *text*, at most `LONGEST` characters, every character accounted for.

    >>> [(token.text, token.value) for token in lex("x > 80%").tokens]
    [('x', None), ('>', None), ('80%', Decimal('0.8'))]
    """
    out = Lexed(text)
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            at = _unknown(out, at)
        elif found.lastgroup == "number":
            at = _number(out, found.group(), at)
        else:
            at = found.end()
            if found.lastgroup == "text":
                _quoted(out, found.group(), found.start())
            elif found.lastgroup == "name":
                _name(out, found.group(), found.start())
            elif found.lastgroup in ("op", "bad"):
                kind: TokenKind = "op" if found.lastgroup == "op" else "bad"
                out.tokens.append(Token(kind, found.group(), found.start(), at))
    return out


def _unknown(out: Lexed, at: int) -> int:
    """Note what no token starts with; return where to go on."""
    sign = out.text[at]
    if sign in "'\"":
        out.faults.append(ExprFault("PRF308", at, at + 1, {"sign": sign}))
        return len(out.text)
    if sign == "#":
        out.faults.append(ExprFault("PRF313", at, len(out.text)))
        for place in range(at, len(out.text)):
            if _hidden(out.text[place]):
                out.faults.append(_char_fault(out.text[place], place))
        return len(out.text)
    out.faults.append(_char_fault(sign, at))
    run = re.compile(r"\w+").match(out.text, at)
    if run and sign not in SIGNS:
        # Digits of another script: refused once, then of unknown type, without followers.
        out.tokens.append(Token("name", run.group(), at, run.end()))
        return run.end()
    if sign in SIGNS and sign != "\u3000":
        out.tokens.append(Token("bad", sign, at, at + 1))
    return at + 1


def _hidden(sign: str) -> bool:
    """Return whether *sign* can't be seen: control, format, surrogate, private or odd space."""
    return (
        category(sign)[0] == "C"
        or category(sign) in ("Zl", "Zp")
        or sign in "\u00a0\u3164\u115f\u1160"
    )


def _char_fault(sign: str, at: int) -> ExprFault:
    shown = sign if sign.isprintable() else ""
    args: dict[str, object] = {
        "sign": shown,
        "point": f"U+{ord(sign):04X} {unicode_name(sign, '')}".rstrip(),
    }
    folded = normalize("NFKC", sign)
    better = SIGNS.get(sign) or (
        folded if folded != sign and folded.isascii() and folded.isprintable() else ""
    )
    if better.strip():
        return ExprFault("PRF304", at, at + 1, args, Text(f"请写 {better}", f"write {better}"))
    if sign.isalpha() and not sign.isascii():
        hint = Text(
            f"{args['point']} 看起来像英文字母，请改用键盘上的字母",
            f"{args['point']} may look like a letter of the keyboard: type that one",
        )
        return ExprFault("PRF304", at, at + 1, args, hint)
    return ExprFault("PRF304", at, at + 1, args)


def _quoted(out: Lexed, written: str, start: int) -> None:
    bad = [place for place, sign in enumerate(written) if _hidden(sign) or sign == "\\"]
    out.faults += [_char_fault(written[place], start + place) for place in bad[:1]]
    kind = UNKNOWN if bad else TEXT
    out.tokens.append(Token("text", written, start, start + len(written), kind, written[1:-1]))


def _name(out: Lexed, written: str, start: int) -> None:
    end = start + len(written)
    if written in WORDS:
        out.tokens.append(Token("word", written, start, end))
        return
    good = re.fullmatch(f"[A-Za-z_{_CJK}][A-Za-z0-9_{_CJK}]*", written)
    if good and normalize("NFKC", written) == written:
        out.tokens.append(Token("name", written, start, end, NUMBER))
        return
    for place, sign in enumerate(written):
        if not re.fullmatch(f"[A-Za-z0-9_{_CJK}]", sign) or normalize("NFKC", sign) != sign:
            out.faults.append(_char_fault(sign, start + place))
            break
    out.tokens.append(Token("name", written, start, end, UNKNOWN))


def _number(out: Lexed, digits: str, start: int) -> int:
    """Read a number with the unit directly behind it; return where it ends."""
    day = _DAY.match(out.text, start)
    if day is not None:  # nobody subtracts like this
        better = f'date("{day.group()}")'
        hint = Text(f"请写 {better}", f"write {better}")
        out.faults.append(ExprFault("PRF306", start, day.end(), {"value": day.group()}, hint))
        out.tokens.append(Token("number", day.group(), start, day.end(), UNKNOWN, None))
        return day.end()
    tail = _TAIL.match(out.text, start + len(digits))
    unit = tail.group() if tail else ""
    end = start + len(digits) + len(unit)
    written = out.text[start:end]
    follower = _TAIL.match(out.text, end) if unit == "%" else None
    if follower and follower.group() != "%":
        end += len(follower.group())
        unit += follower.group()
        written = out.text[start:end]
    fault, kind, value = _value(digits, unit, written)
    if fault is not None:
        at = start + len(digits) if fault[0] == "PRF318" else start  # where the name would begin
        out.faults.append(ExprFault(fault[0], at, end, {"value": written}, fault[1]))
    out.tokens.append(Token("number", written, start, end, kind, value))
    return end


_Found = tuple[tuple[str, Text] | None, Type, object]


def _value(digits: str, unit: str, written: str) -> _Found:
    value = parse_decimal(digits)
    if re.match("0[0-9]", digits):
        better = digits.lstrip("0") or "0"
        better = f"0{better}" if better.startswith(".") else better
        return ("PRF306", Text(f"请写 {better}", f"write {better}")), UNKNOWN, None
    if value is None or not fits(value):
        return _literal("最多34位数字且小于 1e25", "at most 34 digits and below 1e25")
    if not unit:
        return None, NUMBER, value
    if unit == "%":
        return _checked(CONTEXT.divide(value, HUNDRED), PERCENT)
    if unit in _DAY_UNITS:
        return None, DAYS, value
    if unit in MONEY_FACTORS:
        return _checked(CONTEXT.multiply(value, MONEY_FACTORS[unit]), Type(Kind.MONEY, unit=unit))
    return _odd(digits, unit, written)


def _checked(value: Decimal, kind: Type) -> _Found:
    if not fits(value):
        return _literal("最多34位数字且小于 1e25", "at most 34 digits and below 1e25")
    return None, kind, value


def _literal(zh: str, en: str) -> _Found:
    return ("PRF306", Text(zh, en)), UNKNOWN, None


def _odd(digits: str, unit: str, written: str) -> _Found:
    """Return the fault of what stands behind a number and is no unit."""
    if re.fullmatch("[eE][0-9]*", unit):
        small = re.fullmatch("[eE][0-9]{1,2}", unit)
        better = f"{Decimal(digits + unit):f}" if small else "0.001"
        return _literal(f"请把数写全：{better}", f"write the number out: {better}")
    if digits == "0" and re.fullmatch("[xXoObB]\\w*", unit):
        return _literal("请写十进制数，例如 31", "write a decimal number, such as 31")
    if re.fullmatch("[0-9_.]+", unit):
        if "_" in unit:
            better = re.sub("_", "", written)
            return _literal(f"请写 {better}", f"write {better}")
        return _literal("一个数只有一个小数点", "a number has one decimal point")
    if unit in ("j", "J", "L", "l", "f", "d", "u"):
        return _literal(f"请写 {digits}", f"write {digits}")
    if re.match("[A-Za-z_]", unit):
        hint = Text(
            "名称不能以数字开头；数与后面的词之间请空一格",
            "a name can't begin with a digit; put a space between a number and a word",
        )
        return ("PRF318", hint), UNKNOWN, None
    known = ("%", *MONEY_FACTORS, "天")
    hint = Text(f"可用的单位：{'、'.join(known)}", f"units: {' '.join(known)}")
    if unit in ("万", "亿", "千万", "百万"):
        hint = Text(f"请写 {digits}{unit}元", f"write {digits}{unit}元")
    return ("PRF307", hint), UNKNOWN, None
