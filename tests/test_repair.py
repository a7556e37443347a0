"""Reading through a scan: what is joined, what is not, and the way back to the source."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.repair import read_through

# Signs that the repair looks at, and letters around them.
SCANS = st.text(alphabet="aäZ9 .-\n\r\t\f\u00ad\u00a0“”𝒳ja", max_size=60)


def without_gaps(text: str) -> str:
    return re.sub(r"[\s\u00ad-]", "", text)


@pytest.mark.parametrize(
    ("source", "reading"),
    [
        ("osaa-\nmiskeskittymä", "osaamiskeskittymä"),
        ("osaa-\n mis", "osaamis"),
        ("osaa- \t\r\n  mis", "osaamis"),
        ("osaa-\n\n\f\nmis", "osaamis"),
        ("osaa-mis", "osaa-mis"),
        ("osaa- mis", "osaa- mis"),
        ("sosiaali-\nja terveysasiat", "sosiaali- ja terveysasiat"),
        ("social-\noch hälsovård", "social- och hälsovård"),
        ("jaa-\njatkuu", "jaajatkuu"),
        ("EU-\nSuomi", "EU-Suomi"),
        ("Covid-\n19", "Covid-19"),
        ("2-\nosainen", "2-osainen"),
        ("2020-\n2021", "2020-2021"),
        ("Ž-\nžalias", "Žžalias"),
        ("yksi –\nkaksi", "yksi – kaksi"),
        ("- yksi\n- kaksi", "- yksi - kaksi"),
        ("osa-\n(ks. liite)", "osa- (ks. liite)"),
        ("osa-\n", "osa- "),
        ("osaa\u00admis", "osaamis"),
        ("osaa\u00ad\nmis", "osaamis"),
        ("a  b\n\tc\u00a0d", "a b c d"),
        ("", ""),
    ],
)
def test_a_scan_reads_as(source: str, reading: str) -> None:
    assert read_through(source).text == reading


@given(SCANS)
def test_every_sign_of_a_reading_stands_where_its_offset_says(text: str) -> None:
    reading = read_through(text)
    assert len(reading.text) == len(reading.offsets)
    assert list(reading.offsets) == sorted(set(reading.offsets))
    for sign, offset in zip(reading.text, reading.offsets, strict=True):
        assert text[offset] == sign or (sign == " " and text[offset].isspace())
    assert without_gaps(reading.text) == without_gaps(text)


@given(SCANS, st.data())
def test_a_found_range_reads_as_the_phrase(text: str, data: st.DataObject) -> None:
    reading = read_through(text)
    start = data.draw(st.integers(0, len(reading.text)))
    end = data.draw(st.integers(start, len(reading.text)))
    phrase = reading.text[start:end].strip()
    found = reading.find(phrase)
    assert bool(found) == bool(phrase)
    for low, high in found:
        assert text[low] == phrase[0]
        assert text[high - 1] == phrase[-1]
        assert without_gaps(text[low:high]) == without_gaps(phrase)
    if phrase:
        shift = len(reading.text[start:end]) - len(reading.text[start:end].lstrip())
        assert reading.to_source(start + shift, start + shift + len(phrase)) in found


@given(
    st.lists(st.sampled_from(["tieto", "Saari", "osaa-\nminen", "ja", "9", "yö-\n ja"]), max_size=9)
)
def test_whole_words_cut_out_of_the_source_read_the_same(words: list[str]) -> None:
    text = " \n".join(words)
    for word in words:
        phrase = read_through(word).text
        for start, end in read_through(text).find(phrase):
            assert read_through(text[start:end]).text == phrase


@given(SCANS)
def test_offsets_lead_there_and_back(text: str) -> None:
    reading = read_through(text)
    assert [reading.to_reading(offset) for offset in reading.offsets] == list(
        range(len(reading.text))
    )
    assert reading.to_reading(len(text)) == len(reading.text)


def test_offsets_count_code_points_not_bytes_or_utf16_units() -> None:
    assert read_through("𝒳ä osaa-\nmis").find("osaamis") == [(3, 12)]


def test_a_phrase_is_found_across_line_ends_and_any_number_of_spaces() -> None:
    assert read_through("on  tar-\nkoitus\r\n parantaa").find("tarkoitus   parantaa") == [(4, 26)]


def test_a_phrase_is_found_wherever_it_stands_and_only_between_the_bounds() -> None:
    reading = read_through("SM ja STM, SM")
    assert reading.find("SM") == [(0, 2), (11, 13)]
    assert reading.find("SM", 1) == [(11, 13)]
    assert reading.find("SM", 0, 12) == [(0, 2)]
    assert reading.find("TM") == [(7, 9)]
    assert reading.find(" ") == []


@pytest.mark.parametrize(
    ("text", "phrase", "sentence"),
    [
        ("One. Two words. Three.", "words", "Two words."),
        ("One. Two words. Three.", "Two words. Three", "Two words. Three."),
        ("One. Two wo-\nrds. Three.", "words", "Two wo-\nrds."),
        (
            "Yksi. Esim. STM, mm. SM ja ns. VOK hoitaa. Kolme.",
            "SM ja",
            "Esim. STM, mm. SM ja ns. VOK hoitaa.",
        ),
        ("Yksi. J. Saari puhui. Kolme.", "Saari", "J. Saari puhui."),
        ("Kokous alkoi klo 14.02. Asialista hyväksyttiin.", "Asialista", "Asialista hyväksyttiin."),
        ("On 3.5 kertaa. niin.", "niin", "On 3.5 kertaa. niin."),
        ("Hän sanoi: ”Ei.” ”Kyllä?” Ja lähti", "Kyllä", "”Kyllä?”"),
        ("  No full stop  ", "full", "No full stop"),
    ],
)
def test_a_phrase_widens_to_its_sentence(text: str, phrase: str, sentence: str) -> None:
    reading = read_through(text)
    (found,) = reading.find(phrase)
    start, end = reading.sentence(*found)
    assert text[start:end] == sentence


SLOW_IF_SQUARE = {
    "prose": "sana toinen. Kolmas sa-\nna\n\n",
    "hyphens": "-",
    "cut words": "a-\n",
    "blanks": " ",
    "line ends": "\n",
    "hyphen, then blanks": "a-" + " " * 500,
    "one word": "x",
    "sentences": "A. ",
    "soft hyphens": "\u00ad",
}


@pytest.mark.parametrize("unit", SLOW_IF_SQUARE.values(), ids=SLOW_IF_SQUARE.keys())
def test_reading_takes_time_in_proportion_to_the_text(unit: str) -> None:
    """200 kB in two seconds: what is square would take minutes."""
    text = "Alku. " + unit * (200_000 // len(unit)) + " loppu"
    began = process_time()
    read_through(text).sentence(0, 4)
    assert process_time() - began < 2
