"""Everything that the pages show, read once for all languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.resources import ontology_dir, queries_dir
from kg.vocabulary.changelog import read_changelog
from kg.vocabulary.diagram import Plan, read_plan
from kg.vocabulary.examples import Example, read_example
from kg.vocabulary.questions import AnsweredQuestion, answered, read_questions
from kg.vocabulary.uses import Use, uses
from kg.vocabulary.vocabulary import Vocabulary, read_vocabulary

DOWNLOADS = ("*.ttl", "*.jsonld", "LICENSE", "alignments/*.ttl", "migrations/**/*.*", "schema/*")
MIGRATIONS = "migrations"


@dataclass(frozen=True)
class Content:
    """The ontology and what goes with it; `downloads` are files by their path in the folder."""

    vocabulary: Vocabulary
    uses: tuple[Use, ...]
    plan: Plan
    example: Example
    questions: tuple[AnsweredQuestion, ...]
    changelog: str
    downloads: Mapping[str, bytes]

    @property
    def migrations(self) -> Mapping[str, str]:
        """The texts of the migration queries, by path."""
        return {
            name: raw.decode()
            for name, raw in self.downloads.items()
            if name.startswith(f"{MIGRATIONS}/") and name.endswith((".rq", ".ru"))
        }


def read_content(folder: Path | None = None) -> Content:
    """Read an ontology's folder, or the shipped one; raises `InputError` for what is wrong."""
    folder = folder or ontology_dir()
    vocabulary = read_vocabulary(folder)
    asked = folder / "questions"
    return Content(
        vocabulary=vocabulary,
        uses=uses(vocabulary),
        plan=read_plan(folder),
        example=read_example(folder, vocabulary),
        questions=tuple(answered(one, asked, queries_dir()) for one in read_questions(asked)),
        changelog=read_changelog(folder),
        downloads=_downloads(folder),
    )


def _downloads(folder: Path) -> dict[str, bytes]:
    paths = [path for pattern in DOWNLOADS for path in sorted(folder.glob(pattern))]
    try:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in paths
            if path.is_file()
        }
    except OSError as error:
        raise InputError(f"A file of {folder} cannot be read: {error}") from error
