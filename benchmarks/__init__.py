"""regpath beside its peers, at equal accuracy: `python -m benchmarks --help`.

What runs inside a peer's environment (`work`, `runner`, `peers`) imports numpy, scipy and that
peer, never regpath's other dependencies.
"""
