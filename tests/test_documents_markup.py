"""Reading Markdown and HTML: what is seen, where it stands, and what was left out."""

from __future__ import annotations

import time
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents_made import least_times, written
from kg.documents.document import Document, Form
from kg.documents.hypertext import read_html
from kg.documents.markdown import read_markdown
from kg.documents.read import read_document
from kg.documents.through import read_through

READERS = {Form.MARKDOWN: read_markdown, Form.HTML: read_html}


def document(text: str, form: Form) -> Document:
    return Document(Path("memo"), form, text, "", READERS[form](text))


def blocks(text: str, form: Form) -> list[tuple[str, int, str]]:
    found = read_through(document(dedent(text), form)).blocks
    return [(block.kind.value, block.level, block.text) for block in found]


MARKDOWN = """\
    ---
    title: Ohjausryhmän kokous
    date: 2022-01-03
    ---
    # Ohjausryhmän *muistio* 3/2022 #

    Aika: ma 3.1.2022
    Paikka: **Teams**

    Läsnä
    =====

    | Nimi | Taho |
    |------|:----:|
    | Matti Meikäläinen | **STM** |
    | | VM \\| muu |

    1\\. Kokouksen avaus
    -------------------

    Puheenjohtaja avasi *kokouksen klo 9 ja toivotti kaikki läsnä-
    olijat tervetulleiksi*. [Esityslista](http://x.y/z_(a)) oli lähetetty.[^1]
    Liite ![kuva](a.png)on foo_bar_baz &amp; 2 * 3 * 4, `a *b*`.

    * yksi
    * kaksi jatkuu
      toiselle riville
        - sisempi ~~poistettu~~
    1. a
    1. b

    > Lainattu
    > teksti <b>lihava</b><!-- ei -->

    ```
    # koodi
    ```
    - [x] tehtävä  \n    [^1]: Alaviite
    [ref]: http://x
    ***
"""


def test_markdown_is_read_as_it_is_seen() -> None:
    assert blocks(MARKDOWN, Form.MARKDOWN) == [
        ("text", 0, "title: Ohjausryhmän kokous"),
        ("text", 0, "date: 2022-01-03"),
        ("heading", 1, "Ohjausryhmän muistio 3/2022"),
        ("text", 0, "Aika: ma 3.1.2022"),
        ("text", 0, "Paikka: Teams"),
        ("heading", 1, "Läsnä"),
        ("row", 0, "Nimi\tTaho"),
        ("row", 0, "Matti Meikäläinen\tSTM"),
        ("row", 0, "\tVM | muu"),
        ("heading", 2, "1. Kokouksen avaus"),
        (
            "text",
            0,
            "Puheenjohtaja avasi kokouksen klo 9 ja toivotti kaikki läsnäolijat tervetulleiksi. "
            "Esityslista oli lähetetty. Liite on foo_bar_baz & 2 * 3 * 4, a *b*.",
        ),
        ("item", 0, "yksi"),
        ("item", 0, "kaksi jatkuu toiselle riville"),
        ("item", 1, "sisempi"),
        ("item", 0, "1. a"),
        ("item", 0, "2. b"),
        ("text", 0, "Lainattu teksti lihava"),
        ("text", 0, "# koodi"),
        ("item", 0, "tehtävä"),
        ("text", 0, "Alaviite"),
    ]


HTML = """\
    <!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body>
    <nav>valikko</nav><h1>Ohjausryhm&auml;n <em>muis&shy;tio</em></h1>
    <p>Aika: ma&nbsp;<b>3.</b>1.2022<br>Paikka:   Teams
      kokous</p>
    <ol><li>Avaus<li><p>Muut &lt;asiat&gt;</p><p>lisää<ol type=a start="3"><li>yksi</ol></ol>
    <ul><li>eka<li value=3>toka</ul><ol reversed start=2><li>b<li>a</ol>
    <table><tr><td>Läsnä</td><td>Matti<br>Teppo</td></tr>
    <tr><th>Nimi<th>Taho<tr><td><td>B<td>c</table>
    <p hidden>piilo<p>näkyy a < b<div style="display: none"><p>x</div>loppu
    <span aria-hidden=true>y</span><script>if (a<b) "</p>"</script><!-- > c --><pre>a
      b</pre><p title="a>b">&euro; &#228; &#xe4; &nosuch; AT&T</p>
"""


def test_html_is_read_as_it_is_seen() -> None:
    assert blocks(HTML, Form.HTML) == [
        ("heading", 1, "Ohjausryhmän muistio"),
        ("text", 0, "Aika: ma 3.1.2022"),
        ("text", 0, "Paikka: Teams kokous"),
        ("item", 0, "1. Avaus"),
        ("item", 0, "2. Muut <asiat>"),
        ("text", 0, "lisää"),
        ("item", 1, "c. yksi"),
        ("item", 0, "eka"),
        ("item", 0, "toka"),
        ("item", 0, "2. b"),
        ("item", 0, "1. a"),
        ("row", 0, "Läsnä\tMatti"),
        ("text", 0, "Teppo"),
        ("row", 0, "Nimi\tTaho"),
        ("row", 0, "\tB\tc"),
        ("text", 0, "näkyy a < b"),
        ("text", 0, "loppu"),
        ("text", 0, "a"),
        ("text", 0, "b"),
        ("text", 0, "€ ä ä &nosuch; AT&T"),
    ]


def test_a_place_in_a_page_counts_its_markup() -> None:
    page = "<p>P&ouml;yt&auml;<b>kirja</b> hyv&auml;ksyttiin.</p>"
    (block,) = read_through(document(page, Form.HTML)).blocks
    start = block.text.index("kirja")
    assert page[slice(*block.traced.span(start, start + 5))] == "kirja"
    assert page[slice(*block.traced.span())] == page[3 : page.index("</p>")]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252"),
        ("<meta charset=macintosh>", "mac-roman"),
        ("<meta charset=windows-1251>", "cp1251"),
        ("<meta charset=utf-8>", "cp1252"),
        ("<meta charset=zip>", "cp1252"),
        ("", "utf-16"),
    ],
)
def test_a_page_says_its_encoding(head: str, encoding: str, tmp_path: Path) -> None:
    word = "ядро" if encoding == "cp1251" else "pöytäkirja"
    page = f"<html><head>{head}</head><body><p>{word}</p></body></html>"
    path = written(tmp_path, "memo.html", page.encode(encoding))
    assert [block.text for block in read_through(read_document(path)).blocks] == [word]


_PIECES = st.lists(
    st.sampled_from(
        (
            *("<p>", "</p>", "<b>", "</b>", "<br>", "<ol>", "<li>", "</ol>", "<table>", "<tr>"),
            *("<td>", "</table>", "&auml;", "&lt;", "&nbsp;", "&shy;", "&", "<", ">", '"', "'"),
            *("<!--", "-->", "<script>", "</script>", "<p hidden>", "<pre>", "</pre>", "<a href='"),
            *("# ", "\n", "\n\n", "* ", "1. ", "|", "---", "**", "_", "`", "[a](b)", "![", "](c)"),
            *(
                "> ",
                "```\n",
                "\\*",
                "~~",
                "  \n",
                " ",
                "a",
                "ä",
                "sana ja",
                "ennak-\n",
                "\t",
                "\r\n",
            ),
            *("{", "=", "[^1]", "[^1]: ", "<http://a.b>", "|-|-|\n", "    ", "\ufb01", "\u2028"),
        )
    ),
    max_size=30,
).map("".join)


@given(_PIECES, st.sampled_from([Form.MARKDOWN, Form.HTML]))
def test_every_character_is_accounted_for(text: str, form: Form) -> None:
    """What a block holds stands in the source or is read so; the rest is in a repair."""
    reading = read_through(document(text, form))
    repaired, seen = set[int](), set[int]()
    for repair in reading.repairs:
        assert 0 <= repair.start < repair.end <= len(text)
        repaired.update(range(repair.start, repair.end))
    for block in reading.blocks:
        assert block.text.strip() != ""
        assert "\n" not in block.text
        for at, sign in enumerate(block.text):
            place = block.traced.source(at)
            seen.add(place)
            assert text[place] == sign or place in repaired, (sign, place)
    for at, sign in enumerate(text):
        assert sign.isspace() or at in seen or at in repaired, (sign, at)


@pytest.mark.slow
@pytest.mark.parametrize("form", list(READERS))
@pytest.mark.parametrize(
    "unit",
    [
        *(
            "<",
            "<a ",
            "<a '",
            '<a b="',
            "<!--",
            "</p>",
            "<p>",
            "<b>",
            "<p><b>",
            "<table><td>",
            "&a",
        ),
        *(
            "<ol><li>",
            "<script>",
            "[",
            "](",
            "![a](",
            "*",
            "**a ",
            "_a",
            "`",
            "``a",
            "~~",
            "|",
            "> ",
        ),
        *(
            "|a|b|\n|-|-|\n",
            "- ",
            "1. a\n",
            "# ",
            "\\",
            "<!-- ",
            "    - a\n",
            "---\n",
            "[a](b",
            "![a](b)",
        ),
        *("<p hidden>", "<li>", "a=", "<td><p>", "<dl><dd>", "<p><table>", "==\n", "\n- ", "*a_"),
    ],
)
def test_time_grows_with_length(unit: str, form: Form) -> None:
    def taken(count: int) -> float:
        text = unit * (count // len(unit))
        start = time.process_time()
        read_through(document(text, form))
        return time.process_time() - start

    taken(1_000)
    assert least_times(taken, 50_000, 200_000)
