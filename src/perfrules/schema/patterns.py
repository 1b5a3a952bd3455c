"""What the texts of a document look like, as JSON Schema: ids, versions, values, dates."""

from keyword import kwlist
from typing import Any, Final

from perfrules.lang.spec.inputs import FIELDS, PARTS
from perfrules.lang.spec.names import FACT_KEYS, LINE, LONGEST, NAME, RESERVED, VERSION

_WORDS: Final = frozenset(kwlist)  # words of expressions: no id can be one
_SCALARS: Final = ["string", "number", "boolean"]
_NOT_BLANK: Final = r"\S"
_FIRST_SIGNS: Final = r"=≥≤≧≦＝＞＜<>*/,;:%|&!)\]}"  # that no expression begins with


def _whole(pattern: str) -> str:
    return f"^(?:{pattern})$"


def _name(taken: frozenset[str] = frozenset()) -> dict[str, Any]:
    return {
        "type": "string",
        "pattern": _whole(NAME.pattern),
        "maxLength": LONGEST,
        "not": {"enum": sorted(_WORDS | taken)},
    }


_DOTTED: Final = rf"{NAME.pattern}(?:\.{NAME.pattern})*"
_LIBRARYS: Final = rf"{NAME.pattern}(?:\.{NAME.pattern})+"  # a library's id and an indicator's
_FILE: Final = r"^(?:\./)?(?:\.\./)*[^/~$%:\\. ][^~$%:\\ ]*\.ya?ml$"
_DAY: Final = "[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
_SHARE: Final = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)%?"

FORMS: Final[dict[str, dict[str, Any]]] = {
    "name": _name(),
    "value_name": _name(RESERVED),
    "input_name": _name(RESERVED | FACT_KEYS),
    "ruleset": {"type": "string", "pattern": _whole(_DOTTED)},
    "reference": {"type": "string", "pattern": _whole(f"{_DOTTED}@{LINE.pattern}")},
    "version": {"type": "string", "pattern": _whole(VERSION.pattern)},
    # `language: "1"` is fine too.
    "language": {"type": ["integer", "string"], "minimum": 1, "maximum": 1, "pattern": "^1$",
                 "default": 1},
    "label": {"type": _SCALARS, "pattern": _NOT_BLANK},
    "share": {"type": ["number", "string"], "pattern": _whole(_SHARE)},
    "wanted": {"type": ["number", "string"], "pattern": _whole(f"none|{_SHARE}")},
    "value": {"type": _SCALARS, "pattern": rf"^\s*(?:[^\s{_FIRST_SIGNS}]|$)"},
    "earlier": {
        "type": "string",
        "pattern": _whole(
            rf"{'|'.join(FIELDS)}|(?:{'|'.join(PARTS)})\.{NAME.pattern}"
        ),
    },
    "extends": {"type": "string", "pattern": f"{_whole(f'{_DOTTED}(?:@{LINE.pattern})?')}|{_FILE}"},
    "use": {"type": "string", "pattern": _whole(_LIBRARYS + f"(?:@{LINE.pattern})?")},
    "date": {"type": "string", "pattern": _whole(_DAY)},
    "words": {"type": ["string", "number"], "pattern": _NOT_BLANK},
}  # fmt: skip
