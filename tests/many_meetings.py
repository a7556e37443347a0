"""A folder of many small meetings, copies of the example of `kg new`, and ways to change it.

The meetings are one day apart. Each fourth revises a position of the one before it, so that some
name nodes of others; each third leaves a quote out, each fifth a condition, so that the shapes have
something to tell. Half of them quote a guideline, a document of the register without a hash; those
from the tenth on quote the same passage of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from kg.scaffold import create

GUIDELINE = """\
- id: guideline
  type: SourceDocument
  label: {en: Guideline on opening hours}
"""
BYSTANDER = "- {id: eva-strand, type: Person, name: Eva Strand}\n"
QUOTE = "      quote: supports a trial in two branches\n"
CONDITION = "      condition: [trial-evaluated]\n"
PEOPLE = "authorities/bodies-and-people.yaml"
ISSUES = "issues/library-services.yaml"


def day(number: int) -> str:
    """The day of a meeting, from 1 on."""
    return f"2024-{1 + number // 28:02}-{1 + number % 28:02}"


def file_of(folder: Path, number: int) -> Path:
    """The file of a meeting."""
    return folder / "meetings" / f"{day(number)}.yaml"


def identifier(number: int) -> str:
    """The id of a meeting."""
    return f"library-{day(number)}"


def make(folder: Path, meetings: int) -> Path:
    """The folder, with `meetings` meetings, numbered from 1, and a memo of each."""
    create(folder)
    example = folder / "meetings" / "2024-03-05.yaml"
    memo = folder / "sources" / "2024-03-05-memo.txt"
    text, told = example.read_text(encoding="utf-8"), memo.read_text(encoding="utf-8")
    example.unlink()
    memo.unlink()
    (folder / "template.txt").write_text(text, encoding="utf-8")
    (folder / "memo.txt").write_text(told, encoding="utf-8")
    append(folder / PEOPLE, GUIDELINE)
    for number in range(1, meetings + 1):
        add(folder, number)
    return folder


def add(folder: Path, number: int) -> None:
    """Write a meeting and its memo."""
    text = (folder / "template.txt").read_text(encoding="utf-8")
    text = text.replace("2024-03-05", day(number))
    if number % 3 == 0:
        text = text.replace(QUOTE, "      at: {find: supports a trial in two branches}\n")
    if number % 5 == 0:
        text = text.replace(CONDITION, "")
    if number % 4 == 0:
        text = text.replace(QUOTE, f"{QUOTE}      revises: [{identifier(number - 1)}/s02/p1]\n")
        text = text.replace(
            "    - holder: YS\n      proposition: evening-trial",
            "    - holder: CL\n      proposition: evening-trial",
        )
    if number % 2 == 0:
        place = f"{{of: guideline, paragraph: 1, start: 10, end: {20 + min(number, 10)}}}"
        text = text.replace(
            "  - speaker: ada-lindgren\n    act: closing\n",
            "  - act: record\n    summary: {en: The guideline holds.}\n"
            f"    at: {place}\n  - speaker: ada-lindgren\n    act: closing\n",
        )
    file_of(folder, number).write_text(text, encoding="utf-8")
    told = (folder / "memo.txt").read_text(encoding="utf-8")
    memo = folder / "sources" / f"{day(number)}-memo.txt"
    memo.write_text(f"{told}\nMeeting {number}\n", encoding="utf-8")


def append(file: Path, text: str) -> None:
    """Add to the end of a file."""
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def replace(file: Path, old: str, new: str) -> None:
    """Put a text in the place of another, which is there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def swap(file: Path, one: str, other: str) -> None:
    """Put one of two texts in the place of the other, whichever is there; none is no change."""
    text = file.read_text(encoding="utf-8")
    if one in text:
        file.write_text(text.replace(one, other), encoding="utf-8")
    elif other in text:
        file.write_text(text.replace(other, one), encoding="utf-8")


def _any(folder: Path, draws: Random) -> Path:
    return draws.choice(sorted((folder / "meetings").iterdir()))


def _label(folder: Path, draws: Random) -> None:
    swap(_any(folder, draws), "{en: A trial is planned.}", "{en: A trial is to come.}")


def _quote(folder: Path, draws: Random) -> None:
    swap(_any(folder, draws), QUOTE, "      at: {find: supports a trial in two branches}\n")


def _condition(folder: Path, draws: Random) -> None:
    swap(_any(folder, draws), CONDITION, "      note: {en: No condition.}\n")


def _comment(folder: Path, draws: Random) -> None:
    file = _any(folder, draws)
    text = file.read_text(encoding="utf-8")
    file.write_text(f"# one line more\n{text}", encoding="utf-8")


def _date(folder: Path, draws: Random) -> None:
    file = _any(folder, draws)
    swap(file, f"\ndate: {file.stem[:10]}", "\ndate: 2023-12-01")


def _rename(folder: Path, draws: Random) -> None:
    file = _any(folder, draws)
    file.rename(file.with_name(f"{file.stem}-{draws.choice('abc')}.yaml"))


def _remove(folder: Path, draws: Random) -> None:
    if len(list((folder / "meetings").iterdir())) > 4:
        _any(folder, draws).unlink()


def _add(folder: Path, draws: Random) -> None:
    add(folder, draws.randint(1, 20))


def _twice(folder: Path, draws: Random) -> None:
    file = _any(folder, draws)
    copy = file.with_name("0-copy.yaml")
    if copy.exists():
        copy.unlink()
    else:
        copy.write_bytes(file.read_bytes())


def _memo(folder: Path, draws: Random) -> None:
    swap(
        draws.choice(sorted((folder / "sources").iterdir())),
        "there is not\nenough staff",
        draws.choice(["there is not  enough staff", "there is\nnot enough time"]),
    )


def _proposition(folder: Path, draws: Random) -> None:
    swap(folder / ISSUES, "en: The trial is evaluated.", "en: The trial is not evaluated.")


def _unspoken(folder: Path, draws: Random) -> None:
    swap(folder / ISSUES, "      sv: Försöket utvärderas.\n", "      # no Swedish\n")


def _missing(folder: Path, draws: Random) -> None:
    swap(folder / ISSUES, "- id: trial-evaluated", "- id: trial-assessed")


def _hash(folder: Path, draws: Random) -> None:
    swap(folder / PEOPLE, "  label: {en: Guideline on", f"  sha256: {'a' * 64}\n  label: {{en: On")


def _person(folder: Path, draws: Random) -> None:
    swap(folder / PEOPLE, BYSTANDER, "# nobody else\n")


def _shared(folder: Path, draws: Random) -> None:
    swap(_any(folder, draws), "start: 10, end: 30}", "start: 10, end: 30, note: {en: Here.}}")


EDITS: Mapping[str, Callable[[Path, Random], None]] = {
    "label": _label,
    "quote": _quote,
    "condition": _condition,
    "comment": _comment,
    "date": _date,
    "rename": _rename,
    "remove": _remove,
    "add": _add,
    "twice": _twice,
    "memo": _memo,
    "proposition": _proposition,
    "unspoken": _unspoken,
    "missing": _missing,
    "hash": _hash,
    "person": _person,
    "shared": _shared,
}
"""Changes at random: of a meeting, of which there are, of registers, of memos; some are wrong."""
