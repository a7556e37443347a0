"""Decisions and tasks, by what minutes in three languages write."""

from __future__ import annotations

import pytest

from minutes_talk import speakers, talk

# The language, the text, who speaks, how many decisions, and the tasks: who is to act, by when.
CASES: list[tuple[str, str, str, int, list[tuple[str | None, str | None]]]] = [
    ("fi", "Työryhmä päätti pyytää lausunnon.", "", 1, []),
    ("fi", "Rautio avasi kokouksen. Esityslista hyväksyttiin.", "Anna", 1, []),
    ("fi", "Sihteeri toimittaa muistion 15.4. mennessä.", "", 0, [("sihteeri", "2024-04-15")]),
    ("fi", "Lehto selvittää asiaa seuraavaan kokoukseen.", "", 0, [("Lehto", None)]),
    (
        "fi",
        "Sovittiin, että Niemi ja Halko laativat muistion toukokuun loppuun mennessä.",
        "",
        1,
        [("Niemi ja Halko", "2024-05")],
    ),
    ("fi", "Päätös: Hyväksyttiin esitys.", "", 1, []),
    ("fi", "Päätös\nHyväksyttiin esitys. Merkittiin tiedoksi.", "", 2, []),
    ("fi", "Puheenjohtajan ehdotuksesta päätettiin jatkaa valmistelua.", "", 1, []),
    ("fi", "Merkittiin Lehdon selvitys tiedoksi.", "", 1, []),
    ("fi", "Sovittiin, että asiaan palataan.", "", 1, []),
    ("fi", "Muistio hyväksyttiin pienin korjauksin.", "", 1, []),
    (
        "fi",
        "Mäki toivoi, että asia etenee. Sihteeri lupasi selvittää asian.",
        "Pekka Ville",
        0,
        [("sihteeri", None)],
    ),
    ("fi", "Toimenpide: Lehto laatii luonnoksen 1.6. mennessä.", "", 0, [("Lehto", "2024-06-01")]),
    ("fi", "VM:ltä pyydetään lausunto.", "", 0, [("VM", None)]),
    (
        "fi",
        "Outi kertoi THL:n tutkimuksesta. Tutkimus valmistuu syksyllä. Outi lähettää linkin.",
        "Outi",
        0,
        [("Outi", None)],
    ),
    ("fi", "Tarkastajiksi valittiin Mäki ja Lehto.", "", 1, []),
    ("fi", "Mäki valittiin sihteeriksi.", "", 1, []),
    (
        "fi",
        "Rautio avasi kokouksen ja totesi sen päätösvaltaiseksi. Hyväksyttiin työjärjestys.",
        "Anna",
        1,
        [],
    ),
    ("fi", "Hyväksyttiin edellisen kokouksen pöytäkirja.", "", 1, []),
    ("fi", "Edellisen kokouksen pöytäkirja tarkastettiin ja hyväksyttiin.", "", 1, []),
    ("fi", "Kokous hyväksyi esityslistan.", "", 1, []),
    ("fi", "Ohjausryhmä merkitsi tilannekatsauksen tiedoksi.", "", 1, []),
    ("fi", "Päätettiin, että seuraava kokous pidetään 2.4.", "", 1, []),
    ("fi", "Valmistelua päätettiin jatkaa.", "", 1, []),
    ("fi", "Asia jätettiin pöydälle.", "", 1, []),
    (
        "fi",
        "Mäki lähettää luvut sihteerille viimeistään 20.3.2024.",
        "",
        0,
        [("Mäki", "2024-03-20")],
    ),
    (
        "fi",
        "Sihteeristö kokoaa kommentit ma 25.3. mennessä.",
        "",
        0,
        [("sihteeristö", "2024-03-25")],
    ),
    ("fi", "Kommentit luonnokseen pyydetään 5.4. mennessä.", "", 0, [(None, "2024-04-05")]),
    (
        "fi",
        "SM ja VM valmistelevat yhteisen esityksen syyskuuhun mennessä.",
        "",
        0,
        [("SM ja VM", "2024-09")],
    ),
    ("fi", "Lehto ehdotti, että pyydetään lausunto. Ehdotus hyväksyttiin.", "Liisa", 1, []),
    ("fi", "Lehto ehdotti lausuntoa. Näin päätettiin.", "Liisa", 1, []),
    ("fi", "Päätös: Merkittiin tiedoksi.", "", 1, []),
    ("fi", "Linjaus: Jatketaan vaihtoehdolla A.", "", 1, []),
    ("fi", "Halko sulkee palvelun vuoden loppuun mennessä.", "", 0, [("Halko", "2024-12")]),
    (
        "fi",
        "Päätettiin, että ministeriöt toimittavat luvut ennen juhannusta.",
        "",
        1,
        [("ministeriöt", "2024-06")],
    ),
    ("fi", "Työryhmä keskusteli asiasta. Se päätti jatkaa.", "", 1, []),
    ("fi", "Muistio todettiin oikeaksi.", "", 1, []),
    (
        "fi",
        "Kirjastojen kuvailuryhmä ottaa listan käsittelyyn 2.4.",
        "",
        0,
        [("Kirjastojen kuvailuryhmä", "2024-04-02")],
    ),
    ("sv", "Ärendet tas upp på nytt i december.", "", 1, []),
    ("sv", "Berg stänger tjänsten före årsskiftet.", "", 0, [("Berg", "2024-12")]),
    ("sv", "Berg kollar saken före midsommar.", "", 0, [("Berg", "2024-06")]),
    ("sv", "Arbetsgruppen diskuterade saken. Den beslutade att fortsätta.", "", 1, []),
    ("sv", "Arbetsgruppen beslöt att begära utlåtande.", "", 1, []),
    ("sv", "Beslutades att frågan bordläggs.", "", 1, []),
    ("sv", "Protokollet godkändes.", "", 1, []),
    ("sv", "Rapporten antecknades för kännedom.", "", 1, []),
    (
        "sv",
        "Sekreteraren skickar ut protokollet senast 15.4.",
        "",
        0,
        [("sekreteraren", "2024-04-15")],
    ),
    ("sv", "Berg utreder saken till nästa möte.", "", 0, [("Berg", None)]),
    ("sv", "Berg åtog sig att utreda saken.", "Olof", 0, [("Berg", None)]),
    ("sv", "På förslag av ordföranden beslutades att skjuta upp ärendet.", "", 1, []),
    (
        "sv",
        "Åtgärd: Berg tar fram ett underlag senast den 1 juni.",
        "",
        0,
        [("Berg", "2024-06-01")],
    ),
    ("sv", "Mötet enades om att fortsätta beredningen.", "", 1, []),
    ("sv", "Beslut: Förslaget godkändes.", "", 1, []),
    ("sv", "Till justerare valdes Ask och Berg.", "", 1, []),
    ("sv", "Berg och Ask ska ta fram ett förslag.", "", 0, [("Berg och Ask", None)]),
    ("sv", "Man beslöt att fortsätta.", "", 1, []),
    ("sv", "Lindqvist föreslog att ett utlåtande begärs. Förslaget godkändes.", "Maria", 1, []),
    (
        "sv",
        "Sekreteraren sammanställer svaren före utgången av maj.",
        "",
        0,
        [("sekreteraren", "2024-05")],
    ),
    (
        "sv",
        "SHM och FM bereder ett gemensamt förslag till september.",
        "",
        0,
        [("SHM och FM", "2024-09")],
    ),
    ("sv", "Det beslutades att Berg tar kontakt med kommunerna.", "", 1, [("Berg", None)]),
    ("sv", "Nämnden beslutar att anta planen.", "", 1, []),
    ("sv", "Ärendet bordlades.", "", 1, []),
    ("sv", "Åtgärd: sekreteraren skickar kallelse.", "", 0, [("sekreteraren", None)]),
    ("en", "The Board noted the report.", "", 1, []),
    ("en", "The Board noted that the report was late.", "", 1, []),
    ("en", "It was agreed that the report be published.", "", 1, []),
    ("en", "The minutes were approved.", "", 1, []),
    ("en", "RESOLVED: that the report be published.", "", 1, []),
    ("en", "Mr Poole was asked to draft a note by 1 June.", "", 0, [("Poole", "2024-06-01")]),
    ("en", "ACTION: Mr Poole to draft a note by the end of June.", "", 0, [("Poole", "2024-06")]),
    (
        "en",
        "Action – Ruth Marsh: circulate the paper by 2 April 2024.",
        "",
        0,
        [("Ruth Marsh", "2024-04-02")],
    ),
    ("en", "Ms Marsh will circulate the paper.", "", 0, [("Marsh", None)]),
    ("en", "Secretary to circulate minutes.", "", 0, [("Secretary", None)]),
    ("en", "The Committee approved the budget.", "", 1, []),
    ("en", "Decision: the budget was approved.", "", 1, []),
    (
        "en",
        "Ms Moss presented the paper.\nThe paper sets out three options.\n"
        "The Board agreed option 2.",
        "Sara",
        1,
        [],
    ),
    ("en", "The group agreed to meet again and thanked Ms Moss.", "", 1, []),
    ("en", "After discussion, the Board decided to defer the item.", "", 1, []),
    ("en", "The proposal was carried unanimously.", "", 1, []),
    ("en", "The Committee considered the paper and agreed to fund it.", "", 1, []),
    ("en", "Agreed: to fund the trial.", "", 1, []),
    ("en", "The Board AGREED to fund the trial.", "", 1, []),
    (
        "en",
        "Dr Shah agreed to draft the terms by Friday 22 March.",
        "Imran",
        0,
        [("Shah", "2024-03-22")],
    ),
    (
        "en",
        "Actions:\n- Dr Shah to draft terms\n- Ms Moss to book a room by 1 May",
        "",
        0,
        [("Shah", None), ("Moss", "2024-05-01")],
    ),
    ("en", "[Action: Dr Shah to draft terms]", "", 0, [("Shah", None)]),
    ("en", "The minutes were agreed as a correct record.", "", 1, []),
    ("en", "Report noted.", "", 1, []),
    ("en", "The update was noted.", "", 1, []),
    ("en", "Members noted the update.", "", 1, []),
    ("en", "The Panel recommends adoption.", "", 1, []),
    ("en", "The Board was invited to declare any interests.", "", 0, []),
    ("en", "The Board was content.", "", 1, []),
    ("en", "The Board noted the plan. It agreed to fund it.", "", 2, []),
    ("en", "The plan is long. It agreed with the old one.", "", 0, []),
    ("en", "The Board approved Annex B. It further resolved that the fee stays.", "", 2, []),
    (
        "en",
        "Mr Poole pointed out a slip. Subject to that, the minutes were approved.",
        "David",
        1,
        [],
    ),
    ("en", "With that addition the agenda was adopted.", "", 1, []),
    (
        "en",
        "RESOLUTION 12/3: The Board instructs Ms Moss to define terms by 2024-06-01.",
        "",
        1,
        [("Moss", "2024-06-01")],
    ),
    (
        "en",
        "It was agreed that the ministries send comments to Ms Moss by 8 April.",
        "",
        1,
        [("ministries", "2024-04-08")],
    ),
    ("en", "The reports were received with thanks.", "", 1, []),
]


@pytest.mark.parametrize(("language", "text", "spoken", "decided", "tasks"), CASES)
def test_decisions_and_actions(
    language: str,
    text: str,
    spoken: str,
    decided: int,
    tasks: list[tuple[str | None, str | None]],
) -> None:
    found = talk(text, language)
    assert " ".join(speakers(found)) == spoken
    assert len(found.decisions) == decided
    if tasks:
        assert [(one.responsible, one.due) for one in found.actions] == tasks


def test_items_below_what_announces_decisions_are_one_each() -> None:
    text = "The Board agreed that:\n- the report be published. It is long.\n- fees stay."
    found = [one.text for one in talk(text, "en").decisions]
    assert found == ["the report be published. It is long.", "fees stay."]


def test_a_label_alone_stands_over_the_block_below_it() -> None:
    found = talk("Beslut\nPlanen antas. Avgiften höjs inte.\nMötet fortsatte.", "sv")
    assert [one.text for one in found.decisions] == ["Planen antas.", "Avgiften höjs inte."]


def test_a_label_is_no_part_of_a_decision_and_its_place_is_the_sources() -> None:
    text = "Päätös: Esitys hyväksyttiin."
    (one,) = talk(text, "fi").decisions
    assert one.text == "Esitys hyväksyttiin."
    assert text[slice(*one.span)] == one.text


def test_a_task_behind_a_decision_belongs_to_both() -> None:
    found = talk("Päätös: Asia jää pöydälle. Lehto ilmoittaa tuloksesta 2.4.", "fi")
    assert [one.text for one in found.decisions] == [
        "Asia jää pöydälle.",
        "Lehto ilmoittaa tuloksesta 2.4.",
    ]
    assert [(one.responsible, one.due) for one in found.actions] == [("Lehto", "2024-04-02")]


def test_a_table_of_actions() -> None:
    text = (
        "Nro\tToimenpide\tVastuu\tAikataulu\n"
        "1/1\tLuonnoksen viimeistely\tLehto ja Mäki\t12.4.\n"
        "1/2\tKommentit\tVM\theti\n"
    )
    found = talk(text, "fi").actions
    assert [(one.text, one.responsible, one.due, one.due_written) for one in found] == [
        ("Luonnoksen viimeistely", "Lehto ja Mäki", "2024-04-12", "12.4."),
        ("Kommentit", "VM", None, "heti"),
    ]
    assert text[slice(*found[1].span)] == "Kommentit"


def test_a_column_of_a_table_of_actions_can_name_the_item() -> None:
    text = "Kohta\tTehtävä\tVastuu\tMääräaika\n3b\tLuonnos\tLehto\t2024-05\n4\tKommentit\tVM\t\n"
    found = talk(text, "fi").actions
    assert [(one.item, one.responsible, one.due) for one in found] == [
        ("3b", "Lehto", "2024-05"),
        ("4", "VM", None),
    ]


def test_a_table_of_actions_that_lost_its_columns() -> None:
    text = (
        "Nro Toimenpide Vastuu Määräaika\n"
        "11/1 Mallin laskelmat VM (Mäki) 12.4.2024\n"
        "11/2 Lausuntojen kokoaminen STM toukokuu 2024\n"
        "11/3 Suunnitelman viimeistely SM heti\n"
    )
    assert [(one.text, one.responsible, one.due) for one in talk(text, "fi").actions] == [
        ("Mallin laskelmat", "VM (Mäki)", "2024-04-12"),
        ("Lausuntojen kokoaminen", "STM", "2024-05"),
        ("Suunnitelman viimeistely", "SM", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "27-A Moss Definition of terms 2024-06-01\n27-B Dr Shah Redraft of clause 6",
        "27-A\tMoss\tDefinition of terms\t1 June 2024\n27-B\tShah\tRedraft of clause 6\t",
    ],
)
def test_a_table_without_a_head_below_a_heading_of_actions(text: str) -> None:
    found = talk(text, "en", title="Actions").actions
    assert [(one.text, one.responsible, one.due) for one in found] == [
        ("Definition of terms", "Moss", "2024-06-01"),
        ("Redraft of clause 6", found[1].responsible, None),
    ]
    assert (found[1].responsible or "").endswith("Shah")
    assert not talk(text, "en", title="Other business").actions


def test_a_list_below_a_heading_of_decisions() -> None:
    found = talk("- The fee stays.\n- A group is set up.", "en", title="Decisions").decisions
    assert [one.text for one in found] == ["The fee stays.", "A group is set up."]


def test_labels_in_a_row_are_one_action() -> None:
    text = "Åtgärd: Ta fram en jämförelse. Ansvarig: Berg. Klart: 29/3."
    (one,) = talk(text, "sv").actions
    assert (one.text, one.responsible, one.due) == ("Ta fram en jämförelse.", "Berg", "2024-03-29")


def test_who_is_responsible_in_a_cell_or_a_line_of_its_own() -> None:
    (cell,) = talk("Täytäntöönpano:\thallintosihteeri, ote 31.5.2024", "fi").actions
    assert (cell.responsible, cell.due) == ("hallintosihteeri", "2024-05-31")
    (line,) = talk("Toimenpide: Mallin laskelmat\nVastuu: Lehto\nAikataulu: 2.4.", "fi").actions
    assert (line.text, line.responsible, line.due) == ("Mallin laskelmat", "Lehto", "2024-04-02")


def test_sentences_behind_an_action_that_give_no_task_belong_to_it() -> None:
    text = "Action: Ms Moss to ask the supplier. This will help others."
    (one,) = talk(text, "en").actions
    assert one.text == "Ms Moss to ask the supplier. This will help others."
    assert one.responsible == "Moss"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ms Moss to report by the end of April.", "2024-04"),
        ("Ms Moss to report by 10 January.", "2025-01-10"),
        ("Ms Moss to report by 14 March.", "2024-03-14"),
        ("Ms Moss to report to the September meeting.", "2024-09"),
        ("Ms Moss to report in week 43.", "2024-10"),
        ("Ms Moss to report by 31/5.", "2024-05-31"),
        ("Ms Moss to report by the end of 2025.", "2025-12"),
        ("Ms Moss to report before Christmas.", "2024-12"),
        ("Ms Moss to report on the year 2025.", None),
        ("Ms Moss to report soon.", None),
        ("Ms Moss may report to others.", None),
    ],
)
def test_a_deadline_takes_the_next_such_day_from_the_meeting_on(
    text: str, expected: str | None
) -> None:
    assert [one.due for one in talk(f"Action: {text}", "en").actions] == [expected]


def test_tasks_told_of_in_a_speech_are_none() -> None:
    text = "Halko totesi, että työ jatkuu. SM valmistelee koulutusta. Mäki: Lehto laatii mallin."
    assert not talk(text, "fi").actions
