"""Indicators and rulesets for poverty relief and rural revitalisation (扶贫与乡村振兴)."""

from pathlib import Path

from perfrules import hookimpl

__version__ = "0.1.0"

PERFRULES_API = 1

_HERE = Path(__file__).parent


@hookimpl
def perfrules_libraries() -> list[Path]:
    """Return the folder of the indicator library."""
    return [_HERE / "libraries"]


@hookimpl
def perfrules_rulesets() -> list[Path]:
    """Return the folder of the rulesets."""
    return [_HERE / "rulesets"]
