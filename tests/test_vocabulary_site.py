"""The documentation site: sound HTML, complete, in three languages, and closed to the network."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from harbour import EXAMPLE, MODEL, write_harbour
from hostile_labels import HOSTILE
from kg import folders
from kg.cli import app
from kg.coding.terms import context
from kg.encode import encode_ontology, from_jsonld
from kg.errors import InputError, OutputError
from kg.names import DEFAULT_BASE, graph_iri
from kg.resources import ontology_dir
from kg.shapes import check_shapes
from kg.statements import LANGUAGES
from kg.vocabulary import pages
from kg.vocabulary.changelog import changelog_html
from kg.vocabulary.examples import example_triples, read_example
from kg.vocabulary.pages import PAGES, site_files, write_site
from kg.vocabulary.vocabulary import read_vocabulary
from kg.vocabulary.wording import wordings

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}


@dataclass
class Seen(HTMLParser):
    """What a page holds: elements with their attributes, and whether each is closed in turn."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("script", "style"):
            self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [found["id"] for _, found in self.elements if "id" in found]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


def seen(raw: bytes) -> Seen:
    page = Seen()
    page.feed(raw.decode())
    page.close()
    return page


@pytest.fixture(scope="module")
def site() -> dict[str, bytes]:
    return site_files()


@pytest.fixture(scope="module")
def read(site: dict[str, bytes]) -> dict[str, Seen]:
    return {name: seen(raw) for name, raw in site.items() if name.endswith(".html")}


def test_the_same_pages_are_there_in_each_language(site: dict[str, bytes]) -> None:
    html = {name for name in site if name.endswith(".html")}
    assert html == {"index.html"} | {f"{x}/{page}.html" for x in LANGUAGES for page in PAGES}


@pytest.mark.slow
def test_equal_files_give_equal_bytes(site: dict[str, bytes]) -> None:
    assert site_files() == site


def test_every_element_is_closed_and_every_id_is_alone(read: dict[str, Seen]) -> None:
    for name, page in read.items():
        assert page.faults == [], name
        assert page.open == [], name
        assert [one for one, count in Counter(page.ids).items() if count > 1] == [], name


@pytest.mark.slow
def test_every_link_within_the_site_leads_somewhere(
    site: dict[str, bytes], read: dict[str, Seen]
) -> None:
    for name, page in read.items():
        for link in page.all("a"):
            parts = urlsplit(link["href"])
            if parts.scheme:
                assert parts.scheme in ("https", "http"), f"{name}: {link['href']}"
                continue
            target = name
            if parts.path:
                target = _joined(PurePosixPath(name).parent, unquote(parts.path))
            assert target in site, f"{name}: {link['href']}"
            if parts.fragment:
                assert unquote(parts.fragment) in read[target].ids, f"{name}: {link['href']}"


def _joined(folder: PurePosixPath, path: str) -> str:
    made: list[str] = [part for part in folder.parts if part != "."]
    for part in PurePosixPath(path).parts:
        if part == "..":
            made.pop()
        else:
            made.append(part)
    return "/".join(made)


def test_labels_and_descriptions_are_referred_to_by_ids_that_exist(read: dict[str, Seen]) -> None:
    for name, page in read.items():
        for tag, found in page.elements:
            named = found.get("aria-labelledby", "") + " " + found.get("for", "")
            for one in named.split():
                assert one in page.ids, f"{name}: <{tag}> is named by {one}"


def test_nothing_is_loaded(read: dict[str, Seen]) -> None:
    for name, page in read.items():
        for tag, found in page.elements:
            assert tag not in ("img", "iframe", "object", "embed", "base"), name
            assert "src" not in found, name
            assert "style" not in found, name
            assert not [one for one in found if one.startswith("on")], name
            if tag == "link":
                assert found["href"] == "data:,", name


def test_styles_load_nothing_either(site: dict[str, bytes]) -> None:
    style = site["en/index.html"].decode().partition("<style>")[2].partition("</style>")[0]
    assert "@import" not in style
    assert "url(" not in style


def test_the_policy_names_exactly_the_scripts_and_the_style(read: dict[str, Seen]) -> None:
    for name, page in read.items():
        policy = next(one["content"] for one in page.all("meta") if "http-equiv" in one)
        assert policy.startswith("default-src 'none'; script-src 'sha256-"), name
        assert "unsafe" not in policy
        assert len(re.findall("sha256-", policy)) == len(page.all("script")) + 1, name


def test_headings_go_down_one_step_at_a_time(read: dict[str, Seen]) -> None:
    for name, page in read.items():
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(b - a <= 1 for a, b in pairwise(levels)), name


def test_every_table_has_a_caption_and_scoped_heads(read: dict[str, Seen]) -> None:
    for name, page in read.items():
        assert len(page.all("table")) == len(page.all("caption")), name
        for head in page.all("th"):
            assert head.get("scope") in ("row", "col"), name


def test_each_page_says_its_language_and_leads_to_the_others(read: dict[str, Seen]) -> None:
    for language in LANGUAGES:
        for page in PAGES:
            found = read[f"{language}/{page}.html"]
            assert found.all("html") == [{"lang": language}]
            links = {one["href"]: one for one in found.all("a") if "hreflang" in one}
            assert set(links) == {f"../{x}/{page}.html" for x in LANGUAGES}
            current = [one for one in found.all("a") if one.get("aria-current") == "page"]
            assert [one["href"] for one in current] == [f"{page}.html"]


def test_every_term_has_its_place_and_its_three_languages(read: dict[str, Seen]) -> None:
    vocabulary = read_vocabulary()
    for language in LANGUAGES:
        page = read[f"{language}/terms.html"]
        text = page.text
        assert {term.name for term in vocabulary.own} <= set(page.ids)
        for term in vocabulary.own:
            assert term.iri in text
            for other in LANGUAGES:
                assert term.label.get(other) in text
                words = term.definition.get(other).split(":")[0]
                assert words in text, f"{term.curie} in {other}"


def test_the_languages_of_a_term_are_marked_and_apart(read: dict[str, Seen]) -> None:
    marked = Counter(one["lang"] for one in read["fi/terms.html"].all("div") if "lang" in one)
    assert marked == dict.fromkeys(LANGUAGES, len(read_vocabulary().own))


def test_every_code_reused_term_shape_and_old_term_has_its_place(read: dict[str, Seen]) -> None:
    vocabulary = read_vocabulary()
    codes = {f"{one.name}/{code.notation}" for one in vocabulary.code_lists for code in one.codes}
    assert codes <= set(read["sv/codes.html"].ids)
    assert {term.curie for term in vocabulary.reused} <= set(read["sv/reused.html"].ids)
    assert {shape.name for shape in vocabulary.shapes} <= set(read["sv/shapes.html"].ids)
    assert {term.name for term in vocabulary.deprecated} <= set(read["sv/changes.html"].ids)
    text = read["en/shapes.html"].text
    for shape in vocabulary.shapes:
        for language in LANGUAGES:
            assert shape.message.get(language).partition("`")[0].strip() in text, shape.name


def test_the_diagram_is_also_a_list(read: dict[str, Seen]) -> None:
    page = read["en/index.html"]
    assert page.all("desc")
    assert "position → holder → People and bodies" in page.text
    assert len(page.all("marker")) == 2


def test_no_text_of_the_interface_is_left_out_or_wasted() -> None:
    templates = Path(pages.__file__).parent / "templates"
    used = "".join(path.read_text(encoding="utf-8") for path in templates.glob("*.j2"))
    used += "".join(path.read_text(encoding="utf-8") for path in templates.parent.glob("*.py"))
    for group, texts in wordings().items():
        assert f'"{group}"' in used, group
        # The keys of these groups come from data: kinds, datatypes, relations and so on.
        if group in ("nav", "overview", "terms", "caption", "column", "examples", "changes"):
            for key in texts:
                assert f'"{key}"' in used, f"{group}.{key}"


def test_the_three_notations_say_the_same() -> None:
    vocabulary = read_vocabulary()
    folder = ontology_dir()
    example = read_example(folder, vocabulary)
    context = json.loads((folder / "apro-context.jsonld").read_text("utf-8"))["@context"]
    from_json = set(example_triples(json.loads(example.jsonld), context))
    turtle = {quad.triple for quad in ox.parse(example.turtle, format=ox.RdfFormat.TURTLE)}
    assert from_json == turtle
    assert len(turtle) > 50
    assert f"@base <{DEFAULT_BASE}> ." in example.turtle
    assert not [one for one in map(str, turtle) if "_:" in one]


def test_the_example_satisfies_every_shape() -> None:
    document = json.loads(read_example(ontology_dir(), read_vocabulary()).jsonld)
    quads = from_jsonld({**document, "@context": context()}, graph_iri("example"))
    assert check_shapes([*encode_ontology(), *quads], {}) == []


def test_the_example_uses_no_key_that_the_context_lacks() -> None:
    folder = ontology_dir()
    keys = set(json.loads((folder / "apro-context.jsonld").read_text("utf-8"))["@context"])
    example = json.loads(read_example(folder, read_vocabulary()).jsonld)

    def used(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for one in value.values() for key in used(one)}
        return {key for one in value for key in used(one)} if isinstance(value, list) else set()

    assert used(example) - keys == {"@context", *LANGUAGES}


def test_the_changelog_becomes_html_and_nothing_more() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    text = f"# Log\n\n## 1.0\n\n<script>x</script> [a](javascript:x)\n\n{table}"
    html = changelog_html(text)
    assert "<h3>1.0</h3>" in html
    assert "Log" not in html
    assert "<script>" not in html
    assert "href" not in html
    assert "<caption>1.0</caption>" in html
    assert html.count('scope="col"') == 2


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The kinds of elements of a page of terms."""
    folder = write_harbour(tmp_path_factory.mktemp("harmless"))
    return {tag for tag, _ in seen(site_files(folder)["en/terms.html"]).elements}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_stay_texts(tmp_path: Path, harmless: set[str], text: str) -> None:
    quoted = json.dumps(text, ensure_ascii=False)
    label = f"h:Ship rdfs:label {quoted}@en ; skos:definition {quoted}@fi ; skos:example {quoted} ."
    changes = {"apro.ttl": MODEL.replace('rdfs:label "ship"@en , ', "rdfs:label ") + label}
    changes["CHANGELOG.md"] = f"## {text}\n\n{text}\n"
    made = site_files(write_harbour(tmp_path, **changes))
    page = seen(made["en/terms.html"])
    assert page.faults == []
    assert len(page.all("script")) == 2
    assert {tag for tag, _ in page.elements} == harmless
    assert not [f for _, found in page.elements for f in found if f.startswith("on")]
    assert " ".join(text.split()) in page.text
    changelog = seen(made["en/changes.html"])
    assert len(changelog.all("script")) == 2
    assert changelog.all("img") == changelog.all("iframe") == []


def test_a_small_ontology_of_others_gets_its_site(tmp_path: Path) -> None:
    made = site_files(write_harbour(tmp_path))
    page = seen(made["en/terms.html"])
    assert {"Ship", "captain"} <= set(page.ids)
    assert "exactly one" in page.text
    assert "2 to 5" in page.text
    assert "recommended" in page.text
    assert "no text in this language" in page.text
    assert "Which ships?" in seen(made["en/questions.html"]).text
    assert "h:Boat" in seen(made["fi/changes.html"]).text
    assert made["files/alignments/foaf.ttl"].startswith(b"\n@prefix h:")


def test_a_broken_example_is_named(tmp_path: Path) -> None:
    folder = write_harbour(tmp_path, **{"documentation/example.yaml": "a: ["})
    with pytest.raises(InputError, match=r"example\.yaml cannot be read as YAML"):
        site_files(folder)
    bad = EXAMPLE.replace("id: aurora", "id: [1]")
    folder = write_harbour(tmp_path, **{"documentation/example.yaml": bad})
    with pytest.raises(InputError, match=r"example\.yaml is no JSON-LD"):
        site_files(folder)


def test_a_site_replaces_an_earlier_one(tmp_path: Path) -> None:
    folder, target = write_harbour(tmp_path / "harbour"), tmp_path / "out" / "site"
    write_site(target, folder)
    (target / "old.html").write_text("old", encoding="utf-8")
    write_site(target, folder)
    assert not (target / "old.html").exists()
    assert (target / "sv" / "terms.html").is_file()
    assert [path.name for path in target.parent.iterdir()] == ["site"]


def test_an_earlier_site_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    folder, target = write_harbour(tmp_path / "harbour"), tmp_path / "site"
    write_site(target, folder)
    before = {path: path.read_bytes() for path in target.rglob("*") if path.is_file()}
    (folder / "apro-codes.ttl").write_text("broken", encoding="utf-8")
    with pytest.raises(InputError):
        write_site(target, folder)
    assert {path: path.read_bytes() for path in target.rglob("*") if path.is_file()} == before


def test_the_old_site_comes_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, target = write_harbour(tmp_path / "harbour"), tmp_path / "site"
    write_site(target, folder)
    rename = Path.rename

    def failing(self: Path, to: Path) -> Path:
        if ".new-" in self.name and not self.name.endswith(".old"):
            raise OSError("no")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", failing)
    # As on systems on which two folders cannot change places at once.
    monkeypatch.setattr(folders, "_exchange", lambda *_: False)
    with pytest.raises(OutputError, match="cannot be written"):
        write_site(target, folder)
    assert (target / "en" / "terms.html").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["harbour", "site"]


def test_nothing_else_is_written_over(tmp_path: Path) -> None:
    folder = write_harbour(tmp_path / "harbour")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    (tmp_path / "file").write_text("dear", encoding="utf-8")
    with pytest.raises(OutputError, match="something else"):
        write_site(tmp_path / "mine", folder)
    with pytest.raises(OutputError, match="is a file"):
        write_site(tmp_path / "file", folder)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_the_command_prints_the_first_page(tmp_path: Path) -> None:
    folder = write_harbour(tmp_path / "harbour")
    target = tmp_path / "site"
    result = CliRunner().invoke(app, ["ontology", "docs", str(folder), "-o", str(target)])
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{target / 'index.html'}\n"
    assert (target / "index.html").is_file()


def test_the_command_ends_clearly_on_a_broken_file(tmp_path: Path) -> None:
    folder = write_harbour(tmp_path / "harbour", **{"apro.ttl": "broken"})
    result = CliRunner().invoke(app, ["ontology", "docs", str(folder), "-o", str(tmp_path / "x")])
    assert result.exit_code == InputError.exit_code
    assert result.stdout == ""
    assert "apro.ttl is no Turtle" in result.stderr
    assert not (tmp_path / "x").exists()
