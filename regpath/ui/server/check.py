"""Ask a server whether it is well: 0 if it is, 1 if not; for containers that have no curl.

Usage: python -m regpath.ui.server.check http://127.0.0.1:8501/health
"""

from __future__ import annotations

import sys
import urllib.request

# A proxy that the environment names is for others: the server asked is on this machine.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
SECONDS = 4  # of patience; who asks has some of its own


def is_well(url: str) -> bool:
    """Whether a server answers that it is."""
    try:
        with DIRECT.open(url, timeout=SECONDS) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(0 if is_well(sys.argv[1]) else 1)
