"""What a run is about: content decides, not names or times."""

import os
from pathlib import Path

import pytest

from perfrules import loads
from perfrules.errors import UsageError
from perfrules.jobs.identity import About, File, files_of
from tests.sample_rulesets import FORM


def test_content_is_what_counts(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_bytes(b"a,b\n")
    other.write_bytes(b"a,b\n")
    os.utime(other, (1, 1))
    found = [File.of("facts", str(path)).digest() for path in (one, other)]
    # The digest is what `printf 'a,b\n' | sha256sum` prints.
    wanted = "4 B sha256:5be08c9684a1d25efcee09318204824278b08bbfb4aef973ffefd0b9d7478313"
    assert found == [wanted, wanted]


def test_a_change_is_noticed(tmp_path: Path) -> None:
    place = tmp_path / "facts.csv"
    place.write_bytes(b"a")
    file = File.of("facts", str(place))
    file.unchanged("out.parts")
    place.write_bytes(b"ab")
    with pytest.raises(UsageError) as error:
        file.unchanged("out.parts")
    assert error.value.diagnostics[0].code == "PRF674"
    assert "out.parts" in error.value.diagnostics[0].hint.en


def test_it_names_the_ruleset_the_files_and_the_options(tmp_path: Path) -> None:
    place = tmp_path / "facts.csv"
    place.write_bytes(b"a")
    program = loads(FORM)
    files = files_of([("facts", str(place)), ("facts", str(place)), ("tables", "-")])
    about = About(program, files, {"delimiter": ";"})()
    assert about["ruleset"] == f"city.form 1.0 {program.plan.digest}"
    assert about["facts"].count("sha256:") == 2
    assert about["delimiter"] == ";"
    assert "tables" not in about
