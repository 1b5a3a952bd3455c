"""The back end: a `Plan` and facts become a `Result`."""
