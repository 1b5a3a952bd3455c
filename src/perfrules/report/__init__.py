"""A result for readers: JSON for programs, text for people."""
