"""Documents found by id and path in real folders; the version in force on a day."""

import os
from datetime import date
from pathlib import Path

import pytest

from perfrules import Registry, load, run_cases
from perfrules.cli import main
from perfrules.errors import DiagnosedError, RulesetError, UsageError
from perfrules.finder import RegistryFinder, find
from perfrules.lang.resolve import NotFound
from perfrules.lang.resolve.reference import Named
from tests.sample_reuse import FORM, GRADES, LIBRARY, extending, using

FACTS = {"budget": "100万元", "executed": "80万元", "misused": "否", "quality": "100%"}


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def versions(folder: Path, *ranges: tuple[str, str]) -> Registry:
    """Write versions of one form, each with its `effective`, and return their registry."""
    for version, effective in ranges:
        text = FORM.replace('"1.2"', f'"{version}"').replace("title: 底表", f"title: 第{version}版")
        put(
            folder,
            f"form-{version}.yaml",
            text + (f"effective: {effective}\n" if effective else ""),
        )
    return Registry([folder])


def code_of(error: pytest.ExceptionInfo[DiagnosedError]) -> list[str]:
    return [item.code for item in error.value.diagnostics]


@pytest.mark.parametrize(
    ("day", "version"),
    [("2019-12-31", "1.0"), ("2020-01-01", "1.1"), ("2023-12-31", "1.1"), ("2024-01-01", "2.0")],
)
def test_the_version_in_force_is_picked(tmp_path: Path, day: str, version: str) -> None:
    registry = versions(
        tmp_path,
        ("1.0", "{until: 2020-01-01}"),
        ("1.1", "{from: 2020-01-01, until: 2024-01-01}"),
        ("2.0", "{from: 2024-01-01}"),
    )
    assert load("city.form", as_of=day, registry=registry).plan.version == version
    assert load("city.form", registry=registry).plan.version == "2.0"
    assert load("city.form@1.1", registry=registry).plan.version == "1.1"


def test_two_in_force_at_once_are_refused(tmp_path: Path) -> None:
    registry = versions(tmp_path, ("1.0", "{from: 2020-01-01}"), ("2.0", "{from: 2024-01-01}"))
    with pytest.raises(UsageError) as error:
        load("city.form", as_of="2024-06-01", registry=registry)
    assert code_of(error) == ["PRF660"]
    assert "form-1.0.yaml" in str(error.value)
    assert "form-2.0.yaml" in str(error.value)
    assert load("city.form", as_of="2023-06-01", registry=registry).plan.version == "1.0"
    assert load("city.form@2.0", as_of="2024-06-01", registry=registry).plan.version == "2.0"


def test_one_without_dates_is_always_in_force(tmp_path: Path) -> None:
    registry = versions(tmp_path, ("1.0", ""), ("2.0", "{from: 2024-01-01}"))
    assert load("city.form", as_of="2023-01-01", registry=registry).plan.version == "1.0"
    with pytest.raises(UsageError) as error:
        load("city.form", as_of="2024-01-01", registry=registry)
    assert code_of(error) == ["PRF660"]


def test_none_in_force_names_them_all(tmp_path: Path) -> None:
    registry = versions(
        tmp_path, ("1.0", "{from: 2020-01-01, until: 2021-01-01}"), ("2.0", "{from: 2024-01-01}")
    )
    with pytest.raises(UsageError) as error:
        load("city.form", as_of="2022-01-01", registry=registry)
    assert code_of(error) == ["PRF661"]
    assert "1.0 [2020-01-01, 2021-01-01), 2.0 [2024-01-01, …)" in str(error.value)


def test_without_any_dates_the_newest_is_taken(tmp_path: Path) -> None:
    registry = versions(tmp_path, ("1.9", ""), ("1.10", ""))
    assert load("city.form", as_of="2024-01-01", registry=registry).plan.version == "1.10"


def test_what_is_extended_and_used_is_that_in_force_too(tmp_path: Path) -> None:
    registry = versions(tmp_path, ("1.0", "{until: 2024-01-01}"), ("1.1", "{from: 2024-01-01}"))
    put(tmp_path, "variant.yaml", extending("effective: {from: 2000-01-01}\n", "city.form"))
    for number, until in (("2.0", "until"), ("2.1", "from")):
        text = LIBRARY.replace('"2.1"', f'"{number}"') + f"effective: {{{until}: 2024-01-01}}\n"
        put(tmp_path, f"edu-{number}.yaml", text)
    put(tmp_path, "user.yaml", using("  - {use: edu.first, points: 100}\n"))
    for day, form, library in (("2023-12-31", "第1.0版", "2.0"), ("2024-01-01", "第1.1版", "2.1")):
        assert load("city.variant", as_of=day, registry=registry).plan.title.zh == form
        (node,) = load("city.host", as_of=day, registry=registry).plan.indicators
        assert node.use == f"edu.first@{library}"


def test_a_broken_range_counts_as_none(tmp_path: Path) -> None:
    registry = versions(tmp_path, ("1.0", "{from: soon}"), ("1.1", "[a]"), ("1.2", ""))
    assert find(registry, "ruleset", "city.form", date(2024, 1, 1)) is not None


@pytest.mark.parametrize("name", ["city.from", "city.form@3", "a/b.yaml", "~"])
def test_what_is_not_there_is_none(tmp_path: Path, name: str) -> None:
    assert find(versions(tmp_path, ("1.0", "")), "ruleset", name, None) is None


def test_a_library_in_the_files_own_folder_is_found(tmp_path: Path) -> None:
    put(tmp_path, "edu.yaml", LIBRARY)
    host = put(tmp_path, "host.yaml", using("  - {use: edu.first@2, points: 100}\n"))
    assert load(host).plan.indicators[0].use == "edu.first@2.1"
    put(tmp_path, "below/edu.yaml", LIBRARY.replace('"2.1"', '"2.9"'))
    assert load(host).plan.indicators[0].use == "edu.first@2.1"  # only its own folder


def test_beside_the_file_comes_before_the_registry(tmp_path: Path) -> None:
    put(tmp_path, "shelf/edu.yaml", LIBRARY.replace('"2.1"', '"2.9"'))
    host = put(tmp_path, "own/host.yaml", using("  - {use: edu.first@2, points: 100}\n"))
    registry = Registry([tmp_path / "shelf"])
    assert load(host, registry=registry).plan.indicators[0].use == "edu.first@2.9"
    put(tmp_path, "own/edu.yaml", LIBRARY)
    assert load(host, registry=registry).plan.indicators[0].use == "edu.first@2.1"


def test_a_path_may_climb_inside_the_registrys_folder_alone(tmp_path: Path) -> None:
    put(tmp_path, "rules/form.yaml", FORM)
    put(tmp_path, "form.yaml", FORM)
    inside = put(tmp_path, "rules/city/variant.yaml", extending("", "../form.yaml"))
    assert load(inside, registry=Registry([tmp_path / "rules"])).plan.total == 100
    with pytest.raises(RulesetError) as error:
        load(inside)
    assert code_of(error) == ["PRF261"]
    inside.write_text(extending("", "../../form.yaml"), encoding="utf-8")
    with pytest.raises(RulesetError) as error:
        load(inside, registry=Registry([tmp_path / "rules"]))
    assert code_of(error) == ["PRF261"]


def test_a_link_out_of_the_folder_is_an_escape(tmp_path: Path) -> None:
    put(tmp_path, "secret.yaml", FORM.replace("底表", "机密"))
    host = put(tmp_path, "rules/host.yaml", extending("", "link.yaml"))
    (tmp_path / "rules" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(RulesetError) as error:
        load(host)
    assert code_of(error) == ["PRF261"]
    assert "机密" not in error.value.render("zh")


def test_a_folder_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    host = put(tmp_path, "host.yaml", extending("", "folder.yaml"))
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(RulesetError) as error:
        load(host)
    assert code_of(error) == ["PRF262"]
    (tmp_path / "folder.yaml").rmdir()
    os.mkfifo(tmp_path / "folder.yaml")
    with pytest.raises(RulesetError) as error:
        load(host)
    assert code_of(error) == ["PRF262"]


def test_a_text_has_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "form.yaml", FORM)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotFound) as error:
        RegistryFinder(Registry([])).beside("<text>", "form.yaml")
    assert error.value.code == "PRF262"


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    path = put(tmp_path, "edu.yaml", LIBRARY)
    registry = Registry([tmp_path])
    finder = RegistryFinder(registry)
    first = finder.named("library", Named("edu"))
    assert finder.named("library", Named("edu")) is first
    path.write_text(LIBRARY.replace("title: 教育指标库", "title: 新"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert finder.named("library", Named("edu")).value["title"] == "新"


def test_a_unit_alone_scores_by_what_was_put_together(tmp_path: Path) -> None:
    put(tmp_path, "form.yaml", FORM)
    host = put(tmp_path, "variant.yaml", extending("change: {优: {at_least: 95}}\n", "form.yaml"))
    result = load(host).score(FACTS)
    assert (str(result.total), result.grade) == ("92.00", "差")
    assert GRADES


def test_documents_that_are_looked_at_together_find_each_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path, "libraries/edu.yaml", LIBRARY)
    put(tmp_path, "rulesets/host.yaml", using("  - {use: edu.first@2, points: 100}\n"))
    put(
        tmp_path,
        "rulesets/host.cases.yaml",
        "cases: city.host\ntests: [{name: 甲, facts: {helped: 1}, want: {total: 100}}]\n",
    )
    put(tmp_path, "twin.yaml", FORM)
    put(tmp_path, "twin_too.yaml", FORM)  # two of one id are nobody's business here
    assert main(["check", str(tmp_path)]) == 0, capsys.readouterr().out
    assert run_cases([tmp_path]).ok
    with pytest.raises(RulesetError):
        load(tmp_path / "rulesets" / "host.yaml")
