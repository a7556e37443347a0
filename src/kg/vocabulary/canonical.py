"""One way to write a Turtle file of the ontology, so that a diff shows what was changed.

Prefixes first (those in use, sorted), then the header, then the terms by kind and by IRI; the
predicates of a term in a fixed order, its objects sorted (literals by language, then text). Blank
nodes are written in place and ordered by what they say, so that their labels do not matter. A
comment has no place in RDF: those at the top of a file are kept, headings of groups are written
anew, and all others are lost, which `lost_comments` tells beforehand. Literals keep the form in
which they are written (https://www.w3.org/TR/turtle/).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import InputError
from kg.names import PREFIXES, RDF, SKOS, VANN, XSD

Subject = ox.NamedNode | ox.BlankNode
Object = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

WIDTH = 100
INDENT = "    "
_NAMESPACES = {
    **PREFIXES,
    "bibo": "http://purl.org/ontology/bibo/",
    "vann": VANN,
}


def _iris(names: str) -> set[str]:
    """The IRIs of prefixed names."""
    return set(_ordered_iris(names))


def _ordered_iris(names: str) -> list[str]:
    parts = (name.split(":") for name in names.split())
    return [_NAMESPACES[prefix] + local for prefix, local in parts]


_FIRST = _ordered_iris("""
    rdf:type owl:versionIRI owl:versionInfo owl:priorVersion owl:backwardCompatibleWith
    owl:incompatibleWith owl:imports dcterms:title dcterms:description dcterms:creator
    dcterms:contributor dcterms:publisher dcterms:license dcterms:rights dcterms:created
    dcterms:issued dcterms:modified dcterms:bibliographicCitation dcterms:source bibo:status
    vann:preferredNamespacePrefix vann:preferredNamespaceUri owl:deprecated dcterms:isReplacedBy
    rdfs:subClassOf rdfs:subPropertyOf owl:equivalentClass owl:equivalentProperty owl:inverseOf
    owl:disjointWith owl:propertyDisjointWith rdfs:domain rdfs:range schema:domainIncludes
    schema:rangeIncludes rdfs:isDefinedBy skos:inScheme skos:topConceptOf skos:hasTopConcept
    skos:broader skos:notation rdfs:label skos:prefLabel skos:altLabel skos:definition
    skos:scopeNote vann:usageNote skos:example sh:prefix sh:targetClass sh:targetNode
    sh:targetSubjectsOf sh:targetObjectsOf sh:path sh:minCount sh:maxCount
""")
_LAST = _ordered_iris("sh:severity sh:message sh:sparql sh:prefixes sh:select")
_RANKS = {iri: rank for rank, iri in enumerate(_FIRST)} | {
    iri: len(_FIRST) + 1 + rank for rank, iri in enumerate(_LAST)
}

_GROUPS: tuple[tuple[str, set[str]], ...] = (
    ("", _iris("owl:Ontology")),
    ("Classes", _iris("owl:Class rdfs:Class")),
    ("Object properties", _iris("owl:ObjectProperty")),
    ("Datatype properties", _iris("owl:DatatypeProperty")),
    ("Annotation properties", _iris("owl:AnnotationProperty rdf:Property")),
    ("Code lists", _iris("skos:ConceptScheme skos:Concept")),
    ("Shapes", _iris("sh:NodeShape sh:PropertyShape")),
    ("Other statements", set()),
)
_HEADINGS = {f"# {heading}" for heading, _ in _GROUPS}
_NODES = (ox.NamedNode, ox.BlankNode)
_DIRECTION = "A text has a direction (--ltr or --rtl), which is lost: give its language alone"
_STAR = "The file has a statement about a statement: give what it says an IRI instead"

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w.-]*[\w-])?", re.ASCII)
_BARE = {
    f"{XSD}boolean": re.compile(r"true|false"),
    f"{XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{XSD}decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    f"{XSD}double": re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+"),
}
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f", "\0": "\\u0000"}
_HEAD = re.compile(r"\s*(?:#.*|@?(?:prefix|base)\b.*)?", re.IGNORECASE)
_QUOTED = re.compile(
    r'"""(?:\\.|[^\\])*?"""|' r"'''(?:\\.|[^\\])*?'''|" r'"(?:\\.|[^"\\\n])*"|'
    r"'(?:\\.|[^'\\\n])*'|<[^<>\s]*>",
    re.DOTALL,
)  # fmt: skip


def ontology_files(folder: Path) -> list[Path]:
    """The Turtle files of an ontology's folder and its subfolders, in order of their path."""
    return sorted(path for path in folder.rglob("*.ttl") if not path.is_dir())


def canonical(text: str) -> str:
    """A Turtle document in canonical form; the same for every order in which it may be written.

    >>> print(canonical('@prefix a: <http://a/> . @prefix b: <http://b/> . a:s a:p 2 , 1 .'))
    @prefix a: <http://a/> .
    <BLANKLINE>
    a:s a:p 1 ,
            2 .
    <BLANKLINE>

    Raises `InputError` for text that is not Turtle, and for a blank node that cannot be written
    in place because several statements refer to it: such a node needs an IRI; also for what has
    no place in the form: a statement about a statement, the direction of a text.
    """
    try:
        parsed = ox.parse(text, format=ox.RdfFormat.TURTLE)
        triples = {quad.triple for quad in parsed}
    except (SyntaxError, ValueError) as error:
        raise InputError(f"This is not Turtle ({error}): correct the file") from error
    return _Writer(triples, parsed.prefixes).document(leading_comments(text))


def leading_comments(text: str) -> list[str]:
    """The comment lines before the first statement, among and around the prefixes."""
    kept: list[str] = []
    for line in _head(text):
        if line.lstrip().startswith("#") and line.strip() not in _HEADINGS:
            kept.append(line.strip())
        elif kept and kept[-1]:
            kept.append("")
    return kept if not kept or kept[-1] else kept[:-1]


def lost_comments(text: str) -> list[tuple[int, str]]:
    """Comments that `canonical` cannot keep, each with its line, counted from 1."""
    blanked = _QUOTED.sub(lambda found: re.sub(r"[^\n]", "_", found[0]), text)
    lines = _lines(blanked)
    lost = []
    for number, line in enumerate(lines[len(_head(text)) :], start=len(_head(text)) + 1):
        _, mark, comment = line.partition("#")
        if mark and f"#{comment}".strip() not in _HEADINGS:
            lost.append((number, f"#{comment}".strip()))
    return lost


def _lines(text: str) -> list[str]:
    """The lines as Turtle has them: a comment ends at no other sign (`str.splitlines` has more)."""
    return re.split(r"\r\n|\n|\r", text)


def _head(text: str) -> list[str]:
    """The lines before the first statement."""
    lines = _lines(text)
    starts = (number for number, line in enumerate(lines) if not _HEAD.fullmatch(line))
    return lines[: next(starts, len(lines))]


class _Writer:
    """Writes one set of triples; notes which prefixes it used and which subjects it wrote."""

    def __init__(self, triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> None:
        self.facts: dict[Subject, dict[str, list[Object]]] = defaultdict(dict)
        self.references: Counter[Object] = Counter()
        for triple in triples:
            if isinstance(triple.subject, ox.Triple):
                raise InputError(_STAR)
            self.facts[triple.subject].setdefault(triple.predicate.value, []).append(triple.object)
            self.references[triple.object] += 1
        self.prefixes: dict[str, str] = {}
        for prefix, namespace in sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair)):
            self.prefixes.setdefault(namespace, prefix)
        self.headers = [node.value for node in self.facts if self._group(node) == 0]
        self.used: set[str] = set()
        self.blanks: dict[tuple[Subject, str], str] = {}
        self.written: set[Subject] = set()

    def document(self, comments: Sequence[str]) -> str:
        """The whole text."""
        tops = [node for node in self.facts if not (_is_blank(node) and self.references[node])]
        shared = any(_is_blank(node) and count > 1 for node, count in self.references.items())
        blocks = [] if shared else list(self._blocks(sorted(tops, key=self._place)))
        if shared or self.written != set(self.facts):
            raise InputError(
                "A node without IRI is referred to by several statements or by itself: give it an "
                "IRI, so that it can be written in one place"
            )
        declared = sorted((self.prefixes[name], name) for name in self.used)
        head = "\n".join(f"@prefix {prefix}: <{name}> ." for prefix, name in declared)
        return "\n\n".join(part for part in ("\n".join(comments), head, *blocks) if part) + "\n"

    def _blocks(self, subjects: Sequence[Subject]) -> Iterator[str]:
        """The statements on each subject; headings where there is more than one group."""
        groups = {self._group(subject) for subject in subjects} - {0}
        last = 0
        for subject in subjects:
            group = self._group(subject)
            if group != last and len(groups) > 1:
                yield f"# {_GROUPS[group][0]}"
            last = group
            name = self._iri(subject.value) if isinstance(subject, ox.NamedNode) else "[]"
            yield f"{name} " + f" ;\n{INDENT}".join(self._predicates(subject, INDENT)) + " ."

    def _place(self, subject: Subject) -> tuple[int, bool, str, str]:
        """Where a subject stands: its group, own terms first, a code after its list."""
        own = any(subject.value.startswith(header) for header in self.headers)
        name = subject.value if isinstance(subject, ox.NamedNode) else self._blank(subject, "")
        schemes = self.facts[subject].get(f"{SKOS}inScheme", [])
        lists = sorted(node.value for node in schemes if isinstance(node, ox.NamedNode))
        return self._group(subject), not own, lists[0] if lists else name, name

    def _group(self, subject: Subject) -> int:
        kinds = {str(kind)[1:-1] for kind in self.facts[subject].get(f"{RDF}type", ())}
        return next((n for n, (_, those) in enumerate(_GROUPS) if kinds & those), len(_GROUPS) - 1)

    def _predicates(self, subject: Subject, indent: str) -> list[str]:
        """One text a predicate with its objects, in order."""
        self.written.add(subject)
        facts = self.facts[subject]
        ordered = sorted(facts, key=lambda iri: (_RANKS.get(iri, len(_FIRST)), iri))
        return [self._objects(iri, facts[iri], indent) for iri in ordered]

    def _objects(self, predicate: str, objects: Sequence[Object], indent: str) -> str:
        verb = "a" if predicate == f"{RDF}type" else self._iri(predicate)
        inner = indent + INDENT if len(objects) > 1 else indent
        ordered = sorted(objects, key=self._order)
        return f"{verb} " + f" ,\n{inner}".join(self._term(node, inner) for node in ordered)

    def _order(self, node: Object) -> tuple[int, str, str, str]:
        if isinstance(node, ox.Literal):
            return 1, node.language or "", node.value, node.datatype.value
        if isinstance(node, ox.NamedNode):
            return 0, node.value, "", ""
        return 2, self._term(node, ""), "", ""

    def _term(self, node: Object, indent: str) -> str:
        if isinstance(node, ox.NamedNode):
            return self._iri(node.value)
        if isinstance(node, ox.Literal):
            return self._literal(node)
        if isinstance(node, ox.BlankNode):
            return self._blank(node, indent)
        raise InputError(_STAR)

    def _iri(self, iri: str) -> str:
        for namespace, prefix in self.prefixes.items():
            if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
                self.used.add(namespace)
                return f"{prefix}:{iri[len(namespace) :]}"
        return f"<{iri}>"

    def _literal(self, literal: ox.Literal) -> str:
        text, datatype = literal.value, literal.datatype.value
        if literal.direction:
            raise InputError(_DIRECTION)
        if datatype in _BARE and _BARE[datatype].fullmatch(text):
            return text
        if literal.language:
            return f"{_quoted(text)}@{literal.language}"
        return _quoted(text) + ("" if datatype == f"{XSD}string" else f"^^{self._iri(datatype)}")

    def _blank(self, node: ox.BlankNode, indent: str) -> str:
        """A list or a node without IRI, which is needed for its order and at its place."""
        if (node, indent) not in self.blanks:
            self.blanks[node, indent] = self._in_place(node, indent)
        return self.blanks[node, indent]

    def _in_place(self, node: ox.BlankNode, indent: str) -> str:
        """A list or a node without IRI: on one line if it fits, else one part a line."""
        inner = indent + INDENT
        members = self._members(node)
        if members is None:
            parts, mark, (left, right) = self._predicates(node, inner), " ;", "[]"
        else:
            parts, mark, (left, right) = [self._term(one, inner) for one in members], "", "()"
        if not parts:
            return left + right
        short = f"{left} {f'{mark} '.join(parts)} {right}"
        if "\n" not in short and len(indent) + len(short) <= WIDTH:
            return short
        return f"{left}\n{inner}" + f"{mark}\n{inner}".join(parts) + f"\n{indent}{right}"

    def _members(self, node: Subject) -> list[Object] | None:
        """The members of a well-formed list that starts at a node; None if it is none."""
        members: list[Object] = []
        cells: list[Subject] = []
        while node != ox.NamedNode(f"{RDF}nil"):
            cell = self.facts.get(node, {})
            firsts, rests = cell.get(f"{RDF}first", []), cell.get(f"{RDF}rest", [])
            if set(cell) != {f"{RDF}first", f"{RDF}rest"} or len(firsts) != 1 or len(rests) != 1:
                return None
            if not isinstance(node, ox.BlankNode) or not isinstance(rests[0], _NODES):
                return None
            cells.append(node)
            members.append(firsts[0])
            node = rests[0]
        self.written.update(cells)
        return members


def _is_blank(node: Object) -> bool:
    return isinstance(node, ox.BlankNode)


def _quoted(text: str) -> str:
    """A string in quotes, in triple ones if it has several lines."""
    escaped = re.sub(r"[\\\t\r\b\f\0]", lambda sign: _ESCAPES[sign[0]], text)
    if "\n" not in text:
        return '"' + escaped.replace('"', '\\"') + '"'
    return '"""' + re.sub(r'"(?="|$)', r"\"", escaped) + '"""'
