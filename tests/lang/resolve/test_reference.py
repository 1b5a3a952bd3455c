"""What names another document, and what may not."""

import pytest

from perfrules.lang.resolve.reference import Beside, Named, fits, order, reference


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("mof.form", Named("mof.form")),
        ("mof.form@1", Named("mof.form", "1")),
        ("市级.自评表@1.2.3", Named("市级.自评表", "1.2.3")),
        ("base.yaml", Beside("base.yaml")),
        ("./base.yml", Beside("base.yml")),
        ("../a/b-c/底表.yaml", Beside("../a/b-c/底表.yaml")),
    ],
)
def test_an_id_or_a_plain_path(text: str, want: object) -> None:
    assert reference(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "", ".", "..", "/base.yaml", "~/base.yaml", "$HOME/base.yaml", "..\\base.yaml",
        "C:/base.yaml", "http://127.0.0.1/base.yaml", "a/../base.yaml", "base.yaml ", " base.yaml",
        "．．/base.yaml", "ｂase.yaml", "base.yaml\x00.png", "base.txt/", "a//b.yaml", "mof.form@",
        "mof.form@latest", "mof.form@1.2.3.4", "mof..form", "mof form", "-a.yaml", ".hidden.yaml",
    ],
)  # fmt: skip
def test_anything_else_names_nothing(text: str) -> None:
    assert reference(text) is None


@pytest.mark.parametrize(
    ("version", "wanted", "fit"),
    [("1.10", "1", True), ("1.10", "1.1", False), ("10.0", "1", False), ("1.0", "1.0", True)],
)
def test_a_version_fits_by_whole_numbers(version: str, wanted: str, fit: bool) -> None:  # noqa: FBT001
    assert fits(version, wanted) is fit


def test_versions_are_ordered_as_numbers() -> None:
    assert sorted(["1.9", "1.10", "0.11"], key=order) == ["0.11", "1.9", "1.10"]
