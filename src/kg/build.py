"""`kg build`: codings → findings, graph, store and pages, all or nothing.

A build is a folder that is never changed once it is there: ``graph.trig`` (canonical, the same
bytes for the same input), ``store/`` (Oxigraph), the statement table (``statements.parquet``,
``nodes.parquet``, ``relations.parquet``, and of a large graph ``standings.parquet`` and
``pairs.parquet``), the pages, ``build.json``, which says what it is, and ``reuse.json.gz``, with
which the next build of the same data takes over what has not changed (`kg.reuse`). It is written
beside its place and moved in when it is whole; a failure leaves the earlier build as it was.
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
    from kg.parts import Whole
    from kg.reuse.record import Earlier
    from kg.site import Differences
    from kg.table import Table

MANIFEST = "build.json"
GRAPH = "graph.trig"
STORE = "store"
KIND = Kind("build", MANIFEST)
FORMAT = 4
LARGE = 100_000
"""So many quads make a graph large: below, SPARQL has counted differences before Ibis is loaded."""

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

    def differences(self) -> Differences | None:
        """What answers the queries of differences from a large table; None where it is small."""
        if self.quads < LARGE:
            return None
        # Here, since Ibis takes long to import.
        from kg.differences.on_duckdb import OnDuckDB

        return OnDuckDB(self.files, self.held)

    def whole(self) -> Whole:
        """The graph's file and store, to take parts of; raises `StoreError` where unreadable."""
        from kg.parts import Whole

        return Whole(self.files / GRAPH, self.files / STORE)

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
    earlier: Earlier | None = None,
) -> Checked:
    """Load, check and encode a data folder, with what it needs of the shipped registers.

    What an `earlier` build has of it is taken over; the outcome is the same. Raises `DataError`,
    which carries every finding, if one of them is an error, and `InputError` for a missing folder
    or a base that cannot carry ids.
    """
    # What only making a build needs is imported in here: most commands only read one.
    from kg.coding.dataset import find_files, load_dataset
    from kg.dna.layer import read_layers
    from kg.encode import encode
    from kg.reuse.neighbours import check_again
    from kg.shapes import check_shapes

    check_base(base)
    found = read_sources(sources) if sources else None
    progress("Reading the codings")
    files = find_files(data, data_dir())
    dataset, findings = load_dataset(files, found, data_dir(), earlier.facts if earlier else {})
    _stop_on_errors(findings)
    if dataset.kept:
        plural = "meeting" if len(dataset.facts) == 1 else "meetings"
        progress(f"Reusing {len(dataset.kept):,} of {len(dataset.facts):,} {plural}")
    progress("Encoding them as RDF")
    quads = encode(dataset, base, earlier.kept(dataset.kept, base) if earlier else {})
    progress("Checking the shapes")
    if earlier:
        findings = findings + check_again(quads, earlier, dataset.places(), language, base)
    else:
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
    full: bool = False,
) -> tuple[Build, Checked]:
    """Make a build of a data folder in `out`, in place of the build that was there.

    What has not changed since is taken over from that build unless `full` is set; the outcome is
    the same. Raises what `check` raises, and `OutputError` if `out` is no build, or cannot be
    written.
    """
    check_target(out, KIND)
    earlier = None if full else _earlier(out, base, language)
    checked = check(data, sources, base, language, progress, earlier)
    with staged(out, KIND) as staging:
        made = _write(checked, staging, base, language, progress)
    return Build(out, base, made.quads, made.meetings, made.graph_sha256), checked


def _earlier(out: Path, base: str, language: str) -> Earlier | None:
    """What the build in a folder saves the next; None where there is none to be relied on."""
    from kg.reuse.record import RECORD, read_earlier

    try:
        made = read_build(out)
    except StoreError:
        return None
    if made.base != base:
        return None
    files = made.files
    return read_earlier(files / RECORD, files / GRAPH, made.graph_sha256, base, language)


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


def _write(checked: Checked, folder: Path, base: str, language: str, progress: Progress) -> Build:
    from kg.encode import to_trig
    from kg.reuse.record import write_record

    progress("Writing the graph")
    text = to_trig(checked.quads, base)
    (folder / GRAPH).write_bytes(text)
    progress("Filling the store")
    store = ox.Store(str(folder / STORE))
    store.bulk_extend(checked.quads)
    store.flush()
    del store  # closes it: the pages are made from the store as readers open it
    digest = sha256(text).hexdigest()
    # All findings of a build that is written are of the shapes: reading tells errors alone.
    write_record(folder, digest, base, language, checked.dataset.facts, checked.findings)
    made = Build(folder, base, len(checked.quads), dict(checked.dataset.checked), digest)
    finish(made, progress)
    return made


def finish(made: Build, progress: Progress, workers: int = 1) -> None:
    """Make what is made of a build's store: the statement table, the pages, and the manifest.

    The work on a large table is shared among as many processes as `workers`.
    """
    from kg.latest import latest
    from kg.pages import write_pages
    from kg.site import Site
    from kg.table import write_table
    from kg.table_in_parts import make_large_table

    progress("Making the statement table")
    table = make_large_table(made.folder / GRAPH, made.folder / STORE, workers)
    write_table(table, made.folder)
    if made.quads >= LARGE:
        # Here, since Ibis takes long to import, and small builds have no use for it.
        from kg.differences.made import make_files

        make_files(made.folder)
    progress("Making the pages")
    site = Site(made.open(), made.base, given=table, differences=made.differences())
    write_pages(latest(site, table, made.whole()), made.folder)
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
