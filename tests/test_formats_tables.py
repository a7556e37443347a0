"""Networks as tables, JSON, DL and Pajek: every number comes back, every label is legible."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from kg.errors import OutputError
from kg.formats import SUFFIXES, WRITERS
from kg.formats.tables import MOST_COLUMNS
from kg.networks.network import Network
from network_samples import (
    HARBOUR,
    hostile,
    matrix_of,
    network_of_rows,
    networks,
    onemode,
    twomode,
)

igraph = pytest.importorskip("igraph", reason="needs igraph (kg's dev extra)")


def read_csv(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def read_dl(text: str) -> tuple[list[str], list[str], list[list[float]]]:
    """Rows, columns and matrix of a DL file in the form that DNA writes."""
    head, _, data = text.partition("data:\n")
    one = re.fullmatch(r'dl n = \d+, format = fullmatrix\nlabels:\n((?:"[^"\n]*"\n)*)', head)
    two = re.fullmatch(
        r"dl nr = \d+, nc = \d+, format = fullmatrix\n"
        r'row labels:\n((?:"[^"\n]*"\n)*)col labels:\n((?:"[^"\n]*"\n)*)',
        head,
    )
    found = one or two
    assert found, head
    sides = [[line[1:-1] for line in block.splitlines()] for block in found.groups()]
    rows, columns = sides[0], sides[-1]
    cells = [[float(value) for value in line.split()] for line in data.split("\n")[: len(rows)]]
    return rows, columns, cells


def test_every_format_has_a_writer_and_an_ending() -> None:
    asked = ("table", "csv", "json", "graphml", "gexf", "pajek", "dl", "html")
    assert set(asked) < set(WRITERS)
    assert list(WRITERS) == list(SUFFIXES)


@pytest.mark.parametrize("form", WRITERS)
def test_equal_networks_give_equal_bytes(form: str) -> None:
    assert WRITERS[form](onemode()) == WRITERS[form](onemode())
    assert WRITERS[form](twomode()) == WRITERS[form](twomode())


def test_json_has_rows_columns_and_matrix_first() -> None:
    text = WRITERS["json"](twomode())
    read = json.loads(text)
    assert list(read) == ["rows", "columns", "matrix"]
    assert read["rows"] == ["Harbour Board", "Saaristokunta Öljysaari", "Ferries & Sons"]
    assert read["columns"] == ["A bridge is built", "Ferries ask a toll"]
    assert read["matrix"] == [[3, 0], [1, 0], [2, 1]]
    assert '"matrix": [\n[3, 0],\n[1, 0],\n[2, 1]\n]' in text


@given(networks())
def test_json_gives_every_number_and_label_back(network: Network) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    read: Any = json.loads(WRITERS["json"](network), parse_constant=refuse)
    assert read["rows"] == list(network.row_labels())
    assert read["columns"] == list(network.column_labels())
    shape = (len(network.rows), len(network.columns))
    assert np.array_equal(np.array(read["matrix"], dtype=float).reshape(shape), network.dense())


@given(networks())
def test_csv_gives_every_number_back(network: Network) -> None:
    head, *rows = read_csv(WRITERS["csv"](network))
    assert len(head) == len(network.columns) + 1
    assert head[0] == ""
    for row, expected in zip(rows, network.dense(), strict=True):
        assert [float(cell) for cell in row[1:]] == list(expected)


@given(networks())
def test_csv_gives_labels_back_but_for_those_that_look_like_formulas(network: Network) -> None:
    head, *rows = read_csv(WRITERS["csv"](network))
    pairs = [
        *zip(head[1:], network.column_labels(), strict=True),
        *zip((row[0] for row in rows), network.row_labels(), strict=True),
    ]
    for written, label in pairs:
        assert written == (f"'{label}" if label.startswith(tuple("=+-@\t\r")) else label)


def test_no_label_is_a_formula_and_negative_numbers_stay_numbers() -> None:
    text = WRITERS["csv"](network_of_rows([[0, -2.5], [-2.5, 0]], ["=1+1", "@x"]))
    assert read_csv(text) == [["", "'=1+1", "'@x"], ["'=1+1", "0", "-2.5"], ["'@x", "-2.5", "0"]]


def test_two_nodes_of_one_name_are_told_apart() -> None:
    text = WRITERS["csv"](network_of_rows([[0, 1], [1, 0]], ["SM", "SM"]))
    assert read_csv(text)[0] == ["", "SM (id0)", "SM (id1)"]


def test_the_table_numbers_its_columns_and_explains_the_numbers() -> None:
    one, two = WRITERS["table"](onemode()), WRITERS["table"](twomode())
    assert re.search(r"2 Saaristokunta Öljysaari +│ +3 │ +0 │ +0\.1 │ +0 │", one)
    assert one.endswith("Left out for want of a pole: 2 statements\n")
    assert re.search(r"Harbour Board +│ 3 │ 0 │", two)
    assert re.search(r"│ 2 Ferries ask a toll +│", two)


def test_the_table_rounds_and_shows_no_control_character() -> None:
    network = network_of_rows([[0, 2 / 3], [2 / 3, 0]], ["a\x1b[31mb", "c\x9bd"])
    text = WRITERS["table"](network.noting("Left out for want of conc\x1b[31mept"))
    assert "0.667" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_a_wide_table_keeps_every_column_whole() -> None:
    size = MOST_COLUMNS
    rows = [[0.0 if i == j else 1234.5 for j in range(size)] for i in range(size)]
    text = WRITERS["table"](network_of_rows(rows, [f"Body {i}" for i in range(size)]))
    assert len(text.splitlines()) == size + 4
    assert text.count("1234.5") == size * (size - 1)


def test_a_matrix_too_wide_for_a_terminal_is_a_list_of_ties() -> None:
    size = MOST_COLUMNS + 1
    rows = np.zeros((size, size))
    rows[0, 1] = rows[1, 0] = 2
    rows[3, 2] = rows[2, 3] = -2.5
    text = WRITERS["table"](network_of_rows(rows.tolist(), [f"Body {i}" for i in range(size)]))
    assert "41 rows, 41 columns, 2 ties, strongest first" in text
    lines = [re.findall(r"[^│]+", line) for line in text.splitlines() if "Body" in line]
    assert [[cell.strip() for cell in line] for line in lines] == [
        ["Body 2", "Body 3", "-2.5"], ["Body 0", "Body 1", "2"],
    ]  # fmt: skip


def test_dl_has_the_form_that_dna_writes() -> None:
    assert WRITERS["dl"](twomode()) == (
        "dl nr = 3, nc = 2, format = fullmatrix\nrow labels:\n"
        '"Harbour Board"\n"Saaristokunta Öljysaari"\n"Ferries & Sons"\n'
        'col labels:\n"A bridge is built"\n"Ferries ask a toll"\ndata:\n3 0\n1 0\n2 1\n'
    )
    head = "dl n = 4, format = fullmatrix\nlabels:\n"
    assert WRITERS["dl"](onemode()).startswith(head)


@given(networks())
def test_dl_gives_every_number_back_under_different_labels(network: Network) -> None:
    rows, columns, cells = read_dl(WRITERS["dl"](network))
    assert len(set(rows)) == len(network.rows)
    assert len(set(columns)) == len(network.columns)
    shape = (len(network.rows), len(network.columns))
    assert np.array_equal(np.array(cells, dtype=float).reshape(shape), network.dense())


def test_quotes_leave_a_label_but_no_two_become_one() -> None:
    text = WRITERS["dl"](network_of_rows([[0, 1, 0], [1, 0, 0], [0, 0, 0]], ["a", 'a"', "a'"]))
    assert read_dl(text)[0] == ["a", "a (2)", "a (3)"]


def test_pajek_reads_what_it_needs() -> None:
    ties = "*Edges\n1 2 3\n1 3 -0.5\n2 3 0.1\n"
    text = WRITERS["pajek"](onemode())
    assert text.startswith("\ufeff% type: onemode; rows: body;")
    assert '*Vertices 4\n1 "Harbour Board"\n2 "Saaristokunta Öljysaari"\n' in text
    assert text.endswith(ties)
    assert "*Vertices 5 3\n" in WRITERS["pajek"](twomode())
    assert WRITERS["pajek"](network_of_rows([[0.0]], ["a"])).startswith("%")


def test_networkx_reads_pajek_with_and_without_its_mark() -> None:
    graph: Any = nx.parse_pajek(WRITERS["pajek"](onemode()))
    assert set(graph) == {node.label for node in onemode().rows}
    assert graph["Harbour Board"]["Ferries & Sons"][0]["weight"] == -0.5


def test_igraph_reads_a_pajek_file_of_two_modes(tmp_path: Path) -> None:
    file = tmp_path / "two.net"
    rows: list[list[float]] = [[1, 0], [0, -2], [0.5, 0]]
    network = network_of_rows(rows, ["a", "b c", "d", "e", "f"], mode="twomode")
    file.write_text(WRITERS["pajek"](network), encoding="utf-8")
    graph = igraph.Graph.Read_Pajek(str(file))
    assert graph.vs["name"] == ["a", "b c", "d", "e", "f"]
    assert graph.vs["type"] == [False, False, False, True, True]
    assert graph.get_edgelist() == [(0, 3), (1, 4), (2, 3)]
    assert graph.es["weight"] == [1.0, -2.0, 0.5]


@given(networks(mode="onemode"))
def test_pajek_gives_every_tie_back(network: Network) -> None:
    graph = nx.parse_pajek(WRITERS["pajek"](network))
    found = np.zeros(network.matrix.shape)
    places = {name: place for place, name in enumerate(graph)}
    for one, other, data in graph.edges(data=True):
        i, j = places[one], places[other]
        found[i, j] = found[j, i] = data["weight"]
    assert len(graph) == len(network.rows)
    assert np.array_equal(found, network.dense())


def test_a_label_of_both_modes_stands_twice_in_pajek() -> None:
    text = WRITERS["pajek"](network_of_rows([[1.0]], ["same", "same"], mode="twomode"))
    assert '1 "same"\n2 "same (2)"\n' in text


@pytest.mark.parametrize("form", WRITERS)
def test_hostile_labels_survive_every_format(form: str) -> None:
    text = WRITERS[form](hostile())
    assert text.encode()
    assert not re.search(r"[\x00\x1b]", text) or form in ("csv", "html")


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize(("rows", "labels"), [([], []), ([[0.0]], ["alone"])])
def test_networks_without_ties_are_written(
    form: str, rows: list[list[float]], labels: list[str]
) -> None:
    assert WRITERS[form](network_of_rows(rows, labels))


@pytest.mark.parametrize("form", WRITERS)
def test_rows_without_columns_are_written(form: str) -> None:
    network = Network("twomode", (HARBOUR,), (), matrix_of([[]], (1, 0)))
    assert WRITERS[form](network)


@pytest.mark.parametrize("form", WRITERS)
def test_a_weight_that_is_no_number_is_refused(form: str) -> None:
    network = network_of_rows([[0, float("nan")], [float("nan"), 0]], ["a", "b"])
    with pytest.raises(OutputError, match="weight nan"):
        WRITERS[form](network)
