"""The grammar of the command line: one sentence with a code for what is wrong."""

from pathlib import Path

import pytest

from tests.sample_work import run


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["scroe", "form.yaml", "facts.yaml"], "PRF643"),
        (["score", "form.yaml"], "PRF645"),
        (["score", "form.yaml", "facts.yaml", "--as-of"], "PRF645"),
        (["score", "form.yaml", "facts.yaml", "--reject", "x"], "PRF644"),
        (["score", "form.yaml", "facts.yaml", "more"], "PRF644"),
        (["list", "--lang", "fr"], "PRF646"),
        (["score", "form.yaml", "facts.yaml", "--format", "xml"], "PRF646"),
        (["explain", "form.yaml", "facts.yaml", "--depth", "deep"], "PRF646"),
        (["score", "form.yaml", "facts.csv", "--delimiter", "ab"], "PRF646"),
        (["score", "form.yaml", "facts.csv", "--table", "targets"], "PRF642"),
        (["score", "form.yaml", "facts.csv", "--table", "a=b.csv"], "PRF642"),
        (["score", "form.yaml", "facts.yaml", "--key", "id"], "PRF642"),
        (["score", "form.yaml", "facts.csv", "-o", "facts.csv"], "PRF642"),
        (["score", "form.yaml", "facts.csv", "-o", "./form.yaml"], "PRF642"),
        (["score", "form.yaml", "facts.csv", "-o", "a", "--rejects", "a"], "PRF642"),
        (["score", "form.yaml", "facts.yaml", "--as-of", "2022年底"], "PRF641"),
        (["score", "city.nothing", "facts.yaml"], "PRF601"),
        (["score", "nothing.yaml", "facts.yaml"], "PRF603"),
        (["score", "form.yaml", "nothing.csv"], "PRF603"),
        (["score", "form.yaml", "."], "PRF625"),
        (["score", "form.yaml", "facts.xls"], "PRF625"),
        (["score", "form.yaml", "facts.csv", "--encoding", "ansi"], "PRF607"),
        (["score", "form.yaml", "facts.csv", "--id", "编号"], "PRF621"),
        (["score", "form.yaml", "facts.csv", "-o", "nowhere/out.json"], "PRF640"),
        (["score", "form.yaml", "facts.csv", "-o", "."], "PRF640"),
        (["show", "nothing.yaml"], "PRF603"),
        (["show", "."], "PRF601"),
        (["check", "nothing.yaml"], "PRF603"),
        (["test", "nothing.yaml"], "PRF603"),
        (["test", ""], "PRF603"),
        (["check", ""], "PRF601"),
        (["score", "facts.csv/x.yaml", "facts.csv"], "PRF605"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bad_calls_are_one_sentence_with_a_code_and_exit_2(
    work: Path, capsys: pytest.CaptureFixture[str], argv: list[str], code: str, lang: str
) -> None:
    status, out, err = run(capsys, *argv, "--lang", lang)
    if "--lang" in argv:
        status, out, err = run(capsys, *argv)
    assert (status, out) == (2, "")
    assert code in err
    assert "Traceback" not in err
    assert len(err.splitlines()) <= 5


def test_global_options_stand_before_or_after_the_command(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run(capsys, "--lang", "en", "score", "form.yaml", "facts.yaml")
    after = run(capsys, "score", "form.yaml", "facts.yaml", "--lang=en")
    assert before == after
    assert "total: 91.85" in before[1]


@pytest.mark.parametrize("argv", [["form.yaml", "loop.csv"], ["loop.yaml", "facts.csv"]])
def test_a_link_to_itself_is_a_file_that_can_not_be_read(
    work: Path, capsys: pytest.CaptureFixture[str], argv: list[str]
) -> None:
    for name in ("loop.csv", "loop.yaml"):
        (work / name).symlink_to(name)
    status, out, err = run(capsys, "score", *argv, "-o", "out.csv")
    assert (status, out) == (2, "")
    assert "PRF605" in err
