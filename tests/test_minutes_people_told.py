"""People where no tidy list tells them: prose, ticks, deputies, roles elsewhere, odd tables."""

from __future__ import annotations

import pytest

from kg.minutes.bodies import resolve
from test_minutes_structure import layout, people

_HEAD = "Harbour Data Board\n6 March 2023\n\n"
_ITEMS = "\n\n1. Welcome\n\nThe Chair welcomed everybody to the meeting.\n\n2. Close\n\nNone.\n"


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (
            "Kokoukseen osallistuivat ympäristöministeriöstä Anna Lehto (pj.) ja Matti Virta,\n"
            "Traficomista Kaisa Niemi sekä Kelasta Timo Salo. Poissa oli Outi Aho (Vesiliitto).\n",
            [
                "Anna Lehto | ympäristöministeriö | chair",
                "Matti Virta | ympäristöministeriö | member",
                "Kaisa Niemi | Traficom | member",
                "Timo Salo | Kela | member",
                "- Outi Aho | Vesiliitto | member",
            ],
        ),
        (
            "Jäsenet:\n x  Anna Lehto, STM (pj.)\n    Matti Virta, VM\n x  Kaisa Niemi, THL\n",
            [
                "Anna Lehto | STM | chair",
                "- Matti Virta | VM | member",
                "Kaisa Niemi | THL | member",
            ],
        ),
        (
            "Läsnä:\nSTM: Anna Lehto (pj)\nVM: -\nTHL: Kaisa Niemi\nKela: poissa\nOKM: Timo Salo\n",
            [
                "Anna Lehto | STM | chair",
                "Kaisa Niemi | THL | member",
                "Timo Salo | OKM | member",
            ],
        ),
        (
            "Läsnä: Anna Lehto, STM, pj; Matti Virta, VM\nAsiantuntijana kohdassa 2: Kaisa Niemi\n",
            [
                "Anna Lehto | STM | chair",
                "Matti Virta | VM | member",
                "Kaisa Niemi |  | expert",
            ],
        ),
        (
            "Osallistujat\nNimi Tehtävä Lisätiedot\nLäsnä\nLehto Anna puheenjohtaja\n"
            "Virta Matti varajäsen Timo Salon tilalla\nNiemi Kaisa nuorisovaltuuston edustaja\n",
            [
                "Anna Lehto |  | chair",
                "Matti Virta |  | deputy",
                "Kaisa Niemi | nuorisovaltuusto | member",
            ],
        ),
    ],
)  # fmt: skip
def test_people_are_found_without_a_tidy_list(listed: str, expected: list[str]) -> None:
    assert people(f"{listed}\n", "Tietoryhmä\nAika: 6.3.2023 klo 9\n\n") == expected


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("Per Ek, SKR, ersätter Jonas Wik", [("Per Ek", "SKR", "deputy", True)]),
        ("Prof. Ann Lee, University of Hull (for item 3)",
         [("Ann Lee", "University of Hull", "member", True)]),
        ("Tom Nord, Finland's Swedish Authors' Association",
         [("Tom Nord", "Finland's Swedish Authors' Association", "member", True)]),
        ("Ann Lee (AL, chair), Tom Hart (TH), Sean Byrne (SB)",
         [("Ann Lee", None, "chair", True), ("Tom Hart", None, "member", True),
          ("Sean Byrne", None, "member", True)]),
        ("Pirkko (pj), Jaana K., Jaana L.",
         [("Pirkko", None, "chair", True), ("Jaana K.", None, "member", True),
          ("Jaana L.", None, "member", True)]),
    ],
)  # fmt: skip
def test_an_entry_of_a_list(listed: str, expected: list[tuple[str, str | None, str, bool]]) -> None:
    found = layout(f"{_HEAD}Present: {listed}{_ITEMS}").participants
    assert [(one.name, one.organisation, one.role.value, one.present) for one in found] == expected


def test_items_behind_a_title_are_no_part_of_it() -> None:
    found = layout(f"{_HEAD}Present:\nTom Lind, fastighetschef §§ 41-43{_ITEMS}").participants
    assert [one.title for one in found] == ["fastighetschef"]


def test_a_chair_elsewhere_is_a_title_and_one_under_both_headings_is_the_chair() -> None:
    listed = (
        "Chair:\n- Ann Lee, Treasury\n\nMembers:\n- chair Tom Hart, Writers' Union\n- Ida Ek, NAO"
    )
    found = layout(f"{_HEAD}{listed}{_ITEMS}").participants
    assert [(one.name, one.role.value) for one in found] == [
        ("Ann Lee", "chair"), ("Tom Hart", "member"), ("Ida Ek", "member"),
    ]  # fmt: skip
    both = "Chair: Ann Lee (Treasury)\n\nName\tBody\tRole\nAnn Lee\tTreasury\tchair\nIda Ek\tNAO\t-"
    first, *_ = layout(f"{_HEAD}{both}{_ITEMS}").participants
    assert (first.role.value, first.title) == ("chair", None)


def test_of_two_columns_for_roles_one_is_a_title() -> None:
    table = (
        "Nimi\tTehtävä\tOrganisaatio\tRooli\nAnna Lehto\tjohtaja\tSTM\tpj\nTimo Salo\tjuristi\tVM\t"
    )
    found = layout(f"{_HEAD}{table}{_ITEMS}").participants
    assert [(one.title, one.role.value) for one in found] == [
        ("johtaja", "chair"), ("juristi", "member"),
    ]  # fmt: skip


def test_apologies_in_a_sentence_add_to_a_list() -> None:
    text = f"{_HEAD}Present: Ann Lee (NAO), Tom Hart (Treasury)\n\n"
    told = "Apologies were received from Chloe Grant (Jisc)."
    found = layout(f"{text}{told}{_ITEMS}").participants
    assert [one.name for one in found if not one.present] == ["Chloe Grant"]


def test_a_ministry_inside_of_another_ones_name_is_no_misprint() -> None:
    assert resolve("Ministry of Horticulture") is None


def test_abbreviated_ranks_before_a_name_end_no_sentence() -> None:
    listed = "Members:\nDet. Supt. Alan Crewe (Police Council)\nLt Col Ben Frost (Treasury)"
    found = layout(f"{_HEAD}{listed}{_ITEMS}").participants
    assert [one.name for one in found] == ["Alan Crewe", "Ben Frost"]


def test_a_heading_that_explains_marks_gives_them_their_meaning() -> None:
    listed = (
        "Participants (x = in the room, t = by Teams, - = absent)\n\n"
        "x   Ann Lee, head of unit    Treasury (HMT), chair\nt   Tom Hart, adviser    NAO\n"
        "-   Ida Ek, analyst    Jisc\n"
    )
    found = layout(f"{_HEAD}{listed}{_ITEMS}").participants
    assert [(one.name, one.present) for one in found] == [
        ("Ann Lee", True), ("Tom Hart", True), ("Ida Ek", False),
    ]  # fmt: skip


def test_a_label_in_a_column_of_its_own_may_go_on_in_the_next_line() -> None:
    listed = (
        "Beslutande          Birgitta Hell, SKR, ordförande\n"
        "                    Fatima Osman, Jisc\n\n"
        "Övriga              Ulf Ramström, chef\n"
        "närvarande          Emelie Grahn, planerare\n"
        "                    Hassan Jaber, ekonom\n"
    )
    found = layout(
        f"Nämnden\n2025-05-14\n\n{listed}\n§ 1  Öppnande\n\nMötet öppnades.\n"
    ).participants
    assert [(one.name, one.role.value) for one in found] == [
        ("Birgitta Hell", "chair"), ("Fatima Osman", "member"), ("Ulf Ramström", "other"),
        ("Emelie Grahn", "other"), ("Hassan Jaber", "other"),
    ]  # fmt: skip


def test_members_present_is_no_head_of_two_columns() -> None:
    listed = (
        "Secretary: Ms Ann Lee (National Audit Office)\n"
        "Members present: Mr Tom Hart (Treasury); Ms Ida Ek (Jisc)"
    )
    found = layout(f"{_HEAD}{listed}{_ITEMS}").participants
    assert [one.role.value for one in found] == ["secretary", "member", "member"]


def test_who_is_beside_the_members_is_told_in_prose() -> None:
    listed = (
        "Ann Lee (Treasury) took the chair. Also present were Tom Hart (NAO) and Ida Ek (Jisc). "
        "In attendance: Joan Beck, Partnership Manager, and Phil Crane, Officer, who took the "
        "minutes. Dr Rita Roth (University of Hull) attended for item 2 at the invitation of the "
        "Board."
    )
    found = layout(f"{_HEAD}{listed}{_ITEMS}").participants
    assert [(one.name, one.role.value) for one in found] == [
        ("Ann Lee", "chair"), ("Tom Hart", "member"), ("Ida Ek", "member"),
        ("Joan Beck", "other"), ("Phil Crane", "secretary"), ("Rita Roth", "expert"),
    ]  # fmt: skip


def test_a_president_beside_the_chair_presides_elsewhere() -> None:
    listed = (
        "Attendance\n\nTreasury\n    Ann Lee, Director (Chair)\nPharmacy Council\n"
        "    Tom Hart, President\nCouncil for Communities (CfC)\n    Ida Ek, Analyst\n"
    )
    found = layout(f"{_HEAD}{listed}{_ITEMS}").participants
    assert [(one.name, one.organisation, one.role.value) for one in found] == [
        ("Ann Lee", "Treasury", "chair"),
        ("Tom Hart", "Pharmacy Council", "member"),
        ("Ida Ek", "Council for Communities", "member"),
    ]  # fmt: skip


def test_several_sentences_behind_a_label_tell_who_was_there() -> None:
    listed = (
        "Läsnä: Kokousta johti johtaja Anna Lehto (STM). Varapuheenjohtajana toimi neuvos Matti "
        "Virta (VM). Muista jäsenistä paikalla olivat tutkija Kaisa Niemi (THL) ja Timo Salo "
        "(Kela). Asiantuntijoina osallistuivat Outi Aho (SYKE) ja Ida Ek (Traficom). Sihteerinä "
        "oli tarkastaja Satu Mäki (STM)."
    )
    assert people(f"{listed}\n", "Tietoryhmä\nAika: 6.3.2023 klo 9\n\n") == [
        "Anna Lehto | STM | chair",
        "Matti Virta | VM | vice-chair",
        "Kaisa Niemi | THL | member",
        "Timo Salo | Kela | member",
        "Outi Aho | SYKE | expert",
        "Ida Ek | Traficom | expert",
        "Satu Mäki | STM | secretary",
    ]


def test_headings_of_no_known_words_part_a_list_and_people_stand_below_them() -> None:
    listed = (
        "Närvarande\n\nFörtroendevalda\nGun Åkesson     SKR, ordförande\nLeila Haddad    Jisc\n\n"
        "Hedersgäster\nBengt Östlund   Skatteverket\n\nSekreterare\n"
        "                  planerare Nelli Lind, Skatteverket\n"
    )
    found = layout(
        f"Rådet\n2025-05-14\n\n{listed}\n§ 1  Öppnande\n\nMötet öppnades.\n"
    ).participants
    assert [(one.name, one.role.value) for one in found] == [
        ("Gun Åkesson", "chair"), ("Leila Haddad", "member"), ("Bengt Östlund", "member"),
        ("Nelli Lind", "secretary"),
    ]  # fmt: skip


def test_a_heading_behind_an_entry_that_hangs_below_its_own_is_a_heading() -> None:
    hang = " " * 12
    listed = (
        f"Puheenjohtaja\n{hang}neuvos Anna Lehto, maa- ja metsätalousministeriö (MMM)\n"
        f"Varapuheenjohtaja\n{hang}johtaja Matti Virta, sisäministeriö (SM)\n"
        f"Jäsenet\n{hang}tarkastaja Kaisa Niemi, sosiaali- ja terveysministeriö (STM)\n"
        f"{hang}johtaja Timo Salo, Vesilaitosten liitto\nVarajäsen\n"
        f"{hang}majuri Outi Aho, puolustusministeriö (PLM)\n"
    )
    assert people(listed, "Tietoryhmä\nAika: 6.3.2023 klo 9\n\nOsallistujat\n\n") == [
        "Anna Lehto | maa- ja metsätalousministeriö | chair",
        "Matti Virta | sisäministeriö | vice-chair",
        "Kaisa Niemi | sosiaali- ja terveysministeriö | member",
        "Timo Salo | Vesilaitosten liitto | member",
        "Outi Aho | puolustusministeriö | deputy",
    ]


def test_a_deputy_in_brackets_is_a_person_of_their_own() -> None:
    listed = (
        "Members (deputies in brackets)\n"
        "1) Ann Lee, Treasury (deputy Bob Ray) – present\n"
        "2) Tom Hart, NAO (deputy Ida Ek) – absent, deputy present\n"
        "3) Rita Roth, Jisc (Deputy Chair)\n"
    )
    found = layout(f"{_HEAD}{listed}{_ITEMS}").participants
    assert [(one.name, one.organisation, one.role.value, one.present) for one in found] == [
        ("Ann Lee", "Treasury", "member", True), ("Bob Ray", "Treasury", "deputy", False),
        ("Tom Hart", "NAO", "member", False), ("Ida Ek", "NAO", "deputy", True),
        ("Rita Roth", "Jisc", "vice-chair", True),
    ]  # fmt: skip


def test_a_title_that_is_an_office_elsewhere_does_not_undo_the_label() -> None:
    found = layout(f"{_HEAD}Chair: Ann Lee, Assistant Secretary\nMinutes: Bob Ray{_ITEMS}")
    first, second = found.participants
    assert (first.role.value, first.title) == ("chair", "Assistant Secretary")
    assert second.role.value == "secretary"


def test_a_line_that_explains_marks_holds_for_the_table_below() -> None:
    listed = (
        "Närvarolista\n\nN = på plats, D = på distans, F = frånvarande\n\n"
        "Namn\tOrganisation\tFunktion\tMark\nKerstin Holm\tBoverket\tOrdförande\tN\n"
        "Rikard Tun\tTrafikverket\tLedamot\tD\nIngela Mård\tSKR\tLedamot\tF\n"
    )
    found = layout(
        f"Rådet\n2025-05-14\n\n{listed}\n§ 1  Öppnande\n\nMötet öppnades.\n"
    ).participants
    assert [one.present for one in found] == [True, True, False]


def test_sentences_tell_of_people_though_a_signature_names_one() -> None:
    text = (
        "Rådet\n2025-05-14\n\nNärvarande var generaldirektör Ann Lindqvist, ordförande, "
        "ledamöterna Jörgen Palm och Farida Nouri samt professor Birgitta Ståhle från Göteborgs "
        "universitet. Elin Kjell, chef på SKR, deltog via länk.\n\n"
        "§ 1  Öppnande\n\nMötet öppnades.\n\n"
        "Vid protokollet\nSaga Bolin\n"
    )
    names = {one.name for one in layout(text).participants}
    assert {
        "Ann Lindqvist",
        "Jörgen Palm",
        "Farida Nouri",
        "Birgitta Ståhle",
        "Elin Kjell",
    } <= names
