"""`kg propositions`: what there is across codings, what looks wrong, and changes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from typer.core import TyperGroup

from kg.answers import WRITERS, Answer, Value
from kg.cli.asking import FormatOption, write_table
from kg.cli.common import (
    DataOption,
    Language,
    LanguageOption,
    OutputOption,
    choice,
    clear_errors,
    literal,
    say,
    show,
    stderr,
    write_output,
)
from kg.coding.dataset import Dataset, find_files, load_dataset
from kg.curation import asked
from kg.curation.changes import Change
from kg.curation.finders import FINDERS, Looking
from kg.curation.folder import DataFolder, read_folder
from kg.curation.history import carry_out, take_back, undo
from kg.curation.inventory import Held, counts, inventory, wording
from kg.curation.rewriting import Rewriting, diff, rewrite
from kg.curation.similar import THRESHOLD
from kg.findings import Finding, errors
from kg.names import DEFAULT_BASE
from kg.resources import data_dir

LIST = "list"

DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Show the change as a unified diff and make none.")
]
_COLUMNS = (
    *("issue", "issue_label", "proposition", "label", "support", "undecided", "oppose"),
    *("proposed", "holders", "meetings"),
)
_TELLING = (
    *("issue_label", "proposition", "label", "support", "undecided", "oppose"),
    *("holders", "meetings"),
)


class CuratingGroup(TyperGroup):
    """`kg propositions`: a list of them, unless a change is named first."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` in front of what is no command."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = [LIST, *args]
        return super().parse_args(ctx, args)


propositions = typer.Typer(
    cls=CuratingGroup,
    add_completion=False,
    rich_markup_mode="rich",
    help="List issues and propositions across codings, find what looks wrong, and change it.",
)


@propositions.command(LIST)
def list_command(
    data: Annotated[
        Path | None,
        typer.Argument(help="Folder of codings. Without it: the shipped one.", show_default=False),
    ] = None,
    find: Annotated[
        str,
        typer.Option(
            "--find",
            help=f"What looks wrong instead of all: {', '.join(FINDERS)}.",
            callback=lambda value: value and choice(tuple(FINDERS))(value),
            show_default=False,
        ),
    ] = "",
    at_least: Annotated[
        float,
        typer.Option(min=0.0, max=1.0, help="With --find near-duplicates: the lowest score."),
    ] = THRESHOLD,
    wide: Annotated[
        bool, typer.Option("--all-columns", help="In a table, all columns and all ids.")
    ] = False,
    form: FormatOption = "table",
    output: OutputOption = None,
    lang: LanguageOption = Language.EN,
) -> None:
    """List issues and propositions with their positions, holders and meetings.

    Proposed positions count, rejected ones do not. Files with errors are told and do not count.

    Example: kg propositions my-meetings --find near-duplicates
    """
    with clear_errors():
        folder = data or data_dir()
        dataset, findings = load_dataset(find_files(folder, data_dir()), None, data_dir())
        show(errors(findings))
        held = inventory(dataset, folder)
        if find:
            answer = _found(held, find, Looking(lang.value, at_least))
        else:
            brief = form == "table" and not wide
            answer = _listed(held, lang.value, _TELLING if brief else _COLUMNS)
        if answer.rows:
            write_table(answer, form, output, DEFAULT_BASE)
            return
        stderr.print("No proposition is found")
        made = WRITERS[form](answer, DEFAULT_BASE)
        if isinstance(made, str | bytes):
            write_output(made, output)


def _found(held: Sequence[Held], kind: str, looking: Looking) -> Answer:
    finder = FINDERS[kind]
    return Answer(finder.columns, tuple(finder.rows(held, looking)))


def _listed(held: Sequence[Held], language: str, columns: Sequence[str]) -> Answer:
    """The inventory: holders and meetings by their ids, or their number where it is brief."""
    rows = []
    for one in held:
        at = counts(one)
        brief = "proposed" not in columns
        row: Mapping[str, Value] = {
            "issue": one.issue.id,
            "issue_label": wording(one.issue.label, language),
            "proposition": one.proposition.id if one.proposition else None,
            "label": wording(one.proposition.label, language) if one.proposition else None,
            "support": at["support"],
            "undecided": at["none"],
            "oppose": at["oppose"],
            "proposed": one.proposed,
            "holders": len(one.holders) if brief else ", ".join(one.holders),
            "meetings": len(one.meetings) if brief else ", ".join(one.meetings),
        }
        rows.append(tuple(row[column] for column in columns))
    return Answer(tuple(columns), tuple(rows))


@propositions.command("merge")
def merge_command(
    keep: Annotated[str, typer.Argument(help="The proposition that stays.", show_default=False)],
    drop: Annotated[
        list[str], typer.Argument(help="Those that become part of it.", show_default=False)
    ],
    data: DataOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Make one proposition of several: all that names the others names it, in all files.

    Their labels stay as its alternative labels.

    Example: kg propositions merge regional-level regional-tier --data my-meetings
    """
    _change(data, dry_run, lambda folder: asked.merge(folder, keep, drop))


@propositions.command("split")
def split_command(
    name: Annotated[str, typer.Argument(help="The proposition.", show_default=False)],
    new: Annotated[str, typer.Option("--new", help="The id of the second one.")],
    positions: Annotated[
        str,
        typer.Option("--positions", metavar="P1,P2", help="The ids of the positions that move."),
    ] = "",
    label_en: Annotated[str, typer.Option("--label-en", help="Its wording in English.")] = "",
    label_fi: Annotated[str, typer.Option("--label-fi", help="Its wording in Finnish.")] = "",
    label_sv: Annotated[str, typer.Option("--label-sv", help="Its wording in Swedish.")] = "",
    data: DataOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Put a second proposition beside one, and move some of its positions there.

    Example: kg propositions split night-ferry --new night-ferry-in-summer
    --label-en "The ferry runs at night in summer." --positions ferry-2/s01/p1
    """
    label = _label(label_en, label_fi, label_sv)
    moved = [one.strip() for one in positions.split(",") if one.strip()]
    _change(data, dry_run, lambda folder: asked.split(folder, name, new, label, moved))


@propositions.command("reword")
def reword_command(
    name: Annotated[str, typer.Argument(help="The proposition.", show_default=False)],
    en: Annotated[str, typer.Option("--en", help="Its new wording in English.")] = "",
    fi: Annotated[str, typer.Option("--fi", help="Its new wording in Finnish.")] = "",
    sv: Annotated[str, typer.Option("--sv", help="Its new wording in Swedish.")] = "",
    data: DataOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Word a proposition anew; the old wording stays as an alternative label.

    Example: kg propositions reword night-ferry --en "The ferry runs all night."
    """
    label = _label(en, fi, sv)
    _change(data, dry_run, lambda folder: asked.reword(folder, name, label))


@propositions.command("rename")
def rename_command(
    name: Annotated[str, typer.Argument(help="The id as it is.", show_default=False)],
    new: Annotated[str, typer.Argument(help="The id as it is to be.", show_default=False)],
    data: DataOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Give a proposition another id, in all files.

    Example: kg propositions rename night-ferry ferry-at-night --data my-meetings
    """
    _change(data, dry_run, lambda folder: asked.rename(folder, name, new))


@propositions.command("undo")
def undo_command(data: DataOption = None, dry_run: DryRunOption = False) -> None:
    """Take the last change back, byte for byte; what was changed elsewhere since stays.

    Example: kg propositions undo --data my-meetings
    """
    with clear_errors():
        folder = _folder(data)
        found = undo(folder, _shapes)
        if dry_run:
            write_output(diff(found.rewriting), None)
            return
        take_back(folder, found)
        _tell(folder, found.rewriting)
        stderr.print(f"Taken back: {literal(found.entry.what)}")


def _label(en: str, fi: str, sv: str) -> dict[str, str]:
    return {language: text for language, text in (("en", en), ("fi", fi), ("sv", sv)) if text}


def _change(data: Path | None, dry_run: bool, request: Callable[[DataFolder], Change]) -> None:
    """Carry a change out, or show it."""
    with clear_errors():
        folder = _folder(data)
        rewriting = rewrite(folder, request(folder), _shapes)
        show(rewriting.findings)
        if dry_run:
            write_output(diff(rewriting), None)
            return
        carry_out(folder, rewriting, datetime.now().astimezone())
        _tell(folder, rewriting)
        where = f" --data {escape(str(data))}" if data else ""
        stderr.print(f"To take this back: kg propositions undo{where}")


def _folder(data: Path | None) -> DataFolder:
    return read_folder(data or data_dir(), data_dir())


def _tell(folder: DataFolder, rewriting: Rewriting) -> None:
    """Which files changed, one a line."""
    for path in sorted(rewriting.after):
        write_output(f"{path}\n", None)


def _shapes(dataset: Dataset) -> list[Finding]:
    """What a build would say beyond models and references."""
    from kg.encode import encode
    from kg.shapes import check_shapes

    say("Checking the shapes")
    return check_shapes(encode(dataset), dataset.places())
