"""Whether what a plugin declares can be used: names, kinds, titles, functions that can travel."""

import pickle
from collections.abc import Iterator
from keyword import iskeyword
from typing import Final

from perfrules.errors import Diagnostic, Text
from perfrules.lang.extension import Argument, Function, Key, Method
from perfrules.lang.guard import described
from perfrules.lang.plugged import KINDS
from perfrules.lang.spec.names import RESERVED, name_fault
from perfrules.messages import diagnose, did_you_mean

METHOD: Final = Text("计分方法", "scoring method")
FUNCTION: Final = Text("函数", "function")
# A key becomes a field of a shape model; these words are the model's own, or the language's.
_TAKEN_KEYS: Final = frozenset(
    {"method", "copy", "json", "dict", "schema", "construct", "validate"}
    | {"fields", "from_orm", "parse_obj", "update_forward_refs", "parse_raw", "parse_file"}
    | {"schema_json", "of_later_version", "missing_codes", "keys_elsewhere", "key_examples"}
    | {"needed_keys"}
)


def method_problems(method: object, plugin: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with a declared method."""
    if type(method) is not Method:
        yield _wrong(plugin, METHOD, _of(method), "应为 perfrules.Method", "not a perfrules.Method")
        return
    yield from _named(plugin, METHOD, method.name, method.title)
    if type(method.keys) is not tuple:
        yield _wrong(plugin, METHOD, method.name, "keys 应为元组", "keys is no tuple")
        return
    names: list[str] = []
    for key in method.keys:
        yield from _key_problems(plugin, method.name, key)
        if type(key) is Key:
            names.append(key.name)
    if len({*names}) < len(names):
        yield _wrong(plugin, METHOD, method.name, "有同名的键", "two keys have one name")
    yield from _portable(plugin, METHOD, method.name, method.rate)


def function_problems(function: object, plugin: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with a declared function."""
    if type(function) is not Function:
        yield _wrong(
            plugin, FUNCTION, _of(function), "应为 perfrules.Function", "not a perfrules.Function"
        )
        return
    name = function.name
    yield from _named(plugin, FUNCTION, name, function.title)
    if not (type(function.doc) is Text and function.doc.zh and function.doc.en):
        yield _wrong(plugin, FUNCTION, name, "doc 应有中英文", "doc is to be in zh and en")
    if function.call is None and function.fold is None:
        yield _wrong(plugin, FUNCTION, name, "call 与 fold 至少一个", "neither call nor fold")
    for given, words, zh, en in (
        (function.call, function.takes, "call 与 takes 应同时给出", "call and takes go together"),
        (function.fold, function.each, "fold 与 each 应同时给出", "fold and each go together"),
    ):
        if (given is not None) != bool(words):
            yield _wrong(plugin, FUNCTION, name, zh, en)
    if function.gives != "same":
        yield from _kinds(plugin, FUNCTION, name, (function.gives,))
    for item in function.takes:
        if type(item) is not Argument or name_fault(item.name) is not None:
            yield _wrong(plugin, FUNCTION, name, "takes 由 Argument 组成", "takes holds Arguments")
        else:
            yield from _kinds(plugin, FUNCTION, name, item.kinds)
    yield from _kinds(plugin, FUNCTION, name, function.each, empty=True)
    for call in (function.call, function.fold):
        if call is not None:
            yield from _portable(plugin, FUNCTION, name, call)


def _named(plugin: str, what: Text, name: object, title: object) -> Iterator[Diagnostic]:
    if type(name) is not str or name_fault(name) is not None:
        zh = "名称由字母、数字、下划线和汉字组成，不以数字开头"
        en = "a name has letters, digits, _ and CJK, and begins with no digit"
        yield _wrong(plugin, what, str(name), zh, en)
    elif what is FUNCTION and name in RESERVED:
        yield taken(plugin, what, name)
    if not (type(title) is Text and title.zh and title.en):
        yield _wrong(plugin, what, str(name), "title 应有中英文", "title is to be in zh and en")


def taken(plugin: str, what: Text, name: str, owner: Text | None = None) -> Diagnostic:
    """Return PRF913: a name that the language, or the host, has already."""
    owner = owner or Text("语言本身", "the language")
    short = plugin.partition(" ")[0].removeprefix("perfrules-").replace("-", "_")
    return diagnose(
        "PRF913", plugin=plugin, what=what, value=name, owner=owner, better=f"{short}_{name}"
    )


def _key_problems(plugin: str, method: str, key: object) -> Iterator[Diagnostic]:
    if type(key) is not Key:
        yield _wrong(plugin, METHOD, method, "keys 由 Key 组成", "keys holds Keys")
        return
    name: object = key.name
    good = type(name) is str and name.isascii() and name.isidentifier() and not iskeyword(name)
    if not good or name in _TAKEN_KEYS or str(name).startswith(("_", "x_", "model_")):
        zh, en = f"键不能叫 {name}", f"a key can't be called {name}"
        yield _wrong(plugin, METHOD, method, zh, en)
    if bool(key.of) == bool(key.kinds):
        zh, en = f"键 {name} 应有 kinds 或 of 之一", f"key {name} needs one of kinds and of"
        yield _wrong(plugin, METHOD, method, zh, en)
    yield from _kinds(plugin, METHOD, method, key.kinds, empty=True)
    if not all(type(word) is str and word for word in key.of):
        yield _wrong(plugin, METHOD, method, f"键 {name} 的 of", f"of of key {name}: no words")


def _kinds(
    plugin: str, what: Text, name: str, kinds: object, *, empty: bool = False
) -> Iterator[Diagnostic]:
    if type(kinds) is not tuple or not (kinds or empty):
        zh = '值的种类应写成元组，例如 ("number",)'
        yield _wrong(plugin, what, name, zh, 'kinds are a tuple such as ("number",)')
        return
    for kind in kinds:
        if kind not in KINDS:
            zh, en = f"没有 {kind} 这种值", f"there is no kind of value {kind}"
            yield _wrong(plugin, what, name, zh, en, did_you_mean(str(kind), list(KINDS)))


def _portable(plugin: str, what: Text, name: str, call: object) -> Iterator[Diagnostic]:
    """A program travels to other processes: a function is found there by its module and name."""
    if not callable(call):
        yield _wrong(plugin, what, name, "没有可调用的函数", "what should be called can't be")
        return
    try:
        pickle.dumps(call)
    except Exception as error:  # noqa: BLE001 - pickling runs the object's own code
        yield diagnose("PRF915", plugin=plugin, what=what, value=name, reason=described(error))


def _wrong(
    plugin: str, what: Text, name: str, zh: str, en: str, hint: Text | None = None
) -> Diagnostic:
    return diagnose("PRF914", plugin=plugin, what=what, value=name, problem=Text(zh, en), hint=hint)


def _of(value: object) -> str:
    return type(value).__name__
