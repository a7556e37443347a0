"""The report: who disagrees with whom on what, as one HTML page and as Markdown.

`make_report` reads a store and its statement table and gives a `Report`: sections of paragraphs,
tables and figures, in one language. `to_html` and `to_markdown` write the same report, so that the
two never say different things. Nothing in it is there without a query or a measure behind it, and
every number leads to the numbered positions that it counts.
"""
