"""The JSON Schema of a kind of document, for an editor or for a validator."""

import json
from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

from perfrules.errors import Lang, Text
from perfrules.lang.functions import Function
from perfrules.lang.resolve.extend import WORDS
from perfrules.lang.spec.cases import CaseSpec, CasesSpec
from perfrules.lang.spec.fields import Bilingual, SpecModel
from perfrules.lang.spec.indicators import IndicatorSpec
from perfrules.lang.spec.inputs import MODELS, EarlierInput
from perfrules.lang.spec.library import LibrarySpec
from perfrules.lang.spec.outcome import AdjustmentSpec, DecisionSpec, GateSpec, GradeSpec
from perfrules.lang.spec.portfolio import FILE_FORMS as FILE_FOLDS
from perfrules.lang.spec.portfolio import FORMS as FOLDS
from perfrules.lang.spec.portfolio import FoldSpec, PortfolioSpec
from perfrules.lang.spec.portfolio_cases import PortfolioCase
from perfrules.lang.spec.ruleset import RulesetSpec
from perfrules.lang.spec.values import DEPTH, ChooseSpec, ParameterSpec
from perfrules.lang.vocabulary import BUILT_IN, Vocabulary
from perfrules.schema.choices import SPECIAL, where
from perfrules.schema.patterns import FORMS
from perfrules.schema.relations import refused
from perfrules.schema.snippets import with_snippets
from perfrules.schema.texts import FORM_TEXTS, KIND_TEXTS, TYPE, key_text
from perfrules.schema.walk import CLOSED, Schema, Special, Style, Walk, ref

Kind: TypeAlias = Literal["ruleset", "library", "portfolio", "cases"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
STYLES: Final[tuple[Style, ...]] = get_args(Style)
_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
# What `add:` puts into a ruleset that extends another, by what it is put under.
_ADDED: Final[Mapping[str, type[SpecModel]]] = {
    "gates": GateSpec,
    "adjustments": AdjustmentSpec,
    "decisions": DecisionSpec,
}


def document_schema(
    kind: Kind = "ruleset",
    lang: Lang = "zh",
    style: Style = "editor",
    vocabulary: Vocabulary = BUILT_IN,
) -> Schema:
    """Return the JSON Schema (draft 7) of a kind of document, keys in a fixed order.

    Args:
        kind: The kind.
        lang: The language of what an editor shows.
        style: `editor` offers whole forms, `strict` names the one mistake.
        vocabulary: The methods and functions that may be used.

    >>> document_schema("cases")["required"]
    ['cases', 'tests']
    """
    walk = Walk(lang, style, vocabulary, _SPECIAL)
    root = _ROOTS[kind](walk)
    definitions = dict(sorted(walk.definitions.items()))
    found = {
        "$schema": _DRAFT,
        "$id": f"urn:perfrules:schema:{kind}:{lang}:{style}",
        "title": f"perfrules {KIND_TEXTS[kind].get(lang)}",
        **root,
        "definitions": definitions,
    }
    return with_snippets(found, kind, lang) if style == "editor" else found


def as_text(schema: Schema) -> str:
    r"""Return a schema as the text of a file.

    >>> as_text({"title": "规则集"})
    '{\n "title": "规则集"\n}\n'
    """
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _ruleset(walk: Walk) -> Schema:
    """Return the shape of a ruleset as it is written: it may extend another."""
    own = RulesetSpec.needed_keys()
    more: dict[str, Schema] = {
        "extends": walk.text("extends"),
        "change": _change(walk),
        "remove": {"type": "array", "items": {"type": "string"}},
        "add": {"type": "array", "items": walk.defined("addition")},
    }
    more = {key: {**item, **walk.say(key_text(RulesetSpec, key))} for key, item in more.items()}
    found = walk.mapping(RulesetSpec, needed=("ruleset", "version"))
    found["properties"] |= more
    nothing = Text("没有 extends", "there is no extends")
    alone = {"required": list(own), **refused(WORDS, walk.lang, nothing)}
    found["allOf"] = [{"if": {"required": ["extends"]}, "else": alone}]
    return found


def _change(walk: Walk) -> Schema:
    """Return the shape of what is changed: any key of anything that has a name, or one value."""
    entries: list[type[SpecModel]] = [IndicatorSpec, GateSpec, AdjustmentSpec, DecisionSpec]
    entries += [GradeSpec, ParameterSpec, ChooseSpec, EarlierInput, *MODELS.values()]
    keys: dict[str, Schema] = {}
    for model in entries:
        for key in model.key_examples():
            keys.setdefault(key, walk.say(key_text(model, key) or TYPE))
    entry: Schema = {"type": "object", "properties": keys, **CLOSED}
    anything = walk.alternatives(walk.defined("value"), entry)
    return {"type": "object", "patternProperties": {"^x-": {}}, "additionalProperties": anything}


def _addition(walk: Walk) -> Schema:
    """Return the shape of what is added: with where it goes, a gate, or else an indicator."""
    under = {"under": {"type": "string", **walk.say(key_text(RulesetSpec, "under"))}}
    forms = {}
    added: dict[str, type[SpecModel]] = {**_ADDED, "": IndicatorSpec}
    for word, model in added.items():
        name = f"added_{word or 'indicator'}"
        needed = ("under",) if model is IndicatorSpec else ("under", *model.needed_keys())
        walk.definitions[name] = walk.mapping(model, under | _use(walk, model), needed=needed)
        if model is IndicatorSpec:
            walk.definitions[name] |= _USES
        forms[word] = ref(name)
    found = forms[""]
    for word in _ADDED:
        found = {"if": where("under", word), "then": forms[word], "else": found}
    return {"type": "object", **found}


_USES: Final = {"if": {"required": ["use"]}, "else": {"required": ["id"]}}


def _indicator(walk: Walk) -> Schema:
    """Return the shape of an indicator: one taken from a library has that one's id."""
    use = _use(walk, IndicatorSpec)
    return {**walk.mapping(IndicatorSpec, use, needed=()), **_USES}


def _use(walk: Walk, model: type[SpecModel]) -> dict[str, Schema]:
    """Return the key that takes an indicator from a library."""
    if model is not IndicatorSpec:
        return {}
    return {"use": {**walk.text("use"), **walk.say(key_text(IndicatorSpec, "use"))}}


def _value(walk: Walk) -> Schema:
    """Return the shape of a literal or an expression; the functions it may call are named."""
    functions = walk.vocabulary.functions.values()
    told = {"errorMessage": FORM_TEXTS["value"].get(walk.lang)}
    offers = [
        {"label": item.signature, "body": item.signature, "description": _about(item, walk.lang)}
        for item in functions
    ]
    return {**FORMS["value"], **told, "defaultSnippets": offers}


def _about(function: Function, lang: Lang) -> str:
    """Return what an editor says about a function.

    >>> from perfrules.lang.functions import FUNCTIONS
    >>> _about(FUNCTIONS["round"], "zh")
    '四舍五入：金额按元、百分比按小数取位'
    """
    mark = "：" if lang == "zh" else ": "
    return mark.join(filter(None, (function.title.get(lang), function.doc.get(lang))))


def _text(walk: Walk) -> Schema:
    """Return the shape of a text in one language or in both."""
    told = {"errorMessage": FORM_TEXTS["words"].get(walk.lang)}
    words = {**FORMS["words"], **told}
    if walk.style == "strict":  # an editor would offer true and false for every title
        words["type"] = [*words["type"], "boolean"]
    return walk.alternatives(words, walk.model(Bilingual))


def _literals(walk: Walk) -> Schema:
    """Return the shape of a literal, or of literals by key, so many levels deep at most."""
    value = walk.defined("value")
    found = value
    for _ in range(DEPTH):
        below = {"type": "object", "minProperties": 1, "additionalProperties": found}
        found = walk.alternatives(value, below)
    return found


def _reported(walk: Walk) -> Schema:
    """Return the shape of a value of all units together: a row's place is none."""
    places = tuple(key for key in FOLDS if key not in FILE_FOLDS)
    because = Text("这是全体的数值", "this is a value of all units together")
    return {"allOf": [walk.model(FoldSpec), refused(places, walk.lang, because)]}


def _by_group(walk: Walk) -> Schema:
    """Return the shape of one value, or of one for each group."""
    value = walk.defined("value")
    return walk.alternatives(value, {"type": "object", "additionalProperties": value})


def _cases(walk: Walk) -> Schema:
    """Return the shape of cases: a portfolio's where one of them gives results."""
    found = walk.mapping(CasesSpec)
    case, wide = walk.model(CaseSpec), walk.model(PortfolioCase)
    if walk.style == "editor":
        found["properties"]["tests"]["items"] = {"anyOf": [case, wide]}
        return found
    found["properties"]["tests"]["items"] = {"type": "object"}
    condition = {"properties": {"tests": {"contains": {"required": ["results"]}}}}
    forms = [{"properties": {"tests": {"items": item}}} for item in (wide, case)]
    found["allOf"] = [{"if": condition, "then": forms[0], "else": forms[1]}]
    return found


_ROOTS: Final[Mapping[Kind, Special]] = {
    "ruleset": _ruleset,
    "library": lambda walk: walk.mapping(LibrarySpec),
    "portfolio": lambda walk: walk.mapping(PortfolioSpec),
    "cases": _cases,
}
_SPECIAL: Final[Mapping[str, Special]] = {
    **SPECIAL,
    "Indicator": _indicator,
    "addition": _addition,
    "value": _value,
    "text": _text,
    "literals": _literals,
    "by_group": _by_group,
    "reported": _reported,
    "facts": lambda _: {"type": "object"},
}
