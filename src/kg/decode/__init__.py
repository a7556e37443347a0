"""From RDF back to codings: `kg.encode` the other way round, by the same context and models.

What a coding cannot hold is never dropped in silence: the codings that were read are encoded again
and compared with what was given, and each triple that is missing then becomes a finding.
"""

from __future__ import annotations

from kg.decode.codings import Decoded, decode
from kg.decode.files import SYNTAXES, read_rdf, write_folder

__all__ = ["SYNTAXES", "Decoded", "decode", "read_rdf", "write_folder"]
