"""Two codings of one memo compared: where they differ, and how far two coders agree.

`coded` reads a coding as what its coder decided, `align` finds what stands for the same place,
`differences` lists what is not the same, `decisions` gives agreement by kind of decision with the
coefficients of `alpha` and `kappa`.
"""
