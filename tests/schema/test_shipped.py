"""What is shipped: schemas that are those of the models, and documents that point at them."""

from pathlib import Path

import pytest

from perfrules.lang.document import read_document
from tests.schema.record import MODELINE, ROOT, SCHEMAS, documents, modeline, schemas

AGAIN = "python -m tests.schema.record"
DOCUMENTS = list(documents())


def test_the_schemas_are_those_of_the_models() -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.iterdir()}
    assert sorted(found) == sorted(schemas())
    for name, text in schemas().items():
        assert found[name] == text, AGAIN


@pytest.mark.parametrize(("path", "kind"), DOCUMENTS, ids=lambda item: str(item)[-40:])
def test_a_document_points_at_its_schema(path: Path, kind: str) -> None:
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    assert first == modeline(path, kind), AGAIN
    assert MODELINE not in rest
    schema = path.parent / first.removeprefix(MODELINE)
    assert schema.resolve() == SCHEMAS / f"{kind}.schema.json"
    assert next(iter(read_document(path.read_bytes(), path.name).value)) == kind


def test_there_are_documents_of_every_kind_in_every_place() -> None:
    places = {path.relative_to(ROOT).parts[0] for path, _ in DOCUMENTS}
    assert places == {"rulesets", "plugins"}
    assert {kind for _, kind in DOCUMENTS} == {"ruleset", "library", "portfolio", "cases"}
    assert len(DOCUMENTS) > 80


def test_the_line_is_a_comment() -> None:
    """The digest is of what a ruleset means: a line for an editor changes nothing."""
    path = ROOT / "rulesets" / "hubei" / "project_self_evaluation.yaml"
    text = path.read_text(encoding="utf-8")
    without = text.partition("\n")[2]
    assert read_document(text, "a.yaml").value == read_document(without, "a.yaml").value
