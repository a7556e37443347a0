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
