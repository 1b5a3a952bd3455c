"""Bytes become text by the encoding that was named, never by a guess."""

import pytest

from tests.sample_csv import codes, read, refused


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    (entry,) = read(b"\xef\xbb\xbfbudget,spent\n100,95\n")
    assert entry.facts == {"budget": "100", "spent": "95"}


def test_gbk_is_read_where_it_is_declared() -> None:
    text = "单位,budget,spent\n某小学,100,95\n"
    (entry,) = read(text.encode("gbk"), encoding="gbk", id="单位")
    assert entry.unit == "某小学"


def test_gbk_is_never_guessed_but_named() -> None:
    (problem,) = refused("unit,budget,spent\nA,1,2\n天门市小学,100,95\n".encode("gbk"))
    assert problem.code == "PRF606"
    assert "--encoding gbk" in problem.hint.en
    assert problem.span is not None
    assert problem.span.line == 3
    assert "cc ec c3 c5" in problem.message.en  # 天门 in GBK


def test_a_word_that_is_sound_in_two_encodings_is_not_taken_for_either() -> None:
    # 某小学 in GBK is c4b3 d0a1 d1a7, in UTF-8 ĳСѧ.
    data = "unit,budget,spent\n某小学,100,95\n".encode("gbk")
    (problem,) = refused(data)
    assert problem.code == "PRF627"
    assert "ĳСѧ" in problem.message.en
    assert "某小学" in problem.message.zh
    assert read(data, encoding="gbk")[0].unit == "某小学"
    assert read(data, encoding="utf-8")[0].unit == "ĳСѧ"
    assert read(data + "天门,1,2\n".encode())[0].unit == "ĳСѧ"  # Chinese in UTF-8: it is UTF-8


@pytest.mark.parametrize("unit", ["m²", "café", "天门±5"])
def test_single_signs_of_two_bytes_are_no_doubt(unit: str) -> None:
    assert read(f"unit,budget,spent\n{unit},100,95\n")[0].unit == unit


def test_utf_16_is_named() -> None:
    (problem,) = refused("unit\tbudget\nA\t1\n".encode("utf-16"))
    assert problem.code == "PRF606"
    assert "--encoding utf-16" in problem.hint.zh


def test_utf_16_is_read_where_it_is_declared() -> None:
    (entry,) = read("budget\tspent\n100\t95\n".encode("utf-16"), encoding="utf-16", delimiter="\t")
    assert entry.facts == {"budget": "100", "spent": "95"}


def test_an_unknown_encoding_is_a_sentence() -> None:
    assert codes(refused("budget,spent\n1,2\n", encoding="rot13")) == ["PRF607"]
