"""JSON Schemas of documents, from the models: what an editor completes, explains and checks."""

from perfrules.schema.document import KINDS, STYLES, Kind, as_text, document_schema
from perfrules.schema.walk import Style

__all__ = ["KINDS", "STYLES", "Kind", "Style", "as_text", "document_schema"]
