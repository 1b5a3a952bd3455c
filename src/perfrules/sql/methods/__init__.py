"""Scoring methods as SQL: each says what its plan's `rate` says, as a share of the points."""
