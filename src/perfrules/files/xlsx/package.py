"""The zip file that a workbook is: its parts, bounded, and every reason why it can't be opened."""

import posixpath
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO, Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - a class, whatever its module calls it

from perfrules.errors import Text, UsageError
from perfrules.files.entry import Source
from perfrules.messages import diagnose

MOST_BYTES: Final = 200_000_000  # of the parts that are read, unpacked
_BLOCK = 1 << 16
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_NO_ZIP = Text("它不是 .xlsx 格式的文件", "it isn't a file of that format")
_OLD = Text("这是旧的 .xls 格式", "this is the old .xls format")
_LOCKED = Text("它用密码加密了，先去掉打开密码", "it is encrypted: remove its password first")
_BROKEN = Text("文件不完整或已损坏", "the file is damaged or cut off")
_ENTITIES = Text(
    "里面有 XML 实体定义，工作簿不会有", "it declares XML entities, as no workbook does"
)


class Unsound(Exception):  # noqa: N818 - it never leaves the package
    """The workbook is not as the format says; the reason is in words."""

    def __init__(self, why: Text = _BROKEN) -> None:
        self.why = why
        super().__init__()


Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Data = Callable[[str], None]


class Package:
    """The parts of a workbook by name.

    Args:
        file: Its name, for messages.
        archive: The zip file.
    """

    def __init__(self, file: str, archive: ZipFile) -> None:
        self.file = file
        self._archive = archive
        self._names = {info.filename.lower(): info for info in archive.infolist()}
        self._left = MOST_BYTES

    def has(self, part: str) -> bool:
        """Return whether there is such a part."""
        return part.lower() in self._names

    def walk(self, part: str, start: Start, end: End, data: Data) -> None:
        """Read the XML of a part; names come without the prefix that its first one has.

        Raises:
            UsageError: PRF692, the parts read so far are too large.
            Unsound: There is no such part, or it declares entities.
        """
        info = self._names.get(part.lower())
        if info is None:
            raise Unsound
        if info.file_size > self._left:
            raise self._too_large(info.file_size)
        self._left -= info.file_size  # zipfile gives no more than is declared
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_entities

        def first(name: str, about: Mapping[str, str]) -> None:
            if ":" in name:
                parser.StartElementHandler = lambda name, found: start(_plain(name), found)
                parser.EndElementHandler = lambda name: end(_plain(name))
            else:  # as nearly every program writes it
                parser.StartElementHandler, parser.EndElementHandler = start, end
            start(_plain(name), about)

        parser.StartElementHandler = first
        parser.CharacterDataHandler = data
        with self._archive.open(info) as stream:
            while block := stream.read(_BLOCK):
                parser.Parse(block)
        parser.Parse(b"", True)

    def _too_large(self, size: int) -> UsageError:
        most = f"{MOST_BYTES // 1_000_000} MB"
        shown = f"{(MOST_BYTES - self._left + size) // 1_000_000} MB"
        return UsageError(
            (diagnose("PRF692", file=self.file, value=shown, expected=Text(most, most)),)
        )

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part ("" for the workbook itself) refers to, by id: the kind, the part."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, about: Mapping[str, str]) -> None:
            if tag == "Relationship" and about.get("TargetMode") != "External":
                kind = about.get("Type", "").rpartition("/")[2]
                target = about.get("Target", "")
                whole = target if target.startswith("/") else posixpath.join(folder, target)
                found[about.get("Id", "")] = kind, posixpath.normpath(whole).lstrip("/")

        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if self.has(rels):
            self.walk(rels, start, _nothing, _nothing)
        return found


def _nothing(_: str) -> None:
    pass


def _plain(name: str) -> str:
    return name.rpartition(":")[2]


def _no_entities(*_: object) -> None:
    raise Unsound(_ENTITIES)


@contextmanager
def opened(source: Source) -> Iterator[Package]:
    """Open a workbook.

    Raises:
        UsageError: PRF691, with the reason; PRF692.
    """
    with source.open() as stream:
        try:
            with ZipFile(stream) as archive:
                yield Package(source.name, archive)
        except Unsound as fault:
            why = fault.why
        except BadZipFile:
            why = _kind_of(stream)
        except RuntimeError:  # zipfile has no other name for a password
            why = _LOCKED
        except (expat.ExpatError, ZlibError, EOFError, LookupError, OSError, NotImplementedError):
            why = _BROKEN
        except (ValueError, OverflowError):
            why = _BROKEN
        else:
            return
    raise UsageError((diagnose("PRF691", value=source.name, reason=why),)) from None


def _kind_of(stream: BinaryIO) -> Text:
    """Return why a file is no zip, from how it begins."""
    stream.seek(0)
    head = stream.read(_BLOCK)
    if head.startswith(_OLE):
        return _LOCKED if _ENCRYPTED in head + stream.read(MOST_BYTES) else _OLD
    return _BROKEN if head.startswith(b"PK") else _NO_ZIP
