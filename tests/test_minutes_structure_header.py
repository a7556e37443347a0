"""Whose meeting, which, when and where; its times; the next one; the language."""

from __future__ import annotations

import pytest

from kg.documents.blocks import Block
from kg.minutes.clock import read_happened
from kg.minutes.dates import days_in, hours_in
from kg.minutes.header import Head, read_header
from kg.minutes.language import read_language
from kg.minutes.next_meeting import read_next_meeting
from kg.minutes.read import read_minutes
from kg.traced import taken
from test_minutes_structure import layout, reading

_ITEMS = """
1. Welcome

The Chair welcomed everybody to the meeting.

2. Close

There was no other business.
"""


def head(text: str) -> Head:
    """The head of a memo that begins like this."""
    return read_header(layout(f"{text}\n{_ITEMS}").head, "en")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ma 25.10.2021", ["2021-10-25"]),
        ("den 9 mars 2023", ["2023-03-09"]),
        ("14 March 2024", ["2024-03-14"]),
        ("March 5, 2020", ["2020-03-05"]),
        ("5th of May 2020", ["2020-05-05"]),
        ("2024-09-26", ["2024-09-26"]),
        ("17. maaliskuuta 2022", ["2022-03-17"]),
        ("29/11/2024", ["2024-11-29"]),
        ("fre 8/11 2019", ["2019-11-08"]),
        ("9 and 10 April 2019", ["2019-04-09"]),
        ("11.–12.3.2024", ["2024-03-11"]),
        ("Meeting 14 – 5 March 2024", ["2024-03-05"]),
        ("tammikuussa 2024", ["2024-01"]),
        ("11/2023", ["2023-11"]),
        ("31.2.2024, 4,1 prosenttia, 5.1.2 ja § 12/20", []),
    ],
)
def test_days_however_written(text: str, days: list[str]) -> None:
    assert [day.iso() for day in days_in(text)] == days


def test_days_without_a_year() -> None:
    found = days_in("senast 31.3., klo 9.03. and on 5 May")
    assert [(day.day, day.month, day.year) for day in found] == [(31, 3, None), (5, 5, None)]
    assert [day.iso(2024) for day in found] == ["2024-03-31", "2024-05-05"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("klo 14:00–16:00", [("14:00", "16:00")]),
        ("kl. 9.00-11.30", [("09:00", "11:30")]),
        ("klo 9-10.30", [("09:00", "10:30")]),
        ("10:00 to 12:00", [("10:00", "12:00")]),
        ("2pm", [("14:00", None)]),
        ("2–4pm", [("14:00", "16:00")]),
        ("11-1pm", [("11:00", "13:00")]),
        ("9.35 a.m.", [("09:35", None)]),
        ("10am to 12 noon", [("10:00", "12:00")]),
        ("kello 13", [("13:00", None)]),
        ("25.10.2021 klo 25", []),
        ("items 3–4, 5.6 per cent", []),
    ],
)
def test_hours_however_written(text: str, hours: list[tuple[str, str | None]]) -> None:
    assert [(one.first, one.last) for one in hours_in(text)] == hours


BODIES = {
    "OMAISHOIDON UUDISTAMISTYÖRYHMÄ\n\nKOKOUS 4/2022": (
        "OMAISHOIDON UUDISTAMISTYÖRYHMÄ",
        "4/2022",
    ),
    "Tietojaoston kokous nro 5": ("Tietojaosto", "5"),
    "TIETOJAOSTON KOKOUS NRO 5": ("TIETOJAOSTO", "5"),
    "Verkon kehittämishankkeen ohjausryhmä, 11. kokous": (
        "Verkon kehittämishankkeen ohjausryhmä",
        "11",
    ),
    "## Asiantuntijaryhmän muistio 10/2024": ("Asiantuntijaryhmä", "10/2024"),
    "ARBETSGRUPPEN FÖR TOLKTJÄNSTER\n\n4:e mötet": ("ARBETSGRUPPEN FÖR TOLKTJÄNSTER", "4"),
    "Digitaliseringsrådets sammanträde 4/2023": ("Digitaliseringsrådet", "4/2023"),
    "Mötesanteckningar: Arbetsgruppen för data": ("Arbetsgruppen för data", None),
    "Utredningen om fullmakter (Fi 2023:19)\n\nMinnesanteckningar från möte nr 6": (
        "Utredningen om fullmakter",
        "6",
    ),
    "HARBOUR BOARD\n\nMinutes of the seventh meeting": ("HARBOUR BOARD", "7"),
    "Minutes of the 12th meeting of the Harbour Data Board held on 6 March 2023": (
        "Harbour Data Board",
        "12",
    ),
    "2016-11-24 Harbour Standards Board Meeting": ("Harbour Standards Board", None),
    "Tabular Working Group Teleconference #48": ("Tabular Working Group", "48"),
    "Meeting: Metadata Working Group\nMeeting no: 3": ("Metadata Working Group", "3"),
    "Sosiaali- ja terveysministeriö\tMuistio\n\tVN/4417/2022\n\nSeurantaryhmän 7. kokous": (
        "Seurantaryhmä",
        "7",
    ),
}


@pytest.mark.parametrize(("text", "named"), BODIES.items(), ids=[key[:25] for key in BODIES])
def test_whose_meeting_and_which(text: str, named: tuple[str, str | None]) -> None:
    found = head(text).header
    assert (found.body, found.number) == named


WHEN = {
    "Aika: Maanantai 25.10.2021 klo 14:00–16:00": ("2021-10-25", "14:00", "16:00"),
    "Aika ma 21.11.2016 klo 9-10.30": ("2016-11-21", "09:00", "10:30"),
    "22.3.2022\n\nAika\t17.3.2022 klo 9–11": ("2022-03-17", "09:00", "11:00"),
    "Datum: 2024-09-26\nTid: 09.30–12.00": ("2024-09-26", "09:30", "12:00"),
    "1 April 2024\n\nThursday 14 March 2024, 10.00-12.00": ("2024-03-14", "10:00", "12:00"),
    "Date: 05/03/2024\nTime: 2pm - 3.30pm": ("2024-03-05", "14:00", "15:30"),
    "Board meeting on 6 March 2023 at 9.00 am": ("2023-03-06", "09:00", None),
    "När: fre 8/11 2019, 10.15–11.45": ("2019-11-08", "10:15", "11:45"),
    "Aika\nma 6.3.2023 klo 9–11": ("2023-03-06", "09:00", "11:00"),
    "Aika: 6.3.2023 klo 9–11 Paikka: Teams": ("2023-03-06", "09:00", "11:00"),
}


@pytest.mark.parametrize(("text", "when"), WHEN.items(), ids=[key[:25] for key in WHEN])
def test_the_day_of_the_meeting_and_the_announced_times(
    text: str, when: tuple[str, str, str | None]
) -> None:
    found = head(f"Harbour Board\n\n{text}").header
    assert (found.date, found.scheduled_start, found.scheduled_end) == when


def test_a_scheduled_time_is_no_time_of_the_meeting() -> None:
    minutes = read_minutes(reading(f"Harbour Board\n\nTime: 9.00–11.00\n{_ITEMS}"))
    assert (minutes.start, minutes.end) == (None, None)


@pytest.mark.parametrize(
    ("text", "scheduled", "held"),
    [
        ("Aika: 8.2.2023 klo 12–14 (aloitettiin 12.05)", ("12:00", "14:00"), ("12:05", None)),
        (
            "Time: 1.30pm – 3.45pm (started 1.35pm, finished 3.30pm)",
            ("13:30", "15:45"),
            ("13:35", "15:30"),
        ),
        ("Tid: 09.30–12.00 (mötet avslutades 11.45)", ("09:30", "12:00"), (None, "11:45")),
        (
            "Aika: 21.5.2024 klo 16:02 – 18:47 (kutsuttu klo 16:00)",
            ("16:00", None),
            ("16:02", "18:47"),
        ),
    ],
)
def test_times_in_brackets_tell_what_happened(
    text: str, scheduled: tuple[str, str | None], held: tuple[str | None, str | None]
) -> None:
    found = head(f"Harbour Board\n\n{text}")
    header = found.header
    assert (header.scheduled_start, header.scheduled_end) == scheduled
    assert (found.clock.start, found.clock.end) == held


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("PJ avasi kokouksen klo 14.02. Asialista hyväksyttiin.", ("14:02", None)),
        ("Puheenjohtaja päätti kokouksen klo 15.42.", (None, "15:42")),
        ("Klo 9.05 puheenjohtaja avasi kokouksen.", ("09:05", None)),
        ("Kokous päättyi klo 13.50.", (None, "13:50")),
        ("Ordföranden öppnade mötet kl. 13.03.", ("13:03", None)),
        ("Mötet avslutades kl. 15.08.", (None, "15:08")),
        ("Ordföranden förklarar sammanträdet öppnat kl. 13.20.", ("13:20", None)),
        ("The meeting began at 9.35 a.m. and ended at 3.50 p.m.", ("09:35", "15:50")),
        ("The Chair closed the meeting at 12.35.", (None, "12:35")),
        ("Adjourned at 16:22.", (None, "16:22")),
        ("Aluehallitus päätti äänin 5–3 jatkaa kokousta.", (None, None)),
    ],
)
def test_times_that_the_minutes_tell(text: str, times: tuple[str | None, str | None]) -> None:
    assert read_happened([Block(taken(text))]) == times


PLACES = {
    "Paikka\tTeams-kokous": "Teams-kokous",
    "Plats: Rosenbad, sal 3": "Rosenbad, sal 3",
    "Venue: Meeting room 2, Central Library": "Meeting room 2, Central Library",
    "Plats och tid\tKommunhuset, sal Eken, kl. 13.00–15.30": "Kommunhuset, sal Eken",
    "2.11.2023 klo 13.00–15.30\nLVM, kokoustila Majakka / Skype": "LVM, kokoustila Majakka / Skype",
    "Held on 6 March 2023 at 9.00 am in Room 4, Dock House": "Room 4, Dock House",
    "6.5.2022 klo 13–15, Teams": "Teams",
}


@pytest.mark.parametrize(("text", "place"), PLACES.items(), ids=[key[:20] for key in PLACES])
def test_the_place_as_written(text: str, place: str) -> None:
    assert head(f"Harbour Board\n\n{text}").header.place == place


def test_a_head_that_says_nothing_is_remarked_on() -> None:
    found = head("Notes")
    assert (found.header.body, found.header.date) == (None, None)
    assert len(found.remarks) == 2


NEXT = {
    "Seuraava kokous pidetään 5.5.2022 klo 9.00.": "2022-05-05",
    "Nästa möte äger rum den 14 november 2024 kl. 13.00.": "2024-11-14",
    "The next meeting will take place in Oslo on 9 and 10 April 2022.": "2022-04-09",
    "Wednesday 15 January 2025, 1.30pm, online.": "2025-01-15",
    "Syksyn ensimmäinen kokous: 5.9. klo 13.15": "2021-09-05",
    "Keskiviikkona 12.1. klo 9": "2022-01-12",
    "Seuraava kokous pidetään tammikuussa 2024. Kutsu lähetetään erikseen.": "tammikuussa 2024",
    "Sovittiin seuraava kokous tammikuun puolivälin paikkeille.": "tammikuun puolivälin paikkeille",
    "To be agreed by e-mail.": "To be agreed by e-mail",
}


@pytest.mark.parametrize(("text", "following"), NEXT.items(), ids=[key[:20] for key in NEXT])
def test_the_next_meeting_under_its_own_heading(text: str, following: str) -> None:
    found = layout(f"Board\n\n1. Welcome\n\nAll well there.\n\n2. Next meeting\n\n{text}\n")
    meeting = read_next_meeting(found, "2021-03-01")
    assert meeting is not None
    assert (meeting.date or meeting.written) == following


@pytest.mark.parametrize(
    ("tail", "following"),
    [
        ("Seuraavat kokoukset:\n\nma 12.12.2016 klo 9.00\nma 16.1.2017 klo 9.00\n", "2016-12-12"),
        ("Next meeting: 15 May 2023, 10.00\n", "2023-05-15"),
        ("The next meeting would be held on 16 May 2024.\n", "2024-05-16"),
        ("Tom Hart to mention it at the next meeting.\n", None),
    ],
)
def test_the_next_meeting_anywhere_else(tail: str, following: str | None) -> None:
    found = layout(f"Board\n\n1. Welcome\n\nAll well there.\n\n2. Close\n\nNo business.\n\n{tail}")
    meeting = read_next_meeting(found, "2016-03-01")
    assert (meeting.date if meeting else None) == following


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Puheenjohtaja avasi kokouksen ja totesi, että asia on kesken. Se oli myös esillä.", "fi"),
        ("Ordföranden öppnade mötet och konstaterade att ärendet inte är klart för beslut.", "sv"),
        ("The Chair opened the meeting and noted that the matter was not yet ready.", "en"),
    ],
)
def test_the_language_is_told_from_its_words(text: str, code: str) -> None:
    assert read_language([Block(taken(text))]) == (code, None)


def test_a_doubtful_language_is_remarked_on() -> None:
    code, remark = read_language([Block(taken("OK."))])
    assert code in {"en", "fi", "sv"}
    assert remark is not None
    assert "may be" in remark.message


def test_minutes_are_put_together() -> None:
    text = (
        "Harbour Board\n\nDate: 6 March 2023\n\nPresent: Anna Lyle (Chair), Tom Hart\n\n"
        "1. Welcome\n\nThe Chair opened the meeting at 9.02.\n\n2. Next meeting\n\n5 May 2023.\n"
    )
    minutes = read_minutes(reading(text))
    assert minutes.header.language == "en"
    assert (minutes.header.body, minutes.header.date) == ("Harbour Board", "2023-03-06")
    assert [one.name for one in minutes.participants] == ["Anna Lyle", "Tom Hart"]
    assert [item.number for item in minutes.items] == ["1", "2"]
    assert minutes.start == "09:02"
    assert minutes.next_meeting is not None
    assert minutes.next_meeting.date == "2023-05-05"
    assert dict(minutes.header.spans)["body"] == (0, 13)


def test_a_list_without_a_chair_and_a_memo_without_a_list_are_remarked_on() -> None:
    listed = read_minutes(reading(f"Board\n\nPresent: Anna Lyle\n{_ITEMS}"))
    assert "marked as chair" in " ".join(remark.message for remark in listed.remarks)
    bare = read_minutes(reading(f"Board\n{_ITEMS}"))
    assert "no list of participants" in " ".join(remark.message for remark in bare.remarks)


def test_the_language_can_be_given() -> None:
    assert read_minutes(reading("Ordföranden öppnade mötet."), "en").header.language == "en"


def test_an_empty_memo() -> None:
    minutes = read_minutes(reading(""))
    assert (minutes.participants, minutes.items, minutes.entries) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "body", "number"),
    [
        ("Harrow Borough Council\nOpen Spaces Working Group\n6 March 2023",
         "Open Spaces Working Group", None),
        ("Northern Consortium – Shared Systems Group\n6 March 2023",
         "Northern Consortium – Shared Systems Group", None),
        ("Bibliotekskonsortiet Norr\nMinnesanteckningar från katalogrådet, möte 2/2024",
         "katalogrådet", "2/2024"),
        ("ARBETSGRUPPEN FÖR DEN NORDISKA HAMNEN\nMöte 6\n6.3.2023",
         "ARBETSGRUPPEN FÖR DEN NORDISKA HAMNEN", "6"),
        ("Maakuntakirjastojen johtajakokous\n6.3.2023", "Maakuntakirjastojen johtajakokous", None),
        ("Sanastoryhmä / kokousmuistio #14\n6.3.2023", "Sanastoryhmä", "14"),
        ("Protokoll nr 4\nHamnrådet\n6.3.2023", "Hamnrådet", "4"),
        ("PROJECT BOARD\nNotes of 6 March 2023, Board Room, Carl House", "PROJECT BOARD", None),
    ],
)  # fmt: skip
def test_the_group_that_met_is_told_from_what_it_belongs_to(
    text: str, body: str, number: str | None
) -> None:
    found = head(text).header
    assert (found.body, found.number) == (body, number)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Minutes of the meeting held by videoconference on 6 March 2023", "videoconference"),
        ("Notes of the meeting, Oslo, 6 March 2023", "Oslo"),
        ("Meeting held on 6 March 2023 at 6.30 p.m. in the Committee Room, Town Hall",
         "Committee Room, Town Hall"),
        ("Date: 6 March 2023\nVenue: Room 2.14, Carl House", "Room 2.14, Carl House"),
        ("Minutes, 6 March 2023, 10:00–12:30, Room 4.02, Carl House", "Room 4.02, Carl House"),
    ],
)  # fmt: skip
def test_places_before_and_behind_the_day(text: str, place: str) -> None:
    assert head(f"Harbour Data Board\n{text}").header.place == place


def test_a_label_may_say_that_the_times_are_those_of_the_meeting_itself() -> None:
    found = head("Hamnnämnden\n2023-03-06\nPlats och tid: Kajen 4, kl. 13.15 - 16.40")
    assert (found.clock.start, found.clock.end) == ("13:15", "16:40")
    assert found.header.scheduled_start is None


def test_the_day_of_something_else_is_not_that_of_the_meeting() -> None:
    text = (
        "Hamnnämnden\n2023-03-06\nUtses att justera: Ida Ek\nJusteringens plats och tid: 2023-03-13"
    )
    assert head(text).header.date == "2023-03-06"


def test_a_files_number_is_not_that_of_the_meeting() -> None:
    assert head("VM/1187/00.01.00/2021\nHAMNRÅDET, 6. kokous\n22.3.2022").header.number == "6"
