"""`kg query` and `kg sparql`: questions to a build, answers as tables."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from typer.core import TyperCommand, TyperGroup

from kg.answers import WRITERS, Answer, answer_from, write
from kg.cli.common import (
    Language,
    LanguageOption,
    OutputOption,
    StoreOption,
    choice,
    clear_errors,
    opened,
    stderr,
    write_output,
)
from kg.cli.engines import AUTO, LOCAL, Engine, EngineOption, MasterOption, TableOption
from kg.errors import InputError
from kg.queries import NamedQuery, Parameter, find_query, load_queries, load_query
from kg.resources import queries_dir
from kg.site import Site
from kg.sparql import query_form

FormatOption = Annotated[
    str,
    typer.Option("--format", help=f"One of {', '.join(WRITERS)}.", callback=choice(tuple(WRITERS))),
]
ProposedOption = Annotated[
    bool, typer.Option("--include-proposed", help="Also positions that nobody has accepted yet.")
]

WideOption = Annotated[
    bool,
    typer.Option("--all-columns", help="In a table, all columns instead of the most telling."),
]
_WIDTH = 140


def write_table(answer: Answer, form: str, output: Path | None, base: str) -> None:
    """An answer to the screen or a file; raises `OutputError` if that cannot be done."""
    if not answer.rows:
        stderr.print("No rows: nothing in the build answers this")
    # A pipe has no width of its own: give it one that a table can be read in.
    width = None if sys.stdout.isatty() else _WIDTH
    console = Console(width=width, highlight=False, soft_wrap=False, emoji=False)
    write(answer, form, console, output, base)
    sys.stdout.flush()
    if output is not None:
        stderr.print(f"Wrote {escape(str(output))}")


class QueryGroup(TyperGroup):
    """`kg query`: one command for each file of ``queries/``, made when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of the query files."""
        return sorted(path.stem for path in queries_dir().glob("*.rq"))

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        """The command of one query, its parameters as options."""
        path = queries_dir() / f"{cmd_name}.rq"
        if not path.is_file():
            with clear_errors():
                find_query(load_queries(queries_dir()), cmd_name)
        with clear_errors():
            return _command(load_query(path))


def list_queries(
    context: typer.Context,
    listed: Annotated[bool, typer.Option("--list", help="Say what can be asked.")] = False,
) -> None:
    """Ask a named query; `kg query NAME --help` tells its parameters and columns.

    Example: kg query disagreements --a STM --b SM
    """
    if context.invoked_subcommand is not None:
        return
    with clear_errors():
        if not listed:
            raise InputError("Name a query; “kg query --list” shows them all")
        for query in load_queries(queries_dir()).values():
            options = " ".join(_usage(param) for param in query.params)
            write_output(f"{query.name:18} {query.summary}\n", None)
            if options:
                write_output(f"{'':18} {options}\n", None)


queries = typer.Typer(cls=QueryGroup, invoke_without_command=True, add_completion=False)
queries.callback()(list_queries)


def _usage(param: Parameter) -> str:
    flag = f"--{param.name.replace('_', '-')}"
    value = param.example or param.type.upper()
    shown = flag if param.type == "boolean" else f"{flag} {value}"
    return shown if param.required else f"[{shown}]"


def _command(query: NamedQuery) -> TyperCommand:
    """A typer command whose options are the query's parameters."""

    def run(**values: Any) -> None:
        store, lang, form = values.pop("store"), values.pop("lang"), values.pop("form")
        output, proposed = values.pop("output"), values.pop("include_proposed")
        wide = values.pop("all_columns")
        engine = Engine(values.pop("engine"), values.pop("master"), values.pop("table"))
        given = {name: _words(one) for name, one in values.items() if one is not None}
        with clear_errors():
            made = opened(store)
            differences = engine.differences(query.name, made)
            site = Site(made.open(), made.base, proposed, differences=differences)
            answer = site.ask(query.name, given, lang.value)
            shown = answer if wide or form != "table" else site.brief(answer, lang.value)
            write_table(shown, form, output, made.base)

    signature = _signature(query)
    run.__doc__ = _help(query)
    run.__signature__ = signature  # type: ignore[attr-defined]
    run.__annotations__ = {name: one.annotation for name, one in signature.parameters.items()}
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    app.command(query.name)(run)
    command = typer.main.get_command(app)
    assert isinstance(command, TyperCommand)
    return command


def _words(value: str | bool) -> str:
    """An option's value as the text that a user would write."""
    return str(value).lower() if isinstance(value, bool) else value


def _signature(query: NamedQuery) -> inspect.Signature:
    asked = {param.name: (_option(param), _absent(param)) for param in query.params}
    common: Mapping[str, tuple[Any, Any]] = {
        "store": (StoreOption, None),
        "lang": (LanguageOption, Language.EN),
        "form": (FormatOption, "table"),
        "output": (OutputOption, None),
        "include_proposed": (ProposedOption, False),
        "all_columns": (WideOption, False),
        "engine": (EngineOption, AUTO),
        "master": (MasterOption, LOCAL),
        "table": (TableOption, None),
    }
    return inspect.Signature(
        [
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
            )
            for name, (annotation, default) in {**asked, **common}.items()
        ]
    )


def _option(param: Parameter) -> Any:
    hint = f"{param.summary}, for example {param.example}." if param.example else param.summary
    flag = f"--{param.name.replace('_', '-')}"
    if param.type == "boolean":
        return Annotated[bool, typer.Option(flag, help=param.summary)]
    kind = str if param.required else str | None
    return Annotated[kind, typer.Option(flag, help=hint, show_default=bool(param.default))]


def _absent(param: Parameter) -> Any:
    if param.type == "boolean":
        return param.default == "true"
    return inspect.Parameter.empty if param.required else param.default or None


def _help(query: NamedQuery) -> str:
    example = " ".join(f"--{p.name} {p.example}" for p in query.params if p.required)
    columns = "\n\n".join(f"{column.name}: {column.summary}" for column in query.columns)
    return (
        f"{query.summary}\n\n{query.description}\n\n"
        f"Example: kg query {query.name} {example}\n\nColumns:\n\n{columns}"
    )


def sparql_command(
    text: Annotated[
        str, typer.Argument(help="SPARQL text, a file that holds it, or - for standard input.")
    ],
    store: StoreOption = None,
    form: FormatOption = "table",
    output: OutputOption = None,
) -> None:
    """Ask in SPARQL; the default graph is the union of all graphs.

    Example: kg sparql "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 5"
    """
    with clear_errors():
        made = opened(store)
        asked = _sparql_text(text)
        graph = made.open()
        match query_form(asked):
            case "ASK":
                write_output("true\n" if graph.ask(asked) else "false\n", output)
            case "CONSTRUCT" | "DESCRIBE":
                from kg.encode import to_turtle

                write_output(to_turtle(graph.construct(asked), made.base), output)
            case _:
                write_table(answer_from(graph.select(asked)), form, output, made.base)


def _sparql_text(text: str) -> str:
    """The query itself, from the argument, a file or standard input."""
    if text == "-":
        return sys.stdin.read()
    path = Path(text)
    try:
        looks_like_file = "\n" not in text and "{" not in text and len(text) < 4096
        if looks_like_file and (path.is_file() or path.suffix in {".rq", ".sparql"}):
            return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"The query {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"The query {path} is not UTF-8 text: save it as UTF-8") from error
    return text
