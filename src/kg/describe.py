"""What the graph holds on one meeting, person, body or issue, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.answers import Value, lexical
from kg.codes import code_label
from kg.errors import InputError, UnknownName
from kg.site import Site
from kg.statements import Label

KINDS = ("meeting", "person", "body", "issue")

WORDS: Mapping[str, Label] = {
    "announced": Label("announced", "ilmoitettu", "aviserad tid"),
    "actual": Label("actual", "toteutunut", "verklig tid"),
    "agenda": Label("Agenda", "Esityslista", "Föredragningslista"),
    "by": Label("said by", "sanojana", "enligt"),
    "condition": Label("condition", "ehto", "villkor"),
    "decided": Label("decided", "päätetty", "beslut"),
    "document": Label("document", "asiakirja", "dokument"),
    "item": Label("item", "kohta", "ärende"),
    "meetings": Label("Meetings", "Kokoukset", "Möten"),
    "note": Label("note", "huomautus", "anmärkning"),
    "participants": Label("Participants", "Osallistujat", "Deltagare"),
    "place": Label("place", "paikka", "plats"),
    "positions": Label("Positions", "Kannat", "Ståndpunkter"),
    "propositions": Label("Propositions", "Väittämät", "Påståenden"),
    "said_for": Label(
        "Said for or of others", "Muiden puolesta tai muista sanottua", "Sagt för eller om andra"
    ),
    "speech_acts": Label("speech acts", "puheenvuoroa", "inlägg"),
}


def describe(site: Site, name: str, language: str = "en") -> str:
    """A text about the one thing that `name` means; raises what `identify` raises."""
    kind, iri = identify(site, name)
    return "\n".join(_WRITERS[kind](site, iri, language)) + "\n"


def facts(site: Site, name: str, language: str = "en") -> dict[str, list[dict[str, Value]]]:
    """The rows of its own queries that `describe` puts in words; raises what `identify` raises."""
    kind, iri = identify(site, name)
    return {
        query.rpartition("/")[2]: site.ask(query, {parameter: iri}, language).records()
        for query, parameter in _FACTS[kind]
    }


def identify(site: Site, name: str) -> tuple[str, str]:
    """The kind and the IRI of the one thing that `name` means.

    Raises `UnknownName` if nothing is called so, `InputError` if several things are.
    """
    unknown: list[UnknownName] = []
    for kind in KINDS:
        try:
            return kind, site.names.resolve(name, kind)
        except UnknownName as error:
            unknown.append(error)
    near = tuple(hint for error in unknown for hint in error.suggestions)[:3]
    raise UnknownName("meeting, person, body or issue", name, near)


def _meeting(site: Site, iri: str, language: str) -> Iterator[str]:
    given = {"meeting": iri}
    head = _first(site, "internal/show-meeting", given, language)
    yield from _title(lexical(head["label"]))
    yield f"{lexical(head['held_by'])}, {lexical(head['date'])}"
    for which in ("announced", "actual"):
        if head[f"{which}_start"] or head[f"{which}_end"]:
            start, end = (_clock(head[f"{which}_{edge}"]) for edge in ("start", "end"))
            yield f"{_say(which, language)}: {start}–{end}"
    for which in ("place", "document", "note"):
        if head[which]:
            yield f"{_say(which, language)}: {lexical(head[which])}"
    yield from _heading("participants", language)
    for row in site.ask("participants", given, language).records():
        role = code_label("role", lexical(row["role"]), language)
        yield f"- {', '.join([*_filled(row, 'name', 'title'), role, *_filled(row, 'body')])}"
    yield from _heading("agenda", language)
    speech = site.ask("internal/show-meeting-speech", given, language).records()
    for row in site.ask("internal/show-meeting-items", given, language).records():
        yield f"{lexical(row['item'])}) {lexical(row['label'])}"
        yield from (_entry(said, language) for said in speech if said["item"] == row["item"])
        if row["decisions"]:
            yield f"   {_say('decided', language)}: {lexical(row['decisions'])}"


def _entry(said: dict[str, Value], language: str) -> str:
    """A speech act with its speaker and kind, or a record of the minutes."""
    if not said["speaker"]:
        return f"   - {lexical(said['summary'])}"
    act = code_label("act", lexical(said["act"]), language)
    return f"   - {lexical(said['speaker'])} ({act}): {lexical(said['summary'])}"


def _person(site: Site, iri: str, language: str) -> Iterator[str]:
    rows = site.ask("internal/show-person", {"person": iri}, language).records()
    yield from _title(lexical(rows[0]["name"]))
    yield from _heading("meetings", language)
    for row in rows:
        parts = _filled(row, "date", "meeting_label", "title", "role", "body")
        yield f"- {', '.join(parts)}; {lexical(row['speech_acts'])} {_say('speech_acts', language)}"
    yield from _positions(site, iri, language)
    yield from _said_of_others(site, lexical(rows[0]["name"]), language)


def _said_of_others(site: Site, name: str, language: str) -> Iterator[str]:
    """What a person states for the body represented, or reports of anyone else."""
    rows = site.ask("network", {}, language).records()
    said = [row for row in rows if row["speaker_name"] == name and row["holder_name"] != name]
    if said:
        yield from _heading("said_for", language)
    for row in said:
        yield f"  - {lexical(row['proposition_label'])}"
        yield (
            f"    {lexical(row['holder_name'])} {_codes(row, language)}; "
            f"{_when(row, language)}: “{lexical(row['quote'])}”"
        )


def _body(site: Site, iri: str, language: str) -> Iterator[str]:
    rows = site.ask("internal/show-body", {"body": iri}, language).records()
    yield from _title(" – ".join(dict.fromkeys(_filled(rows[0], "abbreviation", "label"))))
    if rows[0]["meeting"]:
        yield from _heading("meetings", language)
    for row in rows:
        if row["meeting"]:
            yield f"- {', '.join(_filled(row, 'date', 'meeting_label', 'person', 'role'))}"
    yield from _positions(site, iri, language)


def _issue(site: Site, iri: str, language: str) -> Iterator[str]:
    rows = site.ask("internal/show-issue", {"issue": iri}, language).records()
    yield from _title(lexical(rows[0]["issue_label"]))
    yield from _heading("propositions", language)
    stances = site.ask("issue", {"issue": iri}, language).records()
    for row in rows:
        yield f"- {lexical(row['label'])}"
        for stance in stances:
            if stance["proposition"] == row["proposition"]:
                holder = " / ".join(dict.fromkeys(_filled(stance, "body", "holder")))
                yield f"    {holder}: {_stance(stance, language)}"


def _positions(site: Site, iri: str, language: str) -> Iterator[str]:
    rows = site.ask("positions", {"actor": iri}, language).records()
    yield from _heading("positions", language)
    issue = None
    for row in rows:
        if row["issue"] != issue:
            issue = row["issue"]
            yield f"{lexical(issue)}"
        yield f"  - {lexical(row['label'])}"
        yield f"    {_stance(row, language)}"


def _stance(row: dict[str, Value], language: str) -> str:
    """Stance, basis, speaker, place and phrase of a position, in one line."""
    parts = [_codes(row, language)]
    if row["asserted_by"]:
        parts.append(f"{_say('by', language)} {lexical(row['asserted_by'])}")
    if row["condition"]:
        parts.append(f"{_say('condition', language)}: {lexical(row['condition'])}")
    parts.append(_when(row, language))
    return f"{'; '.join(parts)}: “{lexical(row['evidence'])}”"


def _codes(row: dict[str, Value], language: str) -> str:
    schemes = ("stance", "basis")
    return "; ".join(code_label(one, lexical(row[one]), language) for one in schemes)


def _when(row: dict[str, Value], language: str) -> str:
    return f"{lexical(row['date'])} {_say('item', language)} {lexical(row['item'])}"


def _first(site: Site, query: str, given: Mapping[str, str], language: str) -> dict[str, Value]:
    rows = site.ask(query, given, language).records()
    if not rows:
        raise InputError(f"The build holds nothing about {next(iter(given.values()))}")
    return rows[0]


def _filled(row: dict[str, Value], *columns: str) -> list[str]:
    return [lexical(row[column]) for column in columns if row[column] is not None]


def _clock(cell: object) -> str:
    return cell.strftime("%H:%M") if hasattr(cell, "strftime") else "?"


def _say(key: str, language: str) -> str:
    return str(getattr(WORDS[key], language))


def _title(title: str) -> Iterator[str]:
    yield title
    yield "=" * min(len(title), 80)


def _heading(key: str, language: str) -> Iterator[str]:
    yield ""
    yield _say(key, language)
    yield "-" * len(_say(key, language))


_WRITERS: Mapping[str, Callable[[Site, str, str], Iterator[str]]] = {
    "meeting": _meeting,
    "person": _person,
    "body": _body,
    "issue": _issue,
}
_FACTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "meeting": (
        ("internal/show-meeting", "meeting"),
        ("participants", "meeting"),
        ("internal/show-meeting-items", "meeting"),
        ("internal/show-meeting-speech", "meeting"),
    ),
    "person": (("internal/show-person", "person"), ("positions", "actor")),
    "body": (("internal/show-body", "body"), ("positions", "actor")),
    "issue": (("internal/show-issue", "issue"), ("issue", "issue")),
}
