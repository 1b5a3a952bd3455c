"""What can go wrong, as data: bilingual texts, places in a file, diagnostics and the exceptions.

Nothing here formats a code's sentence (`perfrules.messages` does) and nothing here reads a file: a
`Diagnostic` carries the source line it needs, so that it can be rendered anywhere, later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias
from unicodedata import east_asian_width

Lang: TypeAlias = Literal["zh", "en"]
Path: TypeAlias = tuple[str | int, ...]
Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Text:
    """A text in Chinese and English; either may be empty.

    >>> Text("预算执行率").get("en")
    '预算执行率'
    """

    zh: str = ""
    en: str = ""

    def get(self, lang: Lang) -> str:
        """Return the text in *lang*, or in the other language where that one is empty."""
        return (self.zh or self.en) if lang == "zh" else (self.en or self.zh)

    def json(self) -> dict[str, str]:
        """Return the languages that are there, in a fixed order."""
        return {lang: text for lang, text in (("zh", self.zh), ("en", self.en)) if text}

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a file: 1-based lines and columns, columns in characters, the end exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault of an author or of the facts: a code, a place, and a sentence written on purpose.

    `expected` and `value` are for programs (an editor, a form); the sentence already holds both.
    """

    code: str
    message: Text
    hint: Text = Text()
    severity: Severity = "error"
    span: Span | None = None
    excerpt: str | None = None
    path: Path = ()
    value: str | None = None
    expected: Text = Text()

    def render(self, lang: Lang = "en") -> str:
        """Return the diagnostic as a person reads it: place, sentence, source line, caret, hint."""
        word = {
            ("error", "zh"): "错误",
            ("warning", "zh"): "警告",
            ("error", "en"): "error",
            ("warning", "en"): "warning",
        }[self.severity, lang]
        place = f"{self.span}: " if self.span else ""
        lines = [f"{place}{word} {self.code}: {self.message.get(lang)}"]
        if self.span and self.excerpt is not None:
            lines += caret(self.excerpt, self.span)
        if self.hint:
            lines.append(f"  {'提示' if lang == 'zh' else 'hint'}: {self.hint.get(lang)}")
        return "\n".join(lines)

    def json(self) -> dict[str, object]:
        """Return the diagnostic as plain data, keys in a fixed order."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message.json(),
            "hint": self.hint.json(),
            "file": self.span.file if self.span else None,
            "line": self.span.line if self.span else None,
            "column": self.span.column if self.span else None,
            "end_line": self.span.end_line if self.span else None,
            "end_column": self.span.end_column if self.span else None,
            "path": list(self.path),
            "value": self.value,
            "expected": self.expected.json(),
        }

    def __str__(self) -> str:
        return self.render("en")


_WINDOW = 100  # columns of source shown at most: a 20,000 character line must not fill the screen


def width(text: str) -> int:
    """Return how many terminal columns *text* takes: CJK and full-width signs take two.

    >>> width("分值: 10")
    8
    """
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def caret(line: str, span: Span) -> list[str]:
    """Return the source line and a line of carets under *span*, aligned under Chinese text."""
    start = max(0, span.column - 1)
    stop = span.end_column - 1 if span.end_line == span.line else len(line)
    cut = max(0, start - _WINDOW // 2)
    # Only what is shown is looked at: a line may have a million characters and a hundred faults.
    window = line[cut : cut + _WINDOW]
    window = "".join(sign if sign.isprintable() or sign == "\t" else "�" for sign in window)
    shown = window.replace("\t", " ")
    head = ("…" if cut else "") + shown[: start - cut]
    marked = window[start - cut : max(stop, start + 1) - cut]
    gutter = f"{span.line:>5} | "
    tail = "…" if len(line) > cut + _WINDOW else ""
    return [
        gutter + ("…" if cut else "") + shown + tail,
        " " * 5 + " | " + " " * width(head) + "^" * max(1, width(marked)),
    ]


class PerfrulesError(Exception):
    """The base of every exception that leaves the public API."""


@dataclass(eq=False)
class DiagnosedError(PerfrulesError):
    """An error that is a list of diagnostics, in source order."""

    diagnostics: tuple[Diagnostic, ...]

    def __str__(self) -> str:
        return "\n".join(item.render("en") for item in self.diagnostics)

    def render(self, lang: Lang) -> str:
        """Return all diagnostics in *lang*, in source order."""
        return "\n".join(item.render(lang) for item in self.diagnostics)

    def __reduce__(self) -> tuple[type["DiagnosedError"], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)


class RulesetError(DiagnosedError):
    """A document that is no ruleset: everything wrong with it at once."""


class FactsError(DiagnosedError):
    """Facts that can't be scored, or a unit whose evaluation failed: everything known at once."""


class UsageError(DiagnosedError):
    """A call that can't be carried out: an unknown ruleset, an unreadable file, a wrong option."""


class PluginError(DiagnosedError):
    """A plugin that doesn't hold what it promises: everything wrong with it at once."""


class PluginWarning(UserWarning):
    """A plugin that was left out, or failed where nothing depends on it: `diagnostic` says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)
        self.diagnostic = diagnostic

    def __str__(self) -> str:
        return self.diagnostic.render("en")


def in_source_order(items: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *items* sorted by place, then code; those without a place come first."""
    return tuple(
        sorted(
            items,
            key=lambda item: (
                item.span is not None,
                (item.span.file, item.span.line, item.span.column) if item.span else ("", 0, 0),
                item.code,
                tuple(map(str, item.path)),
            ),
        )
    )


def once(items: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return *items* in source order, each told once.

    What a library says once may stand in several places of the ruleset that uses it.
    """
    return in_source_order({(item.code, item.span, item.message): item for item in items}.values())


@dataclass(frozen=True, slots=True)
class Message:
    """A code's sentence: `{name}` fields are filled from the arguments of `diagnose`."""

    zh: str
    en: str
    hint_zh: str = ""
    hint_en: str = ""
    severity: Severity = "error"
    fields: Mapping[str, str] = field(default_factory=dict)
