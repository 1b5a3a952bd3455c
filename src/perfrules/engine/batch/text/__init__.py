"""Text in bulk, without an object a cell: lines of CSV written, the grid of their cells found."""
