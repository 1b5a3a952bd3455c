"""Libraries and indicators by name; documents put together."""

from pathlib import Path

import pytest

from perfrules import Registry
from perfrules.errors import RulesetError, UsageError
from perfrules.libraries import (
    is_library,
    is_ruleset,
    libraries,
    read_indicator,
    read_library,
    read_resolved,
)
from tests.sample_reuse import FORM, LIBRARY, extending, using


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    files = {
        "edu.yaml": LIBRARY,
        "old.yaml": LIBRARY.replace('"2.1"', '"1.0"'),
        "form.yaml": FORM,
        "host.yaml": using("  - {use: edu.first@2, points: 100}\n"),
        "variant.yaml": extending("title: 变体\n", "form.yaml"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Registry([tmp_path])


def test_a_library_by_id_version_and_path(registry: Registry) -> None:
    assert read_library("edu", registry)[1].version == "2.1"
    assert read_library("edu@1", registry)[1].version == "1.0"
    path = registry.sources[0] / "old.yaml"
    assert read_library(path, registry)[1].version == "1.0"
    assert list(libraries(registry)) == ["edu@2.1"]


@pytest.mark.parametrize("name", ["edo", "edu@3"])
def test_one_that_is_not_there(registry: Registry, name: str) -> None:
    with pytest.raises(UsageError) as error:
        read_library(name, registry)
    (found,) = error.value.diagnostics
    assert found.code == "PRF664"
    assert found.hint.en == "did you mean edu?"


def test_a_ruleset_is_no_library(registry: Registry) -> None:
    with pytest.raises(RulesetError):
        read_library(registry.sources[0] / "form.yaml", registry)
    assert is_library("edu", registry)
    assert is_library(registry.sources[0] / "edu.yaml", registry)
    assert not is_library("city.form", registry)
    assert not is_library(registry.sources[0] / "form.yaml", registry)
    assert is_ruleset("city.form@1", registry)
    assert not is_ruleset("edu.first", registry)


def test_an_indicator_by_its_name(registry: Registry) -> None:
    found = read_indicator("edu.execution@2", registry)
    assert found is not None
    plan, library, name = found
    assert (name, library.version) == ("execution", "2.1")
    assert [item.id for item in plan.inputs] == ["spent", "budget"]
    assert read_indicator("city.form", registry) is None
    assert read_indicator("edu", registry) is None
    with pytest.raises(RulesetError):
        read_indicator("edu.executon", registry)


def test_what_was_put_together(registry: Registry) -> None:
    document = read_resolved("city.variant", registry)
    assert document.value["title"] == "变体"
    assert document.span(("total",)).file.endswith("form.yaml")
