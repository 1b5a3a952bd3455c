"""What a command writes whole: to the file that was asked for, else to standard output."""

from pathlib import Path

import pytest

from perfrules.commands.console import Console
from perfrules.commands.output import deliver, save
from perfrules.errors import UsageError


def test_a_whole_file(tmp_path: Path) -> None:
    save(str(tmp_path / "a.txt"), "优\n")
    save(str(tmp_path / "b.bin"), b"\x00\xff")
    assert (tmp_path / "a.txt").read_bytes() == "优\n".encode()
    assert (tmp_path / "b.bin").read_bytes() == b"\x00\xff"
    assert len(list(tmp_path.iterdir())) == 2
    with pytest.raises(UsageError) as caught:
        save(str(tmp_path / "no" / "c.txt"), "x")
    assert [item.code for item in caught.value.diagnostics] == ["PRF640"]


def test_where_it_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    console = Console(sys.stdout, sys.stderr, "en")
    deliver(None, "text\n", console)
    deliver(str(tmp_path / "a.txt"), "other\n", console)
    assert capsys.readouterr().out == "text\n"
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "other\n"
