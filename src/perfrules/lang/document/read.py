"""A document is read: source, events, values; every fault of it in source order."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from perfrules.errors import Diagnostic, Path, RulesetError, Span, Text, in_source_order
from perfrules.lang.document.build import Builder, Stop
from perfrules.lang.document.events import SyntaxFault, events
from perfrules.lang.document.model import Document
from perfrules.lang.document.scalar import Scalar
from perfrules.lang.document.slips import colon_slip, stray_tab
from perfrules.lang.document.source import Source, read_source
from perfrules.lang.document.syntax import explain

Kind: TypeAlias = Literal["ruleset", "library", "portfolio", "cases"]

_FACTS: Final = Text(
    "写 输入项: 值，每行一个，例如 executed: 107.78万元",
    "write inputs with their values, one a line, such as executed: 107.78万元",
)
_STARTS: Final[Mapping[Kind, Text]] = {
    "ruleset": Text(
        "第一行写 ruleset: 编号，例如 ruleset: city.school",
        "start with ruleset: and an id, such as ruleset: city.school",
    ),
    "library": Text(
        "第一行写 library: 编号，例如 library: education",
        "start with library: and an id, such as library: education",
    ),
    "portfolio": Text(
        "第一行写 portfolio: 编号，例如 portfolio: city.incentive_fund",
        "start with portfolio: and an id, such as portfolio: city.incentive_fund",
    ),
    "cases": Text(
        "第一行写 cases: 规则集的文件或编号，例如 cases: school.yaml",
        "start with cases: and the ruleset's file or id, such as cases: school.yaml",
    ),
}
_ANY: Final = Text(
    "第一行写明是哪种文件：ruleset:、library:、portfolio: 或 cases:，例如 ruleset: city.school",
    "start with what it is, ruleset:, library:, portfolio: or cases:, such as ruleset: city.school",
)


def read_document(
    source: bytes | str, file: str, kind: Kind | None = None, *, pure: bool = False
) -> Document:
    """Return the document that *source* writes: keys with values.

    Args:
        source: The YAML text, or its bytes in UTF-8.
        file: The name that places are told by.
        kind: What is wanted, where that is known: a file without anything is told how it begins.
        pure: Read with PyYAML's own scanner even where libyaml is there.

    Raises:
        RulesetError: The faults of the text, in source order, at most a hundred. Only what can't
            be read on from (size, depth, encoding, syntax) keeps others from being told.

    >>> read_document("ruleset: a.b  # 说明", "x.yaml").value
    {'ruleset': 'a.b'}
    """
    start = _start(file, kind)
    text, value, spans, key_spans, faults = _read(source, file, start, pure=pure)
    if isinstance(value, dict) and not faults:
        return Document(file, text.text, value, spans, key_spans)
    if isinstance(value, list) or (value is not None and not faults):
        faults = [*faults, _root(text, value, spans[()], start)]
    raise RulesetError(in_source_order(faults))


def _start(file: str, kind: Kind | None) -> Text:
    """Return the hint that says how a document begins: by its kind, else by the file's name."""
    if kind is None and file.endswith((".cases.yaml", ".cases.yml")):
        kind = "cases"
    return _ANY if kind is None else _STARTS[kind]


def read_listed(source: bytes | str, file: str) -> dict[str, object] | list[object]:
    """Return the values of a document of facts: one mapping, or a list of them.

    Raises:
        RulesetError: As `read_document`.

    >>> read_listed("- executed: 0.10", "facts.yaml")
    [{'executed': '0.10'}]
    """
    text, value, spans, _, faults = _read(source, file, _FACTS, pure=False)
    if isinstance(value, dict | list) and not faults:
        return value
    if isinstance(value, Scalar) and not faults:
        faults = [*faults, _root(text, value, spans[()], _FACTS)]
    raise RulesetError(in_source_order(faults))


def _read(
    source: bytes | str, file: str, start: Text, *, pure: bool
) -> tuple[Source, object, dict[Path, Span], dict[Path, Span], list[Diagnostic]]:
    """Return the text, what it holds, where, and what is wrong; no value where reading stopped."""
    text = read_source(source, file)
    builder = Builder(text)
    try:
        builder.directives()
        for event in events(text.text, pure=pure):
            builder.take(event)
        value = builder.root
        if isinstance(value, Scalar) and not value and not value.quoted:
            value = None  # a line `---` and nothing behind it
        if value is None and not builder.faults:
            builder.faults.append(text.diagnose("PRF107", text.span(0, 0), hint=start))
        until = len(text.text)
    except Stop:
        value, until = None, 0
    except SyntaxFault as fault:
        value, until = None, _stumbled(fault, text, builder)
    tab = stray_tab(text, builder.quoted, until)
    if tab is not None:
        builder.faults.append(tab)
    return text, value, builder.spans, builder.key_spans, builder.faults


def _stumbled(fault: SyntaxFault, text: Source, builder: Builder) -> int:
    """Note a syntax fault and return up to where the text was read."""
    try:
        if "nesting depth" in fault.problem:
            builder.brackets_ahead()
    except Stop:
        return 0
    builder.faults.append(explain(fault, text))
    place = fault.since if fault.since and "scalar" in fault.context else fault.at
    return text.index(place[0] + 1, place[1] + 1)


def _root(text: Source, value: object, span: Span, start: Text) -> Diagnostic:
    """Return why a document that is a list or one text is refused."""
    if isinstance(value, Scalar) and not value.quoted:
        for number in range(span.line, span.end_line + 1):
            slip = colon_slip(text, number)
            if slip is not None:
                return slip
    at = text.index(span.line, span.column)
    line_end = at + len(text.line(span.line)) - span.column + 1
    shown = "[]" if value == [] else text.text[at:line_end].strip()
    return text.diagnose("PRF108", text.span(at, line_end), value=shown, hint=start)
