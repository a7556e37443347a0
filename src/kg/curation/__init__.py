"""Curation of propositions: what there is across codings, what looks wrong, and changes of it.

`inventory` lists, `finders` finds. `asked` checks what is asked for, `changes` says what it makes
of the data of a file, `exact` what that is as edits of its text; `rewriting` carries it out, all or
nothing, and `history` takes it back.
"""
