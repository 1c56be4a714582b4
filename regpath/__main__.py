"""`python -m regpath` is the `regpath` command."""

import sys

from regpath.cli import main

if __name__ == "__main__":
    sys.exit(main())
