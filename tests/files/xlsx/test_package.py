"""Files that are no workbooks, or dangerous ones: each is refused by a sentence that says why."""

import base64
import re
from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import UsageError
from perfrules.files.xlsx import package as module
from perfrules.files.xlsx.package import Package, _nothing, opened
from tests.sample_books import book, grid, raw, source, zipped

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
GOOD = book([["a"], [1]])
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def told(data: bytes) -> tuple[str, str, str]:
    with pytest.raises(UsageError) as error:
        grid(data)
    (problem,) = error.value.diagnostics
    assert "facts.xlsx" in problem.message.zh
    return problem.code, problem.message.zh, problem.hint.en


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "不是 .xlsx 格式"),
        ("编号,预算\n1,2\n".encode(), "不是 .xlsx 格式"),
        (base64.b64decode("0M8R4KGxGuE="), "旧的 .xls"),
        (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "旧的 .xls"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (base64.b64decode("UEsDBBQABgAIAAAAIQ=="), "不完整"),
        (GOOD[: len(GOOD) // 2], "不完整"),
        (zipped({"word/document.xml": "<x/>"}), "不完整"),
        (raw("<sheetData><row"), "不完整"),
        (raw('<sheetData><row r="x"/></sheetData>'), "不完整"),
        (raw('<sheetData><row r="2"/><row r="1"/></sheetData>'), "不完整"),
        (raw('<sheetData><row r="1"><c r="B2"><v>1</v></c></row></sheetData>'), "不完整"),
        (raw('<sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData>'), "不完整"),
        (raw('<sheetData><row r="1048577"/></sheetData>'), "不完整"),
        (raw('<sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData>'), "不完整"),
        (raw('<sheetData><row r="1"><c r="A1"><v>x</v></c></row></sheetData>'), "不完整"),
        (raw('<sheetData><row r="1"><c r="A1"><v>NaN</v></c></row></sheetData>'), "不完整"),
        (raw('<sheetData><row r="1"><c r="A1"><v>1e99999</v></c></row></sheetData>'), "不完整"),
        (raw('<mergeCells><mergeCell ref="A"/></mergeCells>'), "不完整"),
        (raw("", book="<sheets/>"), "不完整"),
        (raw("", **{"xl/worksheets/sheet1.xml": LAUGHS}), "实体"),
        (raw("", **{"xl/sharedStrings.xml": f"{LAUGHS}<sst>&b;</sst>"}), "实体"),
        (raw("", **{"xl/workbook.xml": f"{LAUGHS}<workbook/>"}), "实体"),
    ],
)
def test_what_is_no_sound_workbook_is_told(data: bytes, why: str) -> None:
    code, zh, hint = told(data)
    assert code == "PRF691"
    assert why in zh
    assert "save as .xlsx" in hint


def test_a_crafted_checksum_is_told() -> None:
    place = GOOD.index(b"xl/worksheets/sheet1.xml") + 60
    broken = GOOD[:place] + bytes([GOOD[place] ^ 0xFF]) + GOOD[place + 1 :]
    assert told(broken)[0] == "PRF691"


def test_an_encrypted_part_is_told() -> None:
    stream = BytesIO(raw("<sheetData/>"))
    data = bytearray(stream.getvalue())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag "encrypted" everywhere
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 1)
    code, zh, _ = told(bytes(data))
    assert (code, "密码" in zh) == ("PRF691", True)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    code, zh, _ = told(raw(f"<sheetData/>{' ' * 200_000}"))
    assert code == "PRF692"
    assert "最多 0 MB" in zh


def test_the_limit_is_for_what_is_read_together(monkeypatch: pytest.MonkeyPatch) -> None:
    padded = raw(f"<sheetData/>{' ' * 60_000}", strings=" " * 60_000)
    assert grid(padded).rows == ()
    monkeypatch.setattr(module, "MOST_BYTES", 100_000)
    assert told(padded)[0] == "PRF692"
    assert grid(raw("<sheetData/>", **{"xl/media/film": " " * 900_000})).rows == ()


def test_relations_are_paths_from_the_root() -> None:
    with opened(source(raw("<sheetData/>"))) as found:
        assert found.relations("") == {"rId1": ("officeDocument", "xl/workbook.xml")}
        assert found.relations("xl/workbook.xml")["rId3"] == ("styles", "xl/styles.xml")
        assert found.relations("xl/styles.xml") == {}
        assert found.has("XL/Workbook.xml")  # some programs write names in other letters


def test_a_declared_size_is_all_that_is_read() -> None:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        archive.writestr("x.xml", "<a>" + "1" * 1000 + "</a>")
    data = bytearray(stream.getvalue())
    at = data.find(b"PK\x01\x02") + 24
    data[at : at + 4] = (5).to_bytes(4, "little")
    with ZipFile(BytesIO(data)) as archive, pytest.raises(Exception, match=r"no element|CRC"):
        Package("a.xlsx", archive).walk("x.xml", lambda *_: None, _nothing, _nothing)


SHEET = (
    '<cols><col min="2" max="3" hidden="1"/></cols><sheetData><row r="1" hidden="1">'
    '<c r="A1" t="s" s="1"><v>0</v></c><c r="B1" s="2"><v>44926.5</v></c>'
    '<c r="C1" t="e"><f>1/0</f><v>#N/A</v></c></row><row r="3"><c r="B3" t="b"><v>1</v></c>'
    '<c t="inlineStr"><is><t>x_x0041_</t></is></c></row></sheetData>'
    '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
)
STYLES = (
    '<numFmts><numFmt numFmtId="176" formatCode="0.0&quot;万元&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="14"/></cellXfs>'
)
ODD = (
    "",
    "<",
    ">",
    '"',
    "&",
    "-1",
    "9" * 20,
    "NaN",
    "1e99999",
    "-5",
    "::",
    "A",
    "r",
    "s",
    "٣",
    " ",
)


@given(st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_whatever_is_wrong_with_the_xml_it_is_told(random: Random) -> None:
    parts = [SHEET, STYLES, "<si><t>甲</t></si>"]
    place = random.randrange(3)
    tokens = re.findall("[A-Za-z0-9.]+|.", parts[place])
    for _ in range(random.randint(1, 2)):
        tokens[random.randrange(len(tokens))] = random.choice([*ODD, *tokens])
    parts[place] = "".join(tokens)
    _read_or_told(raw(parts[0], styles=parts[1], strings=parts[2]))


@given(st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_whatever_is_wrong_with_the_bytes_it_is_told(random: Random) -> None:
    data = bytearray(GOOD)
    for _ in range(random.randint(1, 4)):
        data[random.randrange(len(data))] = random.randrange(256)
    _read_or_told(bytes(data[: random.choice([len(data), random.randrange(len(data))])]))


def _read_or_told(data: bytes) -> None:
    try:
        found = grid(data)
    except UsageError as error:
        codes = {item.code for item in error.diagnostics}
    else:
        codes = {item.code for item in found.faults.values()}
    assert codes <= {"PRF691", "PRF692", "PRF694", "PRF695", "PRF696"}
