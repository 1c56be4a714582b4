"""`regpath datasets`: what comes with the package."""

from __future__ import annotations

import argparse

from regpath import datasets


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes: nothing."""


def run(options: argparse.Namespace) -> int:
    """Print one line for each data set."""
    entries = datasets.catalog()
    width = max(len(entry.name) for entry in entries)
    for entry in entries:
        size = f"{entry.n} x {entry.p}"
        print(f"{entry.name:{width}}  {entry.family:11}  {size:>11}  {entry.teaches}")
    return 0
