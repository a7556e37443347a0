"""The hand-over to notebooks, and the notebook itself, run from its first cell to its last."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import nbformat
import pandas as pd
import polars as pl
import pytest
from nbclient import NotebookClient

from conftest import ROOT
from kg.errors import QueryError, StoreError
from kg.filters import Filters
from kg.notebook import OpenBuild, matrix_frame, open_build, to_pandas

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def build(built: Path) -> OpenBuild:
    return open_build(built)


def test_a_query_gives_what_the_command_gives(build: OpenBuild) -> None:
    frame = build.query("disagreements", a="STM", b="SM")
    assert frame.height == 8
    assert frame["date"].dtype == pl.Date
    assert frame["a_count"].dtype == pl.Int64
    assert build.query("disagreements", "fi", a="STM", b="SM")["label"][0] != frame["label"][0]
    with pytest.raises(QueryError):
        build.query("disagreement")


def test_statements_come_filtered(build: OpenBuild) -> None:
    assert build.statements().height == 93
    assert build.statements(Filters(history=True)).height == 94
    assert build.statements(Filters(since=date(2022, 1, 1))).height == 0


def test_a_network_comes_as_a_frame_with_its_labels(build: OpenBuild) -> None:
    frame = matrix_frame(build.network())
    assert frame.columns == ["node", *frame["node"].to_list()]
    assert frame.filter(pl.col("node") == "STM")["SM"].item() == 8


def test_the_graph_comes_to_rdflib_and_tables_to_pandas(build: OpenBuild) -> None:
    assert len(build.rdflib()) > 7000
    frame = to_pandas(build.statements())
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) == 93
    count = build.sparql("SELECT (COUNT(*) AS ?n) { ?p a <https://w3id.org/apro#Position> }")
    assert count["n"].to_list() == [94]


def test_a_folder_without_a_build_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="make one with"):
        open_build(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_is_stored_without_results(
    path: Path, built: Path, tmp_path: Path
) -> None:
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in notebook.cells)
    (tmp_path / "build").symlink_to(built)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
    assert any(cell.get("outputs") for cell in notebook.cells)
