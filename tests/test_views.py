"""The page of two bodies and the index: whole in three languages, and deaf to what data say."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from dataclasses import replace
from html import unescape
from importlib.resources import files
from typing import Any

import pytest

import fictional_statements as example
from hostile_labels import HOSTILE
from html_page import Page as Page
from kg.coding.dataset import Dataset
from kg.errors import InputError, OutputError
from kg.names import mint
from kg.resources import SHIPPED_MEETINGS
from kg.site import licence
from kg.statements import LANGUAGES, Label, Side
from kg.views import shell
from kg.views.disagreement import FaceToFace, disagreement_page
from kg.views.index import index_page
from kg.views.models import PageLink, Party
from kg.views.texts import interface, phrase


def page(**changes: Any) -> str:
    given: dict[str, Any] = {
        "a": example.A,
        "b": example.B,
        "statements": example.STATEMENTS,
        "disagreements": example.DISAGREEMENTS,
        "agreements": example.AGREEMENTS,
        "codes": example.CODES,
        "source": example.SOURCE,
    }
    pair = FaceToFace(**(given | {key: changes.pop(key) for key in given if key in changes}))
    return disagreement_page(pair, **({"index_file": "index.html"} | changes))


LABELS = ("holder_name", "body_name", "proposition_label", "issue_label", "meeting_label")
STRINGS = ("speaker_name", "quote", "item", "date", "stance", "basis")


def hostile_fields(text: str) -> dict[str, Any]:
    labels = dict.fromkeys((*LABELS, "condition_label"), Label.same(text))
    return labels | dict.fromkeys(STRINGS, text)


def hostile_page(text: str) -> str:
    """The page with every text that comes from data replaced by `text`."""
    label = Label.same(text)
    statements = [replace(s, **hostile_fields(text)) for s in example.STATEMENTS]
    comparisons = [
        replace(
            c,
            label=label,
            b_label=label,
            issue=label,
            claimed_by=text,
            a=replace(c.a, stance=text, basis=text, asserted_by=text, evidence=text, item=text),
        )
        for c in example.DISAGREEMENTS
    ]
    source = replace(example.SOURCE, sources=(label,), licence=label, queries={text: text})
    return page(
        a=Party(example.A.id, label, label),
        statements=statements,
        disagreements=comparisons,
        source=source,
    )


@pytest.fixture(scope="module")
def html() -> str:
    return page()


@pytest.fixture(scope="module")
def index() -> str:
    return index_page(Label.same("Index"), example.PAGES, example.MEETINGS, example.SOURCE)


def test_the_same_bytes_twice(html: str) -> None:
    assert page(statements=[replace(s) for s in example.STATEMENTS]) == html


def test_the_heading_says_it_in_a_sentence(html: str) -> None:
    assert "Where MH and MF disagree" in Page(html).text_of("bdi")
    assert (
        "MH and MF disagree on 10 points (4 squarely opposed, 1 rival pair, 5 by degree). "
        "They agree on 4 points. In 2 disagreements one side at least is known only from what "
        "others report of it."
    ) in Page(html).text_of("bdi")


def test_a_page_opens_in_the_language_asked_for() -> None:
    finnish = Page(page(language="fi"))
    assert finnish.of("html")[0]["lang"] == "fi"
    assert "Mistä SatM ja MetM ovat eri mieltä" in finnish.text_of("bdi")


def test_tables_are_whole_without_scripts(html: str) -> None:
    texts = Page(html).text_of("bdi")
    for comparison in (*example.DISAGREEMENTS, *example.AGREEMENTS):
        assert comparison.label.en in texts
    assert "reported by Aino Rantala" in texts
    assert "reported by the minutes" in texts
    assert html.count("<tr data-statement=") == len(example.STATEMENTS)


def test_a_proposition_has_one_row_with_each_voice_once() -> None:
    table = page().partition('id="agreements"')[0]
    start = table.index(example.PROPOSITIONS[0].en, table.index('id="disagreements"'))
    row = table[start : table.index("</tr>", start)]
    assert row.count('<div class="voice">') == 4  # three of MH, one of MF
    assert row.count("Daavid Korpi") == 2  # for himself, and as the one who reports of MH


def test_nothing_found_is_said() -> None:
    assert page(disagreements=(), agreements=()).count("None found.") == 3  # twice, and as text


@pytest.mark.parametrize("made", ["html", "index"])
def test_policy_allows_these_scripts_and_styles_and_nothing_else(
    made: str, request: pytest.FixtureRequest
) -> None:
    parsed = Page(request.getfixturevalue(made))
    policy = parsed.policy()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    scripts = [text for text in parsed.text_of("script") if not text.startswith("{")]
    for text in (*scripts, *parsed.text_of("style")):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == len(scripts) + 1


@pytest.mark.parametrize("made", ["html", "index"])
def test_no_resource_is_loaded_and_nothing_is_inline(
    made: str, request: pytest.FixtureRequest
) -> None:
    parsed = Page(request.getfixturevalue(made))
    for tag, attributes in parsed.elements:
        assert not {name for name in attributes if name.startswith("on")}, tag
        assert not {"style", "src", "srcset", "action", "background"} & set(attributes), tag
        if "href" in attributes:
            assert re.fullmatch(r"#[\w-]+|[\w-]+\.html|data:,", attributes["href"] or "")
    assert not re.search(r"url\(|@import", parsed.text_of("style")[0])
    assert "sourceMappingURL" not in request.getfixturevalue(made)


def test_the_data_hold_every_statement_with_its_place(html: str) -> None:
    data = Page(html).data()
    assert len(data["view"]["statements"]) == len(example.STATEMENTS)
    first = next(s for s in data["view"]["statements"] if s["position"].endswith("s07/p1"))
    assert (first["place"], first["quote"]) == ([7, 700, 742], "ei tässä muodossa")
    assert data["texts"][first["stance"]][1] == "vastustaa epäröiden"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_stay_texts(text: str, html: str) -> None:
    parsed, plain = Page(hostile_page(text)), Page(html)
    assert [tag for tag, _ in parsed.elements if tag in {"script", "img", "a", "iframe"}] == [
        tag for tag, _ in plain.elements if tag in {"script", "img", "a", "iframe"}
    ]
    assert {name for _, attributes in parsed.elements for name in attributes} == {
        name for _, attributes in plain.elements for name in attributes
    }
    assert text in parsed.data()["texts"]


@pytest.mark.parametrize(
    "file", ["javascript:alert(1)", "../index.html", "http://example.org/x.html", 'x.html#"', ""]
)
def test_an_index_links_to_files_beside_it_only(file: str) -> None:
    with pytest.raises(InputError, match="bare file name"):
        PageLink(file, Label.same(""), Label.same(""))


def test_the_index_lists_pages_and_meetings(index: str) -> None:
    parsed = Page(index)
    assert "disagreement-mh-mf.html" in [link["href"] for link in parsed.of("a")]
    assert example.MEETING.en in parsed.text_of("bdi")
    assert "52" in parsed.text_of("dd")


def test_every_interface_text_is_in_three_languages_with_the_same_places() -> None:
    for key, label in interface().items():
        places = [set(re.findall(r"\{\w+\}", label.get(language))) for language in LANGUAGES]
        assert all(label.get(language).strip() for language in LANGUAGES), key
        assert places[0] == places[1] == places[2], key


def test_scripts_use_texts_that_exist() -> None:
    used = re.findall(r'(?:uiText|tell)\((?:[^()"]*\? )?"(\w+)"', sources(".js"))
    assert {f"panel.{key}" for key in used} <= set(interface())
    assert {"found", "hidden", "place_text", "minutes", "superseded"} <= set(used)


def test_no_interface_text_is_left_unused() -> None:
    code = sources(".py", ".j2", ".js")
    made = set(re.findall(r'(?:f"([a-z_.]+\.)\{|"([a-z_.]+\.)" ~)', code))
    starts = tuple({"".join(one) for one in made} - {"panel."})
    assert [key for key in interface() if not (key.startswith(starts) or named(key, code))] == []


def named(key: str, code: str) -> bool:
    """Whether code names a text: scripts by its last word, all else by its key."""
    area, _, word = key.partition(".")
    counted = re.sub(r"\.(one|other)$", "", key)
    as_script = area == "panel" and re.search(rf'"{word}"|\b{word}:', code) is not None
    return as_script or f'"{key}"' in code or f'"{counted}"' in code


def sources(*suffixes: str) -> str:
    """All texts of the views package, and of the site that uses it, with these endings."""
    package = files("kg.views")
    folders = (package, package / "static", package / "templates")
    found = [f for folder in folders for f in folder.iterdir() if f.name.endswith(suffixes)]
    users = [files("kg") / name for name in ("site.py", "latest.py", "pages.py")]
    return "".join(f.read_text("utf-8") for f in [*found, *users])


def test_a_text_that_lacks_a_language_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tomllib, "loads", lambda _: {"a": {"b": {"en": "x"}}})
    with pytest.raises(ValueError, match="exactly en, fi and sv"):
        interface.__wrapped__()


def test_phrases_take_names_in_their_language() -> None:
    made = phrase("zone.only", a=Label("MH", "SatM", "HamM"))
    assert made == Label("Only MH has spoken", "Vain SatM on puhunut", "Bara HamM har talat")


def test_a_missing_drawing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "find_spec", lambda _: None)
    with pytest.raises(OutputError, match="install pyvis"):
        shell.vis_network.__wrapped__()


def test_a_page_of_this_size_stays_small(html: str) -> None:
    assert len(html.encode()) < 1_500_000


def test_the_second_of_a_pair_is_named_even_if_the_query_names_only_the_first() -> None:
    rival = replace(example.DISAGREEMENTS[-1], b_label=Label.same(""))
    table = page(disagreements=[rival]).partition('id="disagreements"')[2]
    shown = Page(unescape(table.partition("<tbody")[2].partition("</tr>")[0]).partition(">")[2])
    texts = shown.text_of("bdi")
    first, second = (texts.index(example.PROPOSITIONS[n].en) for n in (9, 21))
    assert (texts[first - 1], texts[second - 1]) == ("MH", "MF")


def test_a_claim_without_stances_says_so_and_who_claims() -> None:
    empty = Side("", "", "", "", 0, "", "")
    claim = replace(
        example.AGREEMENTS[0], a=empty, b=empty, ground="claimed", claimed_by="Frida Ek"
    )
    table = page(agreements=[claim]).partition('id="agreements"')[2].partition("</table>")[0]
    assert table.count("no position recorded") == 2
    assert "said to agree" in table
    assert "Frida Ek" in table


def test_a_claim_joins_the_derived_agreement_on_the_same_proposition() -> None:
    derived = example.AGREEMENTS[0]
    empty = Side("", "", "", "", 0, "", "")
    claim = replace(derived, a=empty, b=empty, ground="claimed", claimed_by="Frida Ek")
    table = (
        page(agreements=[derived, claim]).partition('id="agreements"')[2].partition("</table>")[0]
    )
    assert "no position recorded" not in table
    assert "from the positions, and also said, by" in table


def test_where_no_phrase_was_coded_the_place_stands_in_words() -> None:
    first, *rest = example.DISAGREEMENTS
    placed = replace(first, a=replace(first.a, evidence="char=25,90"))
    html = page(disagreements=[placed, *rest])
    assert "characters 25–90" in html
    assert "char=25,90" not in html


def test_the_licence_names_us_only_for_what_is_shipped() -> None:
    shipped, other = mint("thb-2021-10-25"), mint("another-meeting")
    assert "CC BY 4.0" in licence([shipped, shipped]).en
    for meetings in ([shipped, other], [other], []):
        assert "CC BY" not in licence(meetings).en


def test_the_shipped_meetings_are_those_of_the_data(shipped: Dataset) -> None:
    assert set(shipped.checked) == set(SHIPPED_MEETINGS)
