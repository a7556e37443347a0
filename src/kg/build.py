"""`kg build`: codings → findings, graph, store and pages, all or nothing.

A build is a folder that is never changed once it is there: ``graph.trig`` (canonical, the same
bytes for the same input), ``store/`` (Oxigraph), the statement table (``statements.parquet``,
``nodes.parquet``), the pages, and ``build.json``, which says what it is. It is written beside its
place and moved in when it is whole; a failure leaves the earlier build as it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import __version__
from kg.errors import DataError, StoreError
from kg.findings import Finding, counted, errors
from kg.folders import Kind, check_target, staged
from kg.locks import Held, hold
from kg.names import DEFAULT_BASE, check_base
from kg.resources import data_dir
from kg.source import read_sources
from kg.store import EmbeddedStore

if TYPE_CHECKING:
    from kg.coding.dataset import Dataset
    from kg.table import Table

MANIFEST = "build.json"
GRAPH = "graph.trig"
STORE = "store"
KIND = Kind("build", MANIFEST)
FORMAT = 3

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Build:
    """What a build folder holds; one that was read is `held`, whatever takes its place since."""

    folder: Path
    base: str
    quads: int
    meetings: Mapping[str, bool]
    graph_sha256: str
    held: Held | None = field(default=None, compare=False, repr=False)

    @property
    def files(self) -> Path:
        """Where its files are read."""
        return self.held.path if self.held else self.folder

    @property
    def name(self) -> str:
        """What the build is called: its folder."""
        return str(self.folder)

    @property
    def place(self) -> Path:
        """The place that findings name."""
        return self.folder

    def open(self) -> EmbeddedStore:
        """The build's store, for reading."""
        return EmbeddedStore.open(self.folder / STORE, self.held)

    def table(self) -> Table:
        """The statement table, not read yet; raises `StoreError` where it is damaged."""
        # Here, since Polars takes long to import and most commands ask queries alone.
        from kg.table import read_table

        return read_table(self.folder, self.held)

    def read_quads(self) -> Iterator[ox.Quad]:
        """The whole graph, graph by graph; raises `StoreError` where it cannot be read."""
        graph = self.folder / GRAPH
        try:
            yield from ox.parse(path=self.files / GRAPH, format=ox.RdfFormat.TRIG)
        except (OSError, SyntaxError, ValueError) as error:
            raise StoreError(f"The graph {graph} cannot be read: build it again") from error


@dataclass(frozen=True)
class Checked:
    """A dataset that passed every check, encoded."""

    dataset: Dataset
    quads: Sequence[ox.Quad]
    findings: Sequence[Finding]


def quiet(_: str) -> None:
    """Report no progress."""


def check(
    data: Path,
    sources: Path | None = None,
    base: str = DEFAULT_BASE,
    language: str = "en",
    progress: Progress = quiet,
) -> Checked:
    """Load, check and encode a data folder, with what it needs of the shipped registers.

    Raises `DataError`, which carries every finding, if one of them is an error, and `InputError`
    for a missing folder or a base that cannot carry ids.
    """
    # What only making a build needs is imported in here: most commands only read one.
    from kg.coding.dataset import find_files, load_dataset
    from kg.dna.layer import read_layers
    from kg.encode import encode
    from kg.shapes import check_shapes

    check_base(base)
    found = read_sources(sources) if sources else None
    progress("Reading the codings")
    dataset, findings = load_dataset(find_files(data, data_dir()), found, data_dir())
    _stop_on_errors(findings)
    progress("Encoding them as RDF")
    quads = encode(dataset, base)
    progress("Checking the shapes")
    findings = findings + check_shapes(quads, dataset.places(), language, base)
    _stop_on_errors(findings)
    return Checked(dataset, [*quads, *read_layers(data, base)], findings)


def _stop_on_errors(findings: Sequence[Finding]) -> None:
    if found := errors(findings):
        raise DataError(
            f"The codings have {counted(len(found), 'error')}: correct them first", findings
        )


def build(
    data: Path,
    out: Path,
    sources: Path | None = None,
    base: str = DEFAULT_BASE,
    language: str = "en",
    progress: Progress = quiet,
) -> tuple[Build, Checked]:
    """Make a build of a data folder in `out`, in place of the build that was there.

    Raises what `check` raises, and `OutputError` if `out` is no build, or cannot be written.
    """
    check_target(out, KIND)
    checked = check(data, sources, base, language, progress)
    with staged(out, KIND) as staging:
        made = _write(checked, staging, base, progress)
    return Build(out, base, made.quads, made.meetings, made.graph_sha256), checked


def read_build(folder: Path) -> Build:
    """The build in a folder.

    Raises `StoreError` if there is none, or one that this version cannot read.
    """
    try:
        held = hold(folder)
        manifest = json.loads((held.path / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise StoreError(
                f"The build in {folder} has form {manifest['format']}, this kg reads {FORMAT}: "
                "build it again"
            )
        return Build(
            folder,
            manifest["base"],
            manifest["quads"],
            manifest["evidence_checked"],
            manifest["graph_sha256"],
            held,
        )
    except OSError as error:
        raise StoreError(f"There is no build in {folder}: make one with `kg build`") from error
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{folder / MANIFEST} is damaged: build it again") from error


def _write(checked: Checked, folder: Path, base: str, progress: Progress) -> Build:
    from kg.encode import to_trig

    progress("Writing the graph")
    text = to_trig(checked.quads, base)
    (folder / GRAPH).write_bytes(text)
    progress("Filling the store")
    store = ox.Store(str(folder / STORE))
    store.bulk_extend(checked.quads)
    store.flush()
    del store  # closes it: the pages are made from the store as readers open it
    digest = sha256(text).hexdigest()
    made = Build(folder, base, len(checked.quads), dict(checked.dataset.checked), digest)
    finish(made, progress)
    return made


def finish(made: Build, progress: Progress) -> None:
    """Make what is made of a build's store: the statement table, the pages, and the manifest."""
    from kg.pages import write_pages
    from kg.site import Site
    from kg.table import make_table, write_table

    progress("Making the statement table")
    table = make_table(made.open())
    write_table(table, made.folder)
    progress("Making the pages")
    write_pages(Site(made.open(), made.base, given=table), made.folder)
    manifest = {
        "format": FORMAT,
        "made_by": f"apro-kg {__version__}",
        "base": made.base,
        "quads": made.quads,
        "graph_sha256": made.graph_sha256,
        "evidence_checked": made.meetings,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    (made.folder / MANIFEST).write_text(text, encoding="utf-8")
