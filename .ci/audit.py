"""Look up every installed package among known vulnerabilities, where their list can be reached.

Usage: python .ci/audit.py SITE_PACKAGES, with pip-audit installed.

Ends with 1 where a package has a known vulnerability, and with 0 where none has, or where nobody
can be asked: then the reason is printed. A list that is out of reach says nothing of the code.
"""

import json
import subprocess
import sys

SECONDS = 180  # for a hundred packages; one question takes some 0.1 s
COMMAND = ("-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--path")


def ask(site_packages):
    """What pip-audit says, or why it says nothing."""
    command = [sys.executable, *COMMAND, site_packages]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return None, f"no answer within {SECONDS} s"
    try:
        return json.loads(done.stdout)["dependencies"], ""
    except (ValueError, KeyError):
        lines = done.stderr.strip().splitlines()
        return None, lines[-1] if lines else f"pip-audit ended with {done.returncode}"


def main(arguments):
    """Ask, print and return the exit code."""
    found, reason = ask(arguments[0])
    if found is None:
        print(f"Dependencies were not audited: {reason}")
        return 0
    bad = [
        f"{package['name']} {package['version']}: {each['id']}, mended in "
        f"{', '.join(each['fix_versions']) or 'no release yet'}"
        for package in found
        for each in package.get("vulns", [])
    ]
    print("\n".join(bad) or f"{len(found)} packages have no known vulnerability.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
