"""Pages that people read: one self-contained HTML file each, that asks the network for nothing.

`disagreement_page` and `index_page` take statements and texts and return HTML; they open no store
and no file but the templates, styles and scripts of this package and the drawing library that the
installed pyvis carries.
"""

from kg.views.models import Meeting, PageLink, Party, Source
from kg.views.pages import disagreement_page, index_page

__all__ = ["Meeting", "PageLink", "Party", "Source", "disagreement_page", "index_page"]
