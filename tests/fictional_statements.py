"""A fictional debate of six ministries, large enough to crowd a page; used by the view tests."""

from __future__ import annotations

from itertools import product

from kg.statements import Comparison, Label, Side, Statement
from kg.views.models import Meeting, PageLink, Party, Source

BASE = "https://example.org/data/"

MINISTRIES = {
    "MH": Label("MH", "SatM", "HamM"),
    "MF": Label("MF", "MetM", "SkoM"),
    "ML": Label("ML", "MajM", "FyrM"),
    "MT": Label("MT", "RaM", "SpåM"),
    "MB": Label("MB", "SilM", "BroM"),
    "MW": Label("MW", "SääM", "VädM"),
}
FULL_NAMES = {
    "MH": Label("Ministry of Harbours", "Satamaministeriö", "Hamnministeriet"),
    "MF": Label("Ministry of Forest Roads", "Metsäteiden ministeriö", "Skogsvägsministeriet"),
}
OFFICIALS = {
    "aino-rantala": ("Aino Rantala", "MH"),
    "bertil-strandqvist": ("Bertil Strandqvist", "MH"),
    "cecilia-von-haartman": ("Cecilia von Haartman-Lindroos", "MH"),
    "daavid-korpi": ("Daavid Korpi", "MF"),
    "elli-honkasaari": ("Elli Honkasaari", "MF"),
    "frida-ek": ("Frida Ek", "MF"),
    "gunnar-fyr": ("Gunnar Fyr", "ML"),
    "helmi-silta": ("Helmi Silta", "MB"),
}
SUBJECTS = (
    (
        "The national register of jetties",
        "Valtakunnallinen laiturirekisteri",
        "Det riksomfattande bryggregistret",
    ),
    (
        "The harbour masters' duty to notify",
        "Satamakapteenien ilmoitusvelvollisuus",
        "Hamnkaptenernas anmälningsplikt",
    ),
    (
        "The grant for winter maintenance",
        "Talvikunnossapidon avustus",
        "Bidraget för vinterunderhåll",
    ),
    (
        "The regional lighthouse coordinator",
        "Alueellinen majakkakoordinaattori",
        "Den regionala fyrsamordnaren",
    ),
    ("The coastal advice centre", "Rannikon neuvontakeskus", "Rådgivningscentralen för kusten"),
    (
        "The permit for seasonal bridges",
        "Kausisiltojen lupamenettely",
        "Tillståndsförfarandet för säsongsbroar",
    ),
    (
        "The joint inspection of timber rafts",
        "Tukkilauttojen yhteistarkastus",
        "Den gemensamma inspektionen av timmerflottar",
    ),
    (
        "The training of volunteer pilots",
        "Vapaaehtoisluotsien koulutus",
        "Utbildningen av frivilliga lotsar",
    ),
    (
        "The exchange of weather observations",
        "Säähavaintojen luovutus",
        "Utlämnandet av väderobservationer",
    ),
    (
        "The emergency berth for small boats",
        "Pienveneiden hätälaituripaikka",
        "Nödbryggplatsen för småbåtar",
    ),
)
PREDICATES = (
    (
        "is provided for in an act of its own and not only by decree",
        "säädetään omassa laissaan eikä ainoastaan asetuksella",
        "regleras i en egen lag och inte enbart genom förordning",
    ),
    (
        "is financed from the state budget also after the trial period",
        "rahoitetaan valtion talousarviosta myös kokeilun päätyttyä",
        "finansieras ur statsbudgeten även efter försöksperioden",
    ),
    (
        "is moved to the municipalities",
        "siirretään kuntien tehtäväksi viimeistään silloin, kun uudet hyvinvointirakenteet "
        "ovat vakiintuneet",
        "överförs till kommunerna",
    ),
    (
        "does not depend on whether a criminal investigation has been opened",
        "ei riipu siitä, onko asiassa aloitettu esitutkinta",
        "är inte beroende av om en förundersökning har inletts",
    ),
)
STANCES = {
    "strongSupport": ("support", False),
    "support": ("support", False),
    "supportWithConditions": ("support", True),
    "hesitantSupport": ("support", True),
    "undecided": ("", True),
    "hesitantOppose": ("oppose", True),
    "oppose": ("oppose", False),
    "strongOppose": ("oppose", False),
}
CODES = {
    "stance": {
        "strongSupport": Label("strong support", "vahva tuki", "starkt stöd"),
        "support": Label("support", "tukee", "stöder"),
        "supportWithConditions": Label(
            "support with conditions", "tukee ehdoin", "stöder med villkor"
        ),
        "hesitantSupport": Label("hesitant support", "tukee epäröiden", "stöder tveksamt"),
        "undecided": Label("undecided", "ei kantaa", "obestämd"),
        "hesitantOppose": Label(
            "hesitant opposition", "vastustaa epäröiden", "motsätter sig tveksamt"
        ),
        "oppose": Label("opposition", "vastustaa", "motsätter sig"),
        "strongOppose": Label("strong opposition", "vastustaa jyrkästi", "motsätter sig starkt"),
    },
    "basis": {
        "official": Label("official", "virkamies", "tjänsteman"),
        "own": Label("own", "oma", "egen"),
        "reported": Label("reported", "kerrottu", "återgiven"),
        "personal": Label("personal", "henkilökohtainen", "personlig"),
    },
}
A = Party(BASE + "MH", MINISTRIES["MH"], FULL_NAMES["MH"])
B = Party(BASE + "MF", MINISTRIES["MF"], FULL_NAMES["MF"])
MEETING = Label(
    "Steering group of coastal matters, meeting 4, 12 May 2031",
    "Rannikkoasioiden ohjausryhmä, kokous 4, 12.5.2031",
    "Styrgruppen för kustärenden, möte 4, 12.5.2031",
)
SOURCE = Source(
    sources=(Label("Invented for tests.", "Keksitty testejä varten.", "Påhittad för test."),),
    licence=Label.same("CC BY 4.0"),
    queries={"disagreements --a MH --b MF": "SELECT * WHERE {\n  ?s ?p ?o FILTER(?o < 3)\n}"},
)
PROPOSITIONS = tuple(
    Label(*(f"{subject} {predicate}" for subject, predicate in zip(s, p, strict=True)))
    for p, s in product(PREDICATES, SUBJECTS)
)
ISSUES = tuple(Label(*(f"{subject}?" for subject in s)) for s in SUBJECTS)


def statement(
    number: int,
    holder: str,
    proposition: int,
    stance: str,
    basis: str = "official",
    speaker: str = "",
) -> Statement:
    """A statement of the fictional meeting; `holder` is an official, a ministry or a group."""
    if holder in OFFICIALS:
        name, body = Label.same(OFFICIALS[holder][0]), OFFICIALS[holder][1]
        kind, speaker = "person", speaker or name.en
    elif holder in MINISTRIES:
        name, body, kind = MINISTRIES[holder], holder, "body"
    else:
        name, body, kind = Label(holder, "kalastajat", "fiskarna"), "", "group"
    pole, qualified = STANCES[stance]
    return Statement(
        position=f"{BASE}m4/s{number:02}/p1",
        holder=BASE + holder,
        holder_kind=kind,
        holder_name=name,
        body=BASE + body if body else "",
        body_name=MINISTRIES[body] if body else Label.same(""),
        proposition=f"{BASE}q{proposition:02}",
        proposition_label=PROPOSITIONS[proposition],
        issue=f"{BASE}issue{proposition % 10}",
        issue_label=ISSUES[proposition % 10],
        stance=stance,
        pole=pole,
        qualified=qualified,
        basis=basis,
        speaker_name=speaker,
        meeting=BASE + "m4",
        meeting_label=MEETING,
        date="2031-05-12",
        item=str(3 + number % 4),
        paragraph=number,
        start=100 * number,
        end=100 * number + 42,
        quote="ei tässä muodossa",
        condition_label=PROPOSITIONS[39] if stance == "supportWithConditions" else Label.same(""),
    )


_SPOKEN = (
    # Opposed between MH and MF
    ("aino-rantala", 0, "support"), ("daavid-korpi", 0, "oppose"),
    ("bertil-strandqvist", 0, "strongSupport"),
    ("cecilia-von-haartman", 3, "oppose"), ("elli-honkasaari", 3, "support"),
    ("aino-rantala", 13, "oppose"), ("frida-ek", 13, "strongSupport"),
    ("helmi-silta", 13, "hesitantOppose"),
    # By degree
    ("aino-rantala", 1, "support"), ("daavid-korpi", 1, "supportWithConditions"),
    ("bertil-strandqvist", 5, "support"), ("elli-honkasaari", 5, "undecided"),
    ("cecilia-von-haartman", 16, "hesitantOppose"), ("frida-ek", 16, "support"),
    ("frida-ek", 24, "hesitantSupport"), ("bertil-strandqvist", 24, "support"),
    # Agreed
    ("aino-rantala", 2, "support"), ("elli-honkasaari", 2, "support"),
    ("bertil-strandqvist", 8, "support"), ("daavid-korpi", 8, "support"),
    ("cecilia-von-haartman", 11, "oppose"), ("frida-ek", 11, "oppose"),
    ("gunnar-fyr", 8, "support"),
    # One side only
    *(("aino-rantala", n, "support") for n in (6, 9)),
    *(("bertil-strandqvist", n, "oppose") for n in (12, 22)),
    *(("cecilia-von-haartman", n, "hesitantSupport") for n in (17, 18, 19)),
    *(("daavid-korpi", n, "support") for n in (21, 23)),
    *(("elli-honkasaari", n, "strongOppose") for n in (25, 26)),
    *(("frida-ek", n, "supportWithConditions") for n in (27, 28, 29, 15)),
    # The others
    *(("gunnar-fyr", n, "support") for n in (30, 31, 32, 0)),
    *(("helmi-silta", n, "undecided") for n in (33, 34)),
)  # fmt: skip
_FOR_BODIES = (
    ("MF", 4, "oppose", "reported", "Aino Rantala"),
    ("MH", 4, "support", "own", "Aino Rantala"),
    ("MF", 7, "support", "reported", ""),
    ("MH", 7, "undecided", "own", "Bertil Strandqvist"),
    ("MF", 14, "support", "own", "Daavid Korpi"),
    ("MH", 14, "support", "own", "Cecilia von Haartman-Lindroos"),
    ("MH", 0, "support", "reported", "Daavid Korpi"),
    ("MT", 35, "support", "reported", "Gunnar Fyr"),
    ("MT", 36, "hesitantSupport", "reported", "Helmi Silta"),
    ("MW", 8, "support", "reported", "Helmi Silta"),
    ("MW", 37, "oppose", "reported", "Helmi Silta"),
    ("fishers", 38, "strongOppose", "reported", "Gunnar Fyr"),
    ("fishers", 39, "oppose", "reported", "Aino Rantala"),
)  # fmt: skip

STATEMENTS = tuple(
    [statement(n, *spoken) for n, spoken in enumerate(_SPOKEN)]
    + [statement(n, *spoken) for n, spoken in enumerate(_FOR_BODIES, len(_SPOKEN))]
)
_MH = {OFFICIALS[o][0] for o in OFFICIALS if OFFICIALS[o][1] == "MH"}


def _side(statement: Statement) -> Side:
    return Side(
        statement.body_name.en,
        statement.stance,
        statement.basis,
        statement.speaker_name,
        2 if statement.stance == "strongSupport" else 1,
        statement.item,
        statement.quote,
    )


def compare(kind: str, propositions: tuple[int, ...], ground: str = "") -> tuple[Comparison, ...]:
    """Set the statements of A and of B on these propositions against each other."""
    return tuple(
        Comparison(
            kind, a.proposition, b.proposition, a.proposition_label, Label.same(""), a.issue_label,
            _side(a), _side(b), b.meeting, b.date, b.item, ground,
        )
        for n in propositions
        for a, b in product(_of(A.id, n), _of(B.id, n))
    )  # fmt: skip


def _of(body: str, proposition: int) -> list[Statement]:
    name = f"{BASE}q{proposition:02}"
    return [s for s in STATEMENTS if s.body == body and s.proposition == name]


DISAGREEMENTS = (
    *compare("opposed", (0, 3, 13, 4)),
    *compare("degree", (1, 5, 16, 24, 7)),
    Comparison(
        "rival", BASE + "q09", BASE + "q21", PROPOSITIONS[9], PROPOSITIONS[21], ISSUES[9],
        _side(_of(A.id, 9)[0]), _side(_of(B.id, 21)[0]), BASE + "m4", "2031-05-12", "4",
    ),
)  # fmt: skip
AGREEMENTS = compare("agree", (2, 8, 11, 14), "derived")
MEETINGS = (
    Meeting(
        MEETING,
        Label(
            "Steering group of coastal matters",
            "Rannikkoasioiden ohjausryhmä",
            "Styrgruppen för kustärenden",
        ),
        "2031-05-12",
        (
            (Label("speech acts", "puheenvuoroa", "inlägg"), 31),
            (Label("positions", "kannanottoa", "ställningstaganden"), 52),
        ),
    ),
)
PAGES = (
    PageLink(
        "disagreement-mh-mf.html",
        Label(
            "Where MH and MF disagree",
            "Mistä SatM ja MetM ovat eri mieltä",
            "Vad HamM och SkoM är oense om",
        ),
        Label("Ten disagreements.", "Kymmenen erimielisyyttä.", "Tio meningsskiljaktigheter."),
    ),
)
