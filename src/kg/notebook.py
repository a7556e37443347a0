"""A build handed over to notebooks: to Polars, pandas, networkx and rdflib.

    from kg.notebook import open_build

    build = open_build("build")
    build.query("disagreements", a="STM", b="SM")     # a Polars frame
    build.statements()                                # one row a position
    build.network(aggregation="subtract")             # a Network; .dense(), .row_labels()
    picture_of(build.view("congruence"))              # kg.views: shows itself in Jupyter

Nothing here is computed in another way than by the commands: a notebook and `kg` agree.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from kg.answers import Answer, Value, answer_from
from kg.codes import Language
from kg.encode import to_trig
from kg.errors import InputError
from kg.filters import EVERYTHING_ACCEPTED, Filters
from kg.networks.events import Events
from kg.networks.network import Network
from kg.networks.recipe import Recipe, make_network
from kg.networks.statement_events import CONCEPTS, Choice, statement_events
from kg.opened import Opened, open_store
from kg.site import Site
from kg.table import Table

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

    from kg.views.view import View


@dataclass(frozen=True)
class OpenBuild:
    """A build, read when something of it is asked for."""

    build: Opened

    @cached_property
    def table(self) -> Table:
        """The statement table, not read yet."""
        return self.build.table()

    @cached_property
    def site(self) -> Site:
        """The store, with the names by which users call things."""
        return Site(self.build.open(), self.build.base, differences=self.build.differences())

    def statements(self, filters: Filters = EVERYTHING_ACCEPTED) -> pl.DataFrame:
        """One row a position that passes the filters; the columns are those of `kg.table.Table`."""
        return filters.apply(self.table.statements).collect()

    def query(self, name: str, language: Language = "en", **given: str) -> pl.DataFrame:
        """The answer of a named query; raises what `kg query NAME` would say."""
        return to_polars(self.site.ask(name, given, language))

    def sparql(self, text: str) -> pl.DataFrame:
        """The answer of a SELECT query of one's own; the default graph is the union of all."""
        return to_polars(answer_from(self.site.store.select(text)))

    def events(
        self,
        rows: str = "body",
        columns: str = "",
        qualifier: str = "pole",
        filters: Filters = EVERYTHING_ACCEPTED,
        language: Language = "en",
    ) -> Events:
        """The statements as events: actors or concepts as rows, the other side as columns."""
        usual = "body" if rows in CONCEPTS else "proposition"
        choice = Choice(rows, columns or usual, qualifier)
        return statement_events(self.table, choice, filters, language)

    def network(
        self,
        mode: str = "onemode",
        aggregation: str = "",
        normalisation: str = "no",
        duplicates: str = "include",
        events: Events | None = None,
    ) -> Network:
        """A network, of bodies on propositions unless other events are given."""
        usual = "congruence" if mode == "onemode" else "subtract"
        recipe = Recipe(mode, aggregation or usual, normalisation, duplicates)
        return make_network(events or self.events(), recipe)

    def view(self, name: str, *, a: str = "", b: str = "", meeting: str = "") -> View:
        """One of the views of `kg view`; raises `InputError` for what it cannot be made of."""
        # Here, since what draws takes long to import.
        from kg.pages import Pages, Wanted

        return Pages(replace(self.site, given=self.table)).view(name, Wanted(a, b, meeting))

    def rdflib(self) -> rdflib.Dataset:
        """The whole graph, with its named graphs, as rdflib holds it."""
        import rdflib

        text = to_trig(list(self.build.read_quads()), self.build.base).decode()
        with warnings.catch_warnings():
            # rdflib's own parsers use a name that rdflib has deprecated.
            warnings.simplefilter("ignore", DeprecationWarning)
            return rdflib.Dataset(default_union=True).parse(data=text, format="trig")


def open_build(store: Path | str = "build") -> OpenBuild:
    """Open a build's folder, or a store on a server by its address or its name in ``kg.toml``.

    Raises `StoreError` where there is none.
    """
    return OpenBuild(open_store(str(store)))


def to_polars(answer: Answer) -> pl.DataFrame:
    """An answer as a frame: dates, numbers and truths as such, all else as text."""
    return pl.DataFrame(
        [
            pl.Series(name, _column([row[place] for row in answer.rows]), strict=False)
            for place, name in enumerate(answer.columns)
        ]
    )


def to_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """A frame for pandas; raises `InputError` where pandas or pyarrow is not installed."""
    try:
        return frame.to_pandas()
    except ModuleNotFoundError as error:
        raise InputError(
            f"{error.name} is not installed: pip install 'apro-kg[notebooks]' brings it"
        ) from error


def matrix_frame(network: Network) -> pl.DataFrame:
    """A network as a frame: `node` with the label of each row, then a column for each column."""
    cells = pl.DataFrame(network.dense(), schema=list(network.column_labels()), orient="row")
    return cells.insert_column(0, pl.Series("node", network.row_labels(), dtype=pl.String))


def _column(values: Sequence[Value]) -> Sequence[Any]:
    """Values of one kind, so that a column has one type."""
    filled = [value for value in values if value is not None]
    if all(isinstance(value, bool | int | Decimal) for value in filled):
        return [float(value) if isinstance(value, Decimal) else value for value in values]
    if all(isinstance(value, date) and not isinstance(value, datetime) for value in filled):
        return values
    return [None if value is None else str(value) for value in values]
