"""`regpath stability`: how often each feature is selected on halves of the rows."""

from __future__ import annotations

import argparse

import regpath
from regpath.cli.shared import add_data, progress_line, read_problem, say, write

TOLD_SWAPS, SWAP = 3, -0.5  # pairs that are named, and the correlation from which they are


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Fit complementary halves of the rows of FILE along one path and write one line per "
        "feature: how often it is selected at the most, and from which strength on it is stable."
    )
    add_data(parser)
    parser.add_argument("--l1-ratio", type=float, default=1.0, help="1 lasso (default), not 0")
    parser.add_argument("--pairs", type=int, default=50, help="pairs of halves (default: 50)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--threshold", type=float, default=0.75, help="share of halves that counts as stable"
    )
    parser.add_argument(
        "--max-false", type=float, default=1.0, help="expected false selections to accept"
    )
    parser.add_argument(
        "--write",
        choices=("features", "frequencies", "swaps"),
        default="features",
        help="one line per feature (default), per lambda, or per pair that replace each other",
    )


def run(options: argparse.Namespace) -> int:
    """Carry it out."""
    problem = read_problem(options)
    path = regpath.fit_path(
        problem,
        l1_ratio=options.l1_ratio,
        n_lambdas=options.n_lambdas,
        min_ratio=options.min_ratio,
        standardize=not options.no_standardize,
    )
    found = regpath.assess_stability(
        problem, path, n_pairs=options.pairs, seed=options.seed, progress=progress_line()
    )
    chosen = found.stable_set(options.threshold, max_false=options.max_false)
    swaps = found.swaps()
    frames = {
        "features": lambda: found.features_frame(options.threshold),
        "frequencies": found.to_frame,
        "swaps": lambda: swaps,
    }
    told = swaps[swaps["phi"] <= SWAP].head(TOLD_SWAPS)
    say(
        [
            f"certified {found.n_certified} of {found.selected[:, 0].size} points of "
            f"{len(found.selected)} halves",
            f"stable: {', '.join(chosen.features) or 'none'}",
            chosen.reason,
            *(
                f"{row.a} and {row.b} replace each other (correlation {row.phi:.2f})"
                for row in told.itertuples()
            ),
        ]
    )
    write(frames[options.write](), options)
    return 0
