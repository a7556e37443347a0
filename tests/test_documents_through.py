"""Reading plain text through: which lines are one paragraph, and what is no part of the text."""

from __future__ import annotations

import time
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from documents_made import least_times
from kg.documents.blocks import Change, Reading
from kg.documents.document import Document, Form
from kg.documents.plain import read_plain
from kg.documents.read import read_document
from kg.documents.through import read_through


def document(text: str) -> Document:
    return Document(Path("memo.txt"), Form.TXT, text, "", read_plain(text))


def through(text: str) -> Reading:
    return read_through(document(dedent(text)))


def blocks(text: str) -> list[str]:
    return [block.text for block in through(text).blocks]


WRAPPED = """\
    Puheenjohtaja avasi kokouksen ja totesi, että esityslista on lähetetty ennak-
    koon kaikille jäsenille. Keskusteltiin sosiaali- ja terveydenhuollon, työ-
    ja elinkeinotoimen sekä EU-
    Suomi-hankkeen tilanteesta.
    Päätettiin jatkaa valmistelua siten, että luonnos on valmis ennen kesää ja
    lausunnot pyydetään elokuussa.
"""


def test_cut_lines_and_words_are_whole_again() -> None:
    (first, second) = through(WRAPPED).blocks
    assert "ennakkoon kaikille" in first.text
    assert "sosiaali- ja terveydenhuollon, työ- ja elinkeinotoimen" in first.text
    assert "EU-Suomi-hankkeen tilanteesta." in first.text
    assert second.text.startswith("Päätettiin jatkaa")
    assert second.text.endswith("kesää ja lausunnot pyydetään elokuussa.")


def test_a_repair_tells_each_change_and_where() -> None:
    text = dedent(WRAPPED)
    repairs = read_through(document(text)).repairs
    (hyphen,) = [repair for repair in repairs if repair.change is Change.HYPHEN]
    assert text[hyphen.start - 5 : hyphen.end + 4] == "ennak-\nkoon"
    assert hyphen.reading == ""
    readings = [repair.reading for repair in repairs if repair.change is Change.LINE]
    assert readings == [" ", "", " "]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("ennak-", "koon", "ennakkoon"),
        ("ennak\xad", "koon", "ennakkoon"),
        ("ennak\u2010", "koon", "ennakkoon"),
        ("ennak¬", "koon", "ennakkoon"),
        ("sosiaali-", "ja terveystoimi", "sosiaali- ja terveystoimi"),
        ("social-", "och hälsovård", "social- och hälsovård"),
        ("EU-", "Suomi", "EU-Suomi"),
        ("vuosina 2020-", "2022", "vuosina 2020-2022"),
        ("TOIMEEN-", "PANO", "TOIMEENPANO"),
        ("asia –", "siis tämä", "asia – siis tämä"),
    ],
)
def test_hyphens_at_line_ends(before: str, after: str, joined: str) -> None:
    lead = "Kokouksessa käsiteltiin tätä laajaa asiaa ja kaikkea muuta, kuten "
    (block,) = blocks(f"{lead}aina.\n{lead}{before}\n{after} ja niin edelleen.")
    assert f"kuten {joined} ja niin" in block


LISTS = """\
    HANKKEEN OHJAUSRYHMÄ
    Kokous 3/2022

    Aika     ma 3.1.2022 klo 9.00–11.30
    Paikka   Teams
    Läsnä    Matti Meikäläinen, puheenjohtaja, Esimerkkiministeriö
             Maija Mallikas, Kuvitteellinen virasto
             Teppo Testi, Keksitty kunta

    Poissa:
    Kaisa Koivu
    Olli Ojala, Satuministeriön hallinto- ja kehittämisosasto, varajäsen
    Pekka Puro

    - ensimmäinen asia, joka on pitkä ja jatkuu siksi seuraavalle riville ja joka
      päättyy tähän
    - toinen asia
    1. Kokouksen avaus
    2. Muut asiat
    a) eka
    b) toka
    3 § Päätös
    Vastuu: Testi
    Määräaika: kesäkuu
"""


def test_lists_labels_and_rows_stay_lines() -> None:
    assert blocks(LISTS) == [
        "HANKKEEN OHJAUSRYHMÄ",
        "Kokous 3/2022",
        "Aika\tma 3.1.2022 klo 9.00–11.30",
        "Paikka\tTeams",
        "Läsnä\tMatti Meikäläinen, puheenjohtaja, Esimerkkiministeriö",
        "Maija Mallikas, Kuvitteellinen virasto",
        "Teppo Testi, Keksitty kunta",
        "Poissa:",
        "Kaisa Koivu",
        "Olli Ojala, Satuministeriön hallinto- ja kehittämisosasto, varajäsen",
        "Pekka Puro",
        "- ensimmäinen asia, joka on pitkä ja jatkuu siksi seuraavalle riville ja joka "
        "päättyy tähän",
        "- toinen asia",
        "1. Kokouksen avaus",
        "2. Muut asiat",
        "a) eka",
        "b) toka",
        "3 § Päätös",
        "Vastuu: Testi",
        "Määräaika: kesäkuu",
    ]


def test_paragraphs_that_no_width_has_cut_stay_apart() -> None:
    long = "Puheenjohtaja totesi asian ja jatkoi siitä vielä pitkään. " * 4
    assert len(blocks(f"{long}\n{long}\n{long}\n")) == 3


def test_a_number_or_a_dash_within_a_sentence_is_no_mark() -> None:
    (block,) = blocks("""\
        Ohjausryhmä päätti, että seuraava kokous pidetään kesän jälkeen viimeistään
        5. syyskuuta, ja että sen valmistelusta vastaa puheenjohtajan mukaan hanke
        – siis koko työryhmä – yhdessä sihteeristön ja kaikkien muiden tahojen sekä
        asiantuntijoiden kanssa.
        """)
    assert "viimeistään 5. syyskuuta" in block
    assert "hanke – siis koko" in block


@pytest.mark.parametrize(
    "number",
    [
        "2 (4)",
        "2(4)",
        "2/4",
        "Sivu 2",
        "Sida 2 (4)",
        "Page 2 of 4",
        "- 2 -",
        "– 2 –",
        "2",
        "s. 2/4",
    ],
)
@pytest.mark.parametrize("blank", ["\n", "\n\n", "\n\x0c"])
def test_a_page_number_in_mid_sentence_is_left_out(number: str, blank: str) -> None:
    text = (
        "Puheenjohtaja totesi, että kaikki tähän mennessä valmisteltu aineisto on\n"
        f"{blank}{number}{blank}\nlähetetty jäsenille ennen kokousta, ja avasi siitä keskustelun.\n"
    )
    reading = read_through(document(text))
    (block,) = reading.blocks
    assert "aineisto on lähetetty jäsenille" in block.text
    (repair,) = [one for one in reading.repairs if one.change is Change.PAGE_NUMBER]
    assert text[repair.start : repair.end] == number


@pytest.mark.parametrize("line", ["3/2022", "5", "17:30", "2 (ks. liite)", "12.3.2022", "4 §"])
def test_a_number_that_is_no_page_number_stays(line: str) -> None:
    assert line in blocks(f"Kokous\n\n{line}\n\nKäsiteltiin asiat ja päätettiin kokous.\n")


RUNNING = """\
    Satuministeriö          MUISTIO           1 (3)
                            3.1.2022

    Puheenjohtaja totesi, että kaikki tähän mennessä valmisteltu aineisto on jo

    Satuministeriö          MUISTIO           2 (3)
                            3.1.2022

    lähetetty. Päätös:

    Hyväksyttiin.

    Päätös:

    Koska asia on kiireellinen, toimitetaan se suoraan ministerille, ja hankkeen

    Satuministeriö          MUISTIO           3 (3)
                            3.1.2022

    kehittämisryhmä käsittelee sen.
"""


@pytest.mark.parametrize(
    "head",
    [
        "Sadun kunta    PÖYTÄKIRJA    Sivu 2 (5)",
        "TC 46/WG 11 N 212      Page 3 of 4",
        "Rådet  Sida 2 (5)",
    ],
)
def test_a_header_seen_once_in_mid_sentence_drops_out_with_its_page_number(head: str) -> None:
    text = f"Luoto totesi, että hanke on\n{head}\nedennyt. Virta oli samaa mieltä.\n"
    assert [block.text for block in read_through(document(text)).blocks] == [
        "Luoto totesi, että hanke on edennyt. Virta oli samaa mieltä."
    ]


def test_running_headers_drop_out_but_the_first_one_stays() -> None:
    assert blocks(RUNNING) == [
        "Satuministeriö\tMUISTIO",
        "3.1.2022",
        "Puheenjohtaja totesi, että kaikki tähän mennessä valmisteltu aineisto on jo lähetetty. "
        "Päätös:",
        "Hyväksyttiin.",
        "Päätös:",
        "Koska asia on kiireellinen, toimitetaan se suoraan ministerille, ja hankkeen "
        "kehittämisryhmä käsittelee sen.",
    ]
    changes = [repair.change for repair in through(RUNNING).repairs]
    assert changes.count(Change.RUNNING_HEAD) == 4
    assert changes.count(Change.PAGE_NUMBER) == 1


def test_lines_that_are_only_repeated_stay() -> None:
    text = "\n\n".join(f"{number}. Asia\n\nPäätös:\n\nHyväksyttiin." for number in range(1, 6))
    assert blocks(text).count("Päätös:") == 5
    assert blocks(text).count("Hyväksyttiin.") == 5


def test_running_footers_at_form_feeds_drop_out() -> None:
    pages = [f"Asia {word} käsiteltiin.\n\nHanke Silta\nSivu {number}" for number, word in
             enumerate(["yksi", "kaksi", "kolme"], 1)]  # fmt: skip
    assert blocks("\n\x0c".join(pages)) == [
        *("Asia yksi käsiteltiin.", "Asia kaksi käsiteltiin.", "Asia kolme käsiteltiin.")
    ]


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("M U I S T I O", "MUISTIO"),
        ("P Ö Y T Ä  K I R J A", "PÖYTÄ KIRJA"),
        ("o\ufb03ce and \ufb01le", "office and file"),
        ("a\u00a0b\u202fc.  d", "a b c. d"),
        ("hyvak\u00adsytty", "hyvaksytty"),
        ("yo\u0308", "yö"),
        ("EU\u2011maat", "EU-maat"),
        ("1.\tAvaus", "1. Avaus"),
        ("1)   Avaus", "1) Avaus"),
        ("§ 5   Avaus", "§ 5 Avaus"),
        ("•\tAvaus", "• Avaus"),
        ("First.  Second one.", "First. Second one."),
        ("Liam Example  Chair", "Liam Example\tChair"),
        ("1   Liam Example   SAP", "1\tLiam Example\tSAP"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
    ],
)
def test_signs_are_read_in_their_usual_form(line: str, read: str) -> None:
    text = f"Osallistujat\n\n{line}\n"
    reading = read_through(document(text))
    assert reading.blocks[1].text == read


def test_a_title_with_a_capital_after_the_page_is_one_paragraph() -> None:
    text = (
        "Neuvottelukunta keskusteli hankkeen tilasta, ja jäsenet esittivät kysymyksiä\n"
        "rahoituksesta sekä totesivat, että asiasta on sovittava yhdessä myös, kuten\n"
        "\n\n2 (2)\n\nMeikäläinen esitti, ministeriön kanssa.\n"
    )
    assert len(blocks(text)) == 1


_LETTERS = st.text("aäbÖ Z.,-:\t\n\r\x0c()12•–\xa0\xad\ufb01\u0308\u2028¬", max_size=120)
_LINES = st.lists(
    st.sampled_from(
        (
            *("Asia", "asia jatkuu tähän ja siitä vielä jonkin verran ennak-", "koon ja", "2 (4)"),
            *("Hanke Silta   2", "- 3 -", "M U I S T I O", "Aika\tma", "1. Avaus", "\x0c", ""),
            *("Jäsen esitti tätä ja tuota kuten aina ennenkin kokouksissa ja", "loppu.", " kehä"),
        )
    ),
    max_size=25,
).map("\n".join)


@given(_LETTERS | _LINES)
def test_every_character_is_accounted_for(text: str) -> None:
    """What a block holds stands in the source, what it lacks is in a repair."""
    reading = read_through(document(text))
    repaired, seen = set[int](), set[int]()
    for repair in reading.repairs:
        assert 0 <= repair.start < repair.end <= len(text)
        repaired.update(range(repair.start, repair.end))
    for block in reading.blocks:
        assert block.text.strip() == block.text != ""
        assert "\n" not in block.text
        for at, sign in enumerate(block.text):
            place = block.traced.source(at)
            seen.add(place)
            assert text[place] == sign or place in repaired
    for at, sign in enumerate(text):
        assert sign.isspace() or at in seen or at in repaired, (at, sign)


@given(_LETTERS | _LINES)
def test_blocks_keep_the_order_of_the_source(text: str) -> None:
    starts = [block.traced.source(0) for block in read_through(document(text)).blocks]
    assert starts == sorted(starts)


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        *("a\n", "a b\n\n", "2 (4)\n\n", "  x   y\n", "ennak-\n", "- - - \n", "((((", "\t"),
        *("M U I S T I O ", "1. a\n", "Sivu ", "\x0c2\n", "\u0308", "asia jatkuu ennak-\nkoon "),
    ],
)
def test_time_grows_with_length(unit: str) -> None:
    """A text of four times the length takes no more than some eight times as long."""

    def taken(count: int) -> float:
        text = unit * (count // len(unit))
        start = time.process_time()
        read_through(document(text))
        return time.process_time() - start

    taken(1_000)
    assert least_times(taken, 200_000, 800_000)


@pytest.mark.slow
def test_a_memo_is_read_in_milliseconds(tmp_path: Path) -> None:
    memo = (ROOT / "tests/data/memos/fi-omaishoito.txt").read_text(encoding="utf-8")
    path = tmp_path / "memo.txt"
    path.write_text(memo * 3, encoding="utf-8")
    best = 1.0
    for _ in range(10):
        start = time.process_time()
        read_through(read_document(path))
        best = min(best, time.process_time() - start)
    assert best < 0.02  # 5 ms where this was written


def test_strokes_part_the_cells_of_rows_below_each_other() -> None:
    text = "Actions\n\nTask | Who | When\nWrite a plan | Ann Lee | 5 May\n\nIt was yes | no.\n"
    blocks = through(text).blocks
    assert [block.text for block in blocks] == [
        "Actions",
        "Task\tWho\tWhen",
        "Write a plan\tAnn Lee\t5 May",
        "It was yes | no.",
    ]
    cell = blocks[2].traced.text.index("Ann")
    start, end = blocks[2].traced.span(cell, cell + len("Ann Lee"))
    assert text[start:end] == "Ann Lee"


def test_a_full_numbered_heading_does_not_go_on_in_the_line_below() -> None:
    text = (
        "Minutes\n\n1 Opening of the meeting\n"
        "The Chair opened the meeting at half past nine and told that\n"
        "two members were away.\n\n2 Adoption of the agenda and of the previous minutes\n"
        "Ms Lee asked for another order. It was said that the pub-\nlished one should be kept.\n\n"
        "3 Any other business\nNothing was raised.\n"
    )
    blocks = through(text).blocks
    assert [block.text[:22] for block in blocks] == [
        "Minutes",
        "1 Opening of the meeti",
        "The Chair opened the m",
        "2 Adoption of the agen",
        "Ms Lee asked for anoth",
        "3 Any other business",
        "Nothing was raised.",
    ]
