"""The words of a ruleset are passed in: without a table, the language's own."""

import pytest

from perfrules.errors import RulesetError, Text
from perfrules.lang.functions import FUNCTIONS
from perfrules.lang.load import load_ruleset
from perfrules.lang.methods import METHODS
from perfrules.lang.vocabulary import BUILT_IN, Vocabulary
from tests.plugins.sample import RULESET


def test_the_languages_own_is_the_default() -> None:
    assert BUILT_IN.methods is METHODS
    assert BUILT_IN.functions is FUNCTIONS
    assert BUILT_IN.left_out == {}


def test_why_a_word_was_left_out_is_the_hint() -> None:
    reason = Text("两个插件都有", "two plugins bring it")
    words = Vocabulary(left_out={"halving": reason, "spread": reason})
    with pytest.raises(RulesetError) as caught:
        load_ruleset(RULESET, vocabulary=words)
    hints = [(item.code, item.hint.en) for item in caught.value.diagnostics]
    assert ("PRF421", "two plugins bring it") in hints
    assert ("PRF322", "two plugins bring it") in hints
