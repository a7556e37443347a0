"""Databases of Discourse Network Analyzer (DNA 3) in and out: https://github.com/leifeld/dna.

A database is read whole into a frozen `Database`, becomes codings and a layer of RDF that holds
every row, and is written again from both.
"""
