"""How many processes work at once: as many as there are processors, within what can be waited for.

Apart from the processes themselves: the command line asks before any of Python's machinery for
them is needed.
"""

import os
import sys
from typing import Final

# More than machines have processors; Windows can't wait for the pipes of more than 63.
MOST: Final = 60 if sys.platform == "win32" else 256


def cores() -> int:
    """Return how many processors this process may use, `MOST` at most."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), MOST)
    return min(os.cpu_count() or 1, MOST)
