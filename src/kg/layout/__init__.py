"""Where things stand in a drawing: computed once, so that a page never moves by itself.

Units are pixels at scale 1; y grows down. Equal input gives equal places.
"""
