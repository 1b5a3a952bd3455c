"""The plugin holds what a plugin is held to."""

from perfrules import check_plugin


def test_plugin() -> None:
    """Check everything at once."""
    check_plugin("perfrules-poverty-relief")
