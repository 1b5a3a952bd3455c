"""Rulesets found by id: versions, nearest names, clashes, the shipped ones."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perfrules.errors import UsageError
from perfrules.registry import Registry, default_registry, listed, shipped


def put(folder: Path, name: str, ident: str, version: str = "1.0") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'ruleset: {ident}\nversion: "{version}"\ntitle: x\n', encoding="utf-8")
    return path


def test_a_ruleset_is_found_by_its_id_wherever_it_stands(tmp_path: Path) -> None:
    path = put(tmp_path, "deep/er/any-name.yaml", "city.form")
    assert Registry([tmp_path]).find("city.form").path == path


def test_cases_and_other_documents_are_no_rulesets(tmp_path: Path) -> None:
    put(tmp_path, "a.cases.yaml", "city.form")
    (tmp_path / "b.yaml").write_text("cases: city.form\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("  ruleset: city.form\n", encoding="utf-8")
    (tmp_path / "d.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "e.yaml").mkdir()
    assert Registry([tmp_path]).rulesets() == ()


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("city.form", "2.0"),
        ("city.form@1", "1.10"),
        ("city.form@1.9", "1.9"),
        ("city.form@2.0", "2.0"),
    ],
)
def test_the_newest_version_that_fits_is_taken(tmp_path: Path, name: str, version: str) -> None:
    for number in ("1.9", "2.0", "1.10", "1.2"):
        put(tmp_path, f"{number}.yaml", "city.form", number)
    assert Registry([tmp_path]).find(name).version == version


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("city.from", "did you mean city.form?"),
        ("city.form@3", "did you mean city.form@2.0?"),
        ("zzzz", "known here: city.form"),
    ],
)
def test_an_unknown_name_gets_the_nearest(tmp_path: Path, name: str, hint: str) -> None:
    put(tmp_path, "2.yaml", "city.form", "2.0")
    with pytest.raises(UsageError) as error:
        Registry([tmp_path]).find(name)
    (problem,) = error.value.diagnostics
    assert problem.code == "PRF601"
    assert problem.hint.en == hint


def test_one_id_and_version_twice_names_both_files(tmp_path: Path) -> None:
    first = put(tmp_path, "a.yaml", "city.form")
    second = put(tmp_path, "b.yaml", "city.form")
    with pytest.raises(UsageError) as error:
        Registry([tmp_path]).find("city.form")
    (problem,) = error.value.diagnostics
    assert problem.code == "PRF602"
    assert first.name in problem.message.en
    assert second.name in problem.message.en


def test_a_file_named_twice_is_one(tmp_path: Path) -> None:
    path = put(tmp_path, "a.yaml", "city.form")
    assert len(Registry([tmp_path, path]).rulesets()) == 1


def test_no_sources_know_nothing() -> None:
    with pytest.raises(UsageError):
        Registry([]).find("city.form")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("ruleset: a.b\nversion: '1.0' # first\n", ("a.b", "1.0")),
        ('\ufeffruleset: "a.b"\r\nversion: "1.0"\r\n', ("a.b", "1.0")),
        ("# note\nruleset: 市级\ntitle: version\nversion: 1.0\n", ("市级", "1.0")),
        ("ruleset: a.b\n", ("a.b", "0")),
    ],
)
def test_the_first_keys_are_read_without_the_rest(
    tmp_path: Path, text: str, want: tuple[str, str]
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    found = listed(path)
    assert found is not None
    assert (found.id, found.version) == want


def test_the_shipped_rulesets_are_beside_the_source() -> None:
    folder = shipped()
    assert folder is not None
    assert folder.name == "rulesets"
    assert Registry().sources == (folder,)


def test_hidden_folders_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, ".venv/lib/a.yaml", "city.form")
    put(tmp_path, "b/.hidden.yaml", "city.other")
    assert [item.id for item in Registry([tmp_path]).rulesets()] == ["city.other"]


def test_libraries_are_found_apart_from_rulesets(tmp_path: Path) -> None:
    put(tmp_path, "a.yaml", "city.form")
    (tmp_path / "b.yaml").write_text('library: city\nversion: "2.1"\n', encoding="utf-8")
    known = Registry([tmp_path])
    assert [item.id for item in known.documents("library")] == ["city"]
    assert [item.id for item in known.rulesets()] == ["city.form"]
    assert known.documents("library")[0].kind == "library"


def test_a_ruleset_and_a_library_may_share_a_name(tmp_path: Path) -> None:
    put(tmp_path, "a.yaml", "city")
    (tmp_path / "b.yaml").write_text('library: city\nversion: "1.0"\n', encoding="utf-8")
    assert Registry([tmp_path]).find("city").kind == "ruleset"


def test_the_default_one_is_built_once() -> None:
    assert default_registry() is default_registry()
    assert default_registry().discover is True


def test_named_sources_are_all_there_is(tmp_path: Path) -> None:
    known = Registry([tmp_path])
    assert known.discover is False
    assert known.report.plugins == ()
    assert known.folders == (tmp_path,)
    assert known.observers == ()


def test_nothing_of_pluggy_is_read_where_there_is_no_plugin() -> None:
    script = (
        "import sys; from perfrules import Registry, load; "
        "load('mof.project_self_evaluation', registry=Registry(discover=False)); "
        "assert 'pluggy' not in sys.modules"
    )
    path = os.pathsep.join(item for item in sys.path if item)
    subprocess.run([sys.executable, "-c", script], check=True, env={"PYTHONPATH": path})  # noqa: S603 - our own interpreter
