"""A `Result` as JSON and as text: pure functions, the same bytes for the same result."""
