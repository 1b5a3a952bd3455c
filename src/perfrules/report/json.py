"""A result as JSON: `result_json` for plain data, `to_json` for text."""

from perfrules.engine.render.json import dump, result_json, to_json

__all__ = ["dump", "result_json", "to_json"]
