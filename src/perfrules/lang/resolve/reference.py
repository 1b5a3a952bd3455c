"""How a document names another one: `id`, `id@version`, or a path beside it."""

import re
from dataclasses import dataclass
from typing import TypeAlias
from unicodedata import normalize

from perfrules.lang.spec.names import dotted_fault

_ENDINGS = (".yaml", ".yml")
_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){0,2}")
# Plain names with slashes between them, `../` only in front: no drive, no home, no variable.
_PATH = re.compile(r"(?:\./)?(?:\.\./)*(?:\w[\w.-]*/)*\w[\w.-]*\.ya?ml")


@dataclass(frozen=True, slots=True)
class Named:
    """A document by its id; an empty version is the newest, `2` the newest 2.x."""

    id: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.id}@{self.version}" if self.version else self.id


@dataclass(frozen=True, slots=True)
class Beside:
    """A file by its path from the document that names it."""

    path: str

    def __str__(self) -> str:
        return self.path


Reference: TypeAlias = Named | Beside


def reference(text: str) -> Reference | None:
    """Return what *text* names, or None where it is neither an id nor a plain path.

    >>> reference("mof.form@1"), reference("base/form.yaml")
    (Named(id='mof.form', version='1'), Beside(path='base/form.yaml'))
    >>> reference("~/form.yaml"), reference("/form.yaml"), reference("base.yaml "), reference(".")
    (None, None, None, None)
    """
    if "/" in text or text.endswith(_ENDINGS):
        plain = _PATH.fullmatch(text) and normalize("NFKC", text) == text
        return Beside(text.removeprefix("./")) if plain else None
    name, sign, version = text.partition("@")
    if not name or dotted_fault(name) or (sign and not _VERSION.fullmatch(version)):
        return None
    return Named(name, version)


def fits(version: str, wanted: str) -> bool:
    """Return whether *version* is the *wanted* one, or of the line that it names.

    >>> fits("2.10", "2"), fits("2.10", "2.1"), fits("2.1.3", "2.1"), fits("2.1", "")
    (True, False, True, True)
    """
    return not wanted or version == wanted or version.startswith(f"{wanted}.")


def order(version: str) -> tuple[int, ...]:
    """Return what versions are compared by.

    >>> order("1.10") > order("1.9")
    True
    """
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
