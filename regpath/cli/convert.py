"""`regpath convert`: a strength in other systems' words."""

from __future__ import annotations

import argparse
from math import inf

import regpath
from regpath.cli.shared import say
from regpath.core.conversions.convert import mix_in
from regpath.core.conversions.parametrizations import (
    ALIASES,
    PARAMETRIZATIONS,
    Parametrization,
)
from regpath.core.conversions.typed import read_strength
from regpath.core.families import FAMILIES, family_of

SPEAK_OF = (
    "All speak of features per standard deviation (1/n), and of n as the number of rows or, with "
    "weights, the sum of those that the system is given."
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.description = (
        "Convert a strength from one system's way of writing it to another's, or to all that can "
        "say it. Systems: " + ", ".join(PARAMETRIZATIONS) + "."
    )
    parser.add_argument(
        "--from",
        dest="source",
        type=_strength,
        required=True,
        metavar="SYSTEM=VALUE",
        help="such as C=1 or gauss_variance=0.1",
    )
    parser.add_argument("--to", metavar="SYSTEM", help="default: all of them")
    parser.add_argument("--n", type=float, help="rows, or the sum of their weights")
    parser.add_argument("--family", choices=FAMILIES, help="default for a list: binomial")
    parser.add_argument(
        "--l1-ratio", type=float, help="regpath's mix: 1 lasso, 0 ridge; where it matters"
    )
    parser.add_argument("--sd-y", type=float, help="standard deviation of a gaussian target")


def run(options: argparse.Namespace) -> int:
    """Print the value, or a line for each system."""
    system, value = options.source
    how = {"n": options.n, "l1_ratio": options.l1_ratio, "sd_y": options.sd_y}
    if options.to is not None:
        print(repr(regpath.convert(system, value, to=options.to, family=options.family, **how)))
        _say_mixes({ALIASES.get(name, name) for name in (system, options.to)}, options)
        return 0
    if options.n is None:
        raise regpath.ParameterError("A list of all systems needs the number of rows: --n ROWS")
    lam = regpath.convert(system, value, to="lambda", family=options.family, **how)
    form = PARAMETRIZATIONS[ALIASES.get(system, system)]
    if not 0.0 < lam < inf:
        raise regpath.ParameterError(
            f"{system} = {value:g} is no penalty at all, for which most systems have no number.",
            "Ask for one that has: --to SYSTEM",
        )
    family = options.family or _usual_family(form)
    how["l1_ratio"] = _mix(form, options.l1_ratio)
    frame = regpath.parametrizations(lam, family=family, **how)
    lost = frame.index[~frame["value"].between(0.0, inf, inclusive="neither")]
    if len(lost):
        raise regpath.ParameterError(
            f"{system} = {value:g} is so far from any penalty in use that no number holds "
            f"{lost[0]}.",
            "Take a strength that a fit can tell from none at all.",
        )
    for name, row in frame.iterrows():
        mix = _mix_told(PARAMETRIZATIONS[str(name)], how["l1_ratio"], family, options.sd_y)
        told = f"{row['label']}{mix and f', {mix}'}"
        print(f"{name:17} {row['value']:<22.15g} larger is {row['larger_is']:9} {told}")
    say([SPEAK_OF])
    if "glmnet" not in frame.index and PARAMETRIZATIONS["glmnet"].serves(family, how["l1_ratio"]):
        say(["glmnet is left out: it divides a gaussian target by its standard deviation, --sd-y"])
    return 0


def _mix_told(
    form: Parametrization, l1_ratio: float, family: str | None, sd_y: float | None
) -> str:
    """What the system itself calls the mix, and its number; empty where it has no such choice."""
    if not form.mix_name:
        return ""
    return f"{form.mix_name} = {mix_in(form.name, l1_ratio, family=family, sd_y=sd_y):.15g}"


def _say_mixes(names: set[str], options: argparse.Namespace) -> None:
    """Say the mix of a system that has another number for it than ours."""
    ours = options.l1_ratio
    if ours is None:
        return
    forms = [PARAMETRIZATIONS[name] for name in sorted(names)]
    common = set.intersection(*(set(form.families) for form in forms))
    family = options.family or (min(common) if len(common) == 1 else None)
    for form in forms:
        told = _mix_told(form, ours, family, options.sd_y)
        if told and told != f"{form.mix_name} = {ours:.15g}":
            say([f"{form.label} is with its {told}, which is --l1-ratio {ours:g} of regpath"])


def _strength(word: str) -> tuple[str, float]:
    system, sign, value = word.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"{word!r} lacks =VALUE")
    try:
        return system, read_strength(value)
    except regpath.ParameterError as error:
        raise argparse.ArgumentTypeError(f"{word!r}: {error.message} {error.hint}") from None


def _usual_family(form: Parametrization) -> str:
    """The family of two classes where a system serves several and nobody says which."""
    two = [name for name in form.families if family_of(name).two_classes]
    return (two or form.families)[0]


def _mix(form: Parametrization, given: float | None) -> float:
    """The mix that is meant: as given, or the one that the system always has, or the lasso."""
    least, most = form.l1_ratios
    return float(given if given is not None else most if least == most else 1.0)
