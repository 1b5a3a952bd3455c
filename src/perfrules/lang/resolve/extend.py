"""A ruleset that extends another becomes one document: the other's, with what it changes."""

from perfrules.errors import Text
from perfrules.lang.document import Document, Scalar
from perfrules.lang.resolve.change import BY_NAME, add, change, remove
from perfrules.lang.resolve.finder import KINDS
from perfrules.lang.resolve.located import Located, located
from perfrules.lang.resolve.reference import Beside, Named, reference
from perfrules.lang.resolve.work import Work

DEEPEST = 8
WORDS = ("change", "remove", "add")  # what only a ruleset that extends another may say
_OWN = ("ruleset", "version", "language")  # never inherited
_SHOWN = 6  # links of a chain that a sentence shows


def extended(work: Work) -> Located | None:
    """Return the document with all it extends in it; None where one of those can't be had."""
    chain = _chain(work)
    if chain is None:
        return None
    *above, base = chain
    root = located(base)
    for document in reversed(above):
        root = _merged(work, root, located(document))
    _without_base(work, root)
    return root


def _without_base(work: Work, root: Located) -> None:
    """PRF279: `change`, `remove` or `add` where nothing is extended."""
    for key in WORDS:
        item = root.get(key)
        if item is not None:
            work.report("PRF279", item.key or item.span, (key,), value=key)
            root.entries().pop(key)


def _chain(work: Work) -> list[Document] | None:
    """Return the document and those it extends, itself first."""
    chain = [work.document]
    names = [_short(work.document.file)]
    while "extends" in chain[-1].value:
        document = chain[-1]
        found, name = _next(work, document)
        if found is None:
            return None
        names.append(name)
        first = work.document.span(("extends",), key=True)
        if any(found.file == seen.file for seen in chain):
            shown = names if len(names) <= _SHOWN else [*names[:_SHOWN], "…", names[-1]]
            work.report("PRF265", first, ("extends",), value=" -> ".join(shown))
            return None
        if len(chain) > DEEPEST:
            shown = [*names[:_SHOWN], "…"]
            work.report("PRF266", first, ("extends",), value=" -> ".join(shown), most=DEEPEST)
            return None
        chain.append(found)
    return chain


def _next(work: Work, document: Document) -> tuple[Document | None, str]:
    """Return the document that *document* extends, with the name that a chain shows it by."""
    raw = document.value["extends"]
    span = document.span(("extends",))
    if not isinstance(raw, Scalar) or not raw:
        work.report(
            "PRF260", span, ("extends",), value=str(raw) if isinstance(raw, Scalar) else "…"
        )
        return None, ""
    wanted = reference(str(raw))
    if wanted is None:
        work.report("PRF260", span, ("extends",), value=str(raw))
        return None, ""
    finder = work.finder
    match wanted:
        case Beside(path):
            found = work.fetch(lambda: finder.beside(document.file, path), span)
        case Named():
            found = work.fetch(lambda: finder.named("ruleset", wanted), span)
    if found is not None and not _is_ruleset(work, found, str(raw), document):
        return None, ""
    name = str(wanted) if isinstance(wanted, Named) or found is None else _short(found.file)
    return found, name


def _is_ruleset(work: Work, found: Document, name: str, document: Document) -> bool:
    """PRF281: what is extended is a document of another kind."""
    keys = [key for key in found.value if not key.startswith("x-")]
    if "ruleset" in keys:
        return True
    kind = keys[0] if keys else "…"
    what = KINDS.get(kind) or Text(f"{kind} 文件", f"{kind} document")  # type: ignore[call-overload] # any word may stand there
    work.report("PRF281", document.span(("extends",)), ("extends",), value=name, what=what)
    return False


def _short(file: str) -> str:
    """Return a file's own name.

    >>> _short("rules/city/a.yaml")
    'a.yaml'
    """
    return file.replace("\\", "/").rpartition("/")[2]


def _merged(work: Work, base: Located, own: Located) -> Located:
    """Return *base* with what *own*, which extends it, says otherwise."""
    root = base.copy()
    _without_base(work, root)
    entries = root.entries()
    for key in ("extends", *_OWN):
        entries.pop(key, None)
    given = own.entries()
    for key, word in (("remove", remove), ("change", change), ("add", add)):
        if key in given:
            word(work, root, given[key])
    for key, item in given.items():
        if key in ("extends", *WORDS):
            continue
        before = entries.get(key)
        if key in BY_NAME and before is not None and isinstance(before.value, dict):
            _named(work, key, before.value, item)
        else:
            entries[key] = item
    first = {key: entries.pop(key) for key in _OWN if key in entries}
    return Located({**first, **entries}, own.span)


def _named(work: Work, section: str, before: dict[str, Located], item: Located) -> None:
    """PRF271: add the entries of a section to those that are there; none may be there already."""
    if not isinstance(item.value, dict):
        work.report("PRF212", item.span, (section,), value=str(item.value), keys="name: {…}")
        return
    for name, entry in item.value.items():
        if name in before and not name.startswith("x-"):
            other = before[name].key or before[name].span
            work.report(
                "PRF271",
                entry.key or entry.span,
                (section, name),
                value=name,
                place=f"{_short(other.file)}:{other.line}",
            )
        else:
            before[name] = entry
