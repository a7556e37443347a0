"""Reading the ontology's files; what is wrong with one is told in a sentence with the remedy."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError


def read_text(path: Path) -> str:
    """The text of a file, with the same sign at the end of every line.

    Raises `InputError`, whose message begins with the path, for a file that is missing, cannot be
    read, or is no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror or error}): restore the file"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is not UTF-8 text (byte {error.start}): save it as UTF-8"
        ) from error


def read_turtle(path: Path) -> tuple[list[ox.Triple], dict[str, str]]:
    """The triples and prefixes of a Turtle file; blank nodes of two files never meet.

    Raises `InputError` as `read_text` does, and for a file that is no Turtle.
    """
    parser = ox.parse(read_text(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    try:
        return [quad.triple for quad in parser], parser.prefixes
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{path} is no Turtle ({error}): correct it") from error
