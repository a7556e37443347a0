"""Contested issues: who is for, who against, proposition by proposition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kg.measures.contest import IssueContest
from kg.report.analysis import Analysis
from kg.report.blocks import (
    Block,
    Group,
    Heading,
    Line,
    Paragraph,
    Picture,
    Row,
    Section,
    Table,
    Text,
    joined,
    plain,
)
from kg.report.drawing import two_sided
from kg.report.pieces import holders, method, pair_link, signs
from kg.report.positions import Position


def issues_section(found: Analysis) -> Section:
    """Every issue on which someone takes a position, the most contested first."""
    words = found.words
    blocks: list[Block] = [Paragraph(plain(words.say("issues.intro")))]
    groups = _by_issue(found)
    if groups:
        blocks.append(Paragraph(signs(words), "soft"))
    else:
        blocks.append(Paragraph(plain(words.say("issues.none"))))
    most = _most(groups)
    measures = {one.issue.id: one for one in found.issue_contests}
    for number, issue in enumerate(_order(groups, measures), start=1):
        blocks += _issue(found, groups[issue], measures.get(issue), f"issue-{number}", most)
    blocks.append(_method(found))
    return Section("issues", words.say("issues.title"), tuple(blocks))


Groups = Mapping[str, Mapping[str, list[Position]]]


def _by_issue(found: Analysis) -> Groups:
    """The positions that hold, by issue and proposition."""
    groups: defaultdict[str, defaultdict[str, list[Position]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in found.material.current:
        groups[one.issue][one.proposition].append(one)
    return groups


def _order(groups: Groups, measures: Mapping[str, IssueContest]) -> list[str]:
    """Issues by how contested they are, then by how much was said of them."""
    place = {issue: number for number, issue in enumerate(measures)}
    said = {issue: sum(map(len, groups[issue].values())) for issue in groups}
    return sorted(groups, key=lambda one: (place.get(one, len(place)), -said[one], one))


def _issue(
    found: Analysis,
    propositions: Mapping[str, list[Position]],
    measure: IssueContest | None,
    anchor: str,
    most: int,
) -> list[Block]:
    words = found.words
    first = next(iter(propositions.values()))[0]
    name = first.issue_label or words.say("issues.no_issue")
    blocks: list[Block] = [Heading(plain(name), anchor)]
    said = {one.id for positions in propositions.values() for one in positions}
    summary = words.say("issues.said", n=len(said), m=len(propositions))
    if measure and measure.balance.value is not None:
        summary += " " + words.say("issues.measure", x=words.number(measure.balance.value))
    blocks.append(Paragraph(plain(summary)))
    differing = _differing(found, first.issue)
    if differing:
        blocks.append(Paragraph(words.line("issues.pairs", pairs=joined(differing, "; "))))
    blocks.append(_table(found, propositions, most))
    return blocks


def _differing(found: Analysis, issue: str) -> list[Line]:
    """The pairs that differ on an issue, each with the number of points."""
    answers = {one.proposition for one in found.material.current if one.issue == issue}
    lines: list[Line] = []
    for pair in found.pairs.shown():
        points = sum(bool(answers & {one.a_proposition, one.b_proposition}) for one in pair.points)
        if points:
            lines.append((pair_link(found.material, pair), Text(f" ({points})")))
    return lines


def _table(found: Analysis, propositions: Mapping[str, list[Position]], most: int) -> Table:
    words = found.words
    columns = tuple(
        words.say(f"column.{key}")
        for key in ("proposition", "sides", "for", "against", "undecided", "contest")
    )
    rows = [_row(found, positions, most) for positions in _sharpest(found, propositions)]
    groups = (Group(tuple(rows)),)
    return Table(words.say("issues.caption"), columns, groups, pictures=(1,), look="issues")


def _sharpest(found: Analysis, propositions: Mapping[str, list[Position]]) -> list[list[Position]]:
    place = {iri: number for number, iri in enumerate(found.contests)}
    ordered = sorted(propositions, key=lambda one: (place.get(one, len(place)), one))
    return [propositions[one] for one in ordered]


def _row(found: Analysis, positions: Sequence[Position], most: int) -> Row:
    words, material = found.words, found.material
    by_pole = {pole: _of(positions, pole) for pole in ("support", "oppose", "")}
    support, against, undecided = (_sides(by_pole[pole]) for pole in ("support", "oppose", ""))
    contest = found.contests.get(positions[0].proposition)
    balance = contest.balance.value if contest else None
    drawn = Picture(
        two_sided(against, undecided, support, most),
        words.say("issues.bar", a=support, b=against, c=undecided),
    )
    return Row(
        (
            plain(positions[0].proposition_label, "strong"),
            (drawn,),
            *(holders(material, by_pole[pole]) for pole in ("support", "oppose", "")),
            plain("–" if balance is None else words.number(balance)),
        )
    )


def _of(positions: Sequence[Position], pole: str) -> list[Position]:
    return [one for one in positions if one.pole == pole]


def _sides(positions: Sequence[Position]) -> int:
    """How many bodies or other holders."""
    return len({side for one in positions for side in one.bodies or (one.holder,)})


def _most(groups: Groups) -> int:
    """The longest bar of the report, so that all have one scale."""
    sides = (
        _sides(_of(positions, pole))
        for propositions in groups.values()
        for positions in propositions.values()
        for pole in ("support", "oppose")
    )
    return max(sides, default=1)


def _method(found: Analysis) -> Block:
    material = found.material
    runs = [material.command(f"kg measures {what} --duplicates acrossrange") for what in _MEASURES]
    issues = [one.issue for one in material.current if one.issue]
    if issues:
        first = found.issue_contests[0].issue.id if found.issue_contests else issues[0]
        runs.append(material.run("issue", {"issue": first}))
    return method(found.words, [found.words.say("issues.method")], runs)


_MEASURES = ("issues", "concepts")
