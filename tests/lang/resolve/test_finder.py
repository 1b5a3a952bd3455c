"""Documents held in memory: found by id, by version, by path."""

import pytest

from perfrules.lang.resolve import NOWHERE, NotFound, Shelf
from perfrules.lang.resolve.reference import Named


def doc(version: str, name: str = "a.b") -> str:
    return f'ruleset: {name}\nversion: "{version}"\ntitle: x\n'


def test_the_newest_that_fits_is_taken() -> None:
    shelf = Shelf({f"{number}.yaml": doc(number) for number in ("1.9", "1.10", "2.0")})
    found = [shelf.named("ruleset", Named("a.b", wanted)).file for wanted in ("", "1", "1.9")]
    assert found == ["2.0.yaml", "1.10.yaml", "1.9.yaml"]


def test_kinds_are_kept_apart_and_broken_documents_passed_over() -> None:
    shelf = Shelf({"a.yaml": doc("1.0"), "b.yaml": "library: a.b\nversion: '3.0'\n", "c.yaml": "["})
    assert shelf.named("library", Named("a.b")).file == "b.yaml"
    assert shelf.named("ruleset", Named("a.b")).file == "a.yaml"


@pytest.mark.parametrize(
    ("wanted", "code"), [(Named("a.c"), "PRF263"), (Named("a.b", "2"), "PRF264")]
)
def test_what_is_not_there_is_said(wanted: Named, code: str) -> None:
    with pytest.raises(NotFound) as error:
        Shelf({"a.yaml": doc("1.0")}).named("ruleset", wanted)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("file", "path", "code"),
    [
        ("x.yaml", "../a.yaml", "PRF261"),
        ("d/x.yaml", "../../a.yaml", "PRF261"),
        ("d/x.yaml", "a.yaml", "PRF262"),
    ],
)
def test_a_path_stays_on_the_shelf(file: str, path: str, code: str) -> None:
    with pytest.raises(NotFound) as error:
        Shelf({"a.yaml": doc("1.0")}).beside(file, path)
    assert error.value.code == code


def test_a_path_starts_from_the_file_that_names_it() -> None:
    shelf = Shelf({"a.yaml": doc("1.0"), "d/a.yaml": doc("2.0")})
    assert shelf.beside("d/x.yaml", "a.yaml").file == "d/a.yaml"
    assert shelf.beside("d/x.yaml", "../a.yaml").file == "a.yaml"


def test_a_document_is_read_once() -> None:
    shelf = Shelf({"a.yaml": doc("1.0")})
    assert shelf.beside("x.yaml", "a.yaml") is shelf.named("ruleset", Named("a.b"))


def test_nowhere_has_nothing() -> None:
    with pytest.raises(NotFound):
        NOWHERE.named("library", Named("edu"))
