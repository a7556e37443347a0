"""Mistakes that an analyst makes in a coding, each with the finding that it gives."""

from __future__ import annotations

from dataclasses import dataclass

from ferry import ISSUES, MEETING, PEOPLE


@dataclass(frozen=True)
class Mistake:
    """A change of one file and the finding that it gives, at the line of `at` (else of `new`)."""

    name: str
    old: str
    new: str
    message: str
    file: str = MEETING
    at: str | None = None


P1 = "Position ferry-2/s01/p1"
MISTAKES = [
    Mistake(
        "misspelt holder",
        "holder: HARBOUR",
        "holder: HARBOR",
        f"{P1}, holder: “HARBOR” is not defined; did you mean HARBOUR?",
    ),
    Mistake(
        "unknown proposition",
        "proposition: night-ferry\n      stance: support",
        "proposition: free-beer\n      stance: support",
        f"{P1}, proposition: “free-beer” is not defined; define a Proposition, or correct the id",
        at="free-beer",
    ),
    Mistake(
        "issue where a proposition belongs",
        "proposition: night-ferry\n      stance: support",
        "proposition: issue-night\n      stance: support",
        f"{P1}, proposition: “issue-night” is of type Issue: give the id of a Proposition",
        at="proposition: issue-night",
    ),
    Mistake(
        "revision of an unknown position",
        "stance: support\n",
        "stance: support\n      revises: [ferry-2/s01/p9]\n",
        f"{P1}, revises: “ferry-2/s01/p9” is not defined; did you mean ferry-2/s01/p1 or "
        "ferry-2/s02/p1?",
        at="revises",
    ),
    Mistake(
        "misspelt topic in a register",
        "topic: [boats]",
        "topic: [boat]",
        "Issue issue-night, topic: “boat” is not defined; did you mean boats?",
        file=ISSUES,
    ),
    Mistake(
        "quote that is not in the source",
        "the nightferry is wanted",
        "the day ferry is wanted",
        f"{P1}, at: “the day ferry is wanted” (quote) does not stand in the range 122–213 of "
        "MEMO: correct the words, or delete the place and let --fix find it anew",
        at="char=122,213",
    ),
    Mistake(
        "organisation that is not written so",
        "asWritten: HO",
        "asWritten: HOO",
        "Participation ferry-2/pt1, at: “HOO” (asWritten) does not stand in the range "
        "31–49 of MEMO: correct the words, or delete the place and let --fix find it anew",
        at="char=31,49",
    ),
    Mistake(
        "place that was never found",
        "at: {id: 'ferry-2/memo#char=365,405', type: Passage, of: ferry-2/memo, paragraph: 1, "
        "start: 365, end: 405}\n    actions",
        "at: {find: the moon}\n    actions",
        "Entry ferry-2/s03, at: the words “the moon” stand nowhere (MEMO): copy them from the "
        "document",
        at="the moon",
    ),
    Mistake(
        "phrase that stands elsewhere",
        "at: {id: 'ferry-2/memo#char=176,195', type: Passage, of: ferry-2/memo, paragraph: 1, "
        "start: 176, end: 195}",
        "at: {find: the isles hesitate}",
        "Argument ferry-2/s01/p1/a1, at: the words “the isles hesitate” stand elsewhere in the "
        "document, but not where this belongs (MEMO): copy them from the document",
    ),
    Mistake(
        "ambiguous phrase",
        "at: {id: 'ferry-2/memo#char=176,195', type: Passage, of: ferry-2/memo, paragraph: 1, "
        "start: 176, end: 195}",
        "at: {find: the}",
        "Argument ferry-2/s01/p1/a1, at: the words “the” stand in 5 places here: take a longer "
        "phrase",
    ),
    Mistake(
        "last words that do not follow",
        "at: {id: 'ferry-2/memo#char=353,363', type: Passage, of: ferry-2/memo, paragraph: 0, "
        "start: 353, end: 363}",
        "at: {find: 2) Closing … Night traffic}",
        "AgendaItem ferry-2/i2, at: the words “Night traffic” do not follow “2) Closing” here: "
        "copy them from the document",
    ),
    Mistake(
        "only an ellipsis",
        "at: {id: 'ferry-2/memo#char=353,363', type: Passage, of: ferry-2/memo, paragraph: 0, "
        "start: 353, end: 363}",
        "at: {find: 2) Closing …}",
        "AgendaItem ferry-2/i2, at: words are missing: write a phrase, or its first words … its "
        "last words",
    ),
    Mistake(
        "day that no calendar has",
        "date: 2030-04-08\n",
        "date: 2021-13-40\n",
        "Meeting ferry-2, date: “2021-13-40” is no date: write it as 2021-10-25",
        at="date: 2021",
    ),
    Mistake(
        "date in another order",
        "codedOn: 2030-04-09",
        "codedOn: 25.10.2021",
        "Coding graph/ferry-2, codedOn: “25.10.2021” is no date: write it as 2021-10-25",
    ),
    Mistake(
        "date without hyphens, which is a number",
        "codedOn: 2030-04-09",
        "codedOn: 20211025",
        "Coding graph/ferry-2, codedOn: “20211025” is no date: write it as 2021-10-25",
    ),
    Mistake(
        "time that no clock has",
        "2030-04-08T14:02:00",
        "2030-04-08T25:02:00",
        "Meeting ferry-2, actualStart: “2030-04-08T25:02:00” is no time: write it as "
        "2021-10-25T14:02:00",
    ),
    Mistake(
        "time of day alone",
        "actualStart: 2030-04-08T14:02:00",
        "actualStart: 14:02",
        "Meeting ferry-2, actualStart: “14:02” is no time: write it as 2021-10-25T14:02:00",
    ),
    Mistake(
        "time without seconds",
        "2030-04-08T14:02:00",
        "2030-04-08T14:02",
        "Meeting ferry-2, actualStart: “2030-04-08T14:02” is no time: write it as "
        "2021-10-25T14:02:00",
    ),
    Mistake(
        "latest before earliest",
        "latest: 2030-05-10\n-",
        "latest: 2030-04-30\n-",
        "ImpreciseDate ferry-2/s02/f1/when1: the date is over (2030-04-30) before it begins "
        "(2030-05-01): correct it",
        at="- id: ferry-2/s02/f1/when1",
    ),
    Mistake(
        "no is text, not false",
        "role: member, present: true",
        "role: member, present: no",
        "Participation ferry-2/pt2, present: “no” is neither true nor false: write one of them",
    ),
    Mistake(
        "number where text belongs",
        'number: "2"',
        "number: 010",
        "AgendaItem ferry-2/i2, number: “10” is read as a number: put it in quotes",
    ),
    Mistake(
        "true where text belongs",
        "coder: Cai",
        "coder: true",
        "Coding graph/ferry-2, coder: “true” is read as yes or no: put it in quotes",
    ),
    Mistake(
        "text where a number belongs",
        "sequence: 3",
        'sequence: "3"',
        "Entry ferry-2/s03, sequence: “3” is no whole number: write digits only, without quotes",
    ),
    Mistake(
        "sequence below one",
        "sequence: 3",
        "sequence: 0",
        "Entry ferry-2/s03, sequence: 0 is too small: write 1 or more",
    ),
    Mistake(
        "unknown key",
        "proposition: night-ferry\n      stance: support",
        "propositon: night-ferry\n      stance: support\n      proposition: night-ferry",
        f"{P1}, propositon: the key `propositon` is not known here (did you mean `proposition`?): "
        "correct or remove it",
        at="propositon",
    ),
    Mistake(
        "key in Python's spelling, which the context does not know",
        "repliesTo:",
        "replies_to:",
        "SpeechAct ferry-2/s02, replies_to: the key `replies_to` is not known here (did you mean "
        "`repliesTo`?): correct or remove it",
    ),
    Mistake(
        "key of another node",
        "stance: support\n",
        "stance: support\n      speaker: ann-ek\n",
        f"{P1}, speaker: the key `speaker` is not known here: correct or remove it",
        at="      speaker",
    ),
    Mistake(
        "unknown key with keys below it",
        "role: member, present: true",
        "role: member, titel: {en: Mate}, present: true",
        "Participation ferry-2/pt2, titel: the key `titel` is not known here (did you mean "
        "`title`?): correct or remove it",
    ),
    Mistake(
        "missing key",
        "      stance: support\n",
        "",
        f"{P1}, stance: the key `stance` is missing: add it",
        at="- id: ferry-2/s01/p1\n      type: Position",
    ),
    Mistake(
        "code outside its list",
        "stance: support\n",
        "stance: suport\n",
        f"{P1}, stance: “suport” is not in the code list stance; did you mean support or "
        "strongSupport?",
        at="suport",
    ),
    Mistake(
        "code that resembles none",
        "act: opening",
        "act: xyz",
        "SpeechAct ferry-2/s01, act: “xyz” is not in the code list act; use answer, clarification, "
        "closing, comment, opening, presentation, proposal, question, record, reservation, "
        "statement, summary, thanks, vote",
    ),
    Mistake(
        "id with spaces",
        "- {id: unnamed,",
        "- {id: some body,",
        "UnnamedHolder some body, id: “some body” cannot be an id: use letters a–z, digits, "
        "hyphens and slashes, no spaces",
        file=PEOPLE,
    ),
    Mistake(
        "reference with spaces",
        "heldBy: ferry-group",
        "heldBy: the ferry group",
        "Meeting ferry-2, heldBy: “the ferry group” cannot be an id: use letters a–z, digits, "
        "hyphens and slashes, no spaces",
    ),
    Mistake(
        "web address with a space",
        "https://example.org/boats",
        "https://example.org/my boats",
        "Topic boats, exactMatch: “https://example.org/my boats” is no web address: take out "
        "spaces, quotes and brackets",
        file=PEOPLE,
    ),
    Mistake(
        "quote that is too long",
        "quote: the nightferry is wanted",
        "quote: She said that the nightferry is wanted and that it serves commuters, e.g.",
        f"{P1}, quote: the phrase has 13 words: store one of 3–8 words, 12 at most",
    ),
    Mistake(
        "end before start",
        "{id: 'ferry-2/memo#char=365,405', type: Passage, of: ferry-2/memo, paragraph: 1, "
        "start: 365, end: 405}\n    actions",
        "{id: 'ferry-2/memo#char=405,365', type: Passage, of: ferry-2/memo, paragraph: 1, "
        "start: 405, end: 365}\n    actions",
        "Passage ferry-2/memo#char=405,365: the range 405–365 ends before it starts: correct it",
    ),
    Mistake(
        "range outside the document",
        "{id: 'ferry-2/memo#char=365,405', type: Passage, of: ferry-2/memo, paragraph: 1, "
        "start: 365, end: 405}\n    actions",
        "{id: 'ferry-2/memo#char=365,4050', type: Passage, of: ferry-2/memo, paragraph: 1, "
        "start: 365, end: 4050}\n    actions",
        "Entry ferry-2/s03, at: the range 365–4050 is outside the document (429 characters): "
        "correct it",
        at="365,4050",
    ),
    Mistake(
        "range between paragraphs",
        "{id: 'ferry-2/memo#char=353,363', type: Passage, of: ferry-2/memo, paragraph: 0, "
        "start: 353, end: 363}",
        "{id: 'ferry-2/memo#char=352,363', type: Passage, of: ferry-2/memo, paragraph: 0, "
        "start: 352, end: 363}",
        "AgendaItem ferry-2/i2, at: the range 352–363 begins or ends with white space: begin at "
        "the first letter",
    ),
    Mistake(
        "wrong paragraph",
        "paragraph: 2, start: 271, end: 351",
        "paragraph: 3, start: 271, end: 351",
        "SpeechAct ferry-2/s02, at: the range 271–351 is in paragraph 2, not 3: correct it",
        at="char=271,351",
    ),
    Mistake(
        "entry under a later item",
        "{id: 'ferry-2/memo#char=365,405', type: Passage, of: ferry-2/memo, paragraph: 1, "
        "start: 365, end: 405}\n    actions",
        "{id: 'ferry-2/memo#char=99,269', type: Passage, of: ferry-2/memo, paragraph: 1, "
        "start: 99, end: 269}\n    actions",
        "Entry ferry-2/s03, at: the range 99–269 stands before the heading of its item: correct "
        "it, or move this",
        at="paragraph: 1, start: 99, end: 269}\n    actions",
    ),
    Mistake(
        "id of a place that names another range",
        "{id: 'ferry-2/memo#char=353,363'",
        "{id: 'ferry-2/memo#char=353,364'",
        "Passage ferry-2/memo#char=353,364: the id ferry-2/memo#char=353,364 does not say the "
        "range: write ferry-2/memo#char=353,363",
    ),
    Mistake(
        "changed source",
        "memo.txt\n  sha256: '8f73",
        "memo.txt\n  sha256: '9f73",
        "MEMO is not the file that was coded (its SHA-256 is "
        "8f7359a4f0e79ccf2c827c2608cbc849309519dbdb88d96c7f89b110364af6a9): give the original "
        "file; or delete `sha256`, `characters` and the places that moved, and run --fix",
        at="sha256",
    ),
    Mistake(
        "wrong number of characters",
        "characters: 429",
        "characters: 430",
        "the document has 429 characters, not 430: correct it",
    ),
    Mistake(
        "speech without speaker",
        "    speaker: bo-sund\n",
        "",
        "SpeechAct ferry-2/s02: a SpeechAct needs a `speaker`: name one, or make it an Entry",
        at="- id: ferry-2/s02\n",
    ),
    Mistake(
        "record with a speaker",
        "    act: record\n",
        "    act: record\n    speaker: bo-sund\n",
        "Entry ferry-2/s03: what has a `speaker` is a SpeechAct: change its `type`",
        at="- id: ferry-2/s03\n",
    ),
    Mistake(
        "wrong type",
        "type: Argument",
        "type: Position",
        "Position ferry-2/s01/p1/a1, type: “Position” is not what belongs here: write Argument",
        at="type: Position\n        label: {en: It",
    ),
    Mistake(
        "unknown type in a register",
        "- {id: boats, type: Topic",
        "- {id: boats, type: Topics",
        "Topics boats, type: “Topics” is no type that a register holds; did you mean Topic?",
        file=PEOPLE,
    ),
    Mistake(
        "no type in a register",
        "  type: WorkingBody\n",
        "",
        "ferry-group, type: the key `type` is missing: add it, as in `type: Body`",
        file=PEOPLE,
        at="- id: ferry-group",
    ),
    Mistake(
        "copied position",
        "ferry-2/s02/p1",
        "ferry-2/s01/p1",
        "the id ferry-2/s01/p1 is defined at MEETING:58 already: give this one another id",
        at="- {id: ferry-2/s01/p1",
    ),
    Mistake(
        "meeting named as a graph of the project",
        "id: graph/ferry-2",
        "id: ferry group",
        "Coding ferry group, id: “ferry group” cannot be an id: use letters a–z, digits, hyphens "
        "and slashes, no spaces",
    ),
    Mistake(
        "text without language",
        "label: {en: Closing}",
        "label: Closing",
        "AgendaItem ferry-2/i2, label: the text has no language: write it as {en: …, fi: …}",
    ),
    Mistake(
        "language by name",
        "label: {en: Closing}",
        "label: {English: Closing}",
        "AgendaItem ferry-2/i2, label: “English” is no language code: write en, fi or sv",
    ),
    Mistake(
        "comma in a flow mapping",
        "label: {en: Closing}",
        "label: {en: Closing, end}",
        "AgendaItem ferry-2/i2, label.end: there is no value: give one, or remove the key",
    ),
    Mistake(
        "empty value",
        "label: {en: Prepare a timetable}",
        "label: {en: }",
        "ActionItem ferry-2/s03/t1, label.en: there is no value: give one, or remove the key",
    ),
    Mistake(
        "empty list",
        "responsible: [HARBOUR]",
        "responsible:",
        "ActionItem ferry-2/s03/t1, responsible: there is no value: give one, or remove the key",
    ),
    Mistake(
        "text that ends in a line break",
        "en: >-\n",
        "en: >\n",
        "SpeechAct ferry-2/s01, summary.en: the text begins or ends with white space: remove it "
        "(a block that begins with `>-` or `|-` ends without a line break)",
        at="en: >\n",
    ),
    Mistake(
        "control character",
        "coder: Cai",
        'coder: "C\\u0007ai"',
        "Coding graph/ferry-2, coder: the sign U+0007 may not stand in a text: remove it",
    ),
    Mistake(
        "half a surrogate pair",
        "coder: Cai",
        'coder: "C\\ud800ai"',
        "Coding graph/ferry-2, coder: the sign U+D800 may not stand in a text: remove it",
    ),
    Mistake(
        "context of another vocabulary",
        "'@context': 'https://w3id.org/apro/context.jsonld'",
        "'@context': 'https://schema.org'",
        "Meeting ferry-2, @context: the context of a coding is "
        "https://w3id.org/apro/context.jsonld: write that",
    ),
]
# What YAML itself does not allow, or JSON has not: the file is not read, so nothing else is said.
UNREADABLE = [
    Mistake(
        "bracket left open",
        "responsible: [HARBOUR]",
        "responsible: [HARBOUR",
        "the YAML syntax is wrong here (expected ',' or ']', but got ':'): check indentation, "
        "colons and quotes",
        at="quote: prepares",
    ),
    Mistake(
        "colon in text",
        "coder: Cai",
        "coder: Cai: the second",
        "a colon stands where none may: put the text in quotes, or correct the indentation",
    ),
    Mistake("tab", "  coder: Cai", "\tcoder: Cai", "a tab stands here: indent with spaces"),
    Mistake(
        "key given twice",
        "coder: Cai\n",
        "coder: Cai\n  coder: Dan\n",
        "the key `coder` is given twice: keep one of them",
        at="coder: Dan",
    ),
    Mistake(
        "second document",
        "items:\n",
        "---\nitems:\n",
        "a second document begins here: keep one document in a file, without `---`",
        at="---\n",
    ),
    Mistake(
        "anchor and alias",
        "coding:\n",
        "coding: &who\n",
        "anchors (&) and aliases (*) are not read: write the text out in each place",
        at="coding: &who",
    ),
    Mistake(
        "merge",
        "coder: Cai",
        "<<: {coder: Cai}",
        "merges (<<) are not read: write the keys out in each place",
        at="coding:",
    ),
    Mistake("tag", "coder: Cai", "coder: !me Cai", "the tag !me is not read: remove it"),
    Mistake(
        "key that is a number",
        "label: {en: Closing}",
        "label: {1: Closing}",
        "the key 1 is no text: put it in quotes, or correct it",
    ),
    Mistake(
        "sign that YAML forbids",
        "coder: Cai",
        "coder: C\x01ai",
        "the sign U+0001 may not stand in YAML: remove it",
    ),
]
