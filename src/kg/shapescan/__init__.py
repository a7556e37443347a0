"""The shapes over a whole store of any size: the same findings as `kg.shapes`, without pyshacl.

The shapes are compiled into tests (`compiled`), which run over the store's quads piece by piece
(`pieces`), by several processes (`check`). What is referred to in another piece, or described in
several, is looked up in the whole store (`whole`), so that no finding depends on the pieces.
"""
