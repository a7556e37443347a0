"""How kg grows with the number of positions, beside other engines on the same data.

    python benchmarks/scale.py                  # needs the developers' environment (make setup-dev)
    python benchmarks/scale.py --positions 1000 10000 --engines kg oxigraph --limit 20
    python benchmarks/scale.py --work data --json scale.json --docs docs/scale.md

Loads a made-up corpus of each size into each engine and asks all the same questions; prints a
Markdown table with the versions of everything above it and what is asked of kg below it, and draws
docs/images/scale.svg. With `--work` the corpora stay there (c1000.nq and so on) and are used again;
with `--keep` what the engines have loaded stays too. Every question has a limit of time; where an
engine needs more, the larger sizes are not tried.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

if __name__ == "__main__":
    # Here, since every process that is started anew, kg's own as well, reads this file again.
    from benchmarks.scale_command import main

    main(__doc__ or "")
