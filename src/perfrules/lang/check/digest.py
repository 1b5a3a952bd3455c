"""The digest of a ruleset's meaning: words, notes, order of keys and layout don't change it."""

import hashlib
import json

from perfrules.decimals import parse_decimal, plain
from perfrules.lang.document import Scalar

# Words for people: another wording scores the same.
_WORDS = frozenset(
    {"title", "note", "definition", "problem", "suggestion", "reason", "basis", "because"}
    | {"points_by", "version", "allow", "column", "evidence", "nature", "direction", "category"}
    | {"use"}  # what was taken stands beside it
)
_NAMED_BY_AUTHOR = frozenset({"inputs", "parameters", "derive", "columns", "report", "values"})


def meaning_digest(value: object) -> str:
    """Return `sha256:…` of what *value*, a document's content, means.

    >>> one = {"total": Scalar("100", quoted=False), "title": Scalar("甲", quoted=False)}
    >>> two = {"title": Scalar("乙", quoted=False), "total": Scalar("100.0", quoted=False)}
    >>> meaning_digest(one) == meaning_digest(two)
    True
    """
    text = json.dumps(_meaning(value, authored=False), ensure_ascii=False, sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode('utf-8')).hexdigest()}"


def meaning(value: object) -> object:
    """Return what *value* means, to be compared: two definitions that differ in words are equal.

    >>> meaning({"unit": Scalar("人"), "title": Scalar("甲")}) == meaning({"unit": Scalar("人")})
    True
    """
    return _meaning(value, authored=False)


def _evidence_asked(anchors: dict[str, object]) -> list[object]:
    """Return the labels whose anchor asks for evidence: without it they earn nothing."""
    asked = {
        label: anchor.get("evidence")
        for label, anchor in anchors.items()
        if isinstance(anchor, dict)
    }
    return [[label, flag] for label, flag in sorted(asked.items()) if flag is not None]


def _meaning(value: object, *, authored: bool) -> object:
    """Return *value* without words; *authored* says that its keys are the author's own names."""
    if isinstance(value, dict):
        if not authored and isinstance(value.get("anchors"), dict):
            value = {**value, "anchors": _evidence_asked(value["anchors"])}
        return {
            str(key): _meaning(item, authored=not authored and key in _NAMED_BY_AUTHOR)
            for key, item in value.items()
            if authored or not (key in _WORDS or str(key).startswith("x-"))
        }
    if isinstance(value, list):
        return [_meaning(item, authored=False) for item in value]
    text = " ".join(str(value).split())
    if isinstance(value, Scalar) and not value.quoted:
        number = parse_decimal(text)
        if number is not None:
            return plain(number)
    return text
