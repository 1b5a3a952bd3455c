"""The one file: what is known of the indicators, a style and a program that shows them.

Everything that others wrote goes in as JSON in which no sign can end its element, and comes out as
text nodes; the content policy lets nothing but our own program run, and nothing be fetched.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import Final

from perfrules.errors import Lang

_HOME: Final = "perfrules.report.catalog"
# Inside <script> these could end the element or be read as the start of a comment.
_UNSAFE: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_TITLE: Final = {"zh": "指标库", "en": "Indicator library"}


def page(data: Mapping[str, object], lang: Lang = "zh") -> str:
    """Return the page of a catalog.

    Args:
        data: `indicators`, `libraries` and `program`, as `perfrules catalog` gathers them.
        lang: The language it opens in; its reader may change it.

    >>> text = page({"indicators": [{"id": "</script><b>"}], "libraries": [], "program": ""})
    >>> text.count("</script>"), "</script><b>" in text
    (2, False)
    """
    style, program = _file("catalog.css"), _file("catalog.js")
    return Template(_file("catalog.html")).substitute(
        lang="zh-CN" if lang == "zh" else "en",
        title=_TITLE[lang],
        style=style,
        program=program,
        style_digest=_digest(style),
        program_digest=_digest(program),
        data=embedded(data),
    )


def embedded(data: object) -> str:
    r"""Return data as JSON that can stand inside a `script` element.

    >>> embedded("</script><!--")
    '"\\u003c/script\\u003e\\u003c!--"'
    """
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _digest(text: str) -> str:
    """Return what a content policy calls a text by."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _file(name: str) -> str:
    return files(_HOME).joinpath(name).read_text(encoding="utf-8")
