"""REFI-QDA projects (``.qdpx``) in: the open exchange format of qualitative data analysis.

A project becomes frozen models (`kg.refi.project`), its selections become ranges of texts
(`kg.refi.segments`), its code tree says which codes are holders, propositions and stances
(`kg.refi.groups`), and what belongs together becomes positions (`kg.refi.positions`). See
docs/refi-qda.md, and https://www.qdasoftware.org for the standard.
"""
