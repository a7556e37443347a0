"""The registers: what meetings refer to (bodies, people, issues, reforms), as frozen models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Discriminator

from kg.coding.fields import (
    AS_LIST,
    Context,
    InScheme,
    Ref,
    Refs,
    RefTo,
    Text,
    Texts,
    WordLists,
    Words,
)
from kg.coding.model import BODIES, HOLDERS, NODE_CONFIG, ImpreciseDate, Node, SourceDocument


class Labelled(Node):
    """An entity with a label, other names, topics and links to the same thing elsewhere."""

    label: Words
    alt_label: WordLists | None = None
    topic: Annotated[Refs, RefTo(("Topic",))] = ()
    same_as: Annotated[Refs, RefTo()] = ()


class Body(Labelled):
    """An organisation: a ministry, an agency, a company."""

    type: Literal["Body"] = "Body"
    abbreviation: Words | None = None
    part_of: Annotated[Refs, RefTo(BODIES)] = ()
    linked_to: Annotated[Refs, RefTo(BODIES)] = ()


class WorkingBody(Labelled):
    """A steering group, working group or division set up for a task and a time."""

    type: Literal["WorkingBody"] = "WorkingBody"
    abbreviation: Words | None = None
    part_of: Annotated[Refs, RefTo(BODIES)] = ()
    linked_to: Annotated[Refs, RefTo(BODIES)] = ()
    mandated_by: Annotated[Refs, RefTo(HOLDERS)] = ()
    succeeds: Annotated[Ref | None, RefTo(("WorkingBody",))] = None
    dates: Annotated[tuple[ImpreciseDate, ...], AS_LIST] = ()


class Group(Labelled):
    """A group of people that is no organisation, as “politicians”."""

    type: Literal["Group"] = "Group"


class UnnamedHolder(Labelled):
    """The holder of a position that the text leaves unnamed (“is supported”)."""

    type: Literal["UnnamedHolder"] = "UnnamedHolder"


class Person(Node):
    """A person who acts in office."""

    type: Literal["Person"] = "Person"
    name: Text
    other_names: Texts = ()
    same_as: Annotated[Refs, RefTo()] = ()


class Topic(Node):
    """A subject, linked to a thesaurus where the link is verified."""

    type: Literal["Topic"] = "Topic"
    label: Words
    alt_label: WordLists | None = None
    exact_match: Annotated[Refs, RefTo()] = ()


class Proposition(Labelled):
    """A stance-free, positively worded answer to an issue."""

    type: Literal["Proposition"] = "Proposition"
    refines: Annotated[Refs, RefTo(("Proposition",))] = ()
    incompatible_with: Annotated[Refs, RefTo(("Proposition",))] = ()


class Issue(Labelled):
    """A question that positions are about, with the propositions that answer it."""

    type: Literal["Issue"] = "Issue"
    about: Annotated[Refs, RefTo()] = ()
    propositions: Annotated[tuple[Proposition, ...], AS_LIST] = ()


class Reform(Labelled):
    """Something a reform consists of: project, statute, study, event …"""

    type: Literal[
        "ReformProject", "Programme", "Statute", "Study", "Recommendation", "Event", "Measure"
    ]
    part_of: Annotated[Refs, RefTo()] = ()
    responsible: Annotated[Refs, RefTo(HOLDERS)] = ()
    author: Annotated[Refs, RefTo(HOLDERS)] = ()
    mandated_by: Annotated[Refs, RefTo(HOLDERS)] = ()
    drafts: Annotated[Refs, RefTo(("Statute",))] = ()
    project_identifier: Text | None = None
    dates: Annotated[tuple[ImpreciseDate, ...], AS_LIST] = ()
    progress: Annotated[str, InScheme("progress")] | None = None
    waits_for: Annotated[Refs, RefTo()] = ()


Entity = Annotated[
    Body | WorkingBody | Group | UnnamedHolder | Person | Topic | Issue | Reform | SourceDocument,
    Discriminator("type"),
]


class Register(BaseModel):
    """A file of entities: ``data/authorities``, ``data/issues`` and ``data/reforms`` hold these."""

    model_config = NODE_CONFIG
    context: Context = None
    entities: Annotated[tuple[Entity, ...], AS_LIST] = ()
