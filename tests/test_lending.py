"""The shipped registers lend what a folder refers to, and nothing else."""

from __future__ import annotations

from pathlib import Path

from kg.coding.dataset import find_files, load_dataset
from kg.coding.model import Meeting
from kg.coding.register import Register

SHIPPED = """
entities:
- {id: SM, type: Body, label: {en: Interior}, topic: [ministries]}
- {id: police, type: Body, label: {en: Police}, partOf: [SM]}
- {id: STM, type: Body, label: {en: Health}}
- {id: ministries, type: Topic, label: {en: ministries}}
- {id: anna, type: Person, name: Anna}
"""


def _entities(own: str, tmp_path: Path) -> dict[str, str]:
    """Ids of the dataset with their labels or names, for a register of one's own."""
    for name, text in (("shipped", SHIPPED), ("own", own)):
        folder = tmp_path / name / "authorities"
        folder.mkdir(parents=True)
        (folder / "all.yaml").write_text(text, encoding="utf-8")
    shipped = tmp_path / "shipped"
    dataset, findings = load_dataset(find_files(tmp_path / "own", shipped), shipped=shipped)
    assert findings == []
    registers = [file.model for file in dataset.files if isinstance(file.model, Register)]
    assert not [file for file in dataset.files if isinstance(file.model, Meeting)]
    return {
        entity.id: str(getattr(entity, "name", None) or dict(getattr(entity, "label", {}))["en"])
        for register in registers
        for entity in register.entities
    }


def test_what_is_named_comes_with_what_it_names(tmp_path: Path) -> None:
    own = "entities:\n- {id: unit, type: Body, label: {en: Unit}, partOf: [police]}\n"
    assert _entities(own, tmp_path) == {
        "unit": "Unit",
        "police": "Police",
        "SM": "Interior",
        "ministries": "ministries",
    }


def test_what_one_defines_is_ones_own(tmp_path: Path) -> None:
    own = "entities:\n- {id: SM, type: Body, label: {en: Sami Museum}}\n"
    assert _entities(own, tmp_path) == {"SM": "Sami Museum"}


def test_the_shipped_folder_itself_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "authorities"
    folder.mkdir()
    (folder / "all.yaml").write_text(SHIPPED, encoding="utf-8")
    dataset, _ = load_dataset(find_files(tmp_path, tmp_path), shipped=tmp_path)
    (file,) = dataset.files
    assert isinstance(file.model, Register)
    assert len(file.model.entities) == 5
