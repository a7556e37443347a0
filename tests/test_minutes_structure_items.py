"""Items of the agenda and the blocks under each, however a memo writes its headings."""

from __future__ import annotations

import pytest

from kg.documents.blocks import Block, Reading
from kg.documents.document import Kind
from kg.minutes.model import Participant, Role
from kg.minutes.sections import Layout, read_sections
from kg.minutes.signature import is_signature
from kg.minutes.titles import read_title
from kg.traced import taken
from test_minutes_structure import layout

HEAD = """Harbour Data Board
6 March 2023, 9.00-11.00, Room 4

Present: Anna Lyle (Chair), Tom Hart (HM Treasury), Priya Shah (Home Office)

"""
OPENED = "The Chair opened the meeting at 9.02 and welcomed everybody to the building.\n"
TOLD = "Ms Shah reported on the progress of the project, which was good so far.\n"
CLOSED = "The meeting closed at 10.58.\n"


def sections(body: str) -> list[tuple[str | None, str | None, list[str]]]:
    """Of each section number, title, and how its blocks begin."""
    return [
        (
            section.item.number if section.item else None,
            section.item.title if section.item else None,
            [" ".join(block.text.split()[:3]) for block in section.blocks],
        )
        for section in layout(HEAD + body).sections
    ]


def items(found: Layout) -> list[tuple[str | None, str]]:
    return [(item.number, item.title) for item in found.items]


STYLES = {
    "dot": ("1. {}", "2. {}", "3. {}"),
    "bracket": ("1) {}", "2) {}", "3) {}"),
    "brackets": ("(1) {}", "(2) {}", "(3) {}"),
    "number alone": ("1  {}", "2  {}", "3  {}"),
    "dash": ("1 – {}", "2 – {}", "3 – {}"),
    "colon": ("1: {}", "2: {}", "3: {}"),
    "section sign": ("§ 1 {}", "§ 2 {}", "§ 3 {}"),
    "section sign behind": ("1 § {}", "2 § {}", "3 § {}"),
    "word": ("Kohta 1: {}", "Kohta 2: {}", "Kohta 3: {}"),
    "word and dash": ("Item 1 – {}", "Item 2 – {}", "Item 3 – {}"),
    "punkt": ("Punkt 1. {}", "Punkt 2. {}", "Punkt 3. {}"),
    "number above": ("§ 1\n{}", "§ 2\n{}", "§ 3\n{}"),
    "run in": ("1. {}. ", "2. {}. ", "3. {}. "),
    "rows": ("1\t{}\t", "2\t{}\t", "3\t{}\t"),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("gap", ["\n\n", "\n"], ids=["blank line", "next line"])
def test_numbered_headings_of_every_style(style: str, gap: str) -> None:
    gap = "" if STYLES[style][0][-1].isspace() else gap
    titles = ("Welcome", "Progress report", "Close")
    heads = [line.format(title) for line, title in zip(STYLES[style], titles, strict=True)]
    body = "\n".join(
        f"{head}{gap}{text}" for head, text in zip(heads, (OPENED, TOLD, CLOSED), strict=True)
    )
    assert sections(body) == [
        ("1", "Welcome", ["The Chair opened"]),
        ("2", "Progress report", ["Ms Shah reported"]),
        ("3", "Close", ["The meeting closed"]),
    ]


UNNUMBERED = {
    "plain": ("Welcome", "Progress report", "Close"),
    "capitals": ("WELCOME", "PROGRESS REPORT", "CLOSE"),
    "colon": ("Welcome:", "Progress report:", "Close:"),
    "full stop": ("Welcome.", "Progress report.", "Close."),
    "topic": ("Topic: Welcome", "Topic: Progress report", "Topic: Close"),
}


@pytest.mark.parametrize("heads", UNNUMBERED.values(), ids=UNNUMBERED.keys())
def test_headings_without_numbers(heads: tuple[str, str, str]) -> None:
    first, second, third = heads
    found = sections(f"{first}\n\n{OPENED}\n{second}\n\n{TOLD}\n{third}\n\n{CLOSED}")
    assert [(number, (title or "").casefold()) for number, title, _ in found] == [
        (None, "welcome"),
        (None, "progress report"),
        (None, "close"),
    ]


@pytest.mark.parametrize(
    ("heads", "kept"),
    [
        (("I", "II", "III"), ["I", "II", "III"]),
        (("I.", "II.", "III."), ["I", "II", "III"]),
        (("A.", "B.", "C."), ["A", "B", "C"]),
        (("1.0", "2.0", "3.0"), ["1.0", "2.0", "3.0"]),
        (("83 §", "84 §", "85 §"), ["83", "84", "85"]),
        (("1.", "2.", "4."), ["1", "2", "4"]),
        (("1.", "3.", "2."), ["1", "3", "2"]),
    ],
)
def test_numbers_are_kept_as_written(heads: tuple[str, str, str], kept: list[str]) -> None:
    first, second, third = heads
    body = f"{first} Welcome\n\n{OPENED}\n{second} Report\n\n{TOLD}\n{third} Close\n\n{CLOSED}"
    assert [number for number, _, _ in sections(body)] == kept


def test_numbering_that_starts_again_keeps_the_sections_apart() -> None:
    body = (
        f"1. Welcome\n\n{OPENED}\n2. Report\n\n{TOLD}\n1. New part\n\n{TOLD}\n2. Other\n\n{TOLD}\n"
        f"3. Close\n\n{CLOSED}"
    )
    assert [number for number, _, _ in sections(body)] == ["1", "2", "1", "2", "3"]


def test_sub_items() -> None:
    body = (
        f"1. Welcome\n\n{OPENED}\n2. Projects\n\n2.1 Harbour\n\n{TOLD}\n2.2 Lighthouse\n\n{TOLD}\n"
        f"3. Other matters\n\na. Seminar\n\n{TOLD}\nb. Survey\n\n{TOLD}\n4. Close\n\n{CLOSED}"
    )
    found = layout(HEAD + body)
    assert [(item.number, item.parent) for item in found.items] == [
        ("1", None),
        ("2", None),
        ("2.1", "2"),
        ("2.2", "2"),
        ("3", None),
        ("3a", "3"),
        ("3b", "3"),
        ("4", None),
    ]


def test_an_item_between_others() -> None:
    body = f"5) Finance\n\n{TOLD}\n5a) Prices\n\n{TOLD}\n6) Close\n\n{CLOSED}"
    assert [number for number, _, _ in sections(body)] == ["5", "5a", "6"]


def test_numbered_paragraphs_are_no_items() -> None:
    body = (
        f"1. Welcome\n\n1.1 {OPENED}\n1.2 The agenda was agreed.\n\n2. Report\n\n2.1 {TOLD}\n"
        f"2.2 Dr Hart and Ms Shah endorsed this.\n\n3. Close\n\n3.1 {CLOSED}"
    )
    assert [(number, len(texts)) for number, _, texts in sections(body)] == [
        ("1", 2),
        ("2", 2),
        ("3", 1),
    ]


def test_paragraphs_numbered_through_under_plain_headings() -> None:
    body = (
        "Welcome\n\n1. The Chair welcomed members.\n\n2. Apologies had been received.\n\n"
        f"Report\n\n3. {TOLD}\n4. The Board noted the report.\n\nClose\n\n5. {CLOSED}"
    )
    assert [title for _, title, _ in sections(body)] == ["Welcome", "Report", "Close"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_numbered_list_inside_of_an_item_is_no_item(gap: str) -> None:
    body = (
        f"1. Welcome\n\n{OPENED}\n2. Report\n\nThere are three options:\n\n1. Our own service{gap}"
        f"2. A common service{gap}3. Nothing at all\n\n{TOLD}\n3. Close\n\n{CLOSED}"
    )
    assert [(number, len(texts)) for number, _, texts in sections(body)] == [
        ("1", 1),
        ("2", 5),
        ("3", 1),
    ]


def test_a_list_of_decisions_does_not_swallow_the_next_item() -> None:
    body = (
        f"1. Welcome\n\n{OPENED}\n2. Report\n\n{TOLD}\nThe Board resolved:\n\n1. To note it.\n\n"
        f"2. To ask for more.\n\n3. Close\n\n{CLOSED}"
    )
    assert [number for number, _, _ in sections(body)] == ["1", "2", "3"]


AGENDA = "Agenda\n1. Welcome\n2. Progress report\n3. Close\n\nMinutes\n\n"


def test_an_announced_agenda_and_numbered_sections_are_one() -> None:
    body = f"{AGENDA}1. Welcome\n\n{OPENED}\n2. Progress report\n\n{TOLD}\n3. Close\n\n{CLOSED}"
    found = layout(HEAD + body)
    assert items(found) == [("1", "Welcome"), ("2", "Progress report"), ("3", "Close")]
    assert [len(section.blocks) for section in found.sections] == [1, 1, 1]


def test_announced_items_give_their_numbers_to_sections_of_the_same_title() -> None:
    body = f"{AGENDA}Welcome\n\n{OPENED}\nProgress report\n\n{TOLD}\nClose\n\n{CLOSED}"
    assert sections(body) == [
        ("1", "Welcome", ["The Chair opened"]),
        ("2", "Progress report", ["Ms Shah reported"]),
        ("3", "Close", ["The meeting closed"]),
    ]


def test_a_section_that_is_part_of_an_announced_item_belongs_to_it() -> None:
    body = (
        "The Board met to consider:\n\n1. Two proposals;\n a. Open data\n b. Aid data\n\n"
        "2. The process and Board membership\n\nSummary of outcomes:\n\nThe Board agreed that:\n\n"
        "1. Open data must be used.\n\n2. Aid data must be used.\n\n"
        f"Declarations:\n\n{TOLD}\nOpen data\n\n{TOLD}\nThe process.\n\n{TOLD}\n"
        f"Board membership.\n\n{TOLD}"
    )
    found = layout(HEAD + body)
    assert items(found) == [
        ("1", "Two proposals"),
        ("1a", "Open data"),
        ("1b", "Aid data"),
        ("2", "The process and Board membership"),
        (None, "Declarations"),
    ]
    under = [section.item.number for section in found.sections if section.item]
    assert under == [None, "1a", "2", "2"]
    outcomes = next(section for section in found.sections if section.item is None)
    assert outcomes.blocks[0].text == "Summary of outcomes:"


def test_a_long_heading_over_two_lines() -> None:
    body = (
        f"1. Welcome\n\n{OPENED}\n2. The state of the project and of its preparation, and the "
        "first conclusions\nfrom the studies made in spring (Priya Shah, Home Office)\n\n"
        f"{TOLD}\n3. Close\n\n{CLOSED}"
    )
    item = layout(HEAD + body).items[1]
    assert item.title.endswith("conclusions from the studies made in spring")
    assert item.presenters == ("Priya Shah", "Home Office")


def test_a_misread_capital_below_a_heading_does_not_join_it() -> None:
    body = (
        f"1. Welcome\n\n{OPENED}\n2. Progress report\n\nlsoviita reported that all was well.\n\n"
        f"3. Close\n\n{CLOSED}"
    )
    assert sections(body)[1] == ("2", "Progress report", ["lsoviita reported that"])


def test_a_day_at_a_lines_start_is_no_number() -> None:
    body = f"1 Welcome\n\n{OPENED}\n2 Report\n\n{TOLD}\n6 March 2023 was agreed on\n\n{TOLD}"
    assert [number for number, _, _ in sections(body)] == ["1", "2"]


def test_an_item_without_text_under_it() -> None:
    body = f"1. Welcome\n\n{OPENED}\n2. Report\n3. Other matters\n\nNone.\n\n4. Close\n\n{CLOSED}"
    assert [(number, len(texts)) for number, _, texts in sections(body)] == [
        ("1", 1),
        ("2", 0),
        ("3", 1),
        ("4", 1),
    ]


def test_a_memo_without_items_is_one_run_of_text() -> None:
    assert [(number, title) for number, title, _ in sections(OPENED + "\n" + TOLD)] == [
        (None, None),
        (None, None),
    ]


TAILS = {
    "attachments": "Liitteet\nEsitys\nLaskelma\n",
    "signature": "Helsingissä 7.3.2023\n\nAnna Lyle\nchair\n",
    "author": "Muistion laati Tom Hart\n",
    "distribution": "Jakelu: työryhmän jäsenet\n",
    "for information": "FÖR KÄNNEDOM\tMedlemmarna\n",
    "next meeting": "Next meeting: 15 May 2023, 10.00\n",
    "office": "Cabinet Office\nMarch 2023\n",
}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS.keys())
def test_what_stands_behind_the_last_item_is_no_part_of_it(tail: str) -> None:
    found = layout(f"{HEAD}1. Welcome\n\n{OPENED}\n2. Close\n\n{CLOSED}\n{tail}")
    assert [block.text for block in found.sections[-1].blocks] == [CLOSED.strip()]
    assert found.tail


def test_a_table_of_actions_behind_the_last_item_is_a_section_of_its_own() -> None:
    found = layout(
        f"{HEAD}1. Welcome\n\n{OPENED}\n2. Close\n\n{CLOSED}\nActions\n\nWhat\tWho\tWhen\n"
        "Write the report\tTom Hart\t30 March\n\nAnnex: the report\n"
    )
    last = found.sections[-1]
    assert last.item is None
    assert [block.text for block in last.blocks] == [
        "Actions",
        "What\tWho\tWhen",
        "Write the report\tTom Hart\t30 March",
    ]
    assert [block.text for block in found.tail] == ["Annex: the report"]


def _block(text: str, kind: Kind = Kind.TEXT, level: int = 0) -> Block:
    return Block(taken(text), kind, level, gap=True)


def test_headings_of_a_format_that_has_them() -> None:
    blocks = (
        _block("Harbour Data Board", Kind.HEADING, 1),
        _block("Attendees", Kind.HEADING, 2),
        _block("Anna Lyle, HM Treasury", Kind.ITEM),
        _block("Background", Kind.HEADING, 2),
        _block("This is why the Board met at all."),
        _block("Progress report", Kind.HEADING, 2),
        _block(TOLD.strip()),
        _block("Action 1", Kind.HEADING, 3),
        _block("Ms Shah to write the report."),
        _block("Other business", Kind.HEADING, 2),
        _block("None."),
    )
    found = read_sections(Reading(blocks, ()))
    assert items(found) == [(None, "Progress report"), (None, "Other business")]
    assert [one.name for one in found.participants] == ["Anna Lyle"]
    assert len(found.sections[-2].blocks) == 3


def test_an_unnumbered_heading_beside_numbered_ones_is_an_item() -> None:
    blocks = (
        _block("1. Welcome", Kind.HEADING, 2),
        _block(OPENED.strip()),
        _block("Details", Kind.HEADING, 3),
        _block(TOLD.strip()),
        _block("2. Report", Kind.HEADING, 2),
        _block(TOLD.strip()),
        _block("Any other business", Kind.HEADING, 2),
        _block("None."),
    )
    found = read_sections(Reading(blocks, ()))
    assert items(found) == [("1", "Welcome"), ("2", "Report"), (None, "Any other business")]


_ANNA = Participant("Anna Lyle", None, "VM", Role.MEMBER, True, (0, 9), nickname="Annie")


@pytest.mark.parametrize(
    ("written", "title", "presenters"),
    [
        ("Budget (Anna Lyle, VM)", "Budget", ("Anna Lyle", "VM")),
        ("Budget (Lyle, STM ja Tom Hart, VM)", "Budget", ("Lyle", "STM", "Tom Hart", "VM")),
        ("Budget / Annie", "Budget", ("Annie",)),
        ("Budget – johtaja Anna Lyle", "Budget", ("johtaja Anna Lyle",)),
        ("Budget (AL)", "Budget", ("AL",)),
        ("Budget (all).", "Budget", ("all",)),
        ("Budget (föredragande Anna Lyle)", "Budget", ("Anna Lyle",)),
        ("Act (123/2020), changes.", "Act (123/2020), changes", ()),
        ("Scope (Articles 1 to 4)", "Scope (Articles 1 to 4)", ()),
        ("Open Document Format (ODF)", "Open Document Format (ODF)", ()),
        ("Reform – progress of the work", "Reform – progress of the work", ()),
        ("Systems (A, B etc.) / Annie", "Systems (A, B etc.)", ("Annie",)),
        ("Any other business - none", "Any other business", ()),
        ("Minutes:", "Minutes", ()),
    ],
)
def test_presenters_are_taken_out_of_titles(
    written: str, title: str, presenters: tuple[str, ...]
) -> None:
    assert read_title(taken(written), (_ANNA,)) == (title, presenters)


@pytest.mark.parametrize(
    ("line", "signs"),
    [
        ("Vasa den 3 maj 2024", True),
        ("March 2024", True),
        ("Anna Lehto, puheenjohtaja", True),
        ("________", True),
        ("Oikeusministeriö", True),
        ("The Board agreed on 3 May 2024.", False),
        ("None", False),
    ],
)
def test_lines_that_close_a_memo(line: str, signs: bool) -> None:
    assert is_signature(line) is signs


@pytest.mark.parametrize(
    "unit", ["1. Title\n\n", "Title\n\nText is here.\n\n", "1.1 a ", "§ ", "/ "]
)
def test_very_many_headings_are_read_in_linear_time(unit: str) -> None:
    layout(HEAD + unit * 1500)


def test_a_title_may_have_a_colon_where_it_stands_alone() -> None:
    body = f"Opening\n\n{OPENED}\nTerms: a common glossary\n\n{TOLD}\nClosing\n\n{CLOSED}"
    assert [title for _, title in items(layout(HEAD + body))] == [
        "Opening", "Terms: a common glossary", "Closing",
    ]  # fmt: skip


def test_lettered_titles_with_a_sentence_below_are_sub_items() -> None:
    lettered = f"a) Accounts\n{TOLD}b) Budget\n{TOLD}"
    body = f"1. Opening\n{OPENED}\n2. Finances\n{lettered}\n3. Close\n{CLOSED}"
    assert items(layout(HEAD + body)) == [
        ("1", "Opening"), ("2", "Finances"), ("2a", "Accounts"), ("2b", "Budget"), ("3", "Close"),
    ]  # fmt: skip


def test_a_presenter_is_taken_out_with_the_body_that_the_list_gives() -> None:
    lyle = Participant("Anna Lyle", None, "Friends of the Quay", Role.EXPERT, True, (0, 0))
    title, who = read_title(taken("Dredging (Anna Lyle, Friends of the Quay)"), (lyle,))
    assert (title, who) == ("Dredging", ("Anna Lyle", "Friends of the Quay"))
