"""`perfrules fmt`: one layout for YAML; comments, quotes and meaning stay."""

from perfrules.fmt.formatted import formatted

__all__ = ["formatted"]
