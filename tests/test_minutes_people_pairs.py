"""Members and deputies in one row, guests of an item, offices and others in lines of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.minutes.memo import read_memo
from kg.minutes.model import Role

PAIRS = """Tulvaryhmä
4. kokous 11.4.2024

Taho Jäsen Läsnä Varajäsen Läsnä
MMM vesihallintojohtaja Outi Kettunen, pj. x neuvotteleva virkamies Jari Salmela x
YM rakennusneuvos Heikki Lampinen x ympäristöneuvos Tuula
Aho -
LVM liikenneneuvos Birgitta Ekholm - yli-insinööri Petri Nurmela x
Kuntaliitto kehittämispäällikkö Ritva Toivonen x - -
Sihteeri
MMM erityisasiantuntija Kaisu Mäntylä x

1 Avaus

Puheenjohtaja avasi kokouksen.
"""


def people(text: str, folder: Path) -> dict[str, tuple[str | None, Role, bool]]:
    memo = folder / "memo.txt"
    memo.write_text(text, encoding="utf-8")
    found = read_memo(memo).minutes.participants
    return {one.name: (one.organisation, one.role, one.present) for one in found}


@pytest.mark.parametrize("tabs", [False, True])
def test_members_and_deputies_each_with_a_mark(tabs: bool, tmp_path: Path) -> None:
    text = PAIRS
    if tabs:
        rows = [
            "Taho\tJäsen\tLäsnä\tVarajäsen\tLäsnä",
            "MMM\tvesihallintojohtaja Outi Kettunen, pj.\tx\tneuvos Jari Salmela\tx",
            "YM\trakennusneuvos Heikki Lampinen\tx\tympäristöneuvos Tuula Aho\t-",
            "LVM\tliikenneneuvos Birgitta Ekholm\t-\tyli-insinööri Petri Nurmela\tx",
            "Kuntaliitto\tkehittämispäällikkö Ritva Toivonen\tx\t-\t-",
            "Sihteeri",
        ]
        start, end = PAIRS.index("Taho"), PAIRS.index("Sihteeri") + len("Sihteeri")
        text = PAIRS[:start] + "\n".join(rows) + PAIRS[end:]
    assert people(text, tmp_path) == {
        "Outi Kettunen": ("MMM", Role.CHAIR, True),
        "Jari Salmela": ("MMM", Role.DEPUTY, True),
        "Heikki Lampinen": ("YM", Role.MEMBER, True),
        "Tuula Aho": ("YM", Role.DEPUTY, False),
        "Birgitta Ekholm": ("LVM", Role.MEMBER, False),
        "Petri Nurmela": ("LVM", Role.DEPUTY, True),
        "Ritva Toivonen": ("Kuntaliitto", Role.MEMBER, True),
        "Kaisu Mäntylä": ("MMM", Role.SECRETARY, True),
    }


def test_others_present_are_the_members_where_nobody_else_is(tmp_path: Path) -> None:
    text = """Styrgruppen för vård
Protokoll 2025-09-11

Ordförande: Helena Ekman, överdirektör, Socialstyrelsen
Protokollförare: Tomas Ljung, utredare, Socialstyrelsen
Övriga närvarande: avdelningschef Karin Öberg, E-hälsomyndigheten; enhetschef Sara Norling, IVO

1 Öppnande

Ordföranden öppnade mötet.
"""
    assert people(text, tmp_path) == {
        "Helena Ekman": ("Socialstyrelsen", Role.CHAIR, True),
        "Tomas Ljung": ("Socialstyrelsen", Role.SECRETARY, True),
        "Karin Öberg": ("E-hälsomyndigheten", Role.MEMBER, True),
        "Sara Norling": ("IVO", Role.MEMBER, True),
    }


def test_units_below_a_body_are_titles_and_guests_have_an_item(tmp_path: Path) -> None:
    text = """Casework Programme Board
Minutes, 14 March 2024

Attendance

Department for Employment
   Helen Marsh, Director General, Service Delivery (Chair)
   Colin Frew, Programme Office (minutes)
Ministry of Housing (MHC)
   Rachel Quigley, Deputy Director
Invited for item 4
   Samuel Eke, Principal Consultant, Northgate Research

1. Opening

The Chair opened the meeting.
"""
    assert people(text, tmp_path) == {
        "Helen Marsh": ("Department for Employment", Role.CHAIR, True),
        "Colin Frew": ("Department for Employment", Role.SECRETARY, True),
        "Rachel Quigley": ("Ministry of Housing", Role.MEMBER, True),
        "Samuel Eke": ("Northgate Research", Role.EXPERT, True),
    }


def test_people_parted_by_their_initials_alone(tmp_path: Path) -> None:
    text = """Metadatagruppen
Minnesanteckningar 2022-11-23

Deltagare: Marianne Bergvall (MB), KB, ordf. Karl Axelsson (KA), Göteborgs universitets-
bibliotek Inger Sand (IS), Regionbibliotek Norrbotten Petra Vall (PV), KB, vid anteckningarna

1 Inledning

MB öppnade mötet och hälsade alla välkomna. IS föreslog att man håller två möten om året.
"""
    assert people(text, tmp_path) == {
        "Marianne Bergvall": ("KB", Role.CHAIR, True),
        "Karl Axelsson": ("Göteborgs universitetsbibliotek", Role.MEMBER, True),
        "Inger Sand": ("Regionbibliotek Norrbotten", Role.MEMBER, True),
        "Petra Vall": ("KB", Role.SECRETARY, True),
    }
    told = read_memo(tmp_path / "memo.txt").minutes
    assert {one.speaker_name for one in told.speeches} == {"Marianne Bergvall", "Inger Sand"}


def test_for_whom_somebody_came_is_nobody_of_the_list(tmp_path: Path) -> None:
    text = """Kimpan johtoryhmä
Muistio 6/2022

Paikalla
 - Kemijoki: Tolonen Marja (pj.), Aaltonen Ville (siht.)
 - Ylikoski: Satta Timo, Katri Huhtalan varalla
Poissa
 - Ylikoski: Katri Huhtala

1 Avaus

Pj. avasi kokouksen.
"""
    assert people(text, tmp_path) == {
        "Marja Tolonen": ("Kemijoki", Role.CHAIR, True),
        "Ville Aaltonen": ("Kemijoki", Role.SECRETARY, True),
        "Timo Satta": ("Ylikoski", Role.DEPUTY, True),
        "Katri Huhtala": ("Ylikoski", Role.MEMBER, False),
    }


def test_a_role_elsewhere_is_a_title_beside_the_role_here(tmp_path: Path) -> None:
    text = """Styrgruppen för skärgården
Promemoria 12.9.2024

Deltagare
Namn\tUppgift\tRoll
Sjöholm Annika\tsektordirektör, Österbottens välfärdsområde\tordf.
Östman Rurik\tordförande, Äldrerådet\tsakkunnig
Hautala Mikko\tutvecklingschef, Malax kommun medlem

Frånvarande: Fredrik Svahn (Folkhälsan); Peter Lacey, Director of Services, Vasa stad

1 § Öppnande

Sjöholm öppnade mötet.
"""
    found = people(text, tmp_path)
    assert found["Annika Sjöholm"] == ("Österbottens välfärdsområde", Role.CHAIR, True)
    assert found["Rurik Östman"] == ("Äldrerådet", Role.EXPERT, True)
    assert found["Mikko Hautala"] == ("Malax kommun", Role.MEMBER, True)
    assert found["Fredrik Svahn"] == ("Folkhälsan", Role.MEMBER, False)
    assert found["Peter Lacey"] == ("Vasa stad", Role.MEMBER, False)
