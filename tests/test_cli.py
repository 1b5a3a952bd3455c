"""Every end of `main` has its exit code."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfrules.cli
import perfrules.registry
from perfrules.cli import main
from perfrules.commands.grammar import COMMANDS
from perfrules.registry import Registry
from tests.sample_work import run


@pytest.mark.parametrize("argv", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_exit_0(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    code, out, err = run(capsys, *argv)
    assert (code, err) == (0, "")
    assert "perfrules" in out


def test_no_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, out) == (2, "")
    for name in COMMANDS:
        assert name in err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version")[:2] == (0, "perfrules 0.1.0\n")


@pytest.mark.parametrize(
    ("fault", "code"), [(KeyboardInterrupt, 130), (BrokenPipeError, 141), (RuntimeError, 2)]
)
def test_what_stops_a_command_is_an_exit_code(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fault: type[BaseException],
    code: int,
) -> None:
    def stopped(*_: object) -> int:
        raise fault("x")

    monkeypatch.setattr(perfrules.cli, "_run", stopped)
    monkeypatch.setattr(perfrules.cli, "_let_go", lambda: None)
    assert main(["list"]) == code
    assert ("PRF699" in capsys.readouterr().err) is (fault is RuntimeError)


def test_a_fault_inside_is_shown_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> int:
        raise RuntimeError("x")

    monkeypatch.setattr(perfrules.cli, "_run", stopped)
    with pytest.raises(RuntimeError):
        main(["list", "--traceback"])


WORDS = st.sampled_from(
    [*COMMANDS, "--lang", "en", "--format", "json", "--help", "--depth", "--as-of", "2022-12-31",
     "--table", "a=b", "--key", "-", "--", "", "nothing.yaml", "--version", "-x", "\0", "{}"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=5))
def test_any_arguments_end_with_an_exit_code(
    tmp_path_factory: pytest.TempPathFactory, argv: list[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.getbasetemp())
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
        patch.setattr(perfrules.registry, "_built", lambda: Registry([]))
        assert main([*argv, "--traceback"]) in (0, 1, 2)
