"""One virtual environment per peer, in a cache folder that git ignores."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

CACHE = Path(__file__).resolve().parents[1] / ".bench"


def python_of(peer: ModuleType) -> Path | None:
    """Interpreter that can import the peer; None if it is not set up."""
    if not peer.PACKAGES:
        return Path(sys.executable)
    places = (_folder(peer) / "bin" / "python", _folder(peer) / "Scripts" / "python.exe")
    # The marker is written last: an environment whose installation failed does not count.
    if not (_folder(peer) / "ready").exists():
        return None
    return next((place for place in places if place.exists()), None)


def set_up(peer: ModuleType) -> str:
    """Make the peer's environment anew; the answer is a sentence for the terminal."""
    if not peer.PACKAGES or hasattr(peer, "HOME"):
        return f"{peer.NAME}: lives in another's environment"
    folder = _folder(peer)
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    command = [python, "-m", "pip", "install", "--quiet", *peer.PACKAGES]
    outcome = subprocess.run(command, capture_output=True, text=True)
    if outcome.returncode:
        lines = outcome.stderr.strip().splitlines() or ["no reason given"]
        return f"{peer.NAME}: does not install ({lines[-1][:100]})"
    (folder / "ready").touch()
    return f"{peer.NAME}: ready"


def _folder(peer: ModuleType) -> Path:
    return CACHE / "envs" / getattr(peer, "HOME", peer.__name__.rpartition(".")[2])
