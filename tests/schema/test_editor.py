"""A real language server reads our schemas over stdio: what it offers, says and finds wrong.

`npm ci --prefix tests/editor` installs it; without it, or without Node.js, there is nothing to ask.
"""

from collections.abc import Iterator

import pytest

from perfrules.lang.methods import METHODS
from perfrules.schema import STYLES, Style, as_text, document_schema
from tests.editor.language_server import (
    ABSENT,
    CURSOR,
    LanguageServer,
    OpenDocument,
    here,
    running,
)
from tests.schema.record import MODELINE, ROOT, documents

pytestmark = pytest.mark.skipif(not here(), reason=ABSENT)

TOP = 'ruleset: city.form\nversion: "1.0"\ntitle: 表\ninputs: {}\n'  # lines 2 to 5
LEAF = f"{TOP}indicators:\n  - id: speed\n    score:\n"  # its keys are from line 9 on


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """Return a server with a folder that holds every schema; nothing else is known to it."""
    folder = tmp_path_factory.mktemp("editor")
    for style in STYLES:
        for lang in ("zh", "en"):
            file = folder / f"ruleset.{lang}.{style}.json"
            file.write_text(as_text(document_schema("ruleset", lang, style)), encoding="utf-8")
    with running(folder) as found:
        yield found


class Author:
    """Someone who writes a document in an editor: each text is a file of its own."""

    def __init__(self, server: LanguageServer, style: Style, lang: str = "zh") -> None:
        self.server = server
        self.modeline = f"{MODELINE}./ruleset.{lang}.{style}.json\n"

    def _open(self, text: str) -> OpenDocument:
        return self.server.open(f"{self.server.count}.yaml", self.modeline + text)

    def offered(self, text: str) -> list[str]:
        return [item["label"] for item in self._open(text).completion()]

    def inserted(self, text: str, label: str) -> str:
        items = self._open(text).completion()
        return str(next(item["insertText"] for item in items if item["label"] == label))

    def told(self, text: str) -> str:
        return self._open(text).hover()

    def wrong(self, text: str) -> list[tuple[int, str]]:
        return self._open(text).problems()


@pytest.fixture(params=STYLES)
def author(request: pytest.FixtureRequest, server: LanguageServer) -> Author:
    return Author(server, request.param)


# Nine requests, each in both styles.


def test_1_keys_of_the_top_are_offered(author: Author) -> None:
    found = author.offered(f"{TOP}{CURSOR}")
    assert {"total", "indicators", "grades", "gates", "decisions", "rounding"} <= set(found)
    assert not {"ruleset", "title", "points", "method", "tests"} & set(found)


def test_2_methods_are_offered(author: Author) -> None:
    assert set(author.offered(f"{LEAF}      method: {CURSOR}\n")) == set(METHODS)


def test_3_keys_of_the_method_are_offered(author: Author) -> None:
    found = set(author.offered(f"{LEAF}      method: linear\n      {CURSOR}\n"))
    assert {"actual", "zero_at", "full_at", "between"} <= found
    assert not {"bands", "when", "target", "method", "shares"} & found


def test_4_keys_of_the_type_of_input_are_offered(author: Author) -> None:
    text = TOP.replace(" {}", "") + f"  budget:\n    type: money\n    {CURSOR}\n"
    found = set(author.offered(text))
    assert {"unit", "min", "max", "default", "optional"} <= found
    assert not {"of", "columns", "many", "bare", "pattern"} & found


def test_5_a_key_is_told_in_chinese(author: Author) -> None:
    assert "满分，各一级指标分值之和须与它相等" in author.told(f"{TOP}to{CURSOR}tal: 100\n")


def test_6_a_method_is_told_in_chinese(author: Author) -> None:
    keys = "      zero_at: 50%\n      full_at: 90%\n"
    found = author.told(f"{LEAF}      method: li{CURSOR}near\n{keys}")
    assert "`linear`: 区间线性：zero_at 处0分，full_at 处满分，其间按直线" in found
    assert "得满分的值" in author.told(
        f"{LEAF}      method: linear\n{keys}".replace("ll_at", f"l{CURSOR}l_at")
    )


def test_7_an_unknown_key_is_found_at_its_line(author: Author) -> None:
    score = "score: {method: met, when: done}"
    text = f"{TOP}indicators:\n  - id: speed\n    分值: 10\n    {score}\n"
    assert author.wrong(text) == [(8, "Property 分值 is not allowed.")]


def test_8_a_wrong_method_is_found_at_its_line(author: Author) -> None:
    ((line, message),) = author.wrong(f"{LEAF}      method: lineer\n      zero_at: 50%\n")
    assert line == 9
    assert message.startswith('Value is not accepted. Valid values: "met", "proportional"')


def test_9_a_number_out_of_range_is_found_at_its_line(author: Author) -> None:
    text = f"{TOP}rounding:\n  leaf: 2\n  total: 20\n"
    assert author.wrong(text) == [(8, "Value is above the maximum of 12.")]


# What else it tells, in our words.

SAYINGS = {
    "a version without quotes": (
        TOP.replace('"1.0"', "1.0"),
        [(3, '版本须带引号，如 "1.0"')],
    ),
    "a name that begins with a digit": (
        TOP.replace("{}", "{2022预算: {type: count}}"),
        [(5, "编号以字母或汉字开头，只含字母、数字、下划线和汉字，且不是保留字")],
    ),
    "two effects": (
        f"{TOP}gates:\n  - id: a\n    when: b\n    then: {{cap_total: 59, grade: 差}}\n",
        [(9, "grade 不能写在这里：已有 cap_total")],
    ),
    "no effect": (
        f"{TOP}gates:\n  - id: a\n    when: b\n    then: {{}}\n",
        [(9, "须写 cap_total / cap_grade / grade / zero / flag 之一")],
    ),
    "an operator for a value": (
        f"{LEAF}      method: proportional\n      actual: a\n      target: ≥95%\n",
        [(11, "应为数、百分比、带单位的数或表达式，如 90、95%、100万元、executed / budget")],
    ),
    "a change of nothing": (
        f"{TOP}change: {{a: {{points: 5}}}}\n",
        [(6, "change 不能写在这里：没有 extends")],
    ),
    "a key too few": (
        f"{LEAF}      method: linear\n      full_at: 90%\n",
        [(8, 'Missing property "zero_at".')],  # of what `score:` holds
    ),
    "nothing": (f"{LEAF}      method: linear\n      zero_at: 50%\n      full_at: 90%\n", []),
}


@pytest.mark.parametrize("name", SAYINGS)
def test_one_mistake_is_one_sentence(name: str, author: Author) -> None:
    text, found = SAYINGS[name]
    assert author.wrong(text) == found


def test_english_is_english(server: LanguageServer) -> None:
    for style in STYLES:
        author = Author(server, style, "en")
        found = author.told(f"{TOP}gra{CURSOR}des: [{{name: 优, at_least: 90}}]\n")
        assert "grades, the highest first" in found


# Where the styles differ: an editor's offers whole pieces.


def test_a_whole_indicator_is_offered_to_an_editor(server: LanguageServer) -> None:
    text = f"{TOP}indicators:\n  {CURSOR}\n"
    assert Author(server, "strict").offered(text) == []
    found = Author(server, "editor").inserted(text, "指标：分档")
    assert found.startswith("- id: ${1:id}\n  title: ${2:名称}\n  points: ${3:10}\n  score:\n")
    assert "      - else: ${9:0}" in found


def test_a_grade_table_and_a_skeleton_are_offered_to_an_editor(server: LanguageServer) -> None:
    assert "等级表" not in Author(server, "strict").offered(f"{TOP}{CURSOR}")
    table = Author(server, "editor").inserted(f"{TOP}{CURSOR}", "等级表")
    assert table.strip().startswith("grades:\n  - name: 优\n    at_least: ${11:90}\n  - name: 良")
    skeleton = Author(server, "editor").inserted(CURSOR, "规则集骨架")
    assert skeleton.startswith('ruleset: ${1:city.self_evaluation}\nversion: "${2:1.0}"')


def test_inputs_and_functions_are_offered(server: LanguageServer) -> None:
    author = Author(server, "editor")
    text = TOP.replace(" {}", "") + f"  {CURSOR}\n"
    assert {"输入项：金额", "输入项：选项", "输入项：绩效目标表"} <= set(author.offered(text))
    found = author.offered(f"{LEAF}      method: met\n      when: {CURSOR}\n")
    assert {"sum(t.x for t in table)", "round(x, 2)"} <= set(found)


# The shipped documents in their own folders, with the schema of their own first line.


@pytest.mark.parametrize("place", ["rulesets", "plugins"])
def test_a_shipped_document_needs_nothing_else(server: LanguageServer, place: str) -> None:
    chosen = [path for path, _ in documents() if path.relative_to(ROOT).parts[0] == place]
    server_folder, server.folder = server.folder, ROOT
    try:
        for path in chosen[::15]:
            name = path.relative_to(ROOT).as_posix()
            text = path.read_text(encoding="utf-8")
            assert server.open(name, text).problems() == [], name
            wrong = f"{text.rstrip()}\nno_such_key: 1\n"
            beside = name.replace(".yaml", ".changed.yaml")  # it is not written
            found = server.open(beside, wrong).problems()
            lines = len(wrong.splitlines())
            assert found == [(lines, "Property no_such_key is not allowed.")], name
    finally:
        server.folder = server_folder
