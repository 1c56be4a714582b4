"""`regpath cv`: the validation curve of a CSV file, and the strength that a rule chooses by it."""

from __future__ import annotations

import argparse

import regpath
from regpath.cli.shared import add_data, progress_line, read_problem, say, write
from regpath.core.leakage.leak import LEAKS
from regpath.core.metrics.measures import MEASURES
from regpath.core.selection import RULES
from regpath.core.validation.fold_kinds import FOLD_KINDS

SLOW = 2.0  # seconds, from which the estimate is worth a line


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Score every strength on rows that its fit has not seen, and choose one by a rule. Writes "
        "one line per lambda: strength, features kept, mean score, standard error, each fold; says "
        "the choice, its reason and what it costs on standard error."
    )
    add_data(parser)
    parser.add_argument("--l1-ratio", type=float, default=1.0, help="1 lasso (default), 0 ridge")
    parser.add_argument("--rule", choices=tuple(RULES), default="1se", help=rules_help())
    parser.add_argument("--value", type=float, help=numbers_help())
    parser.add_argument("--folds", type=int, default=10, help="how many (default: 10)")
    parser.add_argument(
        "--kind", choices=FOLD_KINDS, default="auto", help="who is held out together"
    )
    parser.add_argument("--repeats", type=int, default=1, help="how often rows are dealt anew")
    parser.add_argument("--measure", choices=("auto", *MEASURES), default="auto")
    parser.add_argument("--seed", type=int, default=0, help="of the folds")
    parser.add_argument("--class-weight", choices=("balanced",), help="in the fits, not in scores")
    parser.add_argument(
        "--leak", nargs="+", choices=LEAKS, help="say what such a leak would have claimed"
    )


def rules_help() -> str:
    """The rules by name."""
    return ", ".join(f"{rule.name} ({rule.title})" for rule in RULES.values())


def numbers_help() -> str:
    """The numbers that rules take."""
    numbers = [(rule.name, rule.number) for rule in RULES.values() if rule.number]
    told = (f"{number.name} ({name}; usual: {number.usual})" for name, number in numbers)
    return f"number of the rule: {', '.join(told)}".replace("%", "%%")


def run(options: argparse.Namespace) -> int:
    """Validate, choose, and write the curve."""
    problem = read_problem(options)
    weighted = regpath.weigh_classes(problem, options.class_weight)
    path = regpath.fit_path(
        weighted,
        l1_ratio=options.l1_ratio,
        n_lambdas=options.n_lambdas,
        min_ratio=options.min_ratio,
        standardize=not options.no_standardize,
    )
    cv = _validate(problem, path, options)
    choice = regpath.select_lambda(
        cv,
        rule=options.rule,
        value=options.value,
        problem=weighted,
        frequencies=_frequencies(weighted, path, options),
    )
    say([cv, f"base rate: {cv.measure} {cv.null_score:.4g} without any feature"])
    say([f"chosen by {choice.rule}: {choice.reason}", *filter(None, [choice.suggestion])])
    if options.leak:
        how = {"leak": options.leak, "class_weight": options.class_weight}
        say([f"leak: {regpath.leak_gap(problem, path, cv, **how).reason}"])
    write(cv.to_frame(), options)
    return 0


def _validate(
    problem: regpath.Problem, path: regpath.RegPath, options: argparse.Namespace
) -> regpath.CVResult:
    how = {"kind": options.kind, "n_folds": options.folds, "n_repeats": options.repeats}
    plan = regpath.plan_folds(problem, seed=options.seed, caller="regpath cv", **how)
    seconds = regpath.cv_seconds(problem, path, plan)
    if seconds > SLOW:
        say([f"note: {len(plan.folds)} folds, about {seconds:.0f} seconds"])
    return regpath.cross_validate(
        problem,
        path,
        **how,
        measure=options.measure,
        seed=options.seed,
        class_weight=options.class_weight,
        progress=progress_line(),
    )


def _frequencies(
    problem: regpath.Problem, path: regpath.RegPath, options: argparse.Namespace
) -> object:
    if options.rule != "stability":
        return None
    return regpath.assess_stability(problem, path, seed=options.seed).frequency
