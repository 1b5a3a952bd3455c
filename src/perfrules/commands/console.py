"""Where commands write: any encoding is survived, nothing of the host's streams is changed."""

import json
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TextIO
from warnings import catch_warnings, simplefilter

from perfrules.errors import Diagnostic, Lang, PluginWarning


@dataclass(frozen=True, slots=True)
class Console:
    """Standard output and standard error of one call of `main`, and its language."""

    out: TextIO
    err: TextIO
    lang: Lang

    def say(self, zh: str, en: str) -> str:
        """Return the text in the console's language."""
        return zh if self.lang == "zh" else en

    def print(self, text: str) -> None:
        """Write text for people; signs that the stream can't hold are shown by their number."""
        write(self.out, text if text.endswith("\n") else f"{text}\n")

    def data(self, text: str) -> None:
        """Write text for programs: UTF-8 into a pipe or file whatever the locale says."""
        raw = getattr(self.out, "buffer", None)
        if raw is not None and not self.out.isatty():
            self.out.flush()
            raw.write(text.encode("utf-8", "backslashreplace"))
            raw.flush()
            return
        write(self.out, text, escape=True)

    def note(self, text: str) -> None:
        """Write a line to standard error."""
        write(self.err, f"{text}\n")

    def problems(self, items: Iterable[Diagnostic]) -> None:
        """Write diagnostics to standard error."""
        for item in items:
            self.note(item.render(self.lang))

    @contextmanager
    def plugin_warnings(self) -> Iterator[None]:
        """Write what is warned about plugins as sentences to standard error; the command goes on.

        This process is ours: a host that calls `main` gets its filters of warnings back.
        """
        told: set[str] = set()
        with catch_warnings():
            simplefilter("always", PluginWarning)
            shown = warnings.showwarning

            def show(message: Warning | str, *args: Any, **more: Any) -> None:  # noqa: ANN401 - as warnings calls it
                if not isinstance(message, PluginWarning):
                    shown(message, *args, **more)
                elif (text := message.diagnostic.render(self.lang)) not in told:
                    told.add(text)
                    self.note(text)

            warnings.showwarning = show
            yield


def write(stream: TextIO, text: str, *, escape: bool = False) -> None:
    """Write *text* to a stream of any encoding; `escape` shows a sign as JSON does."""
    encoding = stream.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = "".join(_printable(sign, encoding, escape=escape) for sign in text)
    stream.write(text)


def _printable(sign: str, encoding: str, *, escape: bool) -> str:
    try:
        sign.encode(encoding)
    except UnicodeEncodeError:
        # JSON has an escape of its own, which a reader turns back into the sign.
        return json.dumps(sign)[1:-1] if escape else tidy_number(sign)
    return sign


def tidy_number(sign: str) -> str:
    r"""Return a sign as its number.

    >>> tidy_number("✓")
    '\\u2713'
    """
    return sign.encode("ascii", "backslashreplace").decode("ascii")
