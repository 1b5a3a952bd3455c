"""A failed case as text: where it stands, what differs, and the values behind it."""

from collections.abc import Iterator
from typing import Final

from perfrules.engine.render.words import tidy
from perfrules.errors import Lang, Text
from perfrules.testing.outcome import CaseOutcome, Difference, Outcome

WORDS: Final = {
    Outcome.PASS: Text("通过", "pass"),
    Outcome.FAIL: Text("不符", "FAIL"),
    Outcome.ERROR: Text("出错", "ERROR"),
    Outcome.SKIP: Text("跳过", "skip"),
}


def told(case: CaseOutcome, lang: Lang) -> str:
    """Return what is said about a case that failed or couldn't be tried."""
    return "\n".join(_lines(case, lang))


def _lines(case: CaseOutcome, lang: Lang) -> Iterator[str]:
    place = str(case.span) if case.span else case.file
    yield f"{place}: {WORDS[case.outcome].get(lang)} {tidy(case.name)}"
    for item in case.differences:
        yield from _difference(item, lang)
    for problem in case.problems:
        for line in problem.render(lang).splitlines():
            yield f"  {line}"


def _difference(item: Difference, lang: Lang) -> Iterator[str]:
    want, got = tidy(item.want), tidy(item.got)
    said = Text(f"应为 {want}，实为 {got}", f"want {want}, got {got}")
    yield f"  {item.what}: {said.get(lang)}"
    if because := tidy(item.because.get(lang)):
        yield f"    {because}"
    for part in item.inside:
        where = Text(f"（{part.span}）", f" ({part.span})").get(lang) if part.span else ""
        yield f"    {tidy(part.text)} = {tidy(part.value.get(lang))}{where}"
