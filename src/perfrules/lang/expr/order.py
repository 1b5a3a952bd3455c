"""Whether tokens can follow each other: every slip of writing has its own sentence.

Nesting and repetition are counted here, before a parser sees the text.
"""

from dataclasses import dataclass, field
from typing import Final

from perfrules.errors import Text
from perfrules.lang.expr.faults import ExprFault
from perfrules.lang.expr.lex import SIGNS, UNITS, WORD_SIGNS, Lexed, Token

MOST_BRACKETS: Final = 100  # open at once: Python's own tokenizer gives up at 200
MOST_PREFIXES: Final = 32  # `-` and `not` in a row
MOST_CHOICES: Final = 32  # `if` in one expression: each nests in the one before

_INFIX: Final = frozenset({"+", "-", "*", "/", "**", "==", "!=", "<", "<=", ">", ">="})
_INFIX_WORDS: Final = frozenset({"and", "or", "in", "if", "else", "for"})
_CLOSES: Final = {")": "(", "]": "["}
_OPENS: Final = {"(": ")", "[": "]"}


def too_much(start: int, end: int, zh: str, en: str, most: int) -> ExprFault:
    """Return the fault of a text with more than *most* of something."""
    return ExprFault("PRF303", start, end, {"what": Text(zh, en), "most": most})


@dataclass(slots=True)
class Order:
    """Whether the tokens can follow each other; the first break in the order is reported."""

    lexed: Lexed
    broken: bool = False
    previous: Token | None = None
    brackets: list[tuple[Token, bool]] = field(default_factory=list)  # with: is it a call's
    prefixes: int = 0
    choices: int = 0

    def without_keywords(self) -> list[Token]:
        """Return the tokens without `name =` in a call, each reported: arguments have no names."""
        kept: list[Token] = []
        calls: list[bool] = []
        for token in self.lexed.tokens:
            if token.text == "(" and token.kind == "op":
                calls.append(bool(kept) and kept[-1].kind == "name")
            elif token.text == ")" and calls:
                calls.pop()
            if (
                token.text == "="
                and calls
                and calls[-1]
                and kept[-1].kind == "name"
                and kept[-2].text in ("(", ",")
            ):
                name = kept.pop()
                self.lexed.faults.append(
                    ExprFault(
                        "PRF323",
                        name.start,
                        token.end,
                        {
                            "function": name.text,
                            "problem": Text(
                                "参数按位置给出，不写名称", "arguments go by place, without names"
                            ),
                        },
                    )
                )
                continue
            kept.append(token)
        return kept

    def signs(self, tokens: list[Token]) -> None:
        """Report the signs that aren't ours; others were reported by their character."""
        if any(fault.code == "PRF308" for fault in self.lexed.faults):
            self.broken = True
        for token in tokens:
            if token.kind == "bad":
                self.broken = True
                if token.text.isascii():
                    self.lexed.faults.append(_sign_fault(token))

    def fail(self, code: str, token: Token, hint: Text | None = None, **args: object) -> None:
        """Report the break; nothing after it is looked at."""
        self.broken = True
        self.lexed.faults.append(ExprFault(code, token.start, token.end, args, hint))

    def check(self, tokens: list[Token]) -> None:
        """Walk the tokens: a value, an operator, a value …, with brackets that close."""
        if not tokens:
            if not self.lexed.faults:
                self.lexed.faults.append(ExprFault("PRF301", 0, len(self.lexed.text)))
            self.broken = True
            return
        value_next = True
        for token in tokens:
            value_next = self._value(token) if value_next else self._operator(token)
            if self.broken:
                return
            self.previous = token
        if value_next:
            self._missing(None)
        elif self.brackets:
            token = self.brackets[-1][0]
            self.fail("PRF312", token, sign=token.text, partner=_OPENS[token.text])

    def _value(self, token: Token) -> bool:
        """Take *token* where a value must stand; return whether a value is still missing."""
        before = self.previous.text if self.previous else ""
        if before == ".":
            if token.kind != "name":
                self._missing(token)
            return False
        if token.kind in ("number", "text", "name"):
            self.prefixes = 0
            return False
        if token.text in ("(", "["):
            self._open(token, call=False)
            return True
        if token.text in ("-", "not"):
            self.prefixes += 1
            if self.prefixes > MOST_PREFIXES:
                self.broken = True
                self.lexed.faults.append(
                    too_much(
                        token.start,
                        token.end,
                        "连续的负号或 not",
                        "minus signs or not in a row",
                        MOST_PREFIXES,
                    )
                )
            return True
        if token.text in _CLOSES and before in ("(", "[", ","):
            return self._close(token)
        if token.text in ("*", "**") and before in ("(", ",", "["):
            self.fail(
                "PRF314", token, what=Text(f"{token.text} 展开", f"unpacking with {token.text}")
            )
            return True
        self._missing(token)
        return True

    def _operator(self, token: Token) -> bool:
        """Take *token* where an operator may stand; return whether a value must follow."""
        before = self.previous
        if (
            before is not None
            and before.text == "not"
            and before.kind == "word"
            and token.text != "in"
        ):
            self.fail(
                "PRF311",
                token,
                before="not",
                found=token.text,
                hint=Text("请写 not in", "write not in"),
            )
            return True
        if token.text in (_INFIX if token.kind == "op" else _INFIX_WORDS) and token.kind in (
            "op",
            "word",
        ):
            self.choices += token.text == "if"
            if self.choices > MOST_CHOICES:
                self.broken = True
                self.lexed.faults.append(
                    too_much(token.start, token.end, "if 的个数", "uses of if", MOST_CHOICES)
                )
            return True
        if token.text == "not" and token.kind == "word":
            return False
        if token.kind == "op" and token.text == "(":
            self._open(token, call=True)
            return True
        if token.kind == "op" and token.text == "[":
            self.fail(
                "PRF314",
                token,
                Text(
                    "表的列写作 行.列，参数表用 lookup(表, 键)",
                    "a column is row.column, a map is read by lookup(map, key)",
                ),
                what=Text("方括号取值", "a value in square brackets"),
            )
            return True
        if token.kind == "op" and token.text in _CLOSES:
            return self._close(token)
        if token.kind == "op" and token.text in (".", ","):
            return True
        self._adjacent(token)
        return True

    def _open(self, token: Token, *, call: bool) -> None:
        self.prefixes = 0
        self.brackets.append((token, call))
        if len(self.brackets) > MOST_BRACKETS:
            self.broken = True
            self.lexed.faults.append(
                too_much(
                    token.start, token.end, "同时打开的括号", "brackets open at once", MOST_BRACKETS
                )
            )

    def _close(self, token: Token) -> bool:
        if not self.brackets or self.brackets[-1][0].text != _CLOSES[token.text]:
            self.fail("PRF312", token, sign=token.text, partner=_CLOSES[token.text])
        else:
            self.brackets.pop()
        return False

    def _missing(self, token: Token | None) -> None:
        """Report that a value is missing before *token*, or at the end."""
        here = token or self.previous
        if here is None:  # not reached: an empty text was reported before
            return
        before = self.previous.text if self.previous else ""
        if token is None:
            place = Text(f"{before} 之后", f"after {before}")
        elif before:
            place = Text(f"{before} 与 {token.text} 之间", f"between {before} and {token.text}")
        else:
            place = Text(f"{token.text} 之前", f"before {token.text}")
        hint = Text("去掉 +", "leave the + out") if token and token.text == "+" else None
        self.fail("PRF310", here, hint, place=place)

    def _adjacent(self, token: Token) -> None:
        """Report two values side by side, or a word that is an operator elsewhere."""
        before = self.previous
        if before is None:  # not reached: the first token is always taken as a value
            return
        if before.kind == "text" and token.kind == "text":
            self.fail("PRF309", token, value=f"{before.text} {token.text}")
        elif before.kind == "name" and token.kind == "text" and before.end == token.start:
            self.fail(
                "PRF314",
                before,
                what=Text(f"引号前的 {before.text}", f"{before.text} before a quote"),
            )
        elif token.text in WORD_SIGNS and token.kind == "name":
            better = WORD_SIGNS[token.text]
            self.fail("PRF305", token, Text(f"请写 {better}", f"write {better}"), sign=token.text)
        elif before.text in WORD_SIGNS and before.kind == "name":
            better = WORD_SIGNS[before.text]
            self.fail("PRF305", before, Text(f"请写 {better}", f"write {better}"), sign=before.text)
        else:
            hint = None
            if token.text in UNITS and before.kind == "number":
                both = before.text + token.text
                hint = Text(f"数与单位连写：{both}", f"write number and unit together: {both}")
            self.fail("PRF311", token, hint, before=before.text, found=token.text)


_CONSTRUCTS: Final = {
    "{": Text("花括号", "curly brackets"),
    "}": Text("花括号", "curly brackets"),
    ":": Text("冒号", "a colon"),
    **dict.fromkeys(
        (":=", "+=", "-=", "*=", "/=", "//=", "**="), Text("赋值", "assigning a value")
    ),
}


def _sign_fault(token: Token) -> ExprFault:
    if token.text in _CONSTRUCTS:
        what = _CONSTRUCTS[token.text]
        return ExprFault("PRF314", token.start, token.end, {"what": what})
    hint = None
    if token.text == "%":
        hint = Text(
            "百分号紧跟在数后面，例如 80%；没有求余运算",
            "% stands directly behind a number, as in 80%; there is no remainder",
        )
    elif token.text in SIGNS:
        hint = Text(f"请写 {SIGNS[token.text]}", f"write {SIGNS[token.text]}")
    elif token.text == "?":
        hint = Text("请写 a if 条件 else b", "write a if condition else b")
    return ExprFault("PRF305", token.start, token.end, {"sign": token.text}, hint)
