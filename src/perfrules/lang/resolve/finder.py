"""Where other documents come from: the language asks by id or path and reads no file itself."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Literal, Protocol, TypeAlias

from perfrules.errors import RulesetError, Text
from perfrules.lang.document import Document, read_document
from perfrules.lang.resolve.reference import Named, fits, order
from perfrules.messages import nearest

Kind: TypeAlias = Literal["ruleset", "library", "portfolio"]
KINDS: Mapping[Kind, Text] = {
    "ruleset": Text("规则集", "ruleset"),
    "library": Text("指标库", "library"),
    "portfolio": Text("项目组合", "portfolio"),
}


class NotFound(Exception):  # noqa: N818 - becomes a diagnostic where the name stands
    """A document isn't there, or may not be read from here: a code and what fills its sentence."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code = code
        self.args_by_name = args


class Finder(Protocol):
    """Gives documents by id or by path."""

    def named(self, kind: Kind, wanted: Named) -> Document:
        """Return a document by its id: the newest version that fits.

        Raises:
            NotFound: There is none.
            RulesetError: It can't be read as YAML.
        """

    def beside(self, file: str, path: str) -> Document:
        """Return the document at *path* from the folder of *file*.

        Raises:
            NotFound: There is none, or it lies outside the folders that may be read.
            RulesetError: It can't be read as YAML.
        """


class Shelf:
    """Documents held in memory, by the name of their file: for texts that are no files.

    Args:
        texts: The texts by file name; folders in a name are parted by `/`.
    """

    def __init__(self, texts: Mapping[str, str | bytes] | None = None) -> None:
        self._texts = dict(texts or {})
        self._read: dict[str, Document] = {}

    @classmethod
    def of(cls, *documents: Document) -> "Shelf":
        """Return the shelf of documents that were read already."""
        shelf = cls()
        for document in documents:
            shelf._texts[document.file] = document.text
            shelf._read[document.file] = document
        return shelf

    def named(self, kind: Kind, wanted: Named) -> Document:
        """Return the newest document of that id and kind that fits."""
        heads = [(head_of(item, kind), item) for item in self._whole()]
        return pick(kind, wanted, [(*head, item) for head, item in heads if head is not None])

    def beside(self, file: str, path: str) -> Document:
        """Return the document whose name is *path* from the folder of *file*."""
        place = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
        if place.startswith("../"):
            raise NotFound("PRF261", value=path)
        if place not in self._texts:
            near = nearest(place, list(self._texts))
            raise NotFound("PRF262", value=path, **_meant(near))
        return self._document(place)

    def _whole(self) -> Iterator[Document]:
        """Yield the documents that can be read; what a broken one's id is can't be known."""
        for file in self._texts:
            with suppress(RulesetError):
                yield self._document(file)

    def _document(self, file: str) -> Document:
        if file not in self._read:
            self._read[file] = read_document(self._texts[file], file)
        return self._read[file]


NOWHERE: Finder = Shelf()


def head_of(document: Document, kind: Kind) -> tuple[str, str] | None:
    """Return the id and the version of a document of that kind; None for another kind."""
    if kind not in document.value:
        return None
    return str(document.value[kind]), str(document.value.get("version", "0"))


def pick(kind: Kind, wanted: Named, items: Iterable[tuple[str, str, Document]]) -> Document:
    """Return the newest of *items* (id, version, document) that *wanted* fits.

    Raises:
        NotFound: PRF263, there is no such id; PRF264, it has no such version.
    """
    known = list(items)
    own = [(version, item) for name, version, item in known if name == wanted.id]
    if not own:
        raise unknown(kind, wanted, [name for name, _, _ in known])
    fitting = [(order(version), item) for version, item in own if fits(version, wanted.version)]
    if not fitting:
        raise no_version(kind, wanted, [version for version, _ in own])
    return max(fitting, key=lambda found: found[0])[1]


def unknown(kind: Kind, wanted: Named, ids: Iterable[str]) -> NotFound:
    """Return PRF263, with the nearest id."""
    near = nearest(wanted.id, sorted(set(ids)))
    return NotFound("PRF263", value=wanted.id, what=KINDS[kind], **_meant(near))


def _meant(near: str | None) -> dict[str, object]:
    """Return the hint that names what was most likely meant; without one the code has its own."""
    return {"hint": Text(f"是否想写 {near}？", f"did you mean {near}?")} if near else {}


def no_version(kind: Kind, wanted: Named, versions: Iterable[str]) -> NotFound:
    """Return PRF264, with the versions that are there."""
    there = sorted(set(versions), key=order)
    return NotFound(
        "PRF264",
        value=str(wanted),
        what=KINDS[kind],
        name=wanted.id,
        versions=", ".join(there),
        better=f"{wanted.id}@{there[-1]}",
    )
