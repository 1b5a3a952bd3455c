"""One change between two versions of a document, and how far it reaches."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeAlias

from perfrules.analysis.change.words import KEYS, SECTIONS
from perfrules.errors import Lang, Span, Text
from perfrules.lang.check.digest import Keys

What: TypeAlias = Literal["added", "removed", "changed", "moved"]


class Level(IntEnum):
    """What a version must show: nothing, words, grades and what follows, or another score."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A part that was added, removed or moved, or one of its values that changed.

    `keys` leads from the part to the value, as in `("score", "bands", 2, "at_least")`. `before`
    and `after` are as YAML has them on one line; `old` and `new` say where each stands.
    """

    section: str
    name: str
    title: Text
    what: What
    level: Level
    keys: tuple[str | int, ...] = ()
    before: str = ""
    after: str = ""
    old: Span | None = None
    new: Span | None = None

    def text(self, lang: Lang) -> str:
        """Return the change as a sentence.

        >>> one = Change("indicators", "execution", Text("预算执行率"), "changed", Level.MAJOR,
        ...              ("points",), "20", "15")
        >>> one.text("zh"), one.text("en")
        ('指标 execution（预算执行率）：分值 20 → 15', 'indicator execution: points 20 → 15')
        """
        subject = self._subject(lang)
        colon = "：" if lang == "zh" else ": "
        match self.what:
            case "added":
                word = Text("新增", "added").get(lang)
                return f"{subject}{colon}{word}" + (f" {self.after}" if self.after else "")
            case "removed":
                word = Text("删除", "removed").get(lang)
                return f"{subject}{colon}{word}" + (f" {self.before}" if self.before else "")
            case "moved":
                word = Text("移动", "moved").get(lang)
                return f"{subject}{colon}{word} {self.before} → {self.after}"
            case "changed":
                keys = _keys(self.keys, lang)
                none = Text("（无）", "(none)").get(lang)
                shown = f"{self.before or none} → {self.after or none}"
                return f"{subject}{colon}{keys} {shown}" if keys else f"{subject}{colon}{shown}"

    def _subject(self, lang: Lang) -> str:
        if not self.section:
            return KEYS.get(self.name, Text(self.name, self.name)).get(lang)
        section = SECTIONS.get(self.section, Text(self.section, self.section)).get(lang)
        title = self.title.zh if lang == "zh" else self.title.en
        title = "" if title == self.name else title
        tail = (f"（{title}）" if lang == "zh" else f" ({title})") if title else ""
        return f"{section} {self.name}{tail}"

    def json(self) -> dict[str, object]:
        """Return the change as plain data."""
        found: dict[str, object] = {
            "level": self.level.name.lower(),
            "what": self.what,
            "section": self.section,
            "name": self.name,
            "keys": [str(key) for key in self.keys],
            "before": self.before,
            "after": self.after,
            "text": {"zh": self.text("zh"), "en": self.text("en")},
        }
        for key, span in (("old", self.old), ("new", self.new)):
            if span is not None:
                found[key] = str(span)
        return found


def _keys(keys: tuple[str | int, ...], lang: Lang) -> str:
    """Return the way to a value in words: places counted from 1, the author's names untouched."""
    found: list[str] = []
    whose = Keys.LANGUAGE
    for key in keys:
        if isinstance(key, int):
            found.append(f"[{key + 1}]")
            continue
        known = lang == "zh" and whose is Keys.LANGUAGE and key in KEYS
        word = KEYS[key].zh if known else key
        found.append(f".{word}" if found else word)
        whose = whose.below(key)
    return "".join(found)
