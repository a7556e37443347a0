"""Pages of a large build show its latest meetings, whole ones, and say so in three languages."""

from __future__ import annotations

import json
import sys

import polars as pl
import pytest
from typer.testing import CliRunner

from conftest import ROOT
from kg import latest as module
from kg.build import Build, read_build
from kg.bulk import build_from_rdf
from kg.cli import app
from kg.latest import latest
from kg.site import Site

sys.path.insert(0, str(ROOT))
made_by = pytest.importorskip("benchmarks.corpus", reason="needs a checkout, with benchmarks/")

POSITIONS, MOST = 400, 100


def quiet(_: str) -> None:
    pass


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "corpus.nq").write_bytes(b"".join(made_by.corpus(POSITIONS, 5)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "MOST_POSITIONS", MOST)
        build_from_rdf([folder / "corpus.nq"], folder / "build", made_by.DEFAULT_BASE, "en", quiet)
    return read_build(folder / "build")


def rows(site: Site) -> pl.DataFrame:
    return site.table.statements.with_columns(pl.col("meeting").cast(pl.String)).collect()


def test_the_latest_meetings_are_taken_whole(made: Build) -> None:
    table = made.table()
    whole = Site(made.open(), made.base, given=table)
    part = latest(whole, table, made.whole(), most=MOST)
    shown, every = rows(part), rows(whole)
    meetings = set(shown["meeting"])
    assert 0 < shown.height <= MOST < every.height == POSITIONS
    assert every.filter(pl.col("meeting").is_in(meetings))["position"].to_list() == (
        shown["position"].to_list()
    )
    first = shown["date"].min()
    earlier = every.filter(~pl.col("meeting").is_in(meetings))
    assert (earlier["date"] <= first).all()
    # What things are called is the same: the registers are there.
    assert part.names.resolve("HAM", "body") == whole.names.resolve("HAM", "body")
    assert part.part is not None
    for language in ("en", "fi", "sv"):
        text = part.part.get(language)
        assert all(str(one) in text for one in (shown.height, POSITIONS, first))


def test_a_meeting_larger_than_a_page_is_shown_whole(made: Build) -> None:
    table = made.table()
    part = latest(Site(made.open(), made.base, given=table), table, made.whole(), most=1)
    assert rows(part)["meeting"].n_unique() == 1


def test_a_small_build_is_shown_as_it_is(made: Build) -> None:
    table = made.table()
    site = Site(made.open(), made.base, given=table)
    assert latest(site, table, made.whole()) is site


def test_the_meeting_or_the_bodies_that_are_asked_for(made: Build) -> None:
    table = made.table()
    site = Site(made.open(), made.base, given=table)
    first = str(rows(site)["meeting"].drop_nulls()[0])
    part = latest(site, table, made.whole(), meeting=first, most=MOST)
    assert set(rows(part)["meeting"]) == {first}
    body = site.names.resolve("NAM", "body")
    held = rows(latest(site, table, made.whole(), bodies=[body], most=MOST))
    of_body = pl.col("counts_for").str.split(" ").list.contains(body)
    assert held.group_by("meeting").agg(of_body.any())["counts_for"].all()


def test_the_pages_say_so(made: Build) -> None:
    for name in ("index.html", "actors.html"):
        text = (made.files / name).read_text(encoding="utf-8")
        assert "Shown: the latest meetings" in text
        assert "Visas: de senaste" in text
    index = (made.files / "index.html").read_text(encoding="utf-8")
    assert index.count('<article class="meeting">') < len(made.meetings)


def test_kg_view_shows_all_when_it_is_asked_to(
    made: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_POSITIONS", MOST)
    call = ["view", "actors", "--store", str(made.folder)]
    some = CliRunner().invoke(app, call)
    every = CliRunner().invoke(app, [*call, "--whole"])
    assert some.exit_code == every.exit_code == 0
    assert "Shown: the latest meetings" in some.stdout
    assert "Shown: the latest meetings" not in every.stdout
    assert len(some.stdout) < len(every.stdout)
    meeting = sorted(made.meetings)[0]
    one = CliRunner().invoke(app, ["view", "meeting", "--meeting", meeting, *call[2:]])
    assert one.exit_code == 0, one.stderr
    assert json.dumps(meeting)[1:-1] in one.stdout
