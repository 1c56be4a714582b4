"""Problems that many tests share, each made from a seed."""

import os
import shutil

import numpy as np
import pytest
from hypothesis import settings

import regpath

collect_ignore = ["reference"]  # scripts that other programs are needed for, and what they made

# How long an example takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

FAMILIES = ("gaussian", "binomial", "multinomial", "poisson")


def make(family, *, n=60, p=5, seed=0, weights=False):
    """A small problem with a planted signal and correlated features."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, p)) @ (np.eye(p) + 0.3) * rng.uniform(0.5, 3.0, p) + 1.0
    signal = X @ rng.normal(size=p) / np.sqrt(p) + rng.normal(size=n)
    y = signal
    if family == "binomial":
        y = signal > np.median(signal)
    elif family == "multinomial":
        y = np.digitize(signal, np.quantile(signal, [0.33, 0.66]))
    elif family == "poisson":
        y = rng.poisson(np.exp(0.5 + 0.6 * (signal - signal.mean()) / signal.std()))
    weight = rng.uniform(0.2, 2.0, n) if weights else None
    return regpath.Problem.from_arrays(X, y, family=family, sample_weight=weight)


@pytest.fixture(params=FAMILIES)
def family(request):
    return request.param


@pytest.fixture
def make_small():
    return make


PATIENCE = 240  # seconds after which a browser's test gives up, on a machine that does much else
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Two pages of the address bar's own take 0.6 of the 0.9 s (CPU, Chromium 156) of a new tab.
# The others are Playwright's, whose list this one replaces.
UNUSED = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--num-raster-threads=1",
    f"--disable-features={','.join(UNUSED)}",
)


@pytest.fixture(scope="session")
def browser():
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        reason = f"no browser found under the names {', '.join(BROWSERS)}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=found, args=list(FLAGS))
        yield running
        running.close()
