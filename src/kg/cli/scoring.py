"""`kg score`: how well memos are read, held to what a person found in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from kg.cli.common import OutputOption, TextOrJson, clear_errors, to_json_text, write_output
from kg.cli.drafting import (
    DataOption,
    ExtractorOption,
    ModelOption,
    RemoteOption,
    ServerOption,
    draft_as_data,
    extractor_of,
)
from kg.drafting.extractor import Extractor
from kg.drafting.known import Known, read_known
from kg.minutes.memo import read_memo
from kg.scoring.gold import Gold, find_gold, read_gold
from kg.scoring.layers import score
from kg.scoring.report import Scored, as_data, as_text


def score_command(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD…",
            help="Gold files (*.gold.json), or folders of them; each folder is summed up apart.",
            show_default=False,
        ),
    ],
    form: TextOrJson = "text",
    errors: Annotated[
        bool, typer.Option("--errors/--no-errors", help="List every error after the figures.")
    ] = True,
    data: DataOption = None,
    extractor: ExtractorOption = "rules",
    server: ServerOption = None,
    model: ModelOption = None,
    remote: RemoteOption = False,
    output: OutputOption = None,
) -> None:
    """Score the reading of memos by precision, recall and F1, a layer at a time.

    A gold file has the form of `kg draft --format json`, and names its memo in `document`.

    Example: kg score tests/data/memos tests/data/memos/unseen --no-errors
    """
    with clear_errors():
        golds = [read_gold(path) for path in find_gold(gold)]
        drafter = extractor_of(extractor, server, model, remote)
        known = read_known(data)
        scored = [Scored(one.path, score(_read(one, drafter, known), one.minutes)) for one in golds]
        text = to_json_text(as_data(scored)) if form == "json" else as_text(scored, errors)
        write_output(text, output)


def _read(gold: Gold, drafter: Extractor, known: Known) -> Mapping[str, Any]:
    return draft_as_data(read_memo(gold.document), drafter, known)
