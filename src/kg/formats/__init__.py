"""Networks as files: text for people, for spreadsheets and for the programs that analyse networks.

`WRITERS` has a writer for each format; `write_slices` and `write_folder` write networks of several
times. What each format keeps and loses is in ``docs/network-formats.md``.
"""

from kg.formats.slices import SLICE_WRITERS, write_folder, write_slices
from kg.formats.writers import SUFFIXES, WRITERS, Writer

__all__ = ["SLICE_WRITERS", "SUFFIXES", "WRITERS", "Writer", "write_folder", "write_slices"]
