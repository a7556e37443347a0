"""A result of SHACL as a finding: at the line of the node at fault, in the language asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from ferry import ISSUES, MEETING, PEOPLE, Ferry, copy_ferry
from kg.encode import encode
from kg.findings import Severity
from kg.shapes import check_shapes

BASE = "https://example.org/kg/"
REMEDIES = {
    "en": {
        "speaker": "The speaker is no participant of the meeting: add the person or body under",
        "order": "More than one entry of the meeting has the same sequence number: number",
        "condition": "The stance is conditional but no condition is stated: give",
        "wording": "The proposition is worded in one language only: add another to",
    },
    "fi": {
        "speaker": "Puhuja ei ole kokouksen osallistuja: lisää henkilö tai organisaatio kohtaan",
        "order": "Usealla kokouksen kirjauksella on sama järjestysnumero: numeroi",
        "condition": "Suhtautuminen on ehdollinen, mutta ehto puuttuu: anna",
        "wording": "Väittämä on muotoiltu vain yhdellä kielellä: lisää toinen kohtaan",
    },
    "sv": {
        "speaker": "Talaren deltar inte i mötet: lägg till personen eller organisationen under",
        "order": "Flera anteckningar i mötet har samma ordningsnummer: numrera",
        "condition": "Hållningen är villkorad men villkoret saknas: ange",
        "wording": "Påståendet är formulerat på bara ett språk: lägg till ett andra i",
    },
}


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Ferry:
    """Right for the models, wrong for the shapes, in four ways."""
    ferry = copy_ferry(tmp_path_factory.mktemp("ferry"))
    ferry.replace(PEOPLE, "name: Bo Sund}", "name: Bo Sund}\n- {id: cai, type: Person, name: Cai}")
    ferry.replace(MEETING, "speaker: bo-sund", "speaker: cai")
    ferry.replace(MEETING, "sequence: 3", "sequence: 2")
    ferry.replace(MEETING, "stance: hesitantOppose", "stance: opposeWithConditions")
    ferry.replace(ISSUES, ", fi: Lautta kulkee yöllä.", "")
    assert ferry.load()[1] == []
    return ferry


@pytest.mark.slow
@pytest.mark.parametrize("language", REMEDIES)
def test_findings_stand_at_the_node_at_fault(spoilt: Ferry, language: str) -> None:
    dataset, _ = spoilt.load()
    findings = check_shapes(encode(dataset), dataset.places(), language)
    remedies = REMEDIES[language]
    wanted = [
        (ISSUES, "id: night-ferry\n", Severity.INFO, "night-ferry", "wording"),
        (MEETING, "id: ferry-2/s02\n", Severity.ERROR, "ferry-2/s02", "speaker"),
        (MEETING, "id: ferry-2/s02/p1", Severity.WARNING, "ferry-2/s02/p1", "condition"),
        (MEETING, "id: ferry-2/s03\n", Severity.ERROR, "ferry-2/s03", "order"),
    ]
    assert [(one.path, one.line, one.severity) for one in findings] == [
        (spoilt.folder / name, spoilt.line(name, marker), severity)
        for name, marker, severity, _, _ in wanted
    ]
    for finding, (_, _, _, node, remedy) in zip(findings, wanted, strict=True):
        assert finding.message.startswith(f"{node}: {remedies[remedy]}")


def test_a_base_of_the_users_changes_no_finding(spoilt: Ferry) -> None:
    dataset, _ = spoilt.load()
    default = check_shapes(encode(dataset), dataset.places())
    assert check_shapes(encode(dataset, BASE), dataset.places(), base=BASE) == default
    assert default


@pytest.mark.slow
def test_a_language_without_messages_falls_back_to_english(spoilt: Ferry) -> None:
    dataset, _ = spoilt.load()
    quads = encode(dataset)
    assert check_shapes(quads, dataset.places(), "et") == check_shapes(quads, dataset.places())


def test_good_data_gives_nothing(tmp_path: Path) -> None:
    dataset, _ = copy_ferry(tmp_path).load()
    assert check_shapes(encode(dataset), dataset.places()) == []
