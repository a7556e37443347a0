"""Agreement of two coders by kind of decision.

Whether there is something at all is decided stretch by stretch (see `stretches`); what it is, only
where both have something at the same place. `DECISIONS` is the list of kinds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.agreement.align import Pair
from kg.agreement.alpha import Value, krippendorff_alpha
from kg.agreement.coded import Coding
from kg.agreement.coefficient import Coefficient
from kg.agreement.kappa import cohen_kappa
from kg.agreement.stretches import holds, stretches
from kg.codes import POLES, poles
from kg.source import Source

PRESENCE = "presence"


@dataclass(frozen=True)
class Decision:
    """A kind of decision: of what kind of thing, which value, at which level of measurement."""

    name: str
    kind: str
    key: str
    metric: str = "nominal"


DECISIONS = (
    Decision("position present", "position", PRESENCE),
    Decision("decision present", "decision", PRESENCE),
    Decision("action present", "action", PRESENCE),
    Decision("item", "entry", "item"),
    Decision("speaker", "entry", "speaker"),
    Decision("act", "entry", "act"),
    Decision("holder", "position", "holder"),
    Decision("basis", "position", "basis"),
    Decision("issue", "position", "issue"),
    Decision("proposition", "position", "proposition"),
    Decision("stance", "position", "stance"),
    Decision("pole", "position", "pole", "ordinal"),
    Decision("responsible", "action", "responsible"),
)


@dataclass(frozen=True)
class Agreement:
    """How far two coders agree on one kind of decision.

    `units` are those that both valued, `agreed` those with the same value. Kappa takes every
    value for a name; alpha takes the level of measurement of the decision.
    """

    decision: Decision
    units: int
    agreed: int
    alpha: Coefficient
    kappa: Coefficient

    @property
    def rate(self) -> float | None:
        """The share of units with the same value; None where there is no unit."""
        return self.agreed / self.units if self.units else None


def agreements(
    a: Coding, b: Coding, pairs: Sequence[Pair], source: Source | None
) -> tuple[Agreement, ...]:
    """The agreement on each kind of `DECISIONS`."""
    everywhere = stretches([*a.coded, *b.coded], source)
    found = []
    for one in DECISIONS:
        if one.key == PRESENCE:
            ours, theirs = a.of(one.kind), b.of(one.kind)
            values: list[tuple[Value | None, Value | None]] = [
                (holds(stretch, ours), holds(stretch, theirs)) for stretch in everywhere
            ]
        else:
            values = _values(one, pairs)
        found.append(agreement(one, values))
    return tuple(found)


def agreement(decision: Decision, values: Sequence[tuple[Value | None, Value | None]]) -> Agreement:
    """The agreement on values, one pair a unit; None where a coder gave none."""
    valued = [(a, b) for a, b in values if a is not None and b is not None]
    return Agreement(
        decision,
        len(valued),
        sum(a == b for a, b in valued),
        krippendorff_alpha(valued, decision.metric),
        cohen_kappa(valued),
    )


def _values(decision: Decision, pairs: Sequence[Pair]) -> list[tuple[Value | None, Value | None]]:
    found: list[tuple[Value | None, Value | None]] = []
    for pair in pairs:
        if pair.kind == decision.kind and pair.a is not None and pair.b is not None:
            if decision.key == "pole":
                found.append((_rank(pair.a.values["stance"]), _rank(pair.b.values["stance"])))
            else:
                found.append((pair.a.values[decision.key], pair.b.values[decision.key]))
    return found


def _rank(stance: str | None) -> int | None:
    """The place of a stance's pole from against to for."""
    return None if stance is None else POLES.index(poles()[stance])
