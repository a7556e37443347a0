"""Stances and holders: negation, condition, concession, past and present, whose view it is."""

from __future__ import annotations

import time

import pytest

from drafting_minutes import drafts_of, found_in, minutes_of
from kg.drafting.known import Known
from kg.drafting.model import Alignment, Confidence
from kg.drafting.positions import draft_positions, draft_positions_and_claims

AINO, ANNA, MARY = "Aino Rantala", "Anna Berg", "Mary Hale"


@pytest.mark.parametrize(
    ("language", "speaker", "text", "stance"),
    [
        # for and against
        ("fi", AINO, "Rantala kannatti esitystä.", "support"),
        ("fi", AINO, "Rantala totesi, että lomake pitäisi uusia.", "support"),
        ("fi", AINO, "Rantala piti siirtymäaikaa tarpeellisena.", "support"),
        ("fi", AINO, "Rantala totesi, että laskelmat on tehtävä ensin.", "support"),
        ("fi", AINO, "Rantala vastusti maksua jyrkästi.", "strongOppose"),
        ("sv", ANNA, "Berg understödde förslaget.", "support"),
        ("sv", ANNA, "Berg ansåg att registret bör vara öppet.", "support"),
        ("sv", ANNA, "Berg motsatte sig avgiften.", "oppose"),
        ("en", MARY, "Ms Hale strongly supported the pilot.", "strongSupport"),
        ("en", MARY, "Ms Hale said that the form should be shorter.", "support"),
        ("en", MARY, "Ms Hale objected to the levy.", "oppose"),
        # negation
        ("fi", AINO, "Rantala ilmoitti, ettei hän kannata maksua.", "oppose"),
        ("fi", AINO, "Rantala ei pitänyt aikataulua realistisena.", "oppose"),
        ("fi", AINO, "Rantala totesi, ettei tehtäviä pidä keskittää.", "oppose"),
        ("sv", ANNA, "Berg ansåg inte att det finns grund för ett anslag.", "oppose"),
        ("sv", ANNA, "Berg kunde inte omfatta tanken på ett språkprov.", "oppose"),
        ("en", MARY, "Ms Hale did not believe that a register should be built.", "oppose"),
        ("en", MARY, "Ms Hale felt that we shouldn't move before June.", "oppose"),
        ("en", MARY, "Ms Hale had no objection to the pilot.", "support"),
        ("sv", ANNA, "Berg hade inga invändningar mot kravet.", "support"),
        ("en", MARY, "Ms Hale would not oppose the timetable.", "concede"),
        # condition
        (
            "fi",
            AINO,
            "Rantala voi hyväksyä mallin, jos rahoitus varmistuu.",
            "supportWithConditions",
        ),
        (
            "fi",
            AINO,
            "Rantala puolsi mallia edellyttäen, että kulut katetaan.",
            "supportWithConditions",
        ),
        ("sv", ANNA, "Berg kan godkänna kravet, om tiden förlängs.", "supportWithConditions"),
        (
            "sv",
            ANNA,
            "Berg tillstyrkte under förutsättning att avgiften slopas.",
            "supportWithConditions",
        ),
        (
            "en",
            MARY,
            "Ms Hale could accept two forms, provided that both are free.",
            "supportWithConditions",
        ),
        (
            "en",
            MARY,
            "Ms Hale would go along with this only if fees stay.",
            "supportWithConditions",
        ),
        # no view, hesitation, concession
        ("fi", AINO, "Rantala ei ottanut kantaa maksuun.", "undecided"),
        ("sv", ANNA, "Berg har inte tagit ställning till avgiften.", "undecided"),
        ("en", MARY, "On the levy Ms Hale had no settled view.", "undecided"),
        ("en", MARY, "Ms Hale was in two minds about the levy.", "undecided"),
        ("fi", AINO, "Rantala totesi, että malli ei välttämättä toimi.", "hesitantOppose"),
        ("sv", ANNA, "Berg medgav att en snäv regel kan leda till brist.", "concede"),
        ("fi", AINO, "Rantala totesi, että toki mallia voi muuttaa.", "concede"),
        # wishes
        ("fi", AINO, "Rantala toivoi, että selvitystä jatketaan.", "support"),
        ("sv", ANNA, "Berg hoppades att kursen ordnas på våren.", "support"),
        ("en", MARY, "Ms Hale hoped that departments would answer together.", "support"),
    ],
)
def test_the_stance_of_a_speaker(language: str, speaker: str, text: str, stance: str) -> None:
    assert found_in(language, (speaker, text)) == [(speaker, stance, "personal")]


@pytest.mark.parametrize(
    ("language", "speaker", "text"),
    [
        ("fi", AINO, "Rantala kertoi, että kysely päättyy kesäkuussa."),
        ("fi", AINO, "Rantala kysyi, pitäisikö lomake uusia."),
        ("fi", AINO, "Rantala kiitti esityksestä."),
        ("fi", AINO, "Onko lomake tarpeen uusia?"),
        ("sv", ANNA, "Berg redogjorde för läget, och erfarenheterna är goda."),
        ("sv", ANNA, "Berg undrade om registret bör vara öppet."),
        ("sv", ANNA, "Berg hälsade alla välkomna."),
        ("en", MARY, "Ms Hale reported that eleven actions had been closed."),
        ("en", MARY, "Ms Hale asked whether the form should be shorter."),
        ("en", MARY, "Ms Hale welcomed Mr Reed and thanked the secretariat."),
        ("en", MARY, "Ms Hale said that the standard was well supported by tools."),
        # given up: only the present counts, and there is none
        ("fi", AINO, "Rantala oli aiemmin vastustanut maksua."),
    ],
)
def test_no_stance(language: str, speaker: str, text: str) -> None:
    assert found_in(language, (speaker, text)) == []


@pytest.mark.parametrize(
    ("language", "speaker", "text", "holder", "stance", "basis"),
    [
        ("fi", AINO, "Rantala sanoi, ettei STM voi hyväksyä maksua.", "STM", "oppose", "own"),
        ("fi", AINO, "STM:n mielestä lomake pitäisi uusia.", "STM", "support", "own"),
        ("fi", AINO, "SM:n mukaan lomake pitäisi uusia.", "SM", "support", "reported"),
        ("fi", AINO, "STM:lle sopisi lyhyempi lomake.", "STM", "support", "own"),
        ("fi", AINO, "Maksua STM ei kannata.", "STM", "oppose", "own"),
        ("fi", AINO, "Ministeriö puoltaa maksua.", "STM", "support", "own"),
        ("fi", "Helmi Kivelä", "Liiton kanta on avoin.", "Kuntaliitto", "undecided", "own"),
        ("sv", ANNA, "Enligt JM bör kostnaden delas.", "JM", "support", "reported"),
        ("sv", ANNA, "FM:s utgångspunkt är att avgiften slopas.", "FM", "support", "own"),
        ("sv", ANNA, "Kommersiell drift avvisades av Holm.", "Lars Holm", "oppose", "reported"),
        ("sv", ANNA, "Hon föreslog en kortare tid.", ANNA, "support", "personal"),
        ("en", MARY, "The Treasury would prefer a later date.", "HM Treasury", "support", "own"),
        ("en", MARY, "Quillon opposed the levy.", "Quillon Systems", "oppose", "reported"),
        ("en", MARY, "In her view the levy would be wrong.", MARY, "oppose", "personal"),
        ("en", MARY, "The department supports the pilot.", "HM Treasury", "support", "own"),
    ],
)
def test_whose_view_it_is(
    language: str, speaker: str, text: str, holder: str, stance: str, basis: str
) -> None:
    assert found_in(language, (speaker, text)) == [(holder, stance, basis)]


def test_two_holders_in_one_sentence() -> None:
    text = "STM kannattaa maksua, ja SM taas vastustaa sitä."
    assert found_in("fi", (AINO, text)) == [
        ("STM", "support", "own"),
        ("SM", "oppose", "reported"),
    ]
    joint = "Ms Hale and Mr Reed endorsed the pilot."
    assert found_in("en", (MARY, joint)) == [
        (MARY, "support", "personal"),
        ("John Reed", "support", "reported"),
    ]


def test_the_present_view_counts_and_not_the_one_given_up() -> None:
    text = "SM oli aiemmin vastustanut maksua, mutta kannattaa sitä nyt."
    assert found_in("fi", (AINO, text)) == [("SM", "support", "reported")]
    turned = "The Treasury had originally favoured the levy but no longer did so."
    assert found_in("en", (MARY, turned)) == [("HM Treasury", "oppose", "own")]
    dropped = (
        "The Treasury, which had been critical of the levy a year ago, had withdrawn its objection."
    )
    assert found_in("en", (MARY, dropped)) == []


def test_a_concession_yields_to_the_main_clause() -> None:
    text = "Rantala totesi, että toki mallia voi muuttaa, mutta maksua hän vastusti."
    assert found_in("fi", (AINO, text)) == [(AINO, "oppose", "personal")]
    english = "Ms Hale cautioned against haste, although she accepted that time was short."
    assert found_in("en", (MARY, english)) == [(MARY, "oppose", "personal")]


def test_what_is_proposed_is_the_content_and_no_second_view() -> None:
    text = "Rantala ehdotti, että SM kannattaisi lyhyempää lomaketta ja maksu pitäisi poistaa."
    assert found_in("fi", (AINO, text)) == [(AINO, "support", "personal")]


def test_who_agrees_takes_the_side_of_whom_they_name() -> None:
    talk = (
        ("Lars Holm", "Holm motsatte sig avgiften."),
        (ANNA, "Berg förenade sig om det som Holm sagt."),
        ("Ove Sund", "Sund delade inte Holms uppfattning."),
    )
    assert found_in("sv", *talk) == [
        ("Lars Holm", "oppose", "personal"),
        (ANNA, "oppose", "personal"),
        ("Ove Sund", "support", "personal"),
    ]


def test_bare_agreement_is_with_the_view_before() -> None:
    talk = ((MARY, "Ms Hale opposed the levy."), ("John Reed", "Reed: Strongly agree."))
    assert found_in("en", *talk)[1] == ("John Reed", "oppose", "personal")


def test_a_speech_for_a_body_has_its_voice() -> None:
    text = "Rantala kommentoi STM:n näkökulmasta. Lomake pitäisi uusia."
    assert found_in("fi", (AINO, text)) == [("STM", "support", "own")]


def test_a_body_whose_view_was_just_told_goes_on() -> None:
    text = "VM ei näe maksulle perusteita. Siirtymäaikaan voidaan suostua, jos se on lyhyt."
    assert found_in("fi", ("Pia Lind", text)) == [
        ("VM", "oppose", "own"),
        ("VM", "supportWithConditions", "own"),
    ]
    new_subject = "VM ei näe maksulle perusteita. Piti tärkeänä, että asiaa seurataan."
    assert found_in("fi", ("Pia Lind", new_subject))[1] == ("Pia Lind", "support", "personal")


def test_a_representative_speaks_as_a_person() -> None:
    assert found_in("sv", ("Lars Holm", "JM:s representant motsatte sig avgiften.")) == [
        ("Lars Holm", "oppose", "personal")
    ]


def test_a_body_that_speaks_by_itself() -> None:
    drafts = drafts_of("fi", ("SM", "SM totesi, ettei ohjelmaa pidä laajentaa."))
    assert [(one.holder.name, one.stance, one.basis.value, one.asserted_by) for one in drafts] == [
        ("SM", "oppose", "own", None)
    ]


def test_a_group_without_a_name() -> None:
    text = "Rantala kertoi, että kunnat vastustavat maksua."
    drafts = drafts_of("fi", (AINO, text))
    assert [(one.holder.name, one.holder.type.value) for one in drafts] == [("kunnat", "group")]


def test_nobody_is_named() -> None:
    drafts = drafts_of("fi", (None, "Maksua kannatettiin."))
    assert [(one.holder.type.value, one.confidence) for one in drafts] == [
        ("unnamed", Confidence.LOW)
    ]


def test_what_is_decided_is_no_position() -> None:
    text = "The group agreed that the fee should stay."
    minutes = minutes_of("en", [(None, text)], decided=[text])
    assert draft_positions(minutes, Known()) == ()


def test_a_draft_says_where_and_why() -> None:
    text = (
        "Ms Hale opened paper two. The Treasury could accept the fee, provided that "
        "it is low, because homes\nare dear."
    )
    (draft,) = drafts_of("en", (MARY, text))
    start, end = draft.passage.span()
    assert (start, end) == (text.index("The Treasury"), len(text))
    assert draft.condition == "provided that it is low"
    assert draft.reasons == ("because homes\nare dear",)
    assert 3 <= len(draft.phrase.split()) <= 8
    assert draft.phrase in draft.passage.text
    assert draft.asserted_by == MARY


@pytest.mark.parametrize(
    ("language", "speaker", "text", "proposition"),
    [
        ("fi", AINO, "Maksua STM ei kannata.", "Maksua"),
        ("sv", ANNA, "Berg föreslog att tiden förlängs till maj.", "Tiden förlängs till maj"),
        ("en", MARY, "Ms Hale hoped that all would answer together.", "All would answer together"),
    ],
)
def test_the_proposition_is_what_is_left(
    language: str, speaker: str, text: str, proposition: str
) -> None:
    (draft,) = drafts_of(language, (speaker, text))
    if language == "fi":
        assert draft.proposition.startswith("Maksua")
        assert "ei" not in draft.proposition.split()
    else:
        assert draft.proposition == proposition


def test_claims_of_agreement_stay_apart() -> None:
    minutes = minutes_of(
        "fi",
        [
            (AINO, "Rantala totesi: olemme yksimielisiä siitä, että tarvitaan uusi lomake."),
            (AINO, "STM ja SM ovat eri mieltä maksusta."),
            (AINO, "Jos vallitsee yksimielisyys, jatko on helppo."),
        ],
    )
    claims = draft_positions_and_claims(minutes, Known()).alignments
    assert [(one.alignment, one.implied) for one in claims] == [
        (Alignment.AGREE, True),
        (Alignment.DISAGREE, False),
        (Alignment.HYPOTHETICAL, True),
    ]
    assert [one.name for one in claims[1].parties] == ["STM", "SM"]


def test_each_holder_has_one_draft_a_side_and_sentence() -> None:
    text = "Rantala kannatti maksua ja piti sitä hyvänä."
    assert found_in("fi", (AINO, text), (AINO, text)) == [
        (AINO, "support", "personal"),
        (AINO, "support", "personal"),
    ]


def test_what_no_sentence_can_be_is_left_with_a_remark() -> None:
    text = "Rantala kannatti maksua, " * 4000
    drafts = draft_positions_and_claims(minutes_of("fi", [(AINO, text)]), Known())
    assert drafts.positions == ()
    assert "too long" in drafts.remarks[0].message


@pytest.mark.parametrize("text", ["a. " * 60_000, "STM, " * 700 + "x", "’n’t" * 900])
def test_odd_text_takes_no_time(text: str) -> None:
    began = time.process_time()
    draft_positions(minutes_of("en", [(MARY, text)]), Known())
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    ("language", "speaker", "text", "wanted"),
    [
        # who reports is not who holds the view
        ("fi", AINO, "Kuntaliitto on Rantalan mukaan haluton rahoittamaan mallia.", "Kuntaliitto"),
        ("fi", AINO, "SM vastustaa maksua, Rantala kertoi.", "SM"),
        ("sv", ANNA, "FM kunde enligt Berg inte understöda avgiften.", "FM"),
        ("sv", ANNA, "FM motsätter sig avgiften, meddelade Berg.", "FM"),
        ("en", MARY, "The Home Office, said Ms Hale, rejected the levy.", "Home Office"),
        (
            "fi",
            AINO,
            "Rantala totesi, että Kuntaliitto pitää tavoitetta hyvänä mutta vastustaa maksua.",
            "Kuntaliitto",
        ),
        ("en", MARY, "The levy, warned Ms Hale, would be unfair.", MARY),
        ("fi", AINO, "Rantala vastusti Kuntaliiton puolesta maksua.", "Kuntaliitto"),
        ("fi", AINO, "Rantala kertoi SM:n vastustavan maksua.", "SM"),
        ("sv", ANNA, "Berg hänvisade till elevrådet, som har motsatt sig avgiften.", "elevrådet"),
        (
            "sv",
            ANNA,
            "För Migrationsverkets del är avgiften onödig, sade Berg.",
            "Migrationsverket",
        ),
    ],
)
def test_who_reports_a_refusal_is_not_who_holds_it(
    language: str, speaker: str, text: str, wanted: str
) -> None:
    refusals = [
        holder for holder, stance, _ in found_in(language, (speaker, text)) if stance == "oppose"
    ]
    assert refusals == [wanted]


@pytest.mark.parametrize(
    ("language", "speaker", "text", "stance"),
    [
        # what is asked for is that something be not
        ("fi", AINO, "Rantala toivoi, ettei aikataulua muuteta.", "oppose"),
        ("sv", ANNA, "Berg hoppades att det inte blir fler ändringar.", "oppose"),
        ("en", MARY, "Ms Hale urged members not to invent forms.", "oppose"),
        ("en", MARY, "Ms Hale recommended that nobody move in June.", "oppose"),
        ("en", MARY, "Nor, Ms Hale added, should councils pay for it.", "oppose"),
        ("fi", AINO, "Rantala piti puutteena sitä, ettei kuntia ole kuultu.", "support"),
        ("en", MARY, "Ms Hale does not, however, consider it reasonable.", "oppose"),
        # a refusal that names what would lift it
        ("fi", AINO, "Rantala ei voi hyväksyä mallia ilman korvausta.", "supportWithConditions"),
        ("sv", ANNA, "Berg kan inte godta kravet förrän tiden förlängs.", "supportWithConditions"),
        ("en", MARY, "Ms Hale could not support the levy until it fell.", "supportWithConditions"),
        # fears and doubts
        ("fi", AINO, "Rantala pelkäsi, että maksu karkottaa käyttäjät.", "oppose"),
        ("sv", ANNA, "Berg befarade att kravet slår ut små aktörer.", "oppose"),
        ("en", MARY, "Ms Hale feared that the levy would deter users.", "oppose"),
        ("en", MARY, "Ms Hale had misgivings about the dates.", "hesitantOppose"),
        # words that look like others
        ("sv", ANNA, "Berg höll inte tal utan berömde modellen.", "support"),
        ("sv", ANNA, "Berg påpekade att reglerna inte får glömmas.", "support"),
        ("fi", AINO, "Määräys tulisi Rantalan mukaan antaa kaavassa eikä laissa.", "support"),
        ("fi", AINO, "Rantala siirtäisi asian syksyyn.", "support"),
    ],
)
def test_the_stance_of_requests_refusals_and_fears(
    language: str, speaker: str, text: str, stance: str
) -> None:
    (draft,) = drafts_of(language, (speaker, text))
    assert draft.stance == stance


@pytest.mark.parametrize(
    ("language", "speaker", "text"),
    [
        ("fi", AINO, "Rantala tiivisti, että kaikki kannattavat mallia."),
        ("sv", ANNA, "Berg sammanfattade att alla vill gå vidare."),
        ("en", MARY, "Ms Hale summed up that everyone preferred July."),
        ("fi", AINO, "Rantala muistutti, että lomakkeet tulee palauttaa maaliskuussa."),
        ("en", MARY, "Ms Hale reminded members that reports must be submitted by March."),
        ("en", MARY, "Ms Hale recalled that she had argued for twelve months."),
        ("en", MARY, "Ms Hale admitted that she used to ask for a levy."),
        ("en", MARY, "Ms Hale replied that four papers were being prepared."),
        ("en", MARY, "Ms Hale welcomed everybody and gave the dates."),
        ("sv", ANNA, "Berg kunde inte säga om nivån."),
    ],
)
def test_summaries_reminders_and_courtesies_take_no_side(
    language: str, speaker: str, text: str
) -> None:
    assert found_in(language, (speaker, text)) == []


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Rantala sanoi, ettei Kuntaliitolla ole vielä kantaa.", "Kuntaliitto"),
        ("SM ei Rantalan mukaan ole vielä muodostanut kantaa.", "SM"),
    ],
)
def test_a_body_without_a_view_is_undecided_by_itself(text: str, holder: str) -> None:
    assert found_in("fi", (AINO, text)) == [(holder, "undecided", "reported")]


def test_who_agrees_takes_the_stance_of_whom_they_agree_with() -> None:
    first = "Ms Hale opposed the levy. She said that two returns should be merged."
    second = "Mr Reed agreed with Ms Hale."
    found = found_in("en", (MARY, first), ("John Reed", second))
    assert ("John Reed", "oppose", "personal") in found


def test_a_noun_takes_up_the_body_that_was_named_last() -> None:
    text = "Ms Hale had a letter from the Ministry of Justice. The Ministry opposed the levy."
    assert [holder for holder, _, _ in found_in("en", (MARY, text))] == ["Ministry of Justice"]
