"""When a source is from, and when it was coded, as far as a project says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kg.errors import InputError
from kg.refi.project import Project
from kg.refi.segments import Document


def day(written: str) -> date | None:
    """The day of a date or time as XML Schema writes it, or None.

    >>> day("2024-03-05T09:00:00Z"), day("spring")
    (datetime.date(2024, 3, 5), None)
    """
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None


def date_of(document: Document, project: Project, given: date | None) -> tuple[date, str]:
    """The date of a source, and a sentence if it is not certain.

    A date variable of the source, or of the case that holds it alone (the form of MAXQDA and
    Quirkos), comes first; then the date that the user gives; then the day when the source was
    added to the project. Raises `InputError` if there is none of these.
    """
    source = document.source
    alone = [case for case in project.cases if case.sources == frozenset({source.guid})]
    written = (*source.dates, *(value for case in alone for value in case.dates))
    stated = sorted({found for value in written if (found := day(value))})
    if len(stated) == 1:
        return stated[0], ""
    several = f"it has several dates ({', '.join(map(str, stated))}); " if stated else ""
    if given is not None:
        return given, ""
    if added := day(source.created):
        return added, f"{several}dated {added}, when it was added to the project: correct `date`"
    raise InputError(
        f"The source “{source.name}” has no date ({several or 'no date variable; '}nor is it said "
        "when it was added): give one for such sources with `--date YYYY-MM-DD`"
    )


def coded_on(document: Document, project: Project, otherwise: date) -> date:
    """The day of the last coding of a source; else that of the project, else the one given."""
    created = (coding.created for one in document.segments for coding in one.codings)
    return max(_days(created), default=day(project.created) or otherwise)


def _days(written: Iterable[str]) -> list[date]:
    return [found for value in written if (found := day(value))]
