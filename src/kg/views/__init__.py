"""Pages that people read: one self-contained HTML file each, that asks the network for nothing.

`pages` and `network_page` take statements and networks and return HTML; they open no store and no
file but the templates, styles and scripts of this package and the drawing library that the
installed pyvis carries.
"""
