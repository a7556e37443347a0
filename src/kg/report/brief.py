"""In brief: what was looked at, and the findings in plain sentences, each with its way further."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.measures.contest import Contest
from kg.report.analysis import Analysis, Hearsay
from kg.report.blocks import (
    Block,
    Group,
    Line,
    Link,
    Listing,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    plain,
)
from kg.report.camps import FEWEST_SHARED
from kg.report.pairs import Pair
from kg.report.pieces import kinds, method, numbers, pair_link
from kg.report.positions import Position, refs
from kg.report.standing import too_few
from kg.report.timeline import BASES, by_basis

MOST_MEETINGS = 8
"""How many meetings are named; of more it says how many there are."""
FEW = 10
"""Of fewer common propositions the interval of an agreement is said to be wide."""


def brief_section(found: Analysis) -> Section:
    """The scope, the findings, and the bodies with what they are called."""
    words = found.words
    blocks: list[Block] = [Paragraph(plain(text)) for text in _scope(found)]
    findings = tuple(_findings(found))
    if findings:
        blocks += [Paragraph(plain(words.say("brief.found"))), Listing(findings)]
    if found.material.current:
        blocks.append(_bodies(found))
    blocks.append(method(words, [words.say("brief.method")], [found.material.run("network")]))
    return Section("brief", words.say("brief.title"), tuple(blocks))


def _scope(found: Analysis) -> Iterator[str]:
    words, material = found.words, found.material
    positions = material.current
    if not positions:
        yield words.say("brief.nothing")
    else:
        yield _looked_at(found)
        yield words.say("brief.basis", told=by_basis(found, positions))
    yield _filters(found)
    superseded = len(material.positions) - len(positions)
    if superseded:
        yield words.counted("brief.superseded", superseded)


def _looked_at(found: Analysis) -> str:
    words, positions = found.words, found.material.current
    bodies = {body for one in positions for body in one.bodies}
    meetings = sorted({(one.date, one.meeting_label) for one in positions if one.meeting})
    days = sorted({one.date for one in positions if one.date})
    if 0 < len(meetings) <= MOST_MEETINGS:
        named = "; ".join(name for _, name in meetings)
    else:
        named = words.counted("brief.meetings", len(meetings))
    if days:
        span = days[0] if len(days) == 1 else words.say("brief.span", a=days[0], b=days[-1])
        named = words.say("brief.dated", what=named, span=span)
    said = words.counted("brief.positions", len(positions))
    by = words.counted("brief.bodies", len(bodies))
    return words.say("brief.scope", positions=said, bodies=by, meetings=named)


def _filters(found: Analysis) -> str:
    words, material = found.words, found.material
    if not material.filtered and not material.proposed:
        return words.say("brief.no_filter")
    filters = material.wish.filters
    parts = [
        words.say("brief.since", day=str(filters.since)) if filters.since else "",
        words.say("brief.until", day=str(filters.until)) if filters.until else "",
        *(_named(found, key, getattr(filters, key)) for key in ("meetings", "issues", "bodies")),
        _coded(found, "basis", filters.basis),
        _coded(found, "confidence", filters.confidence),
        _coded(found, "coding-status", filters.status if material.proposed else ()),
    ]
    return words.say("brief.filter", what="; ".join(part for part in parts if part))


def _named(found: Analysis, key: str, iris: tuple[str, ...]) -> str:
    names = ", ".join(found.material.label(iri) for iri in iris)
    return found.words.say(f"brief.filter_{key}", what=names) if iris else ""


def _coded(found: Analysis, scheme: str, notations: tuple[str, ...]) -> str:
    names = ", ".join(found.words.code(scheme, one) for one in notations)
    return found.words.say(f"brief.filter_{scheme}", what=names) if notations else ""


def _findings(found: Analysis) -> Iterator[Line]:
    yield from _disagreement(found)
    yield from _contest(found)
    yield from _agreement(found)
    yield from _camps(found)
    yield from _hearsay(found)
    yield from _actions(found)


def _disagreement(found: Analysis) -> Iterator[Line]:
    words, material = found.words, found.material
    differing = found.pairs.differing()
    bodies = {body for one in material.current for body in one.bodies}
    if not differing:
        if len(bodies) > 1:
            yield words.line("brief.no_disagreement")
        return
    first = max(differing, key=lambda pair: (pair.differences, -pair.number))
    yield words.counted_line(
        "brief.most",
        first.differences,
        a=material.label(first.a),
        b=material.label(first.b),
        kinds=kinds(words, first),
        own=words.counted("pair.own_word", first.own_word),
        more=_more(found, first),
    )
    possible = len(bodies) * (len(bodies) - 1) // 2
    yield words.line("brief.pairs", n=len(differing), m=possible, more=_section(found, "matrix"))


def _more(found: Analysis, pair: Pair) -> Line:
    """A link to a pair that is set out."""
    shown = {pair.a, pair.b} <= set(found.pairs.bodies)
    return (pair_link(found.material, pair),) if shown else _section(found, "matrix")


_ANCHORS = {
    "matrix": "disagreements",
    "issues": "issues",
    "rates": "agreement",
    "camps": "camps",
    "hearsay": "reported",
    "actions": "actions",
}


def _section(found: Analysis, name: str) -> Line:
    return (Link(found.words.say(f"{name}.title"), _ANCHORS[name]),)


def _contest(found: Analysis) -> Iterator[Line]:
    words = found.words
    contested = [one for one in found.contests.values() if one.conflict > 0]
    if not contested:
        if found.contests:
            yield words.line("brief.no_contest", more=_section(found, "issues"))
        return
    first = contested[0]
    tied = [one for one in contested if _sides(one) == _sides(first)]
    concepts = {one.concept.id for one in tied}
    positions = [one for one in found.material.current if one.proposition in concepts]
    yield words.line(
        "brief.contest" if len(tied) == 1 else "brief.contest_tied",
        what=first.concept.label,
        k=len(tied),
        n=first.supporters + first.divided,
        m=first.opponents + first.divided,
        refs=refs(one for one in positions if one.bodies and one.pole),
        more=_section(found, "issues"),
    )


def _sides(contest: Contest) -> tuple[int, int, int]:
    return contest.supporters, contest.opponents, contest.divided


def _agreement(found: Analysis) -> Iterator[Line]:
    """The pair of which one may be surest that it agrees: that with the highest lower bound.

    Of pairs that hardly share a proposition nothing is said.
    """
    words, material = found.words, found.material
    rated = [(pair, pair.agreement) for pair in found.pairs.pairs if pair.agreement]
    agreeing = [(pair, one) for pair, one in rated if one.agreed and one.shared >= FEWEST_SHARED]
    if not agreeing:
        return
    pair, one = max(agreeing, key=lambda item: (item[1].low, -item[0].number))
    yield words.line(
        "brief.agree",
        a=material.label(pair.a),
        b=material.label(pair.b),
        n=one.agreed,
        m=one.shared,
        low=words.percent(one.low),
        high=words.percent(one.high),
        few=words.say("brief.few") if one.shared < FEW else "",
        more=_more(found, pair),
    )


def _camps(found: Analysis) -> Iterator[Line]:
    words, camps = found.words, found.camps
    more = _section(found, "camps")
    if camps is None:
        return
    if camps.too_few:
        yield (*plain(f"{too_few(words, camps)} → "), *more)
    elif camps.unsteady:
        yield (*plain(f"{words.say('camps.unsteady')} → "), *more)
    else:
        members = camps.camps.camps.members()
        named = " | ".join(words.listed(node.label for node in group) for group in members)
        yield words.line("brief.camps", n=len(members), who=named, more=more)


def _hearsay(found: Analysis) -> Iterator[Line]:
    words, told = found.words, found.hearsay
    if not told:
        return
    able = [one for one in told if one.can_speak]
    yield words.counted_line(
        "brief.reported",
        len(told),
        silent=_number(found, [one for one in able if one.itself == "no"]),
        against=_number(found, [one for one in able if one.itself == "contradicts"]),
        same=_number(found, [one for one in able if one.confirmed]),
        unable=_number(found, [one for one in told if not one.can_speak]),
        more=_section(found, "hearsay"),
    )


def _number(found: Analysis, told: list[Hearsay]) -> Line:
    """How many, and which positions these are."""
    behind = refs(one.position for one in told)
    return (Text(f"{len(told)} "), *behind) if told else (Text("0"),)


def _actions(found: Analysis) -> Iterator[Line]:
    words, day = found.words, found.material.as_of
    if not found.open_actions or day is None:
        return
    late = sum(map(found.overdue, found.open_actions))
    yield words.counted_line(
        "brief.actions",
        len(found.open_actions),
        late=words.counted("brief.late", late, day=day.isoformat()),
        more=_section(found, "actions"),
    )


def _bodies(found: Analysis) -> Table:
    """Who was looked at: each body with its whole name and its positions on whose word."""
    words, material = found.words, found.material
    full = material.table.full_names(material.wish.language)
    used = [basis for basis in BASES if any(one.basis == basis for one in material.current)]
    sides = {side for one in material.current for side in one.bodies}
    rows = [
        Row(
            (
                plain(material.label(body)),
                plain(_whole(full.get(body, ""), material.label(body))),
                *_counts([one for one in material.current if body in one.bodies], used),
            )
        )
        for body in sorted(sides, key=lambda body: (material.label(body), body))
    ]
    without = [one for one in material.current if not one.bodies]
    if without:
        name = plain(words.say("brief.no_body"))
        rows.append(Row((name, (), *_counts(without, used))))
    keys = ("body", "full_name", "positions")
    columns = [words.say(f"column.{key}") for key in keys]
    columns += [words.code("basis", basis) for basis in used]
    columns.append(words.say("column.behind"))
    caption = words.say("brief.bodies_caption")
    return Table(caption, tuple(columns), (Group(tuple(rows)),), look="numbers")


def _whole(name: str, label: str) -> str:
    """A name in full, where it says more than the label."""
    return "" if name == label else name


def _counts(positions: Sequence[Position], used: Sequence[str]) -> tuple[Line, ...]:
    """How many positions, how many of them on whose word, and which."""
    counts = [sum(one.basis == basis for one in positions) for basis in used]
    return *numbers(len(positions), *counts), refs(positions)
