"""Networks of several times: in one file where the format holds them, else in a folder."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import xml_rules as rules
from kg.errors import InputError, OutputError
from kg.formats import SLICE_WRITERS, WRITERS, write_folder, write_slices
from network_samples import slices, twomode

X = f"{{{rules.GEXF_NAMESPACE}}}"


def film(text: str) -> ET.Element:
    root = ET.fromstring(text.encode())
    rules.check(root, rules.GEXF, rules.GEXF_NAMESPACE)
    return root


def moments(element: ET.Element) -> list[str]:
    return [spell.get("timestamp", "") for spell in element.iter(f"{X}spell")]


def test_json_is_a_list_with_dates() -> None:
    made = slices()
    read = json.loads(write_slices("json", made))
    assert [one["mid"] for one in read] == [
        "2020-02-01T00:00:00", "2020-03-01T00:00:00", "2020-04-01T00:00:00",
    ]  # fmt: skip
    assert (read[0]["start"], read[0]["end"]) == ("2020-01-01T00:00:00", "2020-04-01T00:00:00")
    for one, expected in zip(read, made, strict=True):
        assert np.array_equal(np.array(one["matrix"]), expected.network.dense())
        assert one["rows"] == list(expected.network.row_labels())


def test_csv_has_a_line_for_each_tie_and_for_each_time_without_one() -> None:
    head, *lines = csv.reader(StringIO(write_slices("csv", slices()), newline=""))
    assert head == ["start", "mid", "end", "row", "column", "value"]
    first = ["2020-01-01T00:00:00", "2020-02-01T00:00:00", "2020-04-01T00:00:00"]
    assert lines[0] == [*first, "Harbour Board", "Saaristokunta Öljysaari", "3"]
    assert [line[5] for line in lines] == ["3", "-0.5", "0.1", "6", "-1", "0.2", ""]
    assert lines[-1][3:] == ["", "", ""]


def test_csv_names_the_columns_of_two_modes() -> None:
    _, first, *_ = csv.reader(StringIO(write_slices("csv", slices(1, "twomode")), newline=""))
    assert first[3:] == ["", "", ""]
    _, first, *_ = csv.reader(StringIO(write_slices("csv", slices(2, "twomode")), newline=""))
    assert first[3:] == ["Harbour Board", "A bridge is built", "3"]


def test_the_table_has_each_network_under_its_time() -> None:
    text = write_slices("table", slices())
    assert text.count("1 Harbour Board") == 3
    assert "2020-02-01 00:00:00 – 2020-05-01 00:00:00\n" in text


def test_gexf_says_when_each_node_is_there() -> None:
    root = film(write_slices("gexf", slices()))
    graph = root.find(f"{X}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    there = {node.get("label"): moments(node) for node in root.iter(f"{X}node")}
    assert there["Harbour Board"] == ["2020-02-01", "2020-03-01", "2020-04-01"]
    assert there["Nobody"] == ["2020-02-01", "2020-04-01"]


def test_gexf_says_how_strong_each_tie_is_and_when() -> None:
    root = film(write_slices("gexf", slices()))
    labels = {node.get("id"): node.get("label") for node in root.iter(f"{X}node")}
    edge = next(
        edge
        for edge in root.iter(f"{X}edge")
        if {labels[edge.get("source")], labels[edge.get("target")]}
        == {"Harbour Board", "Ferries & Sons"}
    )
    assert moments(edge) == ["2020-02-01", "2020-03-01"]
    weights = [v for v in edge.iter(f"{X}attvalue") if v.get("for") == "weight"]
    assert [(v.get("timestamp"), v.get("value")) for v in weights] == [
        ("2020-02-01", "-0.5"), ("2020-03-01", "-1"),
    ]  # fmt: skip
    declared = [a for a in root.iter(f"{X}attributes") if a.get("class") == "edge"]
    assert [a.get("mode") for a in declared] == ["dynamic"]
    assert len(list(root.iter(f"{X}edge"))) == 3


def test_gexf_keeps_both_modes_apart() -> None:
    root = film(write_slices("gexf", slices(2, "twomode")))
    assert len(list(root.iter(f"{X}node"))) == 5
    for edge in root.iter(f"{X}edge"):
        assert int(edge.get("source", "")) < 3 <= int(edge.get("target", ""))


def test_moments_have_a_time_of_day_where_there_is_one() -> None:
    root = film(write_slices("gexf", slices(hours=12)))
    assert moments(next(root.iter(f"{X}node")))[0] == "2020-02-01T12:00:00"


def test_networks_of_one_moment_are_numbered() -> None:
    first, second, _ = slices()
    root = film(write_slices("gexf", [first, replace(second, mid=first.mid)]))
    assert moments(next(root.iter(f"{X}node"))) == ["1", "2"]


@pytest.mark.parametrize("form", sorted(set(WRITERS) - set(SLICE_WRITERS)))
def test_a_format_of_one_network_says_so_and_names_the_way_out(form: str) -> None:
    with pytest.raises(OutputError, match=f"A file of {form} holds one network, .* 3: .*-o FOLDER"):
        write_slices(form, slices())


@pytest.mark.parametrize("form", WRITERS)
def test_a_folder_has_a_file_for_each_network(form: str, tmp_path: Path) -> None:
    made = slices()
    write_folder(form, made, tmp_path / "out")
    files = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [name.partition(".")[0] for name in files] == [
        "1-2020-02-01", "2-2020-03-01", "3-2020-04-01", "index",
    ]  # fmt: skip
    text = (tmp_path / "out" / files[0]).read_bytes().decode()
    assert text == WRITERS[form](made[0].network)
    index = list(csv.reader((tmp_path / "out" / "index.csv").read_text("utf-8").splitlines()))
    assert [row[0] for row in index] == ["file", *files[:3]]
    assert index[1][1:] == ["2020-01-01T00:00:00", "2020-02-01T00:00:00", "2020-04-01T00:00:00"]


def test_a_folder_that_is_not_empty_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="name a new or empty folder"):
        write_folder("dl", slices(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_network_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    first = slices()[0]
    broken = replace(twomode(), matrix=twomode().matrix * float("inf"))
    with pytest.raises(OutputError, match="weight"):
        write_folder("json", [first, replace(first, network=broken)], tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_no_network_and_no_such_format_are_told(tmp_path: Path) -> None:
    for call in (
        lambda: write_slices("json", ()),
        lambda: write_folder("json", (), tmp_path / "a"),
    ):
        with pytest.raises(OutputError, match="no network"):
            call()
    with pytest.raises(InputError, match="use one of table, csv"):
        write_folder("xls", slices(), tmp_path / "a")
    assert list(tmp_path.iterdir()) == []
