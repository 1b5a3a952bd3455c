"""Every sentence: both languages, the same fields, plain words; and how one is filled in."""

import re
from string import Formatter

import pytest

from perfrules.errors import Text
from perfrules.messages import CATALOG, diagnose, did_you_mean, nearest, quote

CODES = sorted(CATALOG)
BANNED = re.compile(r"\b(invalid|please|oops|sorry|NoneType|Decimal|dict)\b|\w[!！]", re.IGNORECASE)
HAN = re.compile("[一-鿿]")


def fields(sentence: str) -> set[str]:
    """Return the names of a sentence's fields."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", CODES)
def test_codes_say_what_is_at_fault(code: str) -> None:
    assert re.fullmatch(r"PRF[1-9][0-9]{2}", code)


@pytest.mark.parametrize("code", CODES)
def test_sentences_are_in_both_languages(code: str) -> None:
    message = CATALOG[code]
    assert HAN.search(message.zh) or not fields(message.zh).isdisjoint({"problem"})
    assert message.en
    assert not HAN.search(Formatter().vformat(message.en, (), _Blank()))
    assert bool(message.hint_zh) == bool(message.hint_en)


@pytest.mark.parametrize("code", CODES)
def test_both_languages_have_the_same_fields(code: str) -> None:
    message = CATALOG[code]
    assert fields(message.zh) == fields(message.en)
    assert fields(message.hint_zh) == fields(message.hint_en)


@pytest.mark.parametrize("code", CODES)
def test_words_are_plain(code: str) -> None:
    message = CATALOG[code]
    assert not BANNED.search(f"{message.en} {message.hint_en} {message.zh} {message.hint_zh}")


class _Blank(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


def test_a_field_can_be_filled_in_per_language() -> None:
    item = diagnose(
        "PRF401",
        value="100",
        found="110",
        name=Text("总分", "total"),
        listed="a 60 + b 50",
        difference="-10",
    )
    assert "110" in item.message.zh
    assert "110" in item.message.en
    assert item.value == "100"


def test_an_offending_value_is_shown_on_one_line() -> None:
    assert quote("a\x1b[2Jb\nc") == "a\\x1b[2Jb\\nc"
    assert len(quote("x" * 5000)) == 80


@pytest.mark.parametrize(
    ("name", "found"),
    [("excuted", "executed"), ("EXECUTED", "executed"), ("预算执行率", "预算执行"), ("zzz", None)],
)
def test_nearest(name: str, found: str | None) -> None:
    assert nearest(name, ("executed", "budget", "预算执行")) == found


def test_did_you_mean() -> None:
    assert did_you_mean("excuted", ("executed", "budget")).en == "did you mean executed?"
    assert did_you_mean("zzz", ("executed", "budget")).en == "known here: executed, budget"
    assert not did_you_mean("zzz", ())
