"""Pages that people read: one self-contained HTML file each, that asks the network for nothing.

A builder makes a `kg.views.view.View` of statements or of a network, `kg.views.page.view_page`
makes HTML of it. They open no store and no file but the templates, styles and scripts of this
package and the drawing library that the installed pyvis carries.

`picture` and `picture_of` are for other programs and for notebooks; they are imported when they are
asked for, so that whoever needs a single module of this package does not wait for all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.views.embedding import Picture, picture, picture_of

__all__ = ["Picture", "picture", "picture_of"]


def __getattr__(name: str) -> object:
    if name in __all__:
        return getattr(import_module("kg.views.embedding"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
