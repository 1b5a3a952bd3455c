"""What an id, a version and a language are: rules on plain text, without pydantic."""

import re
from dataclasses import dataclass, field
from keyword import iskeyword
from unicodedata import normalize

LONGEST = 64  # characters of one name

# Names of the language itself: an input of that name could never be read in an expression.
RESERVED = frozenset({
    "total", "rate", "score", "points", "state", "grade", "complete", "as_of", "gate", "true",
    "false", "date", "abs", "min", "max", "round", "floor", "ceil", "sqrt", "ln", "exp", "sum",
    "count", "any", "all", "mean", "known", "contains", "number", "kind", "lookup", "step",
    "year", "month", "days", "leaves",
})  # fmt: skip
FACT_KEYS = frozenset({"unit", "as_of", "adjust", "waive", "evidence", "allow"})

_CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af"
NAME = re.compile(f"[A-Za-z_{_CJK}][A-Za-z0-9_{_CJK}]*")
_HAN = re.compile(f"[{_CJK}]")
VERSION = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8})){1,2}")
LINE = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?")


@dataclass(frozen=True, slots=True)
class NameFault:
    """Why a text is no name: a code and the arguments of its sentence."""

    code: str
    args: dict[str, object] = field(default_factory=dict)


def name_fault(text: str, taken: frozenset[str] = frozenset()) -> NameFault | None:
    """Return why *text* can't be an id, or None where it can; *taken* are names with a meaning.

    >>> name_fault("预算_2022") is None, name_fault("2022预算").code
    (True, 'PRF214')
    >>> name_fault("total") is None, name_fault("total", RESERVED).code
    (True, 'PRF216')
    """
    if len(text) > LONGEST:
        return NameFault("PRF215", {"value": text, "length": len(text), "longest": LONGEST})
    if not NAME.fullmatch(text) or normalize("NFKC", text) != text or not text.isidentifier():
        return NameFault("PRF214", {"value": text, "better": better(text)})
    if text in taken or iskeyword(text):
        return NameFault("PRF216", {"value": text})
    return None


def dotted_fault(text: str) -> NameFault | None:
    """Return why *text* can't be a ruleset's id: names with dots between them.

    >>> dotted_fault("hubei.project_self_evaluation") is None, dotted_fault("hubei..x").code
    (True, 'PRF214')
    """
    for part in text.split("."):
        found = name_fault(part)
        if found is not None and found.code == "PRF214":
            joined = ".".join(better(item) for item in text.split(".") if item)
            return NameFault("PRF214", {"value": text, "better": joined or "my.ruleset"})
        if found is not None and found.code == "PRF215":
            return found
    return None


def better(text: str) -> str:
    """Return the name that *text* comes closest to.

    >>> better("ｂｕｄｇｅｔ-2022"), better("2022预算"), better("①")
    ('budget_2022', '_2022预算', '_1')
    """
    folded = normalize("NFKC", text)
    name = re.sub(f"[^A-Za-z0-9_{_CJK}]+", "_", folded).strip("_")[: LONGEST - 1]
    if not name:
        return "my_name"
    return name if not name[0].isdigit() else f"_{name}"


def version_fault(text: str, *, quoted: bool) -> NameFault | None:
    """Return why *text* is no version: `major.minor` or `major.minor.patch`, in quotes.

    >>> version_fault("1.0", quoted=True) is None, version_fault("2020.10", quoted=False).code
    (True, 'PRF217')
    """
    if not VERSION.fullmatch(text):
        numbers = [str(int(part)) for part in re.findall("[0-9]{1,9}", text)[:3]]
        padded = [*numbers, *["1", "0"][len(numbers) :]]
        return NameFault("PRF218", {"value": text, "better": ".".join(padded)})
    if not quoted and _NUMBER.fullmatch(text):
        return NameFault("PRF217", {"value": text})
    return None


def ruleset_fault(text: str) -> NameFault | None:
    """Return why *text* doesn't name a ruleset with its version: `id@1`, `id@1.2`.

    >>> ruleset_fault("hubei.self_evaluation@1") is None, ruleset_fault("hubei.form").args["better"]
    (True, 'hubei.form@1')
    """
    name, sign, version = text.partition("@")
    if sign and not dotted_fault(name) and LINE.fullmatch(version):
        return None
    better_name = name if name and not dotted_fault(name) else "city.self_evaluation"
    return NameFault("PRF290", {"value": text, "better": f"{better_name}@1"})


def has_han(text: str) -> bool:
    """Return whether *text* has a Chinese character: then it is the Chinese text.

    >>> has_han("预算 budget"), has_han("budget")
    (True, False)
    """
    return _HAN.search(text) is not None
