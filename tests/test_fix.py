"""`kg validate --fix`: what it adds, and that every sign of the writer's stays where it was."""

from __future__ import annotations

import json
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from ferry import FERRY, MEETING, MEMO, Ferry, copy_ferry
from kg.coding.edit import edited
from kg.coding.fix import fix_file
from kg.coding.identify import walk
from kg.coding.yamlfile import YamlFile, load_yaml, plain, yaml_reader
from kg.errors import OutputError

DRAFT = FERRY / "draft" / "ferry.yaml"


@pytest.fixture
def ferry(tmp_path: Path) -> Ferry:
    return copy_ferry(tmp_path)


@pytest.fixture
def draft(ferry: Ferry) -> Path:
    """The meeting as its analyst wrote it, in the place of the finished one."""
    path = ferry.folder / MEETING
    path.write_bytes(DRAFT.read_bytes())
    return path


def tree(path: Path) -> Any:
    file = load_yaml(path)
    assert isinstance(file, YamlFile)
    return file.tree


def entries(path: Path) -> list[tuple[str, int, str]]:
    """Id, sequence and English summary of the entries, in the order of the file."""
    return [
        (entry["id"], entry["sequence"], entry["summary"]["en"])
        for item in tree(path)["items"]
        for entry in item["entries"]
    ]


def ids(path: Path) -> list[str]:
    return [node["id"] for node in walk(tree(path)) if node.get("type") not in {None, "Passage"}]


def test_a_draft_becomes_the_finished_coding(ferry: Ferry, draft: Path) -> None:
    assert fix_file(draft, ferry.sources()) == (True, [])
    assert draft.read_text(encoding="utf-8") == (FERRY / MEETING).read_text(encoding="utf-8")
    assert ferry.load() == (ferry.load()[0], [])


def test_a_second_fix_changes_nothing(ferry: Ferry, draft: Path) -> None:
    fix_file(draft, ferry.sources())
    once = draft.read_bytes()
    before = draft.stat().st_mtime_ns
    assert fix_file(draft, ferry.sources()) == (False, [])
    assert (draft.read_bytes(), draft.stat().st_mtime_ns) == (once, before)


def test_every_sign_of_the_writer_stays_in_order(ferry: Ferry, draft: Path) -> None:
    """Comments, blank lines, quotes, order: all but the `find` texts, which become places."""
    kept = draft.read_text(encoding="utf-8")
    for words in [place["find"] for place in walk(tree(draft)) if "find" in place]:
        for written in (f'{{find: "{words}"}}', f"{{find: {words}}}", f'find: "{words}"'):
            kept = kept.replace(written, "")
    fix_file(draft, ferry.sources())
    fixed = iter(draft.read_text(encoding="utf-8"))
    assert all(sign in fixed for sign in kept)


@pytest.mark.parametrize("name", ["authorities", "issues", "reforms", "meetings"])
def test_the_shipped_files_need_no_fix(root: Path, tmp_path: Path, name: str) -> None:
    for path in sorted((root / "data" / name).glob("*.yaml")):
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        changed, findings = fix_file(copy)
        assert (changed, findings) == (False, []), path
        assert copy.read_bytes() == path.read_bytes()


def test_a_stated_id_never_changes(ferry: Ferry, draft: Path) -> None:
    ferry.replace(MEETING, "- person: ann-ek", "- id: the-chair\n  person: ann-ek")
    ferry.replace(MEETING, "- holder: HARBOUR", "- holder: HARBOUR\n      id: ferry-2/s01/p7")
    ferry.replace(MEETING, "    - {holder: bo-sund,", "    - {id: ferry-2/s02/p1, holder: bo-sund,")
    fix_file(draft, ferry.sources())
    assert {"the-chair", "ferry-2/s01/p7", "ferry-2/s01/p7/a1", "ferry-2/s02/p1"} <= set(ids(draft))
    assert "ferry-2/pt1" in ids(draft)  # the next free number, for the next participant
    assert len(ids(draft)) == len(set(ids(draft)))
    assert ferry.load()[1] == []


def test_an_entry_put_between_others_leaves_their_ids(ferry: Ferry) -> None:
    path = ferry.folder / MEETING
    before = entries(path)
    ferry.replace(
        MEETING,
        "  - id: ferry-2/s02\n",
        "  - act: record\n    summary: {en: Between.}\n    at: {find: The costs}\n"
        "  - id: ferry-2/s02\n",
    )
    assert fix_file(path, ferry.sources()) == (True, [])
    first, new, second, third = entries(path)
    assert [first, (second[0], 2, second[2]), (third[0], 3, third[2])] == before
    assert new == ("ferry-2/s04", 2, "Between.")
    assert [number for _, number, _ in (first, new, second, third)] == [1, 2, 3, 4]
    assert fix_file(path, ferry.sources()) == (False, [])
    assert ferry.load()[1] == []


def test_a_position_added_later_takes_the_next_free_number(ferry: Ferry) -> None:
    path = ferry.folder / MEETING
    ferry.replace(
        MEETING,
        "    - id: ferry-2/s01/p1\n",
        "    - holder: ISLES\n      proposition: night-ferry\n      stance: oppose\n"
        "      quote: serves commuters\n    - id: ferry-2/s01/p1\n",
    )
    assert fix_file(path, ferry.sources()) == (True, [])
    assert [one for one in ids(path) if one.startswith("ferry-2/s01/p")] == [
        "ferry-2/s01/p2",
        "ferry-2/s01/p1",
        "ferry-2/s01/p1/a1",
    ]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_ids_stay_unique_however_entries_are_put_in(tmp_path: Path, after: list[int]) -> None:
    path = tmp_path / "meeting.yaml"
    lines = [f"  - {{id: m/s{n:02}, sequence: {n}, act: record}}" for n in (1, 2, 3)]
    for place in after:
        lines.insert(place % (len(lines) + 1), "  - {act: record}")
    head = 'id: m\nitems:\n- number: "1"\n  entries:\n'
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    assert fix_file(path) == (True, [])
    found = tree(path)["items"][0]["entries"]
    assert [entry["sequence"] for entry in found] == list(range(1, len(lines) + 1))
    assert len({entry["id"] for entry in found}) == len(lines)
    old = [entry["id"] for entry in found if entry["id"] in {"m/s01", "m/s02", "m/s03"}]
    assert old == ["m/s01", "m/s02", "m/s03"]


def test_without_the_document_find_stays_and_is_reported(ferry: Ferry, draft: Path) -> None:
    changed, findings = fix_file(draft)
    text = draft.read_text(encoding="utf-8")
    assert changed
    assert "id: ferry-2/s01\n" in text
    assert text.count("find:") == DRAFT.read_text(encoding="utf-8").count("find:") == 7
    assert "sha256" not in text
    assert [finding.message.partition(": ")[2] for finding in findings] == [
        "the place waits for the document: name its folder with `--sources`"
    ] * 7
    lines = [finding.line for finding in findings]
    assert all(before < after for before, after in pairwise(lines))
    assert [
        DRAFT.read_text(encoding="utf-8").splitlines()[line - 1].strip()[:3] for line in lines
    ] == ["at:"] * 7
    assert fix_file(draft, ferry.sources()) == (True, [])  # later, with the document
    assert ferry.load()[1] == []


def test_what_is_not_found_stays_and_the_rest_is_written(ferry: Ferry, draft: Path) -> None:
    ferry.replace(MEETING, "{find: serves commuters}", "{find: serves whales}")
    changed, (finding,) = fix_file(draft, ferry.sources())
    text = draft.read_text(encoding="utf-8")
    assert changed
    assert "{find: serves whales}" in text
    assert text.count("find:") == 1
    assert finding.message == (
        "Argument ferry-2/s01/p1/a1, at: the words “serves whales” stand nowhere "
        f"({ferry.folder / MEMO}): copy them from the document"
    )


def test_under_an_item_that_is_not_found_no_paragraph_is_guessed(ferry: Ferry, draft: Path) -> None:
    ferry.replace(MEETING, "{find: 2) Closing}", "{find: 3) Closing}")
    _, (finding,) = fix_file(draft, ferry.sources())
    assert finding.message.startswith("AgendaItem ferry-2/i2, at: the words “3) Closing” stand")
    assert "{find: The Harbour Office … timetable.}" in draft.read_text(encoding="utf-8")
    ferry.replace(MEETING, "{find: 3) Closing}", "{find: 2) Closing}")
    assert fix_file(draft, ferry.sources()) == (True, [])
    assert ferry.load()[1] == []


def test_a_changed_document_gives_no_places(ferry: Ferry) -> None:
    path = ferry.folder / MEETING
    ferry.replace(MEETING, "char=353,363', type: Passage", "char=353,363'")
    (ferry.folder / MEMO).write_text("Another text", encoding="utf-8")
    changed, (finding,) = fix_file(path, ferry.sources())
    assert changed  # the type of the place can be told without the document
    assert "is not the file that was coded" in finding.message
    assert tree(path)["document"]["characters"] == 429


def test_a_file_that_does_not_parse_is_left_alone(ferry: Ferry) -> None:
    path = ferry.folder / MEETING
    path.write_text("id: [", encoding="utf-8")
    changed, (finding,) = fix_file(path, ferry.sources())
    assert (changed, finding.path) == (False, path)
    assert path.read_text(encoding="utf-8") == "id: ["


def test_crlf_and_a_byte_order_mark_stay(ferry: Ferry, draft: Path) -> None:
    draft.write_bytes(b"\xef\xbb\xbf" + DRAFT.read_bytes().replace(b"\n", b"\r\n"))
    assert fix_file(draft, ferry.sources()) == (True, [])
    finished = (FERRY / MEETING).read_bytes().replace(b"\n", b"\r\n")
    assert draft.read_bytes() == b"\xef\xbb\xbf" + finished


def test_permissions_and_links_stay(ferry: Ferry, draft: Path) -> None:
    draft.chmod(0o640)
    link = ferry.folder / "link.yaml"
    link.symlink_to(draft)
    assert fix_file(link, ferry.sources())[0]
    assert link.is_symlink()
    assert draft.stat().st_mode & 0o777 == 0o640


def test_a_failed_write_leaves_the_file_whole(
    ferry: Ferry, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = draft.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\)"):
        fix_file(draft, ferry.sources())
    monkeypatch.undo()
    assert draft.read_bytes() == before
    assert [path.name for path in draft.parent.iterdir()] == ["ferry.yaml"]


def test_a_style_that_edits_do_not_fit_is_reported_and_left(ferry: Ferry) -> None:
    path = ferry.folder / MEETING
    text = "? id\n: m\n? items\n: - entries:\n    - {act: record}\n"
    path.write_text(text, encoding="utf-8")
    changed, (finding,) = fix_file(path)
    assert not changed
    assert finding.message == (
        "the file is written in a way that --fix cannot add to: write ids and places here"
    )
    assert path.read_text(encoding="utf-8") == text


def test_a_date_of_a_body_hangs_on_the_body(tmp_path: Path) -> None:
    path = tmp_path / "bodies.yaml"
    end = "dates: {dateKind: termEnd, asWritten: May, earliest: 2030-05-01, latest: 2030-05-31}"
    bodies = "".join(f"- id: {name}\n  type: WorkingBody\n  {end}\n" for name in ("a", "b"))
    path.write_text(f"entities:\n{bodies}", encoding="utf-8")
    assert fix_file(path) == (True, [])
    assert ids(path) == ["a", "a/when1", "b", "b/when1"]


def test_a_place_goes_under_a_quote_in_a_block(ferry: Ferry, draft: Path) -> None:
    ferry.replace(
        MEETING,
        "      quote: prepares a timetable\n",
        "      quote: >-\n        prepares\n        a timetable\n\n      # when\n",
    )
    fix_file(draft, ferry.sources())
    before, _, after = draft.read_text(encoding="utf-8").partition("        a timetable\n")
    assert before.endswith("      quote: >-\n        prepares\n")
    assert after.startswith("      at: {id: 'ferry-2/memo#char=365,405'")
    assert ferry.load()[1] == []


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("The Harbour … ice", "The Harbour Office"),
        ("Office prepares a … a", "Office prepares a timeta"),
    ],
)
def test_last_words_are_looked_for_behind_the_first(
    ferry: Ferry, draft: Path, find: str, found: str
) -> None:
    ferry.replace(MEETING, "{find: The Harbour Office … timetable.}", f"{{find: {find}}}")
    fix_file(draft, ferry.sources())
    at = tree(draft)["items"][1]["entries"][0]["at"]
    text = next(iter(ferry.sources().values())).text
    assert text[at["start"] : at["end"]] == found


# The edits themselves, on any tree.

SCALARS = st.sampled_from(["x", "a b", "no", "it's: #", 3, True])
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), inner, max_size=3)
    ),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), TREES, min_size=1, max_size=3)


@st.composite
def grown(draw: st.DrawFn, value: Any) -> Any:
    """The same with keys put in and scalars changed."""
    if isinstance(value, dict):
        pairs = [(key, draw(grown(inner))) for key, inner in value.items()]
        for key in draw(st.sets(st.sampled_from(["id", "type", "at"]), max_size=2)):
            new = draw(st.sampled_from(["m/s01", 7, {"find": "a, b", "start": 1}]))
            pairs.insert(draw(st.integers(0, len(pairs))), (key, new))
        return dict(pairs)
    if isinstance(value, list):
        return [draw(grown(inner)) for inner in value]
    return draw(st.sampled_from([value, 8]))


def as_yaml(value: Any, flow: bool) -> str:
    if flow:
        return json.dumps(value) + "\n"
    out = StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.dump(value, out)
    return out.getvalue()


@settings(max_examples=60)
@given(MAPPINGS, st.booleans(), st.data())
def test_an_edited_text_says_the_new_and_keeps_the_lines_of_the_old(
    old: dict[str, Any], flow: bool, data: st.DataObject
) -> None:
    text = "# before\n" + as_yaml(old, flow) + "# after\n"
    new = data.draw(grown(old))
    result = edited(text, old, new)
    assert plain(yaml_reader().load(result)) == new
    assert result.startswith("# before\n")
    assert result.endswith("# after\n")
    if old == new:
        assert result == text
