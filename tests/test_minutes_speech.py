"""Speeches: where they begin and end, whose they are, and where they stand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.codes import code_lists
from kg.documents.blocks import Block
from kg.documents.document import Kind
from kg.languages import languages
from kg.minutes.lexicon import lexicon
from kg.minutes.model import AgendaItem, Record, Role
from kg.minutes.sections import Section
from kg.minutes.sentences import sentences
from kg.minutes.speeches import read_entries
from kg.traced import joined, taken
from minutes_talk import ENGLISH, FINNISH, blocks, person, speakers, speeches, talk


def texts(text: str, language: str) -> list[str]:
    return [one.text for one in speeches(talk(text, language))]


def test_a_speech_goes_on_until_the_next_speaker() -> None:
    text = "Mäki esitteli luvut. Ne ovat nousseet. Lehto kiitti esityksestä."
    assert texts(text, "fi") == [
        "Mäki esitteli luvut. Ne ovat nousseet.",
        "Lehto kiitti esityksestä.",
    ]


def test_a_decision_ends_a_speech_and_is_a_record() -> None:
    found = talk("Mäki ehdotti lykkäystä. Sovittiin, että asiaan palataan. Asia on iso.", "fi")
    assert [one.text for one in speeches(found)] == ["Mäki ehdotti lykkäystä."]
    assert [one.text for one in found.decisions] == ["Sovittiin, että asiaan palataan."]
    records = [one for one in found.entries if isinstance(one, Record)]
    assert records[0].passage.text == "Sovittiin, että asiaan palataan. Asia on iso."


def test_a_pronoun_carries_a_speech_over_a_paragraph_a_plain_sentence_does_not() -> None:
    text = "Mr Poole opposed it.\nHe added that it was dear.\nThe matter was complex."
    assert texts(text, "en") == ["Mr Poole opposed it. He added that it was dear."]


def test_a_presentation_goes_on_over_plain_paragraphs_but_not_over_the_meetings_own() -> None:
    text = "Ms Moss presented the paper.\nIt has three parts.\nThe Board was shown a film."
    assert texts(text, "en") == ["Ms Moss presented the paper. It has three parts."]


def test_a_list_below_a_speech_is_part_of_it() -> None:
    text = "Halko kertoi, että:\n- aineisto on koossa\n- tulokset julkaistaan"
    assert texts(text, "fi") == ["Halko kertoi, että: aineisto on koossa tulokset julkaistaan"]


def test_a_body_told_of_in_a_speech_does_not_speak() -> None:
    text = "Lehto totesi, että aika ei riitä. VM vastustaa lisärahaa. SM:n mukaan asia on avoin."
    assert speakers(talk(text, "fi")) == ["Liisa"]
    assert speakers(talk("Lehto totesi asian. VM vastusti lisärahaa.", "fi")) == ["Liisa", "?VM"]


def test_two_speakers_of_one_clause_have_the_same_text() -> None:
    found = speeches(talk("Mäki ja Lehto kannattivat esitystä.", "fi"))
    assert [one.speaker for one in found] == ["Mäki", "Lehto"]
    assert found[0].text == found[1].text


def test_two_clauses_of_one_sentence_are_parted() -> None:
    text = "Mäki kysyi hinnasta, johon Lehto vastasi, että se on auki."
    assert texts(text, "fi") == ["Mäki kysyi hinnasta", "Lehto vastasi, että se on auki."]


def test_verb_act_and_body_of_a_speech() -> None:
    (one,) = speeches(talk("Ylijohtaja Lehto toi esille riskit.", "fi"))
    assert (one.speaker, one.verb, one.act) == ("Ylijohtaja Lehto", "toi esille", "statement")
    assert (one.item, one.speaker_name) == ("1", "Liisa Lehto")
    (asked,) = speeches(talk("Lehto kiitti esityksestä. Milloin työ alkaa?", "fi"))
    assert asked.act == "question"


@pytest.mark.parametrize("language", languages())
def test_every_act_of_the_lists_is_one_of_the_code_list(language: str) -> None:
    acts = {verb.act for readings in lexicon(language).verbs.values() for verb in readings}
    assert acts <= set(code_lists()["act"])


def test_places_are_those_of_the_source_though_a_word_was_joined() -> None:
    source = "Mäki totesi, että osaa-\nmista on. Lehto kiitti."
    at = source.index("-\n")
    whole = joined([taken(source, 0, at), taken(source, at + 2)])
    section = Section(AgendaItem("2", "x", (0, 1)), (Block(whole),))
    found = read_entries([section], FINNISH, "fi")
    first, second = speeches(found)
    assert first.text == "Mäki totesi, että osaamista on."
    assert source[slice(*first.span)] == "Mäki totesi, että osaa-\nmista on."
    assert source[slice(*second.span)] == "Lehto kiitti."


def test_a_name_that_two_have_is_told_apart_or_doubted() -> None:
    assert speakers(talk("Virtanen (OM) totesi asian.", "fi")) == ["Kaisa"]
    assert speakers(talk("OM:n Virtanen totesi asian.", "fi")) == ["Kaisa"]
    found = talk("Virtanen totesi asian.", "fi")
    assert speakers(found) == ["?Virtanen"]
    assert "Juha Virtanen, Kaisa Virtanen" in found.remarks[0].message


def test_a_misprint_is_read_with_a_remark_and_a_stranger_stays_one() -> None:
    people = [person("Antero Isoviita", "TEM"), person("Tuire Mäntyvaara", "OM")]
    found = talk("lsoviita kertoi asiasta.\nMäntyvaata kysyi ajasta.", "fi", people)
    assert speakers(found) == ["Antero", "Tuire"]
    assert len(found.remarks) == 2
    stranger = talk("Maria Koivula kertoi asiasta.", "fi", people)
    assert speakers(stranger) == ["?Maria Koivula"]
    assert "nobody in the list" in stranger.remarks[0].message


def test_nicknames_and_handles_that_stand_beside_a_name() -> None:
    people = [person("Joonatan Kivelä"), person("Padraig Morrow")]
    listed = 'Joonatan "Jontte" Kivelä, Padraig Morrow [pmorrow]\n'
    assert speakers(talk(listed + "Jontte kertoi asiasta.", "fi", people)) == ["Joonatan"]
    assert speakers(talk(listed + "pmorrow: I agree.", "en", people)) == ["Padraig"]


def test_names_with_particles_apostrophes_and_in_the_other_order() -> None:
    people = [person("Eva von Essen"), person("Ruth O'Brien"), person("Karl Ek")]
    assert speakers(talk("von Essen frågade om tiden.", "sv", people)) == ["Eva"]
    assert speakers(talk("Enligt Eva von Essen är det klart.", "sv", people)) == ["Eva"]
    assert speakers(talk("In O'Brien's view it was late.", "en", people)) == ["Ruth"]
    assert speakers(talk("Ek, Karl: Nej.", "sv", people)) == ["Karl"]


def test_a_word_is_no_bodys_code() -> None:
    people = [person("Eva Ek", "OM"), person("Ulf Bo", "FM")]
    assert speakers(talk("OM ansåg att lagen bör ändras.", "sv", people)) == ["?OM"]
    assert speakers(talk("Om ansåg att lagen bör ändras.", "sv", people)) == []
    assert speakers(talk("A vote was taken.", "en")) == []


def test_the_representative_is_the_one_participant_of_a_body_who_is_there() -> None:
    people = [person("Eva Ek", "IM"), person("Bo Ask", "IM", present=False), person("Ulf Bo", "FM")]
    assert speakers(talk("IM:s representant frågade om tiden.", "sv", people)) == ["Eva"]
    both = [person("Eva Ek", "IM"), person("Bo Ask", "IM")]
    found = talk("IM:s representant frågade om tiden.", "sv", both)
    assert speakers(found) == ["?IM:s representant"]
    assert found.remarks


def test_the_vice_chair_stands_in_for_a_chair_that_is_not_listed() -> None:
    people = [person("Eva Ek", "IM", Role.VICE_CHAIR), person("Ulf Bo", "FM")]
    assert speakers(talk("Ordf. öppnade mötet.", "sv", people)) == ["Eva"]
    found = talk("Ordf. öppnade mötet.", "sv", [person("Ulf Bo", "FM")])
    assert speakers(found) == ["?Ordf"]
    assert found.remarks


def test_what_the_memo_calls_somebody_holds_for_the_item() -> None:
    text = "Dr Shah the Project Owner described the trial.\nThe project owner answered that it ran."
    assert speakers(talk(text, "en")) == ["Imran", "Imran"]


def test_a_name_behind_an_office_and_a_colon_is_no_speech() -> None:
    assert speakers(talk("Puheenjohtaja: Anna Rautio", "fi")) == []
    assert speakers(talk("Mäki, VM: Rahaa ei ole.", "fi")) == ["Pekka"]
    assert speakers(talk("Mäki VM:stä totesi, ettei rahaa ole.", "fi")) == ["Pekka"]


def test_the_presenter_is_the_one_of_the_heading() -> None:
    item = AgendaItem("3", "Tilanne", (0, 1), ("Outi Halko",))
    section = Section(item, blocks("Esittelijä kertoi tuloksista."))
    (one,) = speeches(read_entries([section], FINNISH, "fi"))
    assert one.speaker_name == "Outi Halko"


def test_a_heading_that_names_a_speaker_and_initials_alone() -> None:
    text = "Kuntaliitto:\n- kunnat tarvitsevat aikaa\n- rahaa ei ole"
    assert texts(text, "fi") == ["Kuntaliitto: kunnat tarvitsevat aikaa rahaa ei ole"]
    assert speakers(talk("SM we could ask them.\nDP wary of cost.", "en")) == ["Sara", "David"]


def test_an_item_without_a_number_is_named_by_its_title() -> None:
    section = Section(AgendaItem(None, "Any other business", (0, 1)), blocks("Poole: I agree."))
    (one,) = speeches(read_entries([section], ENGLISH, "en"))
    assert one.item == "Any other business"


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Kokous alkoi klo 14.02. Asia vie n. 5 päivää. Muuta ei ole.", "fi", 3),
        ("Ks. s. 4. Virtanen J. Lehdon mukaan 25.10. päätettiin.", "fi", 2),
        ("Mötet avslutades kl. 15.08. Det gäller bl.a. Åbo.", "sv", 2),
        (
            "Planen har tagits fram med SKR. Representanten för Umeå tvekade, 3 skr. Det är allt.",
            "sv",
            2,
        ),
        ("Mr. Poole agreed, cf. para. 4. Dr. Shah did not.", "en", 2),
        ("4.2 Ms Moss agreed.", "en", 1),
    ],
)
def test_sentences_end_where_they_end(text: str, language: str, expected: int) -> None:
    found = list(sentences(Block(taken(text)), language))
    assert len(found) == expected
    for one in found:
        assert text[slice(*one.traced.span())] == one.text


def test_marks_of_lists_are_no_part_of_a_sentence_but_days_are() -> None:
    (first,) = sentences(Block(taken("- 4.2 Ms Moss agreed.")), "en")
    assert (first.text, first.mark) == ("Ms Moss agreed.", "- 4.2")
    (day,) = sentences(Block(taken("25.10. kokoonnuttiin.")), "fi")
    assert day.text == "25.10. kokoonnuttiin."


def test_a_row_of_stops_is_read_at_once() -> None:
    text = "." * 20_000 + "x Mäki totesi... Lehto kiitti."
    started = time.process_time()
    found = [one.text for one in sentences(Block(taken(text)), "fi")]
    assert time.process_time() - started < 1
    assert [one[-7:] for one in found] == ["tesi...", "kiitti."]


def test_a_speech_after_a_colon_has_no_verb() -> None:
    (one,) = speeches(talk("Mäki: Tämä on hyvä asia.", "fi"))
    assert one.verb is None


@given(st.text(alphabet="ABab äÄ.,:;()-–\t\"'0123§[]?ö", max_size=120))
@settings(max_examples=25, deadline=None)
def test_nothing_breaks_the_reading(text: str) -> None:
    for language in ("fi", "sv", "en"):
        found = talk(f"Mäki {text} totesi Berg: Mr Poole, {text}", language)
        for entry in found.entries:
            assert entry.passage.text


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "Mäki totesi, että asia on hyvä. ",
        "Mäki, Lehto ja ",
        "VM:ltä pyydetään lausunto ",
        "Toimenpide: a. ",
        "(" * 5,
        "a, ",
    ],
)
def test_reading_is_linear(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        section = Section(None, (Block(taken(text), Kind.TEXT),))
        started = time.process_time()
        read_entries([section], FINNISH, "fi")
        return time.process_time() - started

    seconds(100)
    small = min(seconds(1000) for _ in range(3))
    assert seconds(10_000) < 40 * small + 0.2
