"""Measures of discourse networks: numbers with their formula, their range and their source.

`centrality`, `density` and `brokers` read a network; `camps`, `communities` and `polarisation`
part it; `balance` reads its signs. `contest`, `bipolarisation` and `agreement` read the counts
below the network, and `change` compares two periods of them. What is not defined is None with a
sentence that says why, never NaN.
"""
