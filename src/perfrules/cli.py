"""The command `perfrules`: every way it can end is an exit code and, where needed, a sentence.

0 fine · 1 the answer is no, or some units were rejected · 2 nothing could be done · 130 stopped by
Ctrl-C · 141 the reader of the output went away.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from perfrules.commands.arguments import parse, parser
from perfrules.commands.console import Console
from perfrules.errors import DiagnosedError, Lang, Text
from perfrules.messages import diagnose

FINE, NO, NOTHING = 0, 1, 2
STOPPED, CUT_OFF = 130, 141

_MODULES = {
    "list": "listing",
    "show": "show",
    "catalog": "catalog",
    "check": "check",
    "score": "score",
    "explain": "explain",
    "export-xlsx": "export_xlsx",
    "test": "test",
    "plugins": "plugins",
    "compare": "compare",
    "compile": "compile",
    "diff": "diff",
    "fmt": "fmt",
    "import-xlsx": "import_xlsx",
    "new": "new",
    "schema": "schema",
    "verify": "verify",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        argv: The arguments; those of the process where None.
    """
    given = list(sys.argv[1:] if argv is None else argv)
    console = Console(sys.stdout, sys.stderr, _lang(given))
    try:
        code = _run(given, console)
        sys.stdout.flush()
    except DiagnosedError as error:
        console.problems(error.diagnostics)
        return NOTHING
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        _let_go()
        return CUT_OFF
    except OSError as fault:
        reason = Text(str(fault.strerror), str(fault.strerror))
        console.problems((diagnose("PRF640", value="stdout", reason=reason),))
        return NOTHING
    except Exception:
        if "--traceback" in given:
            raise
        # The last resort: whatever went wrong, the user reads one sentence.
        console.problems((diagnose("PRF699"),))
        return NOTHING
    return code


def _run(argv: Sequence[str], console: Console) -> int:
    try:
        args = parse(argv)
    except SystemExit as end:  # --help has printed what was asked for
        return int(end.code or 0)
    if getattr(args, "version", False):
        from perfrules._version import __version__  # noqa: PLC0415 - for this option alone

        console.print(f"perfrules {__version__}")
        return FINE
    if args.command is None:
        console.note(parser().format_help().rstrip())
        return NOTHING
    # One command's modules are enough: `--help` and a misspelt option needn't load the language.
    module = import_module(f"perfrules.commands.{_MODULES[args.command]}")
    with console.plugin_warnings():
        code: int = module.run(args, console)
    return code


def _lang(argv: Sequence[str]) -> Lang:
    """Return the language asked for, also where the rest of the line can't be read.

    >>> _lang(["score", "--lang=en"]), _lang(["--lang", "en"]), _lang(["list"])
    ('en', 'en', 'zh')
    """
    for place, item in enumerate(argv):
        if item == "--lang=en" or (item == "--lang" and argv[place + 1 : place + 2] == ["en"]):
            return "en"
    return "zh"


def _let_go() -> None:
    """Point standard output elsewhere: Python flushes it once more when the process ends."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass  # a stream of the host's, not of the process: nothing to do
