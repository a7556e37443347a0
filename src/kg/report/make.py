"""From a material to a report."""

from __future__ import annotations

from kg.report.analysis import Analysis
from kg.report.blocks import Paragraph, Report, plain
from kg.report.brief import brief_section
from kg.report.evidence import evidence_section, method_section
from kg.report.hearsay import actions_section, hearsay_section
from kg.report.issues import issues_section
from kg.report.material import Material
from kg.report.matrix import matrix_section
from kg.report.standing import camps_section, rates_section
from kg.report.timeline import timeline_section

SECTIONS = (
    brief_section,
    matrix_section,
    issues_section,
    camps_section,
    rates_section,
    timeline_section,
    hearsay_section,
    actions_section,
    evidence_section,
    method_section,
)
"""The parts of a report, in their order."""


def make_report(material: Material) -> Report:
    """Make the report of a material; equal material, equal report.

    Raises `StoreError` where the store or the table cannot be read.
    """
    found, words = Analysis(material), material.words
    return Report(
        material.wish.language,
        words.say("title"),
        words.say("nav.contents"),
        (Paragraph(plain(words.say("lead")), "lead"),),
        tuple(section(found) for section in SECTIONS),
    )
