"""Reading the YAML of a coding, with the line of every key.

YAML 1.2 with its core schema by ruamel.yaml: `14:02`, `no` and dates are text, as JSON and so the
JSON-LD context have them. What has no meaning in JSON (anchors, tags, merges) is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq, TaggedScalar
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.resolver import VersionedResolver

from kg.findings import Finding, Severity

Location = Sequence[str | int]

_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_DUPLICATE = re.compile(r'found duplicate key "(.*?)" with value')


class _CoreSchema(VersionedResolver):
    """YAML 1.2 without the timestamps of 1.1, on which a date such as 2021-13-40 would break."""

    def add_version_implicit_resolver(
        self, version: Any, tag: Any, regexp: Any, first: Any
    ) -> None:
        if tag != _TIMESTAMP:
            super().add_version_implicit_resolver(version, tag, regexp, first)


@dataclass(frozen=True)
class YamlFile:
    """One parsed file: its text without byte order mark, and a tree that knows its lines."""

    path: Path
    text: str
    tree: CommentedMap

    def line(self, location: Location) -> int:
        """The line (from 1) of the deepest part of a location that the file has."""
        node: Any = self.tree
        line = 0
        for step in location:
            try:
                place = node.lc.key(step) if isinstance(node, CommentedMap) else node.lc.item(step)
                line, node = place[0], node[step]
            except (KeyError, IndexError, TypeError, AttributeError):
                break
        return line + 1

    def finding(self, location: Location, message: str) -> Finding:
        """An error at a place of the file."""
        return Finding(self.path, self.line(location), Severity.ERROR, message)


def yaml_reader() -> YAML:
    """A reader of YAML 1.2 that keeps lines."""
    yaml = YAML(typ="rt")
    yaml.Resolver = _CoreSchema
    return yaml


def load_yaml(path: Path) -> YamlFile | Finding:
    """Parse a file, or say where and why it does not parse."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return _at(
            path, 0, f"the file cannot be read ({error.strerror}): check its name and permissions"
        )
    except UnicodeDecodeError as error:
        return _at(path, 0, f"the file is not UTF-8 text (byte {error.start}): save it as UTF-8")
    try:
        tree = yaml_reader().load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return _at(path, mark.line + 1 if mark else 0, _syntax(error))
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return _at(path, line, f"the sign U+{_code_point(error)} may not stand in YAML: remove it")
    except YAMLError as error:
        return _at(path, 0, f"the YAML cannot be read ({str(error).splitlines()[0]}): correct it")
    if not isinstance(tree, CommentedMap):
        what = "is empty" if tree is None else "does not begin with a key"
        return _at(path, 1, f"the file {what}: begin it with keys such as `id:` or `entities:`")
    file = YamlFile(path, text, tree)
    strange = next(_strange(tree, ()), None)
    return file.finding(*strange) if strange else file


def _at(path: Path, line: int, message: str) -> Finding:
    return Finding(path, line, Severity.ERROR, message)


def _code_point(error: ReaderError) -> str:
    code = error.character if isinstance(error.character, int) else ord(error.character)
    return f"{code:04X}"


def _syntax(error: MarkedYAMLError) -> str:
    """What is wrong in a writer's words; the parser's own words where there are no better ones."""
    problem = (error.problem or error.context or "unreadable").splitlines()[0]
    if twice := _DUPLICATE.match(problem):
        return f"the key `{twice[1]}` is given twice: keep one of them"
    if r"'\t'" in problem:
        return "a tab stands here: indent with spaces"
    if "mapping values are not allowed" in problem:
        return "a colon stands where none may: put the text in quotes, or correct the indentation"
    if "expected a single document" in (error.context or ""):
        return "a second document begins here: keep one document in a file, without `---`"
    return f"the YAML syntax is wrong here ({problem}): check indentation, colons and quotes"


def _strange(node: Any, location: tuple[str | int, ...]) -> Iterator[tuple[Location, str]]:
    """What YAML can say and JSON cannot, with the remedy."""
    if isinstance(node, TaggedScalar) or (getattr(node, "tag", None) and node.tag.value):
        yield location, f"the tag {node.tag.value} is not read: remove it"
    elif isinstance(node, CommentedMap | CommentedSeq) and node.yaml_anchor():
        yield location, "anchors (&) and aliases (*) are not read: write the text out in each place"
    elif isinstance(node, CommentedMap):
        if node.merge:
            yield location, "merges (<<) are not read: write the keys out in each place"
        for key, value in node.items():
            if not isinstance(key, str):
                yield (*location, key), f"the key {key} is no text: put it in quotes, or correct it"
            yield from _strange(value, (*location, key))
    elif isinstance(node, CommentedSeq):
        for index, value in enumerate(node):
            yield from _strange(value, (*location, index))


def plain(value: object) -> Any:
    """The same data without comments and lines, as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if is_sequence(value):
        return [plain(item) for item in value]
    if isinstance(value, bool):
        return value
    for kind in (str, int, float):
        if isinstance(value, kind):
            return kind(value)
    return value


def is_sequence(value: object) -> TypeGuard[Sequence[Any]]:
    """Tell whether a value of a tree is a list."""
    return isinstance(value, list | tuple)
