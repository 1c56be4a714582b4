"""Carry out the Dockerfile's steps where there is no docker, and start what comes of them.

    sudo python3 deploy/rehearse.py [--bind FOLDER ...]

Each stage runs in a root of its own that holds the system's programs, this Python and what the
Dockerfile copies, and nothing else of the machine. The last stage is then read-only but for /tmp,
and runs without rights as the image would: the ENTRYPOINT, until the HEALTHCHECK says that it is
well, and until its page is there. `--bind` shows the roots a folder of the machine, as one that pip
is told of. Linux alone, as root; needs `unshare`, `chroot` and `setpriv`.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1]
INSIDE = "REGPATH_REHEARSAL"  # set where this runs in a namespace of its own already
# Of the machine, read-only: programs and libraries, and what names and certificates need.
SYSTEM = (
    "usr",
    "bin",
    "sbin",
    "lib",
    "lib64",
    "etc/ssl",
    "etc/ca-certificates",
    "etc/alternatives",
)
FILES = (
    "etc/passwd",
    "etc/group",
    "etc/shadow",
    "etc/resolv.conf",
    "etc/hosts",
    "etc/nsswitch.conf",
)
DEVICES = ("null", "zero", "urandom", "random")
PATIENCE = 180.0  # seconds until the server is well
KNOWN = ("FROM", "COPY", "RUN", "USER", "ENV", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT")


@dataclass
class Stage:
    """One image on the way.

    Attributes
    ----------
    name : str
        By which later stages copy from it.
    steps : list of (str, str)
        Instructions and what they say.
    """

    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)


def stages_of(text: str) -> list[Stage]:
    """The stages of a Dockerfile.

    Raises
    ------
    ValueError
        If it has an instruction that is not rehearsed here.
    """
    stages: list[Stage] = []
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    for line in filter(None, map(str.strip, joined.splitlines())):
        word, _, said = line.partition(" ")
        if word not in KNOWN:
            raise ValueError(f"{word} is no step that can be rehearsed.")
        if word == "FROM":
            stages.append(Stage(said.partition(" AS ")[2].strip()))
        else:
            stages[-1].steps.append((word, said.strip()))
    return stages


def is_left_out(path: str, patterns: list[str]) -> bool:
    """Whether .dockerignore leaves a file of the context out."""
    parts = path.split("/")
    for pattern in patterns:
        anywhere = pattern.removeprefix("**/")
        places = parts if anywhere != pattern else parts[:1]
        if any(fnmatch(part, anywhere) for part in places):
            return True
    return False


class Root:
    """A root that holds the system's programs, this Python, and what is copied into it."""

    def __init__(self, folder: Path, binds: list[str]) -> None:
        self.folder, self.environment = (
            folder,
            {"PATH": f"{sys.base_prefix}/bin:/usr/sbin:/usr/bin:/bin"},
        )
        self.environment |= {name: value for name, value in os.environ.items() if "PIP_" in name}
        self.user = ""
        folder.mkdir()
        mount("--bind", str(folder), str(folder))  # so that it can be made read-only
        for name in ("tmp", "proc", "dev/shm", "root", "opt", "etc"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name in SYSTEM:
            self._show(Path("/") / name)
        for name in (sys.base_prefix, *binds):
            self._show(Path(name))
        for name in FILES:
            if Path("/", name).exists():
                shutil.copy2(Path("/", name), folder / name)
        for name in DEVICES:
            (folder / "dev" / name).touch()
            mount("--bind", f"/dev/{name}", str(folder / "dev" / name))
        mount("-t", "proc", "proc", str(folder / "proc"))
        mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", str(folder / "tmp"))
        mount("-t", "tmpfs", "-o", "mode=1777,size=512m", "tmpfs", str(folder / "dev/shm"))

    def copy(self, said: str, stages: dict[str, Root]) -> None:
        """COPY of the context, or of another stage."""
        words = said.split()
        source = SOURCE
        if words[0].startswith("--from="):
            source = stages[words.pop(0).partition("=")[2]].folder / words[0].strip("/")
        target = self.folder / words[1].strip("/")
        if source != SOURCE:
            shutil.copytree(source, target, symlinks=True)
            return
        text = (SOURCE / "deploy/Dockerfile.dockerignore").read_text(encoding="utf-8")
        patterns = text.split()

        def ignored(folder: str, names: list[str]) -> list[str]:
            at = Path(folder).relative_to(SOURCE)
            return [name for name in names if is_left_out((at / name).as_posix(), patterns)]

        shutil.copytree(SOURCE, target, ignore=ignored, symlinks=True)

    def set(self, said: str) -> None:
        """ENV: names and values, in which $PATH is what it was."""
        for name, value in re.findall(r"(\w+)=(\S+)", said):
            self.environment[name] = value.replace("$PATH", self.environment["PATH"])

    def command(self, words: list[str]) -> list[str]:
        """What runs words inside, as the user whose turn it is."""
        who = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"]
        rights = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
        return ["chroot", str(self.folder), *((who + rights) if self.user else []), *words]

    def close_up(self) -> None:
        """Let nothing be written any more but to /tmp and shared memory, which are mounts."""
        mount("-o", "remount,ro,bind", str(self.folder))

    def _show(self, path: Path) -> None:
        inside = self.folder / str(path).strip("/")
        if path.is_symlink():
            inside.symlink_to(path.readlink())
        elif path.is_dir():
            inside.mkdir(parents=True, exist_ok=True)
            mount("--rbind", str(path), str(inside))
            mount("-o", "remount,ro,bind", str(inside))
        elif path.exists():
            inside.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, inside)


def mount(*words: str) -> None:
    """Mount something, in this namespace alone."""
    subprocess.run(["mount", *words], check=True)


def build(stage: Stage, root: Root, made: dict[str, Root]) -> dict[str, list[str]]:
    """Carry a stage out; what its last steps say of running it, by instruction."""
    running: dict[str, list[str]] = {}
    for word, said in stage.steps:
        print(f"{word} {said}", flush=True)
        if word == "COPY":
            root.copy(said, made)
        elif word == "ENV":
            root.set(said)
        elif word == "USER":
            root.user = said
        elif word == "RUN":
            words = root.command(["sh", "-ec", said])
            subprocess.run(words, env=root.environment, cwd="/", check=True)
        elif word in ("HEALTHCHECK", "ENTRYPOINT"):
            running[word] = json.loads(said[said.index("[") :])
    return running


def serve(root: Root, running: dict[str, list[str]]) -> None:
    """Start the image, until it is well, its workers answer and its page is there.

    Raises
    ------
    RuntimeError
        If it ends, or does not come to that.
    """
    address = re.match(r"http://127\.0\.0\.1:\d+", running["HEALTHCHECK"][-1])
    assert address is not None
    with socket.socket() as probe:  # or somebody else's server would answer
        probe.bind(("127.0.0.1", int(address[0].rpartition(":")[2])))
    root.close_up()
    written = subprocess.run(root.command(["touch", "/opt/regpath/written"]), check=False)
    if not written.returncode:
        raise RuntimeError("The image's folder can be written to.")
    words, shown = root.command(running["ENTRYPOINT"]), {**root.environment}
    server, end = subprocess.Popen(words, env=shown, cwd="/"), time.monotonic() + PATIENCE
    try:
        check = root.command(running["HEALTHCHECK"])
        while subprocess.run(check, env=shown, cwd="/", check=False).returncode or not all_there(
            address[0]
        ):
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError("The server did not come to be well.")
            time.sleep(1.0)
        status = (root.folder / f"proc/{server.pid}/status").read_text()
        owner = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1]
        print(f"The server is well, as user {owner}; its workers answer.", flush=True)
        if owner != root.user:
            raise RuntimeError(f"The server runs as user {owner}.")
    finally:
        server.terminate()
        server.wait(60)


def all_there(address: str) -> bool:
    """Whether workers are ready, and the page comes."""
    with urllib.request.urlopen(f"{address}/health", timeout=10) as answer:
        ready = json.load(answer)["workers"] == "ready"
    with urllib.request.urlopen(f"{address}/", timeout=10) as answer:
        return ready and b'id="root"' in answer.read()


def rehearse(folder: Path, binds: list[str]) -> None:
    """All stages, and the server of the last."""
    made: dict[str, Root] = {}
    running: dict[str, list[str]] = {}
    for number, stage in enumerate(stages_of((SOURCE / "deploy/Dockerfile").read_text())):
        root = made[stage.name] = Root(folder / f"stage{number}", binds)
        running = build(stage, root, made)
    serve(root, running)


def main() -> int:
    """Rehearse in a namespace of its own, whose mounts end with it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bind", action="append", default=[], metavar="FOLDER")
    binds = parser.parse_args().bind
    if INSIDE in os.environ:
        rehearse(Path(os.environ[INSIDE]), binds)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        words = ["unshare", "--mount", "--pid", "--fork", "--kill-child", sys.executable]
        environment = {**os.environ, INSIDE: folder}
        return subprocess.run([*words, __file__, *sys.argv[1:]], env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
