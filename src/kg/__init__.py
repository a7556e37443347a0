"""APRO-KG: a knowledge graph of Actors, Positions and Reforms.

Data flows one way, and a module imports only what stands before it:
document → coded positions → RDF → store → queries → networks → views.
"""

__version__ = "0.1.0"
