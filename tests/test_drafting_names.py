"""Names in their cases, cues in words, sentences, known registers and propositions."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafting_minutes import PEOPLE, drafts_of, minutes_of
from kg.drafting.directory import Case, Directory
from kg.drafting.form import positions_as_data
from kg.drafting.known import Known, KnownProposition, read_known
from kg.drafting.lexicon import Lexicon, lexicon
from kg.drafting.matching import Matcher
from kg.drafting.words import sentences, words_of
from kg.errors import InputError
from kg.languages import languages
from kg.traced import taken


def _directory(language: str) -> Directory:
    return Directory(minutes_of(language, [("nobody", "x")]), Known(), lexicon(language))


@pytest.mark.parametrize(
    ("language", "text", "name", "case"),
    [
        ("fi", "STM:n", "STM", Case.GENITIVE),
        ("fi", "STM:stä", "STM", Case.ELATIVE),
        ("fi", "STM:lle", "STM", Case.ALLATIVE),
        ("fi", "sisäministeriö", None, None),
        ("fi", "Sisäministeriö", "SM", Case.SUBJECT),
        ("fi", "Rantalan", "Aino Rantala", Case.GENITIVE),
        ("fi", "Kuntaliiton", "Kuntaliitto", Case.GENITIVE),
        ("fi", "OKM:n", "OKM", Case.GENITIVE),
        ("fi", "Lintulan kunta", "Lintulan kunta", Case.SUBJECT),
        ("sv", "FM:s", "FM", Case.GENITIVE),
        ("sv", "Bergs", "Anna Berg", Case.GENITIVE),
        ("sv", "Migrationsverkets", "Migrationsverket", Case.GENITIVE),
        ("sv", "Barn- och ungdomsnämnden", "Barn- och ungdomsnämnden", Case.SUBJECT),
        ("en", "Treasury’s", "HM Treasury", Case.GENITIVE),
        ("en", "with Ms Hale", "Mary Hale", Case.OTHER),
        ("en", "Quillon", "Quillon Systems", Case.SUBJECT),
        ("en", "Ministry of Ponds and Rivers", "Ministry of Ponds and Rivers", Case.SUBJECT),
        ("en", "SHOULD", None, None),
    ],
)
def test_a_name_in_its_case(language: str, text: str, name: str | None, case: Case | None) -> None:
    found = _directory(language).mentions(words_of(text))
    assert [(one.holder.name, one.case) for one in found] == ([(name, case)] if name else [])


def test_initials_and_first_names_are_those_of_one_person_only() -> None:
    directory = _directory("en")
    names = [one.holder.name for one in directory.mentions(words_of("MH and John"))]
    assert names == ["Mary Hale", "John Reed"]


def test_a_list_of_several_bodies_is_shown_as_the_list_of_participants_has_it() -> None:
    (draft,) = drafts_of("fi", (PEOPLE["fi"][0][0], "Sisäministeriö vastustaa maksua."))
    assert draft.holder.name == "SM"


def _lexicon(**cues: list[str]) -> Lexicon:
    grammar = {"drops_subjects": False, "clitics": [], "genitive": []}
    words = {"never": ["merkittava"], "that": ["that"], "verbs": ["go", "*ing"]}
    table = {"grammar": grammar, "words": words, "cues": cues, "impersonal": {}, "ambiguous": {}}
    return Lexicon(table)


@pytest.mark.parametrize(
    ("cue", "text", "places"),
    [
        ("bör", "det bör", [(1,)]),
        ("kannat*", "kannatti", [(0,)]),
        ("on ~ *tava", "on siksi laadittava", [(0, 2)]),
        ("on ~ *tava", "on merkittava", []),
        ("on ~ *tava", "on, ja laadittava", []),
        ("say ~ well", "say that all is well", []),
        ("should @verbs", "should going", [(0, 1)]),
        ("no|not way", "not way", [(0, 1)]),
        ("a ~ z", "a b c d e f g z", [(0, 7)]),
        ("a ~ z", "a b c d e f g h z", []),
    ],
)
def test_cues_are_found(cue: str, text: str, places: list[tuple[int, ...]]) -> None:
    found = _lexicon(support=[cue]).find(words_of(text))
    assert [one.places for one in found] == places


def test_the_longer_cue_keeps_the_shorter_out() -> None:
    words = _lexicon(oppose=["objection"], support=["no objection"])
    assert [one.kind for one in words.find(words_of("no objection"))] == ["support"]


def test_every_language_has_the_same_tables() -> None:
    tables = [lexicon(language) for language in languages()]
    names = [frozenset(kind for kind in one.kinds) for one in tables]
    # “can”, “shall” and the like differ; what rules ask for must be there in each.
    needed = {"support", "oppose", "accept", "propose", "wish", "deontic", "undecided", "agree"}
    needed |= {"not", "strict_condition", "condition", "past", "question", "concede", "view"}
    assert all(needed <= one for one in names)


def test_sentences_keep_their_place() -> None:
    text = "Prof. Ek came at 10.02. He left! A. Berg spoke (see p. 3). Done"
    found = list(sentences(taken(text), "en"))
    assert [one.text for one in found] == [
        "Prof. Ek came at 10.02.",
        "He left!",
        "A. Berg spoke (see p. 3).",
        "Done",
    ]
    assert found[1].span() == (24, 32)


def _known(**wordings: str) -> list[KnownProposition]:
    return [KnownProposition(node, "issue", {"fi": (text,)}) for node, text in wordings.items()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salmela kannatti, että lautta kulkee myös öisin.", "ferry"),
        ("Lautan pitäisi kulkea yöllä useammin.", "ferry"),
        ("Lipunmyyntiä tulisi jatkaa satamassa.", "tickets"),
        ("Kahvilan aukiolosta sovitaan erikseen.", None),
        ("", None),
    ],
)
def test_known_propositions_are_matched_or_left(text: str, expected: str | None) -> None:
    propositions = _known(
        ferry="Lautta kulkee yöllä.",
        tickets="Liput myydään sataman lipunmyynnissä.",
        harbour="Satamaan rakennetaan uusi laituri.",
        bridge="Salmen yli rakennetaan silta.",
    )
    match = Matcher(propositions, "fi").match(text)
    assert (match.proposition.id if match else None) == expected


def test_a_matched_draft_has_the_ids() -> None:
    known = Known(propositions=tuple(_known(ferry="Lautta kulkee yöllä.", x="Silta on pitkä.")))
    (draft,) = drafts_of(
        "fi", ("Aino Rantala", "Rantala kannatti, että lautta kulkee yöllä."), known=known
    )
    assert (draft.proposition_id, draft.issue_id) == ("ferry", "issue")


def test_registers_are_read_with_all_names(tmp_path: Path) -> None:
    folder = tmp_path / "issues"
    folder.mkdir()
    file = folder / "own.yaml"
    file.write_text(
        "entities:\n"
        "- id: issue-ferry\n  type: Issue\n  label: {en: Ferry?}\n"
        "  propositions:\n"
        "  - {id: night, type: Proposition, label: {en: At night.}, altLabel: {en: [Late.]}}\n"
        "- {id: OM, type: Body, label: {en: Office of Moles}, abbreviation: {en: OFM}}\n"
        "- {id: ek, type: Person, name: Maja Ek, otherNames: [M. Ek]}\n",
        encoding="utf-8",
    )
    known = read_known(tmp_path)
    (night,) = [one for one in known.propositions if one.id == "night"]
    assert (night.issue, night.wordings["en"]) == ("issue-ferry", ("At night.", "Late."))
    assert [one.names for one in known.people if one.id == "ek"] == [("Maja Ek", "M. Ek")]
    # An entry of the folder takes the place of the shipped one.
    assert [one.names for one in known.bodies if one.id == "OM"] == [("Office of Moles", "OFM")]
    assert {"SM", "STM"} <= {one.id for one in known.bodies}
    assert len(read_known().propositions) == len(known.propositions) - 1


def test_registers_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="create one with `kg new"):
        read_known(tmp_path / "missing")
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "bad.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(InputError, match=r"bad\.yaml, line"):
        read_known(tmp_path)


def test_the_form_for_json() -> None:
    text = "Ms Hale could accept it, provided that it is free."
    drafts = drafts_of("en", ("Mary Hale", text), ("Mary Hale", "She was in two minds."))
    data = positions_as_data(drafts)
    assert data[0] == {
        "item": "1",
        "holder": "Mary Hale",
        "holder_type": "person",
        "asserted_by": "Mary Hale",
        "basis": "personal",
        "stance": "conditional",
        "proposition": drafts[0].proposition,
        "confidence": "high",
        "evidence": {"start": 0, "end": len(text), "quote": text},
    }
    assert data[1]["stance"] == "neutral"
