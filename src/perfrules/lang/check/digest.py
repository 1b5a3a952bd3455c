"""The digest of a ruleset's meaning: words, notes, order of keys and layout don't change it."""

import hashlib
import json
from enum import Enum

from perfrules.decimals import parse_decimal, plain
from perfrules.lang.document import Scalar

# Words for people: another wording scores the same.
_WORDS = frozenset(
    {"title", "note", "definition", "problem", "suggestion", "reason", "basis", "because"}
    | {"points_by", "version", "allow", "column", "evidence", "nature", "direction", "category"}
    | {"use", "deprecated"}  # what was taken stands beside it
)
# Below these keys stand names that the author gave, and below each of them the language's keys.
_NAMED = frozenset({"inputs", "parameters", "standards", "derive", "columns", "report", "with"})
_NAMED |= {"results", "facts"}
# Below these there are labels of the author's, however deep: a choice may be called `note`.
_LABELLED = frozenset({"value", "values", "shares", "items"})


class Keys(Enum):
    """Whose words the keys of a mapping are."""

    LANGUAGE = "the language's"
    NAMES = "names by the author, below each the language's keys"
    LABELS = "labels by the author, and so is all that stands below"

    def below(self, key: str) -> "Keys":
        """Return whose words stand in a mapping under one of these keys.

        >>> Keys.LANGUAGE.below("inputs").name, Keys.NAMES.below("inputs").name
        ('NAMES', 'LANGUAGE')
        """
        if self is Keys.LABELS or (self is Keys.LANGUAGE and key in _LABELLED):
            return Keys.LABELS
        return Keys.NAMES if self is Keys.LANGUAGE and key in _NAMED else Keys.LANGUAGE


def meaning_digest(value: object) -> str:
    """Return `sha256:…` of what *value*, a document's content, means.

    >>> one = {"total": Scalar("100", quoted=False), "title": Scalar("甲", quoted=False)}
    >>> two = {"title": Scalar("乙", quoted=False), "total": Scalar("100.0", quoted=False)}
    >>> meaning_digest(one) == meaning_digest(two)
    True
    """
    text = json.dumps(_meaning(value, Keys.LANGUAGE), ensure_ascii=False, sort_keys=True)
    return f"sha256:{hashlib.sha256(text.encode('utf-8')).hexdigest()}"


def meaning(value: object) -> object:
    """Return what *value* means, to be compared: two definitions that differ in words are equal.

    >>> meaning({"unit": Scalar("人"), "title": Scalar("甲")}) == meaning({"unit": Scalar("人")})
    True
    """
    return _meaning(value, Keys.LANGUAGE)


def says_only(key: str) -> bool:
    """Return whether what stands under a key of the language is for people and scores nothing.

    >>> says_only("title"), says_only("points"), says_only("x-checked-by")
    (True, False, True)
    """
    return key in _WORDS or key.startswith("x-")


def _evidence_asked(anchors: dict[str, object]) -> list[object]:
    """Return the labels whose anchor asks for evidence: without it they earn nothing."""
    asked = {
        label: anchor.get("evidence")
        for label, anchor in anchors.items()
        if isinstance(anchor, dict)
    }
    return [[label, flag] for label, flag in sorted(asked.items()) if flag is not None]


def _meaning(value: object, keys: Keys) -> object:
    """Return *value* without words; *keys* says whose words its keys are."""
    if isinstance(value, dict):
        if keys is Keys.LANGUAGE and isinstance(value.get("anchors"), dict):
            value = {**value, "anchors": _evidence_asked(value["anchors"])}
        return {
            str(key): _meaning(item, keys.below(str(key)))
            for key, item in value.items()
            if keys is not Keys.LANGUAGE or not says_only(str(key))
        }
    if isinstance(value, list):
        return [_meaning(item, Keys.LANGUAGE) for item in value]
    text = " ".join(str(value).split())
    if isinstance(value, Scalar) and not value.quoted:
        number = parse_decimal(text)
        if number is not None:
            return plain(number)
    return text
