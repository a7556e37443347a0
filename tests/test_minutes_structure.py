"""Who took part, from every way in which memos list people."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents.blocks import Reading
from kg.documents.document import Document, Form
from kg.documents.plain import read_plain
from kg.documents.through import read_through
from kg.minutes.bodies import resolve
from kg.minutes.lists import split_people
from kg.minutes.model import Participant, Role
from kg.minutes.sections import Layout, read_sections
from kg.traced import taken

_FINNISH = """
1. Kokouksen avaus

Puheenjohtaja avasi kokouksen klo 9.02. Esityslista hyväksyttiin.

2. Hankkeen tilanne

Lehto kertoi hankkeen etenemisestä, joka on ollut hyvää.
"""


def reading(text: str) -> Reading:
    """A plain text, read through as a document is."""
    return read_through(Document(Path("memo.txt"), Form.TXT, text, "0", read_plain(text)))


def layout(text: str) -> Layout:
    """The parts of a plain text."""
    return read_sections(reading(text))


def people(listed: str, head: str = "Tietoryhmä\nAika: 6.3.2023 klo 9\n\n") -> list[str]:
    """The participants of a memo with such a list, as “name | body | role”, the absent with “-”."""
    found = layout(head + listed + _FINNISH).participants
    return [_written(one) for one in found]


def _written(one: Participant) -> str:
    mark = "" if one.present else "- "
    return f"{mark}{one.name} | {one.organisation or ''} | {one.role.value}"


USUAL = ["Anna Lehto | STM | chair", "Matti Virta | VM | member", "Kaisa Niemi | THL | secretary"]

SAME_PEOPLE = {
    "semicolons": "Läsnä: Anna Lehto (pj), STM; Matti Virta, VM; Kaisa Niemi (siht.), THL",
    "brackets": "Paikalla: Anna Lehto (STM, pj.), Matti Virta (VM), Kaisa Niemi (THL, siht.)",
    "flattened": "Läsnä\tJohtaja Anna Lehto (puheenjohtaja), STM Neuvos Matti Virta (jäsen), VM"
    " Erityisasiantuntija Kaisa Niemi (sihteeri), THL",
    "bodies before": "Läsnä: STM johtaja Anna Lehto (pj.), VM neuvos Matti Virta, THL tutkija Kaisa"
    " Niemi (siht.)",
    "lines": "Läsnä:\nAnna Lehto, STM, pj\nMatti Virta, VM\nKaisa Niemi, THL, siht",
    "numbered lines": "Läsnä:\n1. Anna Lehto, STM, pj\n2. Matti Virta, VM\n"
    "3. Kaisa Niemi, THL, siht",
    "dashes": "Läsnä:\n– johtaja Anna Lehto, STM, pj\n– neuvos Matti Virta, VM\n"
    "– neuvotteleva virkamies Kaisa Niemi, THL (sihteeri)",
    "tabs": "Osallistujat:\nAnna Lehto\tSTM\tpuheenjohtaja\nMatti Virta\tVM\tjäsen\n"
    "Kaisa Niemi\tTHL\tsihteeri",
    "wide gaps": "Läsnä:     Anna Lehto, pj.   STM\n           Matti Virta       VM\n"
    "           Kaisa Niemi, siht.  THL",
    "table": "Nimi\tRooli\tOrganisaatio\nAnna Lehto\tpuheenjohtaja\tSTM\nMatti Virta\t\tVM\n"
    "Kaisa Niemi\tsihteeri\tTHL",
    "two name columns": "Sukunimi\tEtunimi\tOrganisaatio\tRooli\nLehto\tAnna\tSTM\tpj\n"
    "Virta\tMatti\tVM\tjäsen\nNiemi\tKaisa\tTHL\tsiht.",
    "surname first": "Läsnä\nLehto Anna, puheenjohtaja, STM\nVirta Matti, jäsen, VM\n"
    "Niemi Kaisa, sihteeri, THL",
    "surname, comma": "Läsnä:\nLehto, Anna, STM (pj)\nVirta, Matti, VM\nNiemi, Kaisa, THL (siht)",
    "surname in capitals": "Läsnä:\nLEHTO Anna, pj, STM\nVIRTA Matti, VM\nNIEMI Kaisa, siht., THL",
    "roles as headings": "Puheenjohtaja: Anna Lehto, STM\nJäsenet: Matti Virta (VM)\n"
    "Sihteeri: Kaisa Niemi, THL",
    "bodies as labels": "Läsnä:\nSTM: Anna Lehto (pj)\nVM: Matti Virta\nTHL: Kaisa Niemi (siht.)",
    "bodies as headings": "Osallistujat\n\nSTM\nAnna Lehto, puheenjohtaja\n\nVM\nMatti Virta\n\n"
    "THL\nKaisa Niemi, sihteeri",
    "body first": "Osallistujat\nSTM\tAnna Lehto (pj)\nVM\tMatti Virta\nTHL\tKaisa Niemi (siht)",
    "a cell a line": "Läsnä\n\nAnna Lehto\npuheenjohtaja\nSTM\n\nMatti Virta\njäsen\nVM\n\n"
    "Kaisa Niemi\nsihteeri\nTHL",
    "wrapped": "Läsnä: Osastopäällikkö Anna Lehto, STM (puheenjohtaja), budjettineuvos Matti\n"
    "Virta, VM ja erityisasiantuntija Kaisa Niemi, THL (sihteeri)",
    "strokes": "Nimi | Organisaatio | Rooli\nAnna Lehto | STM | pj\nMatti Virta | VM | jäsen\n"
    "Kaisa Niemi | THL | sihteeri",
    "role of several": "Läsnä: Anna Lehto (jäsen, pj.), STM; Matti Virta, VM; Kaisa Niemi"
    " (jäsen, sihteeri), THL",
    "two in a row": "Läsnä\nAnna Lehto (STM, pj)        Matti Virta (VM)\nKaisa Niemi (THL, siht.)",
    "no space for a comma": "Läsnä: Anna Lehto, STM, pj.; Matti Virta, VM ;Kaisa Niemi, THL, siht.",
}


@pytest.mark.parametrize("listed", SAME_PEOPLE.values(), ids=SAME_PEOPLE.keys())
def test_the_same_people_however_they_are_listed(listed: str) -> None:
    assert people(listed + "\n") == USUAL


ABSENT = {
    "heading": "Läsnä: Anna Lehto\nPoissa: Matti Virta",
    "bracket": "Läsnä: Anna Lehto, Matti Virta (poissa)",
    "excused": "Läsnä:\nAnna Lehto\nMatti Virta (estynyt)",
    "apologies": "Present: Anna Lehto\nApologies for absence: Matti Virta",
    "regrets": "Present: Anna Lehto\nRegrets\nMatti Virta",
    "förhinder": "Närvarande: Anna Lehto\nAnmält förhinder: Matti Virta",
    "column": "Nimi\tLäsnä\nAnna Lehto\tx\nMatti Virta\t–",
    "two columns": "Nimi\tLäsnä\tPoissa\nAnna Lehto\tx\t\nMatti Virta\t\tx",
    "columns by place": "Nimi          Läsnä   Poissa\nAnna Lehto    x\nMatti Virta           x",
    "words in a column": "Namn\tNärvaro\nAnna Lehto\tJa\nMatti Virta\tNej",
    "unnamed column": "Name\tRole\t5 May\nAnna Lehto\tmember\t✓\nMatti Virta\tmember\tapologies",
}


@pytest.mark.parametrize("listed", ABSENT.values(), ids=ABSENT.keys())
def test_absent_people_are_marked(listed: str) -> None:
    assert people(listed + "\n") == ["Anna Lehto |  | member", "- Matti Virta |  | member"]


HEADED = {
    "Jäsenet": "member",
    "Varajäsenet": "deputy",
    "Kutsutut asiantuntijat": "expert",
    "Muut läsnäolijat": "other",
    "Ersättare": "deputy",
    "Inbjudna sakkunniga": "expert",
    "Sekretariatet": "secretary",
    "Vice ordförande": "vice-chair",
    "Non-members attending": "other",
    "Invited experts": "expert",
    "Deputy Chair": "vice-chair",
    "Panel members attending": "member",
    "Additional attendees": "other",
}


@pytest.mark.parametrize(("heading", "role"), HEADED.items())
def test_a_heading_gives_the_role_of_those_under_it(heading: str, role: str) -> None:
    assert people(f"{heading}\nMatti Virta, VM\n") == [f"Matti Virta | VM | {role}"]


OWN_ROLES = {
    "pj.": "chair",
    "ordf.": "chair",
    "Chair": "chair",
    "varapuheenjohtaja": "vice-chair",
    "1:e vice ordförande": "vice-chair",
    "sekr.": "secretary",
    "pääsihteeri": "secretary",
    "scribe": "secretary",
    "sijainen": "deputy",
    "suppleant": "deputy",
    "for Helen Straw": "deputy",
    "i stället för Nils Hök": "deputy",
    "Olli Kosken sijaan": "deputy",
    "kutsuttu asiantuntija kohdassa 4": "expert",
    "invited, item 4": "expert",
    "adjungerad": "expert",
    "observer": "other",
}


@pytest.mark.parametrize(("words", "role"), OWN_ROLES.items())
def test_words_in_brackets_give_the_role(words: str, role: str) -> None:
    assert people(f"Läsnä:\nMatti Virta ({words}), VM\n") == [f"Matti Virta | VM | {role}"]


@pytest.mark.parametrize(
    "words", ["etäyhteydellä", "phone", "items 1–3", "poistui klo 10.15", "§ 86–87", "via länk"]
)
def test_how_and_when_somebody_was_there_is_no_body(words: str) -> None:
    assert people(f"Läsnä:\nMatti Virta ({words})\n") == ["Matti Virta |  | member"]


NAMES = {
    "von Essen, Carl": "Carl von Essen",
    "Carl af Klint": "Carl af Klint",
    "Anna Maria Lehto": "Anna Maria Lehto",
    "Jukka-Pekka Lahtela": "Jukka-Pekka Lahtela",
    "A. Lehto": "A. Lehto",
    "J.-P. Lahtela": "J.-P. Lahtela",
    "Anna LEHTO": "Anna Lehto",
    "Dame Harriet Colclough": "Harriet Colclough",
    "Ms Pernille Aarup": "Pernille Aarup",
    "neuvotteleva virkamies Anna Lehto": "Anna Lehto",
    "Head of Spending Control Tom Hart": "Tom Hart",
    "Ritva Korhonen Berg, jurist, IMY": "Ritva Korhonen Berg",
    "Siân O’Neill": "Siân O’Neill",
}


@pytest.mark.parametrize(("written", "name"), NAMES.items())
def test_names_of_every_form(written: str, name: str) -> None:
    found = layout(f"Työryhmä\n\nLäsnä:\n{written}\n{_FINNISH}").participants
    assert [one.name for one in found] == [name]


def test_lists_of_surnames_or_first_names_alone() -> None:
    assert people("Läsnä: Lehto (pj), Virta, Niemi (siht.)\n") == [
        "Lehto |  | chair",
        "Virta |  | member",
        "Niemi |  | secretary",
    ]
    assert people("Present: Anna Lehto, Matti, Priya\nChair: Anna\n") == [
        "Anna Lehto |  | chair",
        "Matti |  | member",
        "Priya |  | member",
    ]


def test_a_body_in_brackets_is_shared_by_the_bare_names_before_it() -> None:
    assert people(
        "Läsnä: Anna Lehto, Matti Virta (Vaara), Kodo Korpi ja Kaisa Niemi (Helle)\n"
    ) == [
        "Anna Lehto | Vaara | member",
        "Matti Virta | Vaara | member",
        "Kodo Korpi | Helle | member",
        "Kaisa Niemi | Helle | member",
    ]


def test_a_body_without_a_name_before_it_is_nobodys() -> None:
    assert people("Läsnä: Johtaja Anna Lehto (pääsihteeri), neuvos Matti Virta (jäsen), VM\n") == [
        "Anna Lehto |  | secretary",
        "Matti Virta | VM | member",
    ]


def test_initials_and_nicknames_are_kept() -> None:
    found = layout(
        'Työryhmä\n\nLäsnä: Anna Lehto (STM, AL), Kari "Kape" Ojala (VM), Pat Morrow [pmorrow]\n'
        f"{_FINNISH}"
    ).participants
    assert [(one.initials, one.nickname) for one in found] == [
        ("AL", None),
        (None, "Kape"),
        (None, "pmorrow"),
    ]


def test_a_known_body_in_brackets_is_no_initials() -> None:
    assert people("Läsnä:\nVirta Matti (VM)\nLehto Anna (STM)\n") == [
        "Matti Virta | VM | member",
        "Anna Lehto | STM | member",
    ]


def test_somebody_listed_twice_is_one_person() -> None:
    listed = "Chair: Anna Lehto\nMinutes: Matti Virta\nPresent: Anna Lehto, Matti Virta (VM)\n"
    assert people(listed) == ["Anna Lehto |  | chair", "Matti Virta | VM | secretary"]


def test_a_deputy_in_the_row_of_a_member() -> None:
    listed = "Jäsen\tVarajäsen\tTaho\nAnna Lehto (poissa)\tOlli Koski\tSTM\n"
    assert people(listed) == ["- Anna Lehto | STM | member", "Olli Koski | STM | deputy"]


def test_those_in_attendance_for_an_item_were_invited() -> None:
    listed = "In attendance:\nAnna Lehto (item 3), THL\nMatti Virta, VM\n"
    assert people(listed) == ["Anna Lehto | THL | expert", "Matti Virta | VM | other"]


def test_a_list_at_the_end_of_the_memo() -> None:
    found = layout(
        f"Tietoryhmä 6.3.2023\n{_FINNISH}\nOsallistujat\n\nAnna Lehto, STM\nMatti Virta, VM\n\n"
        "Poissa\n\nOlli Koski, OM\n"
    )
    assert [_written(one) for one in found.participants] == [
        "Anna Lehto | STM | member",
        "Matti Virta | VM | member",
        "- Olli Koski | OM | member",
    ]
    assert [section.item.title for section in found.sections if section.item] == [
        "Kokouksen avaus",
        "Hankkeen tilanne",
    ]


def test_letters_of_parties_are_no_ministries() -> None:
    found = layout(
        "Socialnämnden\n\nBeslutande:\nAnna Lundqvist (S), ordförande\nMats Ek (V)\n"
        "Eva Åberg (C)\n\n§ 1 Öppnande\n\nOrdföranden öppnade mötet.\n"
    ).participants
    assert [(one.organisation, one.body) for one in found] == [
        ("S", None),
        ("V", None),
        ("C", None),
    ]


def test_sentences_about_people_are_no_list() -> None:
    text = (
        f"Työryhmä\n\nLäsnä: Anna Lehto\n{_FINNISH}\nLäsnä olleet jäsenet keskustelivat pitkään ja "
        "Matti Virta lähti klo 10.\n"
    )
    assert [one.name for one in layout(text).participants] == ["Anna Lehto"]


def test_a_sentence_tells_who_took_the_minutes() -> None:
    text = (
        "Ryhmä\n\nLäsnä: Anna Lehto, Matti Virta\n\n1. Avaus\n\n"
        "Sihteeriksi valittiin Matti Virta.\n\n2. Muut asiat\n\nEi ollut.\n"
    )
    assert [one.role for one in layout(text).participants] == [Role.MEMBER, Role.SECRETARY]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("sosiaali- ja terveystieteiden ministeriö", "STM"),
        ("valtionvarainministeriö", "VM"),
        ("sisäminsteriö", "SM"),
        ("Inrikesministeriet", "SM"),
        ("utrikesministeriet", "UM"),
        ("Ministry of Taxation", None),
        ("Ministry of Social Affairs", None),
        ("vm", None),
    ],
)
def test_misprints_of_bodies_are_seen_through_and_others_kept_apart(
    written: str, key: str | None
) -> None:
    found = resolve(written)
    assert (found.body.key if found else None) == key


def test_a_repaired_body_is_remarked_on() -> None:
    found = layout(f"Ryhmä\n\nLäsnä:\nAnna Lehto, valtionvarainministeriö\n{_FINNISH}")
    assert [one.organisation for one in found.participants] == ["valtiovarainministeriö"]
    assert [remark.message for remark in found.remarks] == [
        "“valtionvarainministeriö” is read as “valtiovarainministeriö”"
    ]


def test_entries_keep_their_place_in_the_source() -> None:
    text = "Läsnä: Anna Lehto (VM), Matti Virta (OM)"
    entries = split_people(taken(text)[7:])
    assert [text[slice(*entry.span())] for entry in entries] == [
        "Anna Lehto (VM)",
        "Matti Virta (OM)",
    ]


@pytest.mark.parametrize("unit", ["Anna Lehto ", "(", "Aaa Bbb, ", "ja ", "\t x"])
def test_a_very_long_line_is_read_in_linear_time(unit: str) -> None:
    layout("Läsnä: Anna Lehto, " + unit * 2000)


def test_a_firm_that_is_called_after_somebody_is_no_second_person() -> None:
    listed = "Present:\nMatt Wilson, Matt Wilson Associates\nAnna Lehto, VM\n"
    assert people(listed) == [
        "Matt Wilson | Matt Wilson Associates | member",
        "Anna Lehto | VM | member",
    ]


def test_somebody_present_and_absent_is_remarked_on() -> None:
    found = layout(f"Board\n\nPresent: Anna Lehto, Matti Virta\nApologies: Anna Lehto\n{_FINNISH}")
    assert [one.present for one in found.participants] == [False, True]
    assert [remark.message for remark in found.remarks] == [
        "Anna Lehto is listed as present and as absent"
    ]
