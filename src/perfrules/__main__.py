"""`python -m perfrules` is `perfrules`."""

import sys

from perfrules.cli import main

if __name__ == "__main__":
    sys.exit(main())
