"""Facts files become units: YAML, JSON, JSON lines and CSV, row by row, exactly as written."""
