"""Competency questions are read, refused with reason, and bound to their queries."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError, QueryError
from kg.resources import ontology_dir, queries_dir
from kg.vocabulary.questions import Question, answered, read_questions, sparql_of

GOOD = {
    "id": "cq01",
    "theme": "meetings",
    "question": {"en": "Who?", "fi": "Kuka?", "sv": "Vem?"},
    "query": "cq01.rq",
}


def folder_with(folder: Path, text: str) -> Path:
    (folder / "questions.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_folder_without_the_file_has_no_questions(tmp_path: Path) -> None:
    assert read_questions(tmp_path) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "as YAML"),
        ("a: 1", "must be a list"),
        ("[1]", "question 1"),
        ("[{id: cq01, theme: war, question: {en: a, fi: b, sv: c}, query: a.rq}]", "cq01: theme"),
        ("[{id: cq01, theme: meetings, question: {en: a, fi: b}, query: a.rq}]", "question.sv"),
        ("[{id: q1, theme: meetings, question: {en: a, fi: b, sv: c}, query: a.rq}]", "q1: id"),
        ("[{id: cq01, theme: meetings, question: {en: a, fi: b, sv: c}}]", "`query` or `named`"),
        (
            "[{id: cq01, theme: meetings, question: {en: a, fi: b, sv: c}, query: ../x.rq}]",
            "cq01: query",
        ),
        (
            "[{id: cq01, theme: meetings, question: {en: a, fi: b, sv: c}, query: a.rq, more: 1}]",
            "more",
        ),
        (
            "[{id: cq01, theme: meetings, question: {en: a, fi: b, sv: c}, query: a.rq,"
            " parameters: {a: b}}]",
            "`parameters` go with `named`",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_questions(folder_with(tmp_path, text))


def test_two_questions_cannot_have_one_id(tmp_path: Path) -> None:
    one = "{id: cq01, theme: meetings, question: {en: a, fi: b, sv: c}, query: a.rq}"
    with pytest.raises(InputError, match="two questions have the id cq01"):
        read_questions(folder_with(tmp_path, f"[{one}, {one}]"))


def test_a_query_of_its_own_is_the_text_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "cq01.rq").write_text("ASK {}", encoding="utf-8")
    (tmp_path / "expected").mkdir()
    answer = tmp_path / "expected" / "cq01.csv"
    answer.write_text('who,what\r\nAda,"a, b"\r\n', encoding="utf-8")
    made = answered(Question.model_validate(GOOD), tmp_path, queries_dir())
    assert made.sparql == "ASK {}"
    assert (made.columns, made.rows) == (("who", "what"), (("Ada", "a, b"),))


def test_a_missing_query_or_answer_is_named(tmp_path: Path) -> None:
    question = Question.model_validate(GOOD)
    with pytest.raises(InputError, match="the query of cq01"):
        sparql_of(question, tmp_path, queries_dir())
    with pytest.raises(InputError, match="the expected answer of cq01"):
        answered(question, tmp_path, queries_dir())


def test_a_named_query_is_bound_and_loses_its_header() -> None:
    named = {**GOOD, "query": "", "named": "disagreements"}
    given = {"a": "STM", "b": "SM", "kind": "opposed"}
    question = Question.model_validate({**named, "parameters": given})
    text = sparql_of(question, ontology_dir(), queries_dir())
    assert "/data/STM>" in text
    assert '"opposed"' in text
    assert "?_a" not in text
    assert "#+" not in text


@pytest.mark.parametrize(
    ("named", "parameters"),
    [
        ("no-such-query", {}),
        ("disagreements", {"a": "STM"}),
        ("disagreements", {"a": "STM", "b": "SM", "c": "x"}),
        ("disagreements", {"a": "STM", "b": "SM", "kind": "loud"}),
    ],
)
def test_a_wrong_name_or_parameter_is_refused(named: str, parameters: dict[str, str]) -> None:
    entry = {**GOOD, "query": "", "named": named, "parameters": parameters}
    with pytest.raises(QueryError):
        sparql_of(Question.model_validate(entry), ontology_dir(), queries_dir())


def test_every_shipped_question_can_be_shown() -> None:
    folder = ontology_dir() / "questions"
    for question in read_questions(folder):
        made = answered(question, folder, queries_dir())
        assert made.sparql.strip()
        assert all(len(row) == len(made.columns) for row in made.rows), question.id
