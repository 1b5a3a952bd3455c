"""What an editor says: about every key of every model, in both languages, and nothing else."""

import re
from collections.abc import Iterator

import pytest

from perfrules.errors import Text
from perfrules.lang.extension import Key, Method
from perfrules.lang.methods import METHODS
from perfrules.lang.methods.plugged import plugged_method
from perfrules.lang.spec.cases import CasesSpec
from perfrules.lang.spec.fields import SpecModel
from perfrules.lang.spec.inputs import MODELS
from perfrules.lang.spec.library import LibrarySpec
from perfrules.lang.spec.names import has_han
from perfrules.lang.spec.portfolio import PortfolioSpec
from perfrules.lang.spec.portfolio_cases import PortfolioCasesSpec
from perfrules.lang.spec.ruleset import RulesetSpec
from perfrules.schema import KINDS, STYLES, document_schema
from perfrules.schema.patterns import FORMS
from perfrules.schema.texts import (
    FORM_TEXTS,
    KEYS,
    KIND_TEXTS,
    input_text,
    key_text,
    method_text,
)
from tests.plugins.sample import HALVING, rate

TOPS = (RulesetSpec, LibrarySpec, PortfolioSpec, CasesSpec, PortfolioCasesSpec)
# Keys that only a document has that isn't put together yet.
RAW = {f"RulesetSpec.{key}" for key in ("extends", "change", "remove", "add", "under")}


def models() -> Iterator[type[SpecModel]]:
    """Yield every model of a document."""
    for method in METHODS.values():
        assert issubclass(method.Spec, SpecModel)
    waiting: list[type[SpecModel]] = [SpecModel]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        if model.__module__.startswith(("perfrules.lang.spec.", "perfrules.lang.methods.")):
            yield model


EVERY = sorted(
    {
        (model, key)
        for model in models()
        if model.__name__ != "SpecModel" and not model.__module__.endswith(".plugged")
        for key in model.key_examples()
        if (model, key) not in {(item, "type") for item in MODELS.values()}
    },
    key=lambda item: (item[0].__name__, item[1]),
)


def home(model: type[SpecModel], key: str) -> str | None:
    names = [*(f"{base.__name__}.{key}" for base in model.__mro__), key]
    return next((name for name in names if name in KEYS), None)


@pytest.mark.parametrize(("model", "key"), EVERY, ids=lambda item: getattr(item, "__name__", item))
def test_every_key_has_a_text_in_both_languages(model: type[SpecModel], key: str) -> None:
    assert home(model, key) is not None
    text = key_text(model, key)
    assert text.zh
    assert text.en
    assert text.zh != text.en


def test_no_text_is_of_a_key_that_is_not_there() -> None:
    used = {home(model, key) for model, key in EVERY}
    assert set(KEYS) - used - RAW == set()


def every_text() -> list[Text]:
    return [
        *KEYS.values(),
        *KIND_TEXTS.values(),
        *FORM_TEXTS.values(),
        *(method_text(method) for method in METHODS.values()),
        *(input_text(model) for model in MODELS.values()),
    ]


def test_they_are_sentences_of_their_language() -> None:
    for text in every_text():
        assert text.zh
        assert text.en
        assert not re.search(r"\b[Ii]nvalid|\b[Pp]lease|\bNone\b|\bstr\b|!$", text.en), text
        assert not text.zh.endswith("。"), text
        assert not text.en.endswith("."), text
        if not re.fullmatch(r"[\W\w]{0,4}", text.zh):
            assert has_han(text.zh), text


def test_every_form_says_what_is_wrong() -> None:
    assert set(FORM_TEXTS) == set(FORMS)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("style", STYLES)
def test_every_key_of_a_schema_is_told_in_its_language(kind: str, style: str) -> None:
    for lang in ("zh", "en"):
        schema = document_schema(kind, lang, style)  # type: ignore[arg-type] # of their words
        for name, item in {"": schema, **schema["definitions"]}.items():
            for key, value in item.get("properties", {}).items():
                assert value["description"] == value["markdownDescription"], (name, key)
                assert lang == "zh" or not has_han(value["description"][:1]), (name, key)


def test_a_plugins_method_speaks_for_itself() -> None:
    method = plugged_method(HALVING, "sample 2.1")
    assert method_text(method) == Text("逐次减半", "halving")
    keys = (Key("actual", ("number",), example="actual: times"),)
    told = Method("half", Text("减半", "half"), keys, rate, Text("每次减半", "half each time"))
    method = plugged_method(told, "sample 2.1")
    assert method_text(method).en == "half: half each time"
    assert key_text(method.Spec, "actual").zh.startswith("实际值")
