"""What an editor says about a key, a method, a word: by model and key, in both languages."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from perfrules.errors import Text
from perfrules.schema.texts import inputs, methods, results, shared, tree
from perfrules.schema.texts.words import word_texts

if TYPE_CHECKING:
    from perfrules.lang.methods.base import Method

__all__ = [
    "FORM_TEXTS",
    "KIND_TEXTS",
    "METHOD",
    "TYPE",
    "input_text",
    "key_text",
    "method_text",
    "word_texts",
]

KEYS: Final[Mapping[str, Text]] = {
    **shared.KEYS,
    **tree.KEYS,
    **inputs.KEYS,
    **methods.KEYS,
    **results.KEYS,
}
KIND_TEXTS: Final[Mapping[str, Text]] = {
    "ruleset": Text("规则集", "ruleset"),
    "library": Text("指标库", "library of indicators"),
    "portfolio": Text("项目组合", "portfolio"),
    "cases": Text("测试用例", "test cases"),
}
METHOD: Final = Text("计分方法", "the scoring method")
TYPE: Final = Text("类型", "the type of value")
_NAME: Final = Text(
    "编号以字母或汉字开头，只含字母、数字、下划线和汉字，且不是保留字",
    "an id begins with a letter or a Chinese character, holds letters, digits, _ and Chinese "
    "characters, and is no reserved word",
)
# What is wrong where a text isn't of its form.
FORM_TEXTS: Final[Mapping[str, Text]] = {
    "name": _NAME,
    "value_name": _NAME,
    "input_name": _NAME,
    "ruleset": Text("编号如 city.self_evaluation", "an id such as city.self_evaluation"),
    "reference": Text(
        "写作 编号@版本，如 hubei.form@1", "written id@version, such as hubei.form@1"
    ),
    "version": Text('版本须带引号，如 "1.0"', 'a version stands in quotes: "1.0"'),
    "language": Text("语言版本为 1", "the version of the language is 1"),
    "label": Text("应为不空的文字", "a text that isn't empty"),
    "words": Text("应为不空的文字", "a text that isn't empty"),
    "share": Text("应为数或百分比，如 93.5、72.03%", "a number or a percentage, such as 72.03%"),
    "wanted": Text(
        "应为数或百分比，如 93.5、72.03%，或 none",
        "a number, a percentage, such as 72.03%, or none",
    ),
    "value": Text(
        "应为数、百分比、带单位的数或表达式，如 90、95%、100万元、executed / budget",
        "a number, a percentage, a number with its unit or an expression, such as 90, 95%, "
        "100万元, executed / budget",
    ),
    "earlier": Text("应为 total、score.编号 等", "total, score.id and so on"),
    "date": Text("日期写作 2022-12-31", "a date is written 2022-12-31"),
    "extends": Text(
        "写作 编号@版本，或旁边文件的路径，如 base.yaml",
        "id@version, or a path beside it: base.yaml",
    ),
    "use": Text("写作 库.指标@版本", "written library.indicator@version"),
}


def key_text(model: type, key: str) -> Text:
    """Return what an editor says about a key: the model's own text, a base's, or every model's.

    A plugin's key has the text of its example.

    >>> from perfrules.lang.spec.outcome import GradeSpec
    >>> key_text(GradeSpec, "name").zh, key_text(GradeSpec, "title").zh
    ('等级名称', '名称，可写 {zh: …, en: …}')
    """
    for home in model.__mro__:
        if found := KEYS.get(f"{home.__name__}.{key}"):
            return found
    if found := KEYS.get(key):
        return found
    examples: Mapping[str, str] = getattr(model, "key_examples", dict)()
    return Text(examples.get(key, ""), examples.get(key, ""))


def input_text(model: type) -> Text:
    """Return what an editor says about a type of input."""
    return inputs.TYPES[model.__name__]


def method_text(method: "type[Method]") -> Text:
    """Return what an editor says about a scoring method: its title, and what it does.

    >>> from perfrules.lang.methods import METHODS
    >>> method_text(METHODS["met"]).zh
    '直接赋分：条件成立得满分，否则得 otherwise（默认0）'
    """
    doc: Text = getattr(method, "doc", Text())
    about = methods.ABOUT.get(method.name, doc)
    title = method.title
    zh = f"{title.zh}：{about.zh}" if about.zh else title.zh
    return Text(zh, f"{title.en}: {about.en}" if about.en else title.en)
