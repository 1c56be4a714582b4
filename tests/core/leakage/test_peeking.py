import numpy as np
import pytest

import regpath
from regpath.core.leakage.peeking import peeking


@pytest.fixture(scope="module")
def noise():
    return peeking(n_rounds=12, n_looks=8, n_test=30, n_sealed=1000)


def test_looking_again_raises_the_claim_and_not_the_worth(noise):
    assert len(noise) == 12 * 8
    means = noise.groupby("look").mean()
    claim, worth = means["test_accuracy"], means["sealed_accuracy"]
    assert (np.diff(claim) >= 0.0).all()
    assert worth.to_numpy() == pytest.approx(np.full(8, 0.5), abs=0.02)
    assert claim.iloc[-1] > 0.58
    assert means["optimism"].iloc[-1] > means["optimism"].iloc[0] + 0.03
    assert noise["optimism"].to_numpy() == pytest.approx(
        noise["test_accuracy"] - noise["sealed_accuracy"]
    )


def test_signal_is_worth_something_and_still_overstated():
    frame = peeking(n_rounds=6, n_looks=6, n_test=30, n_sealed=1000, signal=1.0)
    last = frame[frame["look"] == 6]
    assert last["sealed_accuracy"].mean() > 0.55
    assert last["optimism"].mean() > 0.02


def test_seeds_progress_and_refusals():
    heard = []
    how = {"n_rounds": 2, "n_looks": 2, "n_sealed": 20}
    one, two = (peeking(seed=3, progress=heard.append, **how) for _ in range(2))
    assert one.equals(two)
    assert not one.equals(peeking(seed=4, **how))
    assert heard == [0.0, 0.5, 1.0] * 2
    with pytest.raises(regpath.ParameterError, match="'share'"):
        peeking(share=1.5)
    with pytest.raises(regpath.ParameterError, match="'signal'"):
        peeking(signal=-1.0)
    with pytest.raises(regpath.ParameterError, match="'n_test'"):
        peeking(n_test=1)
