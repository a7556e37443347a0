"""Texts that try to be more than text; every page must show them and do nothing else."""

from __future__ import annotations

HOSTILE = {
    "image": '<img src=x onerror="window.hostile=1">',
    "script end": "</script><script>window.hostile=1</script>",
    "title end": "</title></style></textarea><svg onload=window.hostile=1>",
    "comment": "<!--<script>",
    "quotes": '"\'` onmouseover=window.hostile=1 x="',
    "entity": "&lt;b&gt; &amp;amp; &#60;",
    "link": "javascript:window.hostile=1",
    "template": "{{ 7*7 }}{% raw %}{0}{a}${window.hostile=1}",
    "right to left": "\u202eیہ‏ \u200f\u202bmoc.elpmaxe\u202c",
    "separators": "a\u2028b\u2029c\\u003cd",
    "emoji": "👩‍👩‍👧‍👦🏴‍☠️" * 20,
    "long": "x" * 10_000,
    "prototype": "__proto__",
}
