"""The entry of the command ``kg`` and of ``python -m kg``: Ctrl-C never ends in a traceback."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command; importing it takes a moment, in which it may be interrupted too."""
    try:
        from kg.interrupts import listening

        with listening():
            from kg.cli import main as run

            run()
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted: nothing was changed\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
