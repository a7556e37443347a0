"""People in every usual layout, with names that no list of first names has, in three languages."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.minutes.memo import read_memo


@dataclass(frozen=True)
class Someone:
    """An invented person; `office` is chair, secretary or member."""

    first: str
    last: str
    title: str
    body: str
    office: str = "member"
    present: bool = True

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


PEOPLE = {
    "en": (
        Someone("Quillan", "Thistledown", "Head of Policy", "Ministry of Infrastructure", "chair"),
        Someone("Oyinda", "Maplethorpe", "Senior Adviser", "HM Treasury"),
        Someone("Zebedee", "Cranwick", "Chief Engineer", "Northern Rail Works"),
        Someone("Ysolde", "Pembrey-Lark", "Committee Officer", "Board Secretariat", "secretary"),
        Someone("Thaddeus", "Ockley", "Data Lead", "Consumer Housing Council", present=False),
    ),
    "fi": (
        Someone("Aurelius", "Kätkä-Suo", "tietohallintojohtaja", "Valtiovarainministeriö", "chair"),
        Someone("Orvokki", "Hirvas", "neuvotteleva virkamies", "Opetus- ja kulttuuriministeriö"),
        Someone("Jalo", "Suopelto", "kehittämispäällikkö", "Kansalliskirjasto"),
        Someone("Sirkku", "Vaaramäki", "ylitarkastaja", "Valtiovarainministeriö", "secretary"),
        Someone("Tauno", "Kuusikallio", "lakimies", "Kuntaliitto", present=False),
    ),
    "sv": (
        Someone("Hjördis", "Stenmarck-Åhl", "avdelningschef", "Finansdepartementet", "chair"),
        Someone("Torgny", "Kvistlund", "departementsråd", "Utbildningsdepartementet"),
        Someone("Ingegärd", "Fridsborg", "utvecklingschef", "Kungliga biblioteket"),
        Someone("Algot", "Röjmark", "handläggare", "Finansdepartementet", "secretary"),
        Someone("Sixten", "Dalblom", "jurist", "Lantmäteriet", present=False),
    ),
}  # fmt: skip
WORDS = {
    "en": {"present": "Present", "absent": "Apologies", "chair": "Chair", "secretary": "Secretary",
           "members": "Members", "member": "member", "name": "Name", "title": "Title",
           "body": "Organisation", "role": "Role", "there": "Attendance"},
    "fi": {"present": "Läsnä", "absent": "Poissa", "chair": "puheenjohtaja",
           "secretary": "sihteeri", "members": "Jäsenet", "member": "jäsen", "name": "Nimi",
           "title": "Nimike", "body": "Organisaatio", "role": "Rooli", "there": "Läsnä"},
    "sv": {"present": "Närvarande", "absent": "Frånvarande", "chair": "ordförande",
           "secretary": "sekreterare", "members": "Ledamöter", "member": "ledamot", "name": "Namn",
           "title": "Titel", "body": "Organisation", "role": "Roll", "there": "Närvaro"},
}  # fmt: skip
HEADS = {
    "en": "Data Standards Board\nMinutes of the meeting on 3 May 2024\n\n",
    "fi": "Yhteentoimivuusryhmä\nKokousmuistio 3.5.2024\n\n",
    "sv": "Rådet för öppna data\nMinnesanteckningar 2024-05-03\n\n",
}
ITEMS = {
    "en": "\n\n1. Opening\n\nThe Chair opened the meeting at 10.00.\n",
    "fi": "\n\n1. Kokouksen avaus\n\nPuheenjohtaja avasi kokouksen klo 10.00.\n",
    "sv": "\n\n1. Mötets öppnande\n\nOrdföranden öppnade mötet kl. 10.00.\n",
}
PROSE = {
    "en": "The meeting was chaired by {0.name} of the {0.body}. Also present were {1.name} "
    "({1.body}) and {2.name} ({2.body}). {3.name} of the {3.body} took the minutes. Apologies "
    "were received from {4.name} ({4.body}).",
    "fi": "Kokouksen puheenjohtajana toimi {0.name} Valtiovarainministeriöstä. Läsnä olivat "
    "{1.title} {1.name} Opetus- ja kulttuuriministeriöstä ja {2.title} {2.name} "
    "Kansalliskirjastosta. Sihteerinä toimi {3.name} Valtiovarainministeriöstä. Poissa oli "
    "{4.name} Kuntaliitosta.",
    "sv": "Ordförande för mötet var {0.name} ({0.body}). Närvarande var även {1.name} ({1.body}) "
    "och {2.name} ({2.body}). {3.name} ({3.body}) förde anteckningar. Frånvarande var {4.name} "
    "({4.body}).",
}
Layout = Callable[[str], str]


def role(one: Someone, language: str) -> str:
    return WORDS[language][one.office]


def marked(one: Someone, language: str) -> str:
    return "" if one.office == "member" else f" ({role(one, language)})"


def listed(entry: Callable[[Someone], str], sign: str = "") -> Layout:
    """A line for each, those absent below a heading of their own."""

    def layout(language: str) -> str:
        words, people = WORDS[language], PEOPLE[language]
        there = [f"{sign}{entry(one)}{marked(one, language)}" for one in people if one.present]
        away = [f"{sign}{entry(one)}" for one in people if not one.present]
        return "\n".join([f"{words['present']}:", *there, "", f"{words['absent']}:", *away])

    return layout


def run_in(sign: str) -> Layout:
    """All in one line, bodies in brackets or behind commas."""

    def layout(language: str) -> str:
        words, people = WORDS[language], PEOPLE[language]
        office = {
            one: f", {role(one, language)}" if marked(one, language) else "" for one in people
        }
        there = [f"{one.name} ({one.body}{office[one]})" for one in people if one.present]
        away = [f"{one.name} ({one.body})" for one in people if not one.present]
        return f"{words['present']}: {sign.join(there)}\n{words['absent']}: {sign.join(away)}"

    return layout


def offices(language: str) -> str:
    words, (chair, *members, secretary, away) = WORDS[language], PEOPLE[language]
    row = ", ".join(f"{one.name} ({one.body})" for one in members)
    return (
        f"{words['chair'].capitalize()}: {chair.name}, {chair.body}\n{words['members']}: {row}\n"
        f"{words['secretary'].capitalize()}: {secretary.name}, {secretary.body}\n"
        f"{words['absent']}: {away.name} ({away.body})"
    )


def table(columns: str, between: str, end: str = "\n", surname: bool = False) -> Layout:
    """Columns named by n(ame), t(itle), b(ody), r(ole) and p(resence); a mark, or a word for it."""
    heads = {"n": "name", "t": "title", "b": "body", "r": "role", "p": "there"}

    def cell(one: Someone, column: str, language: str) -> str:
        match column:
            case "n":
                return f"{one.last}, {one.first}" if surname else one.name
            case "t":
                return one.title
            case "b":
                return one.body
            case "r":
                there = one.present or "p" in columns
                return role(one, language) if there else WORDS[language]["absent"].lower()
            case _:
                return "x" if one.present else "-"

    def layout(language: str) -> str:
        head = between.join(WORDS[language][heads[column]] for column in columns)
        rows = [
            between.join(cell(one, column, language) for column in columns)
            for one in PEOPLE[language]
        ]
        return end.join([head, *rows])

    return layout


def below(language: str) -> str:
    """The columns of a table one below the other, each under its head."""
    columns = [line.split("\t") for line in table("nbr", "\t")(language).split("\n")]
    return "\n".join(cell for column in zip(*columns, strict=True) for cell in column)


def parted(language: str) -> str:
    """A cell a line, with white space between them."""
    return table("nbr", "\n\n", "\n\n")(language)


def in_two_lists(language: str) -> str:
    """Rows without columns, those absent below a heading."""
    words, people = WORDS[language], PEOPLE[language]
    rows = table("nbr", " ")(language).split("\n")[:-1]
    away = f"{people[-1].name} {people[-1].body} {words['member']}"
    return "\n".join([*rows, words["absent"], away])


def one_line(language: str) -> str:
    """A table that has become one line, its head first."""
    return table("nbr", " ", " ")(language)


def wrapped(language: str) -> str:
    """Rows with roles and marks, of which the longer ones go on below."""
    head, *rows = table("nbrp", " ")(language).split("\n")
    return "\n".join([head, *(line for row in rows for line in textwrap.wrap(row, 45))])


def dashed(language: str) -> str:
    """A body and a dash before its people, their offices in brackets."""
    words, (*there, away) = WORDS[language], PEOPLE[language]
    lines = [f"{one.body} - {one.name}{marked(one, language)}" for one in there]
    return "\n".join(
        [f"{words['present']}:", *lines, f"{words['absent']}: {away.name} ({away.body})"]
    )


def by_body(language: str) -> str:
    """A body's label before its people, of whom one label has several."""
    words, (chair, member, other, secretary, away) = WORDS[language], PEOPLE[language]
    return "\n".join(
        [
            f"{words['present']}",
            f"{chair.body}: {chair.name}, {chair.title}{marked(chair, language)}",
            f"{member.body}: {member.name}, {member.title}",
            f"{other.body}: {other.name}, {other.title}",
            f"{secretary.body}: {secretary.name}, {secretary.title}{marked(secretary, language)}",
            f"{words['absent']}: {away.name}, {away.body}",
        ]
    )


LAYOUTS: dict[str, Layout] = {
    "name, title, body": listed(lambda one: f"{one.name}, {one.title}, {one.body}"),
    "title name, body": listed(lambda one: f"{one.title} {one.name}, {one.body}"),
    "a list with signs": listed(lambda one: f"{one.title} {one.name}, {one.body}", "- "),
    "name (body)": listed(lambda one: f"{one.name} ({one.body})"),
    "name – body": listed(lambda one: f"{one.name} – {one.body}"),
    "body: name": listed(lambda one: f"{one.body}: {one.name}"),
    "surname, first name, body": listed(lambda one: f"{one.last}, {one.first}, {one.body}"),
    "in one line": run_in(", "),
    "in one line with semicolons": run_in("; "),
    "offices first": offices,
    "table": table("nbrp", "\t"),
    "table with surnames first": table("ntbrp", "\t", surname=True),
    "a cell a line": table("nbr", "\n"),
    "rows without columns": table("nbr", " "),
    "rows with titles": table("ntbr", " "),
    "rows with marks": table("nbp", " "),
    "rows with roles and marks": table("nbrp", " "),
    "rows that wrap": wrapped,
    "body - name": dashed,
    "columns below each other": below,
    "a cell a line, parted": parted,
    "rows in two lists": in_two_lists,
    "a table in one line": one_line,
    "a body's label": by_body,
    "sentences": lambda language: PROSE[language].format(*PEOPLE[language]),
}
WITHOUT_OFFICES = {"rows with marks"}
# Where all words have capitals, nothing tells where a title ends.
UNTOLD = {("rows with titles", "en")}


@pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for name in LAYOUTS for language in PEOPLE if (name, language) not in UNTOLD],
)
def test_people_in_every_layout(name: str, language: str, tmp_path: Path) -> None:
    memo = tmp_path / "memo.txt"
    memo.write_text(HEADS[language] + LAYOUTS[name](language) + ITEMS[language], encoding="utf-8")
    found = {
        (one.name, (one.organisation or "").casefold(), one.role.value, one.present)
        for one in read_memo(memo).minutes.participants
    }
    offices_told = name not in WITHOUT_OFFICES
    assert found == {
        (one.name, one.body.casefold(), one.office if offices_told else "member", one.present)
        for one in PEOPLE[language]
    }
