"""The pytest plugin: each case of a `*.cases.yaml` is a test, where the project asks for it.

`pytest --perfrules`, or `perfrules_cases = true` in the settings. Nothing of perfrules is loaded
before a file of cases is collected.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from perfrules.testing import CaseOutcome

_ABOUT = "collect the cases of perfrules: *.cases.yaml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the setting that ask for cases, and the language they are told in."""
    group = parser.getgroup("perfrules")
    group.addoption("--perfrules", action="store_true", default=False, help=_ABOUT)
    parser.addini("perfrules_cases", _ABOUT, type="bool", default=False)
    parser.addini("perfrules_lang", "zh or en: the language of failures", default="zh")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "CasesFile | None":
    """Collect a file of cases."""
    config = parent.config
    asked = config.getoption("--perfrules") or config.getini("perfrules_cases")
    if not asked or not file_path.name.endswith(".cases.yaml"):
        return None
    return CasesFile.from_parent(parent, path=file_path)


class CasesFile(pytest.File):
    """A file of cases: run once, one test a case."""

    def collect(self) -> Iterator["CaseItem"]:
        """Yield a test for each case; one of the file's name where it can't be read."""
        from perfrules.testing import run_cases  # noqa: PLC0415 - loaded where a file is found

        seen: dict[str, int] = {}
        for outcome in run_cases([self.path]).cases:
            seen[outcome.name] = seen.get(outcome.name, 0) + 1
            again = f" [{seen[outcome.name]}]" if seen[outcome.name] > 1 else ""
            yield CaseItem.from_parent(self, name=outcome.name + again, outcome=outcome)


class CaseItem(pytest.Item):
    """One case."""

    def __init__(self, *, outcome: "CaseOutcome", **named: Any) -> None:  # noqa: ANN401 - what pytest passes
        super().__init__(**named)
        self.outcome = outcome

    def runtest(self) -> None:
        """Fail where the case did."""
        if self.outcome.outcome.value != "pass":
            raise CaseFailure(self.outcome)

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,  # noqa: ANN401 - as pytest calls it
    ) -> Any:  # noqa: ANN401 - what pytest shows
        """Return what `perfrules test` prints."""
        if isinstance(excinfo.value, CaseFailure):
            from perfrules.testing import told  # noqa: PLC0415 - loaded with the file

            english = self.config.getini("perfrules_lang") == "en"
            lang: Literal["zh", "en"] = "en" if english else "zh"
            return told(excinfo.value.outcome, lang)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the case is written."""
        span = self.outcome.span
        return self.path, span.line - 1 if span else None, self.name


class CaseFailure(Exception):  # noqa: N818 - a failed case is no error of the program
    """A case that failed, or couldn't be tried."""

    def __init__(self, outcome: "CaseOutcome") -> None:
        super().__init__(outcome.name)
        self.outcome = outcome
