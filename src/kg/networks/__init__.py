"""Networks from statements: who agrees with whom, and on what.

`events` says what counts as a statement of whom on what, `duplicates` which of them count once,
`counts` adds them up, `projection` and `normalisation` make a matrix of them, and `network` is the
matrix with its labels. `stances` is the multigraph that the pages of two bodies show.
"""
