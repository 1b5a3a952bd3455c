"""Questions about rulesets and about many results: what is comparable, what follows from a file."""
