"""Documents made for tests: DOCX, PDF and HTML of fictional memos, and traps among them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path

TRIES = 5


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(body: str, **parts: str) -> bytes:
    """A DOCX file with this content of ``w:body``; `parts` are whole parts by name, as styles."""
    extra = "".join(
        f'<Relationship Id="r{number}" Type="{_KIND}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(parts)
    )
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'{_RELATIONS}<Relationship Id="d" Type="{_KIND}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f"{_RELATIONS}{extra}</Relationships>",
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    return zipped({name: content.encode() for name, content in files.items()})


def part(root: str, content: str) -> str:
    """A part of a DOCX file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<w:{root} xmlns:w="{W}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        f'xmlns:v="urn:schemas-microsoft-com:vml">{content}</w:{root}>'
    )


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    own = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{own}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def listed(text: str, number: int, level: int = 0) -> str:
    """A paragraph of a list."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, place)


def level(at: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def table(*rows: Sequence[str]) -> str:
    """A table; each cell is the XML of its paragraphs."""
    cells = (
        "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in rows),
    )
    return f"<w:tbl>{cells[0]}</w:tbl>"


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


Placed = tuple[float, float, str]  # points from the left and from the bottom, and a line's text


def pdf(*pages: Iterable[Placed], size: float = 11, angle: int = 0, drawn: str = "") -> bytes:
    """A PDF file with lines of text at places, set in Helvetica, on pages that are turned.

    `drawn`: what is drawn on each page as well, in PDF's operators.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    kids = []
    for lines in pages:
        content = b"BT\n/F1 %.1f Tf\n" % size
        for x, y, text in lines:
            shown = text.encode("cp1252").replace(b"\\", rb"\\")
            shown = shown.replace(b"(", rb"\(").replace(b")", rb"\)")
            content += b"%d %d %d %d %.1f %.1f Tm (%s) Tj\n" % (*_turned(x, y, angle), shown)
        content += b"ET\nq %d %d %d %d %.1f %.1f cm %s Q" % (*_turned(0, 0, angle), drawn.encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (angle, len(objects))
        )
    listing = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listing)
    return _assembled(objects)


def _turned(x: float, y: float, angle: int) -> tuple[int, int, int, int, float, float]:
    """The text matrix that shows a line upright, at this place of a page that is turned."""
    match angle:
        case 90:
            return 0, 1, -1, 0, 595 - y, x
        case 180:
            return -1, 0, 0, -1, 595 - x, 842 - y
        case 270:
            return 0, -1, 1, 0, y, 842 - x
        case _:
            return 1, 0, 0, 1, x, y


def _assembled(objects: Sequence[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n" % (len(objects) + 1, start)
    return bytes(made + b"%%EOF\n")


def column(text: str, left: float = 60, top: float = 780, step: float = 13) -> list[Placed]:
    """The lines of a text under each other, a blank one for each empty line."""
    return [
        (left, top - step * number, line)
        for number, line in enumerate(text.splitlines())
        if line.strip()
    ]


def written(folder: Path, name: str, content: bytes | str) -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def least_times(taken: Callable[[int], float], short: int, long: int) -> bool:
    """Tell whether `long` letters take at most eight times as long as `short` ones, a fourth of it.

    What else runs on the machine can only add to a time: the least of several is the measure.
    """
    few = many = float("inf")
    for _ in range(TRIES):
        few, many = min(few, taken(short)), min(many, taken(long))
        if many < 8 * few + 0.2:
            return True
    return False
