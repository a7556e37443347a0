"""A fictional data folder in which propositions are named in every way there is, with comments."""

from __future__ import annotations

from pathlib import Path

from kg.coding.dataset import Dataset, find_files, load_dataset
from kg.curation.folder import DataFolder, read_folder
from kg.findings import Finding

WHO = """\
# Everybody here is invented.
"@context": https://w3id.org/apro/context.jsonld
entities:
- {id: LIGHT, type: Body, label: {en: Lighthouse Board}}
- {id: BUOYS, type: Body, label: {en: Buoy Office}}
- {id: board, type: WorkingBody, label: {en: Coast group}}
- {id: ada-holm, type: Person, name: Ada Holm}
- {id: ivo-rask, type: Person, name: Ivo Rask}
"""

WHAT = """\
"@context": https://w3id.org/apro/context.jsonld
entities:
- id: issue-lamps
  type: Issue
  label: {en: Do the lamps burn all night?}
  propositions:
  # the first wish
  - id: lamps-burn   # short
    type: Proposition
    label:
      en: The lamps burn all night.
      fi: "Lamput palavat koko yön."
    refines: [coast-is-lit]
  # twice the same, as it seems
  - id: lamps-on   # from another memo
    type: Proposition
    label:
      en: All lamps are on through the night.
      # to be checked
      fi: Lamput ovat päällä yön läpi.
    altLabel: {sv: Lamporna är på.}
    refines: [coast-is-lit, lamps-burn]
    note: {en: From the second memo.}

  # the last wish
  - {id: coast-is-lit, type: Proposition, label: {en: The coast is lit.}}
  - id: lamps-off
    type: Proposition
    label: {en: "The lamps do not burn: none at all.", fi: Lamput eivät pala.}
    incompatibleWith:
    - lamps-burn   # plainly
    - lamps-on
- id: issue-paint   # nobody has answered it
  type: Issue
  label: {en: Which colour have the buoys?}
"""

MEMO = """\
# How the second meeting was coded.
"@context": https://w3id.org/apro/context.jsonld
id: coast-2
type: Meeting
label: {en: Coast group 2}
heldBy: board
date: 2031-03-04
coding: {id: graph/coast-2, type: Coding, coder: Cai, codedOn: 2031-03-05, status: accepted}
document: {id: coast-2/memo, type: SourceDocument, fileName: memo.txt}
participants:
- id: coast-2/pt1
  type: Participation
  person: ada-holm
  represents: LIGHT
  role: chair
  present: true
- {id: coast-2/pt2, type: Participation, person: ivo-rask,
   represents: BUOYS, role: member, present: true}
items:
- id: coast-2/i1
  type: AgendaItem
  number: "1"
  label: {en: Lamps}
  entries:
  - id: coast-2/s01
    type: SpeechAct
    sequence: 1
    speaker: ada-holm
    act: statement
    positions:
    - id: coast-2/s01/p1
      type: Position
      holder: LIGHT
      proposition: lamps-on   # said twice
      stance: supportWithConditions
      condition: [coast-is-lit]
      confidence: high
      status: accepted
      reasons:
      - {id: coast-2/s01/p1/a1, type: Argument, label: {en: Dark.}, supports: lamps-on,
         attacks: [lamps-off]}
    - {id: coast-2/s01/p2, type: Position, holder: LIGHT, proposition: lamps-burn,  # as ever
       stance: support, confidence: high, status: accepted}
    claims:
    - id: coast-2/s01/c1
      type: AlignmentClaim
      alignment: agree
      partiesImplied: true
      about:
      - lamps-burn
      - "lamps-on"   # and this
      - issue-lamps
    reports:
    - {id: coast-2/s01/f1, type: Report, summary: {en: Oil?}, about: [lamps-on],
       waitsFor: 'lamps-on'}
  - id: coast-2/s02
    type: SpeechAct
    sequence: 2
    speaker: ivo-rask
    act: statement
    positions:
    - id: coast-2/s02/p1
      type: Position
      holder: ivo-rask
      proposition: https://w3id.org/apro/data/lamps-on
      stance: oppose
      confidence: high
      status: proposed
    decisions:
    - {id: coast-2/s02/d1, type: Decision, label: {en: Burn.}, adopts: [lamps-on, lamps-burn]}
    actions:
    - {id: coast-2/s02/t1, type: ActionItem, label: {en: Buy oil about lamps-on}, about: lamps-on}
"""

FILES = {"authorities/who.yaml": WHO, "issues/what.yaml": WHAT, "meetings/coast.yaml": MEMO}


def boards(folder: Path, ends: str = "\n", mark: str = "") -> Path:
    """The folder, with these line ends and a byte order mark if one is given."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((mark + text.replace("\n", ends)).encode())
    return folder


def opened(folder: Path) -> DataFolder:
    """The folder as one that nobody lends to."""
    return read_folder(folder, folder)


def loaded(folder: Path) -> tuple[Dataset, list[Finding]]:
    """The folder as a build reads it."""
    return load_dataset(find_files(folder, folder), None, folder)
