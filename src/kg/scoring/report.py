"""Scores of memos summed up: per layer, with the errors listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.scoring.layers import LAYERS, Outcome


@dataclass(frozen=True)
class Scored:
    """One memo's outcome by layer."""

    gold: Path
    outcomes: Mapping[str, Outcome]


def totals(scored: Iterable[Scored]) -> dict[str, Outcome]:
    """The layers of several memos together: what is right, missed and extra is counted up."""
    found: dict[str, Outcome] = {}
    for one in scored:
        for name, outcome in one.outcomes.items():
            found[name] = found[name] + outcome if name in found else outcome
    return {name: found[name] for name in LAYERS if name in found}


def by_folder(scored: Sequence[Scored]) -> dict[Path, list[Scored]]:
    """Scores by the folder of the gold, as what is held back from development stands apart."""
    folders: dict[Path, list[Scored]] = {}
    for one in scored:
        folders.setdefault(one.gold.parent, []).append(one)
    return folders


def as_data(scored: Sequence[Scored]) -> list[dict[str, Any]]:
    """Scores for machines: for each folder the layers, and each memo's with its errors."""
    return [
        {
            "folder": str(folder),
            "memos": len(group),
            "layers": {name: _figures(one) for name, one in totals(group).items()},
            "by_memo": [
                {
                    "gold": str(one.gold),
                    "layers": {
                        name: {
                            **_figures(outcome),
                            "missed": list(outcome.missed),
                            "extra": list(outcome.extra),
                        }
                        for name, outcome in one.outcomes.items()
                    },
                }
                for one in group
            ],
        }
        for folder, group in by_folder(scored).items()
    ]


def _figures(outcome: Outcome) -> dict[str, float | int | None]:
    return {
        "precision": _rounded(outcome.precision),
        "recall": _rounded(outcome.recall),
        "f1": _rounded(outcome.f1),
        "right": outcome.right,
        "missed": len(outcome.missed),
        "extra": len(outcome.extra),
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def as_text(scored: Sequence[Scored], errors: bool = True) -> str:
    """Scores for people: a table a folder, then the errors of each memo."""
    lines: list[str] = []
    for folder, group in by_folder(scored).items():
        lines += [*_table(folder, group), ""]
    if errors:
        for one in scored:
            lines += _errors(one)
    return "\n".join(lines)


def _table(folder: Path, group: Sequence[Scored]) -> Iterator[str]:
    memos = "1 memo" if len(group) == 1 else f"{len(group)} memos"
    yield f"{folder}: {memos}"
    yield f"{'layer':<13} precision  recall      F1   right  missed  extra"
    for name, one in totals(group).items():
        shares = (_shown(share) for share in (one.precision, one.recall, one.f1))
        yield "{:<13} {:>9} {:>7} {:>7} {:>7} {:>7} {:>6}".format(
            name, *shares, one.right, len(one.missed), len(one.extra)
        )


def _shown(share: float | None) -> str:
    return "–" if share is None else f"{share:.3f}"


def _errors(one: Scored) -> Iterator[str]:
    wrong = {name: each for name, each in one.outcomes.items() if each.missed or each.extra}
    if not wrong:
        return
    yield str(one.gold)
    for name, outcome in wrong.items():
        yield from (f"  {name}: missed {shown}" for shown in outcome.missed)
        yield from (f"  {name}: not there {shown}" for shown in outcome.extra)
