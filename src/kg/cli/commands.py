"""The commands of `kg`, each imported when it is called, so that none waits for the others."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS: Mapping[str, tuple[str, str]] = {
    "build": ("kg.cli.building", "build_command"),
    "validate": ("kg.cli.building", "validate_command"),
    "new": ("kg.cli.building", "new_command"),
    "read": ("kg.cli.reading", "read_command"),
    "draft": ("kg.cli.drafting", "draft_command"),
    "review": ("kg.cli.reviewing", "review_command"),
    "propositions": ("kg.cli.curating", "propositions"),
    "diff": ("kg.cli.comparing", "diff_command"),
    "score": ("kg.cli.scoring", "score_command"),
    "query": ("kg.cli.asking", "queries"),
    "sparql": ("kg.cli.asking", "sparql_command"),
    "show": ("kg.cli.sharing", "show_command"),
    "view": ("kg.cli.sharing", "view_command"),
    "report": ("kg.cli.reporting", "report_command"),
    "network": ("kg.cli.networking", "network_command"),
    "measures": ("kg.cli.measuring", "measures_command"),
    "import": ("kg.cli.exchange", "importing"),
    "export": ("kg.cli.exchange", "exporting"),
    "publish": ("kg.cli.stores", "publish_command"),
    "backup": ("kg.cli.backups", "backup_command"),
    "restore": ("kg.cli.backups", "restore_command"),
    "migrate": ("kg.cli.migrating", "migrate_command"),
    "ontology": ("kg.cli.ontology", "ontology"),
}
"""Where each command is: its module, and in it a function or a group, in the order of the help."""


class Commands(TyperGroup):
    """`kg`: the commands of `COMMANDS`."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | TyperGroup | None:
        """The command of a name, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        found = _imported(*COMMANDS[cmd_name])
        if not isinstance(found, typer.Typer):
            found = _alone(cmd_name, found)
        command = typer.main.get_command(found)
        assert isinstance(command, TyperCommand | TyperGroup)
        command.name = cmd_name
        return command


def _imported(module: str, attribute: str) -> Any:
    """What a module holds; Ctrl-C in the moment that this takes ends as it does elsewhere."""
    try:
        return getattr(import_module(module), attribute)
    except KeyboardInterrupt:
        from kg.cli.common import clear_errors

        with clear_errors():
            raise


def _alone(name: str, function: Any) -> typer.Typer:
    """A function as an application of one command."""
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")
    app.command(name)(function)
    return app
