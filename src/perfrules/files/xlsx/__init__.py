"""Workbooks: sheets read as a person reads them, and written so that no text is a formula."""

from perfrules.files.xlsx.book import Book, open_book, read_grid
from perfrules.files.xlsx.grid import Grid, Merge, Row

__all__ = ["Book", "Grid", "Merge", "Row", "open_book", "read_grid"]
