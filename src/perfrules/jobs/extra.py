"""Whether the extra is there that reads and writes columns."""

from importlib.util import find_spec

from perfrules.errors import UsageError
from perfrules.messages import diagnose


def has_columns() -> bool:
    """Return whether numpy and pyarrow are installed; nothing is imported."""
    return all(find_spec(name) is not None for name in ("numpy", "pyarrow"))


def need_columns(value: str) -> None:
    """See to it that the extra is there.

    Args:
        value: The file or the format that needs it.

    Raises:
        UsageError: PRF670.
    """
    if not has_columns():
        raise UsageError((diagnose("PRF670", value=value),))
