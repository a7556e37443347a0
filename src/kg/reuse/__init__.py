"""What an earlier build of the same data saves the next: codings read, graphs, shapes checked.

Nothing is taken over on trust. `record` says what a build keeps and when it may be used,
`programme` by which kg it was made, `neighbours` for which meetings the shapes have to be asked
again when others have changed.
"""
