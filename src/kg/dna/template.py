"""A new DNA database without statements, as DNA itself begins one, with more variables.

Its statement type *DNA Statement* has the four variables that DNA gives it, and further ones for
what APRO knows of a position: whoever analyses with the four only need not see them.
"""

from __future__ import annotations

from kg.dna.forms import BOOLEAN, INTEGER, LONG, SHORT, Form
from kg.dna.passwords import default_hash
from kg.dna.rows import AttributeVariable, Coder, Database, Setting, StatementType, Variable

VERSION, VERSION_DATE = "3.0.7", "2022-06-10"
ATTRIBUTES = ("Type", "Alias", "Notes", "IRI")

RIGHTS = (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)
"""What a coder may do in DNA: all of it, as DNA has it for new coders."""

PERSON = Variable(1, "person", SHORT, 1)
ORGANISATION = Variable(2, "organization", SHORT, 1)
CONCEPT = Variable(3, "concept", SHORT, 1)
AGREEMENT = Variable(4, "agreement", BOOLEAN, 1)
STANCE = Variable(5, "stance", SHORT, 1)
STRENGTH = Variable(6, "strength", INTEGER, 1)
BASIS = Variable(7, "basis", SHORT, 1)
SPEAKER = Variable(8, "speaker", SHORT, 1)
ISSUE = Variable(9, "issue", SHORT, 1)
CONFIDENCE = Variable(10, "confidence", SHORT, 1)
QUOTE = Variable(11, "quote", LONG, 1)
NOTE = Variable(12, "note", LONG, 1)
VARIABLES = (
    *(PERSON, ORGANISATION, CONCEPT, AGREEMENT),
    *(STANCE, STRENGTH, BASIS, SPEAKER, ISSUE, CONFIDENCE, QUOTE, NOTE),
)


def coder(number: int, name: str, colour: tuple[int, int, int]) -> Coder:
    """A coder as DNA makes one, with the password that stands in for those that are not known."""
    red, green, blue = colour
    looks = (red, green, blue, 0, 14)
    return Coder(number, name, *looks, default_hash(), 300, 0, 0, 1, *RIGHTS)


NEW = Form(1, "DNA Statement", PERSON, ORGANISATION, CONCEPT, AGREEMENT)
"""The form of the statements of a new database."""


def template() -> Database:
    """A database with one statement type, the coder whom DNA calls Admin, and no statement.

    >>> [one.variable for one in template().variables][:4]
    ['person', 'organization', 'concept', 'agreement']
    """
    short = [one for one in VARIABLES if one.data_type == SHORT]
    named = [(one.id, name) for one in short for name in ATTRIBUTES]
    return Database(
        settings=(Setting("version", VERSION), Setting("date", VERSION_DATE)),
        coders=(coder(1, "Admin", (255, 255, 0)),),
        statement_types=(StatementType(1, "DNA Statement", 239, 208, 51),),
        variables=VARIABLES,
        attribute_variables=tuple(
            AttributeVariable(number, *pair) for number, pair in enumerate(named, start=1)
        ),
    )
