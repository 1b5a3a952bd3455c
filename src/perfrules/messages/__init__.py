"""Every message by code, in Chinese and English, and the one way to make a `Diagnostic`.

A code's first digit says what is at fault: 1 the document, 2 its shape, 3 an expression, 4 its
meaning, 5 facts and arithmetic, 6 files and calls, 7 portfolios, 8 proof and change, 9 plugins.
Codes are never used again.
"""

from collections.abc import Mapping

from perfrules.errors import Diagnostic, Lang, Message, Path, Severity, Span, Text
from perfrules.messages import (
    batch,
    change,
    document,
    engine,
    excel,
    expression,
    facts,
    files,
    jobs,
    meaning,
    methods,
    plugins,
    portfolio,
    proof,
    reuse,
    shape,
    spark,
    sql,
    tables,
    trials,
    verify,
)

CATALOG: dict[str, Message] = {
    **batch.MESSAGES,
    **document.MESSAGES,
    **shape.MESSAGES,
    **expression.MESSAGES,
    **meaning.MESSAGES,
    **methods.MESSAGES,
    **facts.MESSAGES,
    **engine.MESSAGES,
    **files.MESSAGES,
    **jobs.MESSAGES,
    **excel.MESSAGES,
    **plugins.MESSAGES,
    **portfolio.MESSAGES,
    **reuse.MESSAGES,
    **proof.MESSAGES,
    **spark.MESSAGES,
    **sql.MESSAGES,
    **change.MESSAGES,
    **tables.MESSAGES,
    **trials.MESSAGES,
    **verify.MESSAGES,
}

_LONGEST = 80  # characters of an offending value shown in a sentence


def quote(value: object) -> str:
    r"""Return *value* as it may be printed: one line, no control characters, not too long.

    >>> quote("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    text = value if isinstance(value, str) else str(value)
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii")
        for sign in text
    )


def diagnose(
    code: str,
    span: Span | None = None,
    *,
    excerpt: str | None = None,
    path: Path = (),
    value: object = None,
    expected: Text | None = None,
    hint: Text | None = None,
    severity: Severity | None = None,
    **args: object,
) -> Diagnostic:
    """Return the diagnostic of *code* with its sentence filled in.

    `args` fill the `{fields}` of the sentence and of the hint; an argument that is a `Text` is
    filled in per language. `value` is filled in as `{value}`, `expected` as `{expected}`.
    """
    message = CATALOG[code]
    expected = expected or Text()
    given = {**args, "value": value, "expected": expected}
    zh, en = _filled(given, "zh"), _filled(given, "en")
    if hint is None:
        hint = Text(message.hint_zh.format_map(zh), message.hint_en.format_map(en))
    return Diagnostic(
        code=code,
        message=Text(message.zh.format_map(zh), message.en.format_map(en)),
        hint=hint,
        severity=severity or message.severity,
        span=span,
        excerpt=excerpt,
        path=path,
        value=None if value is None else quote(value),
        expected=expected,
    )


class _Filled(dict[str, str]):
    """Arguments as text; one that a sentence names and nobody gave shows as `…`, never fails."""

    def __missing__(self, name: str) -> str:
        return "…"


def _filled(args: Mapping[str, object], lang: Lang) -> _Filled:
    return _Filled(
        (name, arg.get(lang) if isinstance(arg, Text) else quote(arg)) for name, arg in args.items()
    )


def nearest(name: str, known: tuple[str, ...] | list[str]) -> str | None:
    """Return the known name that *name* most likely stands for, or None.

    >>> nearest("excuted", ("executed", "budget"))
    'executed'
    """
    from difflib import get_close_matches  # noqa: PLC0415 - only when something is wrong already

    folded = {item.casefold(): item for item in known}
    if name.casefold() in folded:
        return folded[name.casefold()]
    cutoff = 0.5 if len(name) < 4 else 0.6  # noqa: PLR2004 - a two-sign Chinese name differs by half
    found = get_close_matches(name.casefold(), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def did_you_mean(name: str, known: tuple[str, ...] | list[str], what: Text | None = None) -> Text:
    """Return the hint for an unknown *name*: the nearest known one, else the known ones."""
    found = nearest(name, known)
    if found is not None:
        return Text(f"是否想写 {found}？", f"did you mean {found}?")
    if not known:
        return what or Text()
    shown = ", ".join(known[:12]) + (" …" if len(known) > 12 else "")  # noqa: PLR2004
    return Text(f"可用的有：{shown}", f"known here: {shown}")
