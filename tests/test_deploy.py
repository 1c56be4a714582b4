"""What deploy/ and docs/deployment.md start is what `regpath app` knows, and fits in its memory."""

import argparse
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from regpath.cli import app
from regpath.ui.session.limits import UPLOADS_MEGABYTES
from regpath.ui.workers.lending import LENT

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
DOCUMENT = (ROOT / "docs/deployment.md").read_text(encoding="utf-8")
UNITS = {"k": 2**10, "m": 2**20, "g": 2**30}
MEGABYTE = 2**20
STUDENTS = 30  # that two cores serve


def text_of(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def found_in(pattern, text):
    """What the one line of a text says that a pattern finds."""
    found = re.findall(pattern, text, re.MULTILINE)
    assert len(found) == 1, (pattern, found)
    return found[0]


def bytes_of(size):
    return int(size[:-1]) * UNITS[size[-1].lower()]


def entry_point():
    command = json.loads(found_in(r"^ENTRYPOINT (\[.*\])$", text_of("Dockerfile")))
    assert command[0] == "regpath-serve"
    return command[1:]


def unit_words():
    program, *words = shlex.split(found_in(r"^ExecStart=(.*)$", text_of("regpath.service")))
    assert program == "/opt/regpath/bin/regpath-serve"
    return words


def compose_words():
    return entry_point() + json.loads(found_in(r"^    command: (\[.*\])$", text_of("compose.yaml")))


def document_words():
    """Options of the container that the document starts."""
    return entry_point() + shlex.split(found_in(r"^docker run .* regpath(?: (-.*))?$", DOCUMENT))


def served_by(words):
    """The options that `regpath-serve` hands on, as the command reads them."""
    handed = found_in(r"-m regpath app (.*) \"\$@\"$", text_of("serve.sh"))
    parser = argparse.ArgumentParser(exit_on_error=False, allow_abbrev=False)
    app.configure(parser)
    return parser.parse_args([*shlex.split(handed), *words])


@pytest.mark.parametrize("words", [unit_words, compose_words, document_words])
def test_the_command_knows_every_option_that_it_is_started_with(words):
    options = served_by(words())
    assert options.no_browser
    assert options.port == 8501
    assert options.workers == 2


@pytest.mark.parametrize("option", ["--no-such", "--worker=2", "--workers=-1"])
def test_an_option_that_is_not_there_would_be_found(option):
    with pytest.raises((argparse.ArgumentError, SystemExit)):
        served_by([*unit_words(), option])


def test_a_hub_finds_the_command_and_the_command_its_options():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    place = project["entry-points"]["jupyter_serverproxy_servers"]["regpath"]
    module, _, name = place.partition(":")
    words = [word.format(port=8600) for word in getattr(import_module(module), name)()["command"]]
    assert words[1:4] == ["-m", "regpath", "app"]
    parser = argparse.ArgumentParser(exit_on_error=False, allow_abbrev=False)
    app.configure(parser)
    options = parser.parse_args(words[4:])
    assert (options.port, options.no_browser, options.host) == (8600, True, None)


def test_a_container_is_asked_how_it_is_where_it_listens():
    health = json.loads(found_in(r"^ +CMD (\[.*\])$", text_of("Dockerfile")))
    assert health[:2] == ["python", "-m"]
    assert find_spec(health[2]) is not None
    options = served_by(entry_point())
    assert health[3:] == [f"http://127.0.0.1:{options.port}/health"]
    assert options.host == "0.0.0.0"  # or nobody reaches it from outside of the container
    assert found_in(r"^EXPOSE (\d+)$", text_of("Dockerfile")) == str(options.port)


def test_the_door_leads_to_the_service_by_its_name_and_port():
    name, port = found_in(r"reverse_proxy (\w+):(\d+)$", text_of("Caddyfile"))
    assert re.search(rf"^  {name}:$", text_of("compose.yaml"), re.MULTILINE)
    assert int(port) == served_by(compose_words()).port
    assert "/metrics" in found_in(r"@inner path (.*)$", text_of("Caddyfile")).split()


def needed(options, shared):
    """Bytes by the document's own sum; files as many as the server holds."""
    pattern = r"count (\d+) MB for the server with two workers, (\d+) MB for each student"
    server, student = map(int, found_in(pattern, DOCUMENT))
    jobs = options.workers * options.job_megabytes
    files = int(found_in(r"(\d+) MB for the files that visits hold", DOCUMENT))
    assert files == UPLOADS_MEGABYTES
    return (server + STUDENTS * student + files + jobs) * MEGABYTE + shared


def test_memory_adds_up():
    compose, unit = text_of("compose.yaml"), text_of("regpath.service")
    shared = bytes_of(found_in(r"shm_size: (\w+)", compose))
    sums = [
        (needed(served_by(compose_words()), shared), found_in(r"mem_limit: (\w+)", compose)),
        (needed(served_by(unit_words()), shared), found_in(r"^MemoryMax=(\w+)$", unit)),
    ]
    for sum_of_all, limit in sums:
        assert sum_of_all <= bytes_of(limit)
        assert f" = {sum_of_all // MEGABYTE} MB" in DOCUMENT
        assert f"allow {limit[0]} GB" in DOCUMENT
    assert bytes_of(found_in(r"^docker run .* --shm-size (\w+)", DOCUMENT)) == shared
    assert f"{LENT // MEGABYTE} MB at the most" in DOCUMENT
    assert shared > LENT


def test_one_worker_that_is_killed_ends_no_service():
    unit = text_of("regpath.service")
    assert found_in(r"^OOMPolicy=(\w+)$", unit) == "continue"
    assert found_in(r"^KillMode=(\w+)$", unit) == "mixed"


def test_a_proxy_passes_the_largest_file_on():
    passed = bytes_of(found_in(r"client_max_body_size (\w+);", DOCUMENT))
    settings = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    asked = served_by(compose_words()).max_upload
    for largest in (settings["server"]["maxUploadSize"], asked):
        assert passed >= (largest + 1) * MEGABYTE


@pytest.mark.parametrize("shell", ["sh", "bash"])
@pytest.mark.parametrize("script", ["install.sh", "serve.sh"])
def test_a_shell_can_read_the_scripts(shell, script):
    if sys.platform == "win32" or shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    done = subprocess.run([shell, "-n"], input=(DEPLOY / script).read_bytes(), capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.fixture(scope="module")
def rehearsal():
    """deploy/rehearse.py, which carries the image's steps out where there is no docker."""
    spec = spec_from_file_location("rehearse", DEPLOY / "rehearse.py")
    module = sys.modules["rehearse"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    del sys.modules["rehearse"]


def test_every_step_of_the_image_is_rehearsed(rehearsal):
    build, image = rehearsal.stages_of(text_of("Dockerfile"))
    assert build.name == "build"
    assert ("RUN", "/source/deploy/install.sh /source /opt/regpath") in build.steps
    words = [word for word, _ in image.steps]
    assert words == ["RUN", "COPY", "USER", "ENV", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT"]
    assert dict(image.steps)["COPY"] == "--from=build /opt/regpath /opt/regpath"
    assert dict(image.steps)["ENV"].split()[0] == "PATH=/opt/regpath/bin:$PATH"
    with pytest.raises(ValueError, match="VOLUME is no step"):
        rehearsal.stages_of("FROM a\nVOLUME /data\n")


@pytest.mark.parametrize(
    ("path", "stays"),
    [
        *(("regpath/ui/serve.py", True), ("deploy/serve.sh", True), ("app.py", True)),
        *((".streamlit/config.toml", True), ("regpath/tests.py", True), ("tests", False)),
        *((".git/config", False), ("regpath/io/__pycache__", False), ("a.egg-info", False)),
    ],
)
def test_the_image_gets_what_it_needs_and_no_more(rehearsal, path, stays):
    patterns = text_of("Dockerfile.dockerignore").split()
    assert rehearsal.is_left_out(path, patterns) != stays
