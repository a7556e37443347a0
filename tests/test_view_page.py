"""A page of any view as text: whole, in three languages, opaque, the same each time, capped."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fictional_statements import CODES
from hostile_labels import HOSTILE
from html_page import Page
from kg.statements import LANGUAGES, Label, Language
from kg.views import listing
from kg.views.data import node_id, token
from kg.views.filters import choices
from kg.views.legend import legend
from kg.views.page import view_page
from kg.views.view import View
from view_samples import (
    AUTUMN,
    JUNE,
    MAY,
    SAMPLES,
    SECOND,
    SPOKEN,
    congruence,
    council,
    empty,
    hostile,
    key,
)

TOKEN = r"[A-Za-z0-9_][A-Za-z0-9-]*"


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {name: Page(view_page(make())) for name, make in SAMPLES.items()}


def test_equal_views_give_equal_bytes() -> None:
    assert view_page(council()) == view_page(council())


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_how_python_hashes_texts(root: Path) -> None:
    code = (
        "import hashlib, view_samples as v; from kg.views.page import view_page; "
        "made = [view_page(f()) for f in (v.council, v.congruence, v.communities)]; "
        "print(hashlib.sha256(''.join(made).encode()).hexdigest())"
    )
    places = os.pathsep.join(str(root / folder) for folder in ("src", "tests"))
    found = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": places},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1] != ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_opens_in_the_language_asked_for(language: Language) -> None:
    made = Page(view_page(council(), language))
    assert made.of("html")[0]["lang"] == language
    assert council().title.get(language) in made.text_of("bdi")
    assert made.data()["language"] == language
    pressed = [b for b in made.of("button") if b.get("aria-pressed") == "true"]
    assert language in [b.get("data-language") for b in pressed]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_text_that_is_shown_can_be_shown_in_each_language(
    pages: dict[str, Page], name: str
) -> None:
    texts = pages[name].data()["texts"]
    assert all(isinstance(text, str) or len(text) == len(LANGUAGES) for text in texts)
    numbered = [
        int(value or "")
        for _, attributes in pages[name].elements
        for attribute, value in attributes.items()
        if attribute.startswith("data-i")
    ]
    assert max(numbered) < len(texts)


@pytest.mark.parametrize("name", SAMPLES)
def test_policy_allows_these_scripts_and_styles_and_nothing_else(
    pages: dict[str, Page], name: str
) -> None:
    policy = pages[name].policy()
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    scripts = [text for text in pages[name].text_of("script") if not text.startswith("{")]
    for text in (*scripts, *pages[name].text_of("style")):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == len(scripts) + 1


@pytest.mark.parametrize("name", SAMPLES)
def test_no_resource_is_loaded_and_nothing_is_inline(pages: dict[str, Page], name: str) -> None:
    for tag, attributes in pages[name].elements:
        assert not {one for one in attributes if one.startswith("on")}, tag
        assert not {"style", "src", "srcset", "action", "background"} & set(attributes), tag
        if "href" in attributes:
            assert re.fullmatch(r"#[\w-]+|[\w-]+\.html|data:,", attributes["href"] or "")


def test_what_a_link_within_the_page_leads_to_is_there(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        ids = [a["id"] for _, a in page.elements if "id" in a]
        assert len(ids) == len(set(ids)), name
        links = {(a["href"] or "")[1:] for a in page.of("a") if (a["href"] or "").startswith("#")}
        assert links <= set(ids), name


def test_ids_are_opaque_and_stay_when_the_page_is_made_again() -> None:
    smaller = replace(council(), nodes=council().nodes[1:], edges=council().edges[-3:])
    ids = [
        [n["id"] for n in Page(view_page(v)).data()["view"]["nodes"]] for v in (council(), smaller)
    ]
    assert ids[0][1:] == ids[1]
    assert all(re.fullmatch(r"n[0-9a-f]{12}", one) for one in ids[0])
    assert key("decision") not in view_page(council())


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_stay_texts(text: str, pages: dict[str, Page]) -> None:
    made, plain = Page(view_page(hostile(text))), pages["council"]
    risky = {"script", "img", "a", "iframe", "link", "meta", "base", "form", "object", "style"}
    assert [tag for tag, _ in made.elements if tag in risky] == [
        tag for tag, _ in plain.elements if tag in risky
    ]
    names = {one for _, attributes in plain.elements for one in attributes}
    assert {one for _, attributes in made.elements for one in attributes} <= names
    assert text in made.data()["texts"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_hostile_text_becomes_a_name(text: str) -> None:
    view = Page(view_page(hostile(text))).data()["view"]
    facets = [one["facets"] for one in (*view["statements"], *view["nodes"]) if "facets" in one]
    tokens = {value for one in facets for values in one.values() for value in values}
    tokens |= {row[2] for row in (*view["kinds"], *view["ties"])} | {view["name"]}
    tokens |= {band["name"] for band in view["bands"]}
    assert all(re.fullmatch(TOKEN, one) and len(one) <= 41 for one in tokens)
    assert {row[1] for row in view["kinds"]} <= {"", "body", "group", "person", "proposition",
                                                 "action", "decision"}  # fmt: skip


def test_two_nodes_of_one_key_are_refused() -> None:
    twice = replace(council(), nodes=(*council().nodes, council().nodes[0]))
    with pytest.raises(ValueError, match="the same key"):
        view_page(twice)


def test_an_edge_to_nowhere_is_refused() -> None:
    lost = replace(council().edges[0], target=key("nowhere"))
    with pytest.raises(ValueError, match="what is no node"):
        view_page(replace(council(), edges=(lost,)))


def test_what_says_nothing_is_not_written(pages: dict[str, Page]) -> None:
    """A page of 20,000 nodes has no room for what is empty."""
    view = pages["council"].data()["view"]
    for one in (*view["nodes"], *view["edges"], *view["statements"]):
        assert [
            k for k, value in one.items() if value is False or value in (None, "", [], {})
        ] == []


def test_a_view_of_nothing_says_so(pages: dict[str, Page]) -> None:
    page = pages["empty"]
    assert page.text_of("bdi").count("There is nothing.") == 2  # title and lead
    assert page.of("table") == []
    assert not choices(empty())


def test_tables_hold_all_that_is_drawn(pages: dict[str, Page]) -> None:
    rows = [set(attributes) for attributes in pages["council"].of("tr")]
    assert sum("data-statement" in row for row in rows) == len(SPOKEN)
    assert sum("data-edge" in row for row in rows) == len(council().edges) - len(SPOKEN)
    assert sum("data-thing" in row for row in rows) == len(council().nodes)


def test_long_tables_are_cut_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_LISTED", 3)
    html = view_page(council(), "fi")
    page = Page(html)
    assert sum("data-thing" in row for row in page.of("tr")) == 3
    texts = page.text_of("bdi")
    assert "3 riviä, kaikkiaan 15; ladattavissa tiedostoissa ovat kaikki." in texts
    assert "3 riviä, kaikkiaan 8; ladattavissa tiedostoissa ovat kaikki." in texts
    assert "15" in page.text_of("span")
    assert len(page.data()["view"]["nodes"]) == 15


def test_weighted_tables_begin_with_the_heaviest() -> None:
    rows = listing.tie_rows(congruence()).rows
    assert [row.weight for row in rows] == ["5", "3", "2", "2", "1"]
    assert [row.ties for row in listing.node_rows(congruence()).rows] == [3, 2, 2, 2, 1, 0]


def test_positions_that_are_given_up_or_only_proposed_are_marked(pages: dict[str, Page]) -> None:
    texts = pages["council"].text_of("bdi")
    assert texts.count("given up later") == 1
    assert "proposed" in texts


def offered(view: View, facet: str) -> list[str]:
    return [one.label.en for one in choices(view).by[facet]]


def test_filters_offer_what_there_is() -> None:
    view = council()
    assert offered(view, "body") == ["MF", "MH", "Groups and unnamed holders"]
    assert offered(view, "stance") == [
        "support", "hesitant support", "support with conditions", "undecided", "opposition",
        "strong opposition",
    ]  # fmt: skip
    assert offered(view, "basis") == ["official", "reported"]
    assert "The quay" in offered(view, "issue")
    assert "Document" in offered(view, "kind")
    assert choices(view).dates == (MAY, JUNE, AUTUMN)


def test_a_filter_of_one_value_is_left_out() -> None:
    assert "kind" not in choices(congruence()).by


@pytest.mark.parametrize("proposed", [False, True])
def test_only_what_is_merely_proposed_is_filtered_at_first(proposed: bool) -> None:
    by = choices(replace(council(), proposed=proposed)).by
    off = [one.value for many in by.values() for one in many if not one.on]
    assert off == ([] if proposed else ["proposed"])


def test_a_code_without_a_label_is_shown_as_it_is() -> None:
    view = replace(council(), codes={"stance": CODES["stance"]})
    assert offered(view, "basis") == ["official", "reported"]
    assert offered(replace(view, codes={}), "stance")[0] == "support"


@pytest.mark.parametrize(
    ("value", "made"), [("support", "support"), ("", "none"), ("2031-05-12", "2031-05-12")]
)
def test_plain_values_stay_readable_in_links(value: str, made: str) -> None:
    assert token(value) == made


def test_values_that_are_no_plain_words_are_told_apart() -> None:
    odd = ["a,b", "a b", "</script>", "x" * 50, "x" * 51, "é", node_id("a")]
    assert len({token(value) for value in odd}) == len(odd)
    assert all(re.fullmatch(TOKEN, token(value)) for value in odd)


def test_the_legend_tells_only_what_occurs() -> None:
    told = legend(council())
    assert (told.stances, told.qualified, told.own, told.reported) == (
        ("support", "oppose", "undecided"), True, True, True,
    )  # fmt: skip
    assert [(one.style, one.shape) for one in told.boxes if one.shape != "box"] == [
        ("document", "square"), ("issue", "dot"),
    ]  # fmt: skip
    alone = legend(replace(council(), edges=council().edges[:1], nodes=council().nodes[:-2]))
    assert (alone.stances, alone.qualified, alone.reported) == (("support",), False, False)
    assert [(one.tone, one.label.en) for one in legend(congruence()).lines] == [
        ("support", "agree"), ("oppose", "disagree"),
    ]  # fmt: skip


def test_lines_may_say_what_their_tone_means_here() -> None:
    said = Label("for the same", "saman puolesta", "för samma")
    view = replace(congruence(), labels={("tie.congruence", "support"): said})
    assert legend(view).lines[0].label == said


def test_layers_and_bands_are_those_of_the_view(pages: dict[str, Page]) -> None:
    data: Any = pages["council"].data()
    assert [band["layers"] for band in data["view"]["bands"]] == [[], [SECOND]]
    assert [b.get("data-layer") for b in pages["council"].of("button") if "data-layer" in b] == [
        "0", "1",
    ]  # fmt: skip
    assert not any("data-layer" in b for b in pages["congruence"].of("button"))
