"""`kg validate --fix`: write into a coding what can be derived, and touch nothing else."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml.error import YAMLError

from kg.coding import evidence
from kg.coding.edit import edited
from kg.coding.identify import identify
from kg.coding.yamlfile import YamlFile, load_yaml, plain, yaml_reader
from kg.findings import Finding
from kg.folders import write_atomically
from kg.source import Source, Sources

_MARK = "\N{BYTE ORDER MARK}"


def fix_file(path: Path, sources: Sources | None = None) -> tuple[bool, list[Finding]]:
    """Add ids, types, order and, from the source, places; tell whether the file changed.

    What cannot be derived stays as it is and becomes a finding. Raises `OutputError` if the file
    cannot be written.
    """
    file = load_yaml(path)
    if isinstance(file, Finding):
        return False, [file]
    before = plain(file.tree)
    identify(file.tree)
    findings = _locate(file, sources)
    after = plain(file.tree)
    if after == before:
        return False, findings
    text = edited(file.text, before, file.tree)
    if not _says(text, after):
        message = "the file is written in a way that --fix cannot add to: write ids and places here"
        return False, [*findings, file.finding((), message)]
    marked = path.read_bytes().startswith(_MARK.encode())
    write_atomically(path, _MARK + text if marked else text)
    return True, findings


def _says(text: str, data: object) -> bool:
    """Tell whether a text reads as this data, whatever its writer's style did to the edits."""
    try:
        return bool(plain(yaml_reader().load(text)) == data)
    except YAMLError:
        return False


def _locate(file: YamlFile, sources: Sources | None) -> list[Finding]:
    source = evidence.source_of(file, sources)
    if isinstance(source, Source):
        return evidence.locate(file, source)
    return [source] if source else evidence.waiting(file)
