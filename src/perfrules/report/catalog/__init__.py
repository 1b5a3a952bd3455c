"""A catalog of indicators: one HTML file that is searched and read without a server."""

from perfrules.report.catalog.page import page
from perfrules.report.catalog.scoring import scoring

__all__ = ["page", "scoring"]
