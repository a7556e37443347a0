"""Which codes are holders, propositions and stances, and which segments become positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.refi.archive import open_archive
from kg.refi.groups import Role, recognise, stance_of
from kg.refi.markup import parse
from kg.refi.positions import Rules, Sorted, sort_out
from kg.refi.project import Project, read_project
from kg.refi.segments import read_documents
from kg.refi.texts import ALL
from refi_projects import (
    HARBOUR,
    ISLES,
    MEMO,
    TREE,
    Made,
    Tree,
    code,
    guid,
    on,
    selection,
    text_source,
    whole,
)

NIGHT = "The ferry runs at night"
NONE: Mapping[Role, Sequence[str]] = {}
Said = tuple[tuple[str, ...], tuple[str, ...], str, tuple[int, int] | None]


def project_of(made: Made) -> Project:
    return read_project(parse(made.xml().encode(), "project.qde"))


def sort_memo(
    made: Made,
    path: Path,
    rules: Rules | None = None,
    asked: Mapping[Role, Sequence[str]] = NONE,
) -> Sorted:
    """The one source of a project, sorted out."""
    rules = rules or Rules()
    project = project_of(made)
    with open_archive(made.write(path / "a.qdpx")) as opened:
        (document,) = read_documents(project, opened, ALL)
    return sort_out(document, project, recognise(project, asked, rules.cases), rules)


def said(found: Sorted) -> list[Said]:
    """Holders, propositions, stance and range of each segment with positions."""
    return [
        (
            tuple(member.name for member in one.holders),
            tuple(member.name for member in one.propositions),
            one.stance,
            one.segment.range,
        )
        for one in found.stated
    ]


def left(found: Sorted, project: Project) -> dict[tuple[str, ...], str]:
    """Why codes are left, by their names."""
    names = {guid: code.name for guid, code in project.codes.items()}
    return {
        tuple(names.get(coding.code, "?") for coding in one.codings): one.why
        for one in found.leftovers
    }


def memo(*selections: str, tree: Tree = TREE, cases: str = "", rest: str = "") -> Made:
    return Made(sources=text_source("".join(selections)), tree=tree, cases=cases, rest=rest)


def test_segments_with_all_three_become_positions(tmp_path: Path) -> None:
    made = Made()
    found = sort_memo(made, tmp_path)
    assert said(found) == [
        (("Harbour Office",), (NIGHT,), "support", (0, 41)),
        (("Isles",), (NIGHT,), "oppose", (42, 82)),
    ]
    assert left(found, project_of(made)) == {
        ("noise",): "in no group of holders, propositions or stances"
    }


def test_one_selection_for_each_code_reads_the_same(tmp_path: Path) -> None:
    """The layout of MAXQDA and QualCoder against that of NVivo."""
    codes = ("Harbour Office", NIGHT, "support")
    apart = [on(MEMO, HARBOUR, one, name=f"s{number}") for number, one in enumerate(codes)]
    together = sort_memo(memo(on(MEMO, HARBOUR, *codes)), tmp_path)
    assert said(sort_memo(memo(*apart), tmp_path)) == said(together)
    assert len(said(together)) == 1


LACKING = [
    ((NIGHT, "support"), "no holder is coded on the same range"),
    (("Isles", NIGHT), "no stance is coded on the same range"),
    (("Isles", "support"), "no proposition is coded on the same range"),
    (("Isles", NIGHT, "perhaps"), "the stance “perhaps” is not known: rename it, as support"),
    (("Isles", NIGHT, "support", "oppose"), "it has several stances (oppose, support)"),
    (("noise",), "in no group of holders, propositions or stances"),
    (("Stance", "Isles", NIGHT), "no stance is coded on the same range"),
]


@pytest.mark.parametrize(("codes", "why"), LACKING)
def test_what_is_lacking_is_said_and_no_code_is_lost(
    tmp_path: Path, codes: tuple[str, ...], why: str
) -> None:
    made = memo(on(MEMO, ISLES, *codes))
    found = sort_memo(made, tmp_path)
    assert found.stated == ()
    ((names, reason),) = left(found, project_of(made)).items()
    assert set(names) == set(codes)
    assert why in reason


def test_several_holders_and_propositions_all_count(tmp_path: Path) -> None:
    tree = Tree({**TREE.names, "Propositions": [NIGHT, "The ferry is free"]})
    codes = ("Isles", "Harbour Office", NIGHT, "The ferry is free", "support")
    found = sort_memo(memo(on(MEMO, HARBOUR, *codes), tree=tree), tmp_path)
    expected = (("Isles", "Harbour Office"), (NIGHT, "The ferry is free"), "support", (0, 41))
    assert said(found) == [expected]
    assert found.leftovers == ()


OVERLAPS = (
    on(MEMO, "The Harbour Office", "Harbour Office"),
    on(MEMO, HARBOUR, NIGHT),
    on(MEMO, "wants", "support"),
)


def test_overlapping_segments_are_joined_when_asked(tmp_path: Path) -> None:
    made = memo(*OVERLAPS)
    assert sort_memo(made, tmp_path).stated == ()
    found = sort_memo(made, tmp_path, Rules(overlap=True))
    assert said(found) == [(("Harbour Office",), (NIGHT,), "support", (0, 41))]
    assert found.leftovers == ()


def test_the_segment_that_shares_most_is_taken(tmp_path: Path) -> None:
    """A whole speech coded with its holder reaches a little into the next."""
    other = selection(36, 82, ["Isles"])
    found = sort_memo(memo(*OVERLAPS, other), tmp_path, Rules(overlap=True))
    assert said(found) == [(("Harbour Office",), (NIGHT,), "support", (0, 41))]
    assert [one.why for one in found.leftovers] == ["no proposition is coded on the same range"]


def test_what_overlaps_alike_is_not_chosen_from(tmp_path: Path) -> None:
    alike = on(MEMO, "The Harbour Office", NIGHT), selection(0, 10, ["support"])
    both = selection(0, 5, ["Isles"]), selection(10, 15, ["Harbour Office"])
    found = sort_memo(memo(*alike, *both), tmp_path, Rules(overlap=True))
    assert found.stated == ()
    whys = {one.why for one in found.leftovers}
    assert "several segments overlap it alike (Harbour Office, Isles)" in whys
    assert sum(len(one.codings) for one in found.leftovers) == 4


def test_segments_that_only_touch_do_not_overlap(tmp_path: Path) -> None:
    apart = selection(0, 3, [NIGHT, "support"]), selection(4, 18, ["Isles"])
    assert sort_memo(memo(*apart), tmp_path, Rules(overlap=True)).stated == ()


PEOPLE = Tree({**TREE.names, "Persons": ["Ann Ek"], "Speakers": ["Bo Sund"]})


def test_a_person_represents_the_body_coded_with_her(tmp_path: Path) -> None:
    made = memo(on(MEMO, HARBOUR, "Ann Ek", "Isles", NIGHT, "support", "Bo Sund"), tree=PEOPLE)
    (one,) = sort_memo(made, tmp_path).stated
    assert [member.name for member in one.holders] == ["Ann Ek"]
    assert one.represents is not None
    assert one.represents.name == "Isles"
    assert [member.name for member in one.speakers] == ["Bo Sund"]


def test_which_of_two_bodies_a_person_represents_is_not_guessed(tmp_path: Path) -> None:
    codes = ("Ann Ek", "Isles", "Harbour Office", NIGHT, "support")
    found = sort_memo(memo(on(MEMO, HARBOUR, *codes), tree=PEOPLE), tmp_path)
    assert found.stated == ()
    assert "which of Isles, Harbour Office the person represents" in found.leftovers[0].why


def case(name: str, inner: str) -> str:
    named = f'name="{name}"' if name else ""
    return f'<Cases><Case guid="{guid(f"case {name}")}" {named}>{inner}</Case></Cases>'


WHERE = {
    "by its source": (f'<SourceRef targetGUID="{guid("Memo")}"/>', ""),
    "by the selection": (f'<SelectionRef targetGUID="{guid("0-41-")}"/>', ""),
    "as a code, as NVivo does": ("", "case Isles"),
}


@pytest.mark.parametrize("kind", WHERE)
def test_cases_are_holders_when_asked(tmp_path: Path, kind: str) -> None:
    reference, coded = WHERE[kind]
    codes = [NIGHT, "support", *([coded] if coded else [])]
    made = memo(selection(0, 41, codes), cases=case("Isles", reference))
    assert sort_memo(made, tmp_path).stated == ()
    found = sort_memo(made, tmp_path, Rules(cases=True))
    assert said(found) == [(("Isles",), (NIGHT,), "support", (0, 41))]


def test_a_case_without_a_name_holds_variables_only(tmp_path: Path) -> None:
    made = memo(
        selection(0, 41, [NIGHT, "support"]),
        cases=case("", f'<SourceRef targetGUID="{guid("Memo")}"/>'),
    )
    assert sort_memo(made, tmp_path, Rules(cases=True)).stated == ()


def test_the_codings_of_one_coder(tmp_path: Path) -> None:
    codes = ("Isles", NIGHT, "oppose")
    bo = selection(42, 82, ["support"], user="Bo")
    made = memo(on(MEMO, ISLES, *codes), bo)
    assert sort_memo(made, tmp_path).stated == ()
    found = sort_memo(made, tmp_path, Rules(coder="Ann"))
    assert said(found) == [(("Isles",), (NIGHT,), "oppose", (42, 82))]
    assert left(found, project_of(made)) == {("support",): "not coded by Ann"}


FORMS = {
    "code tree": TREE,
    "numbered": Tree(
        {"1. ACTORS": ["Harbour Office", "Isles"], "2_claims": [NIGHT], "(stance)": ["support"]}
    ),
    "Finnish": Tree({"Toimijat": ["Harbour Office"], "Väitteet": [NIGHT], "Kannat": ["kannattaa"]}),
    "Swedish": Tree({"Aktörer": ["Isles"], "Påståenden": [NIGHT], "Ståndpunkt": ["stöder"]}),
    "prefixes": Tree({"Actor: Isles": [], f"Claim: {NIGHT}": [], "Stance: support": []}),
}


@pytest.mark.parametrize("kind", FORMS)
def test_groups_are_known_by_their_names(kind: str) -> None:
    roles = recognise(project_of(Made(tree=FORMS[kind])), NONE, False)
    names = {
        role: [one.name for one in roles.members.values() if one.role is role] for role in Role
    }
    assert set(names[Role.HOLDER]) & {"Isles", "Harbour Office"}
    assert names[Role.PROPOSITION] == [NIGHT]
    assert "support" in roles.stances.values()


def test_sets_of_codes_are_groups(tmp_path: Path) -> None:
    """ATLAS.ti has no code tree: its code groups are sets."""
    tree = Tree({"Isles": [], NIGHT: [], "oppose": [], "noise": []})
    groups = {"Actors": "Isles", "Claims": NIGHT, "Stance": "oppose"}
    sets = "".join(
        f'<Set guid="{guid(name)}" name="{name}"><MemberCode targetGUID="{guid(one)}"/></Set>'
        for name, one in groups.items()
    )
    made = memo(on(MEMO, ISLES, "Isles", NIGHT, "oppose"), tree=tree, rest=f"<Sets>{sets}</Sets>")
    assert said(sort_memo(made, tmp_path)) == [(("Isles",), (NIGHT,), "oppose", (42, 82))]


def test_groups_that_are_asked_for_come_first(tmp_path: Path) -> None:
    tree = Tree({**TREE.names, "Camps": ["North"]})
    made = memo(on(MEMO, ISLES, "North", NIGHT, "oppose"), tree=tree)
    assert sort_memo(made, tmp_path).stated == ()
    found = sort_memo(made, tmp_path, asked={Role.HOLDER: ["camps"]})
    assert said(found) == [(("North",), (NIGHT,), "oppose", (42, 82))]


def test_a_code_between_is_the_issue_of_a_proposition() -> None:
    inner = code("Propositions", code("Traffic", code(NIGHT)))
    made = Made(tree=Tree({"Actors": ["Isles"], "Stance": ["support"]}, inner))
    roles = recognise(project_of(made), NONE, False)
    above = {one.name: one.above for one in roles.members.values()}
    assert above[NIGHT] == "Traffic"
    assert above["Traffic"] is None


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Tree({"Themes": ["noise"]}), "hold holders and propositions and stances"),
        (Tree({"Actors": ["Isles"], "Claims": [NIGHT]}), "hold stances: say which with `--stances"),
        (Tree({"Actors": [], "Claims": [NIGHT], "Stance": ["support"]}), "hold holders"),
    ],
)
def test_a_project_without_groups_is_refused_with_what_it_has(tree: Tree, expected: str) -> None:
    with pytest.raises(InputError) as caught:
        recognise(project_of(Made(tree=tree)), NONE, False)
    assert expected in str(caught.value)
    for name in tree.names:
        assert name in str(caught.value)


def test_cases_are_offered_where_holders_are_missing() -> None:
    tree = Tree({"Claims": [NIGHT], "Stance": ["support"]})
    made = Made(tree=tree, sources=text_source(whole()), cases=case("Isles", ""))
    with pytest.raises(InputError, match="`--cases` to take its cases as holders"):
        recognise(project_of(made), NONE, False)
    recognise(project_of(made), NONE, True)


def test_a_group_that_is_not_there_gets_a_suggestion() -> None:
    with pytest.raises(InputError, match="did you mean Actors"):
        recognise(project_of(Made()), {Role.HOLDER: ["Acters"]}, False)


@pytest.mark.parametrize(
    ("name", "stance"),
    [
        ("Support", "support"),
        ("strongOppose", "strongOppose"),
        ("in favour", "support"),
        ("Samaa mieltä", "support"),
        ("emot", "oppose"),
        ("+", "support"),
        ("–", "oppose"),
        ("mieltä", None),
        ("favour", None),
        ("noise", None),
    ],
)
def test_names_of_stances(name: str, stance: str | None) -> None:
    assert stance_of(name) == stance
