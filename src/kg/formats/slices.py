"""Networks of several times: in one file where the format can hold them, else in a folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from kg.answers import Value
from kg.errors import InputError, OutputError
from kg.folders import staged, write_files
from kg.formats.gexf import slices_to_gexf
from kg.formats.numbers import number
from kg.formats.tables import csv_text, exact, json_lines, json_object, json_parts, to_table
from kg.formats.writers import SUFFIXES, WRITERS
from kg.networks.ties import ties
from kg.networks.windows import Slice

INDEX = "index.csv"


def write_slices(form: str, slices: Sequence[Slice]) -> str:
    """All networks as one text in the format `form`, a key of `SLICE_WRITERS`.

    Raises `OutputError` for a format that holds one network, and where there is no network.
    """
    if not slices:
        raise OutputError("There is no network to write: choose other windows")
    if form not in SLICE_WRITERS:
        raise OutputError(
            f"A file of {form} holds one network, and there are {len(slices)}: "
            "name a folder for a file each (-o FOLDER), or use one of "
            f"{', '.join(SLICE_WRITERS)}"
        )
    return SLICE_WRITERS[form](slices)


def write_folder(form: str, slices: Sequence[Slice], folder: Path) -> None:
    """A file for each network in a new folder, numbered and dated; ``index.csv`` has their times.

    Raises `InputError` for an unknown format, and `OutputError` where there is no network, or where
    the folder is there already and not empty; nothing is written then.
    """
    if form not in WRITERS:
        raise InputError(f"“{form}” is no format of networks: use one of {', '.join(WRITERS)}")
    if not slices:
        raise OutputError("There is no network to write: choose other windows")
    digits = len(str(len(slices)))
    names = [
        f"{place:0{digits}}-{one.mid.date().isoformat()}{SUFFIXES[form]}"
        for place, one in enumerate(slices, start=1)
    ]
    files = {
        name: WRITERS[form](one.network).encode() for name, one in zip(names, slices, strict=True)
    }
    rows = [(name, *_times(one)) for name, one in zip(names, slices, strict=True)]
    index = csv_text([("file", *TIMES), *rows])
    with staged(folder) as place:
        write_files(place, {**files, INDEX: index.encode()})


TIMES = ("start", "mid", "end")
NO_TIE: tuple[Value, ...] = (None, None, None)


def _times(one: Slice) -> tuple[str, str, str]:
    return one.start.isoformat(), one.mid.isoformat(), one.end.isoformat()


def _table(slices: Sequence[Slice]) -> str:
    return "\n".join(f"{one.start} – {one.end}\n{to_table(one.network)}" for one in slices)


def _csv(slices: Sequence[Slice]) -> str:
    """A line for each tie; a time without any has a line without one, so that it is not lost."""
    head: tuple[Value, ...] = (*TIMES, "row", "column", "value")
    body: list[tuple[Value, ...]] = [
        (*_times(one), *cell) for one in slices for cell in (_cells(one) or [NO_TIE])
    ]
    return csv_text([head, *body])


def _cells(one: Slice) -> list[tuple[Value, ...]]:
    network = one.network
    rows, columns = network.row_labels(), network.column_labels()
    offset = 0 if network.mode == "onemode" else len(rows)
    return [
        (rows[tie.source], columns[tie.target - offset], exact(number(tie.weight)))
        for tie in ties(network)
    ]


def _json(slices: Sequence[Slice]) -> str:
    """An array of objects, each with its three times and then the keys of a single network."""
    objects = [
        json_object(
            {key: json.dumps(time) for key, time in zip(TIMES, _times(one), strict=True)}
            | json_parts(one.network)
        )
        for one in slices
    ]
    return json_lines(objects) + "\n"


SLICE_WRITERS: Mapping[str, Callable[[Sequence[Slice]], str]] = {
    "table": _table,
    "csv": _csv,
    "json": _json,
    "gexf": slices_to_gexf,
}
"""The formats that hold networks of several times."""
