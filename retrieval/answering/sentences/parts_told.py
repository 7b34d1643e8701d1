"""Which sentences say who does what a question asks, or to whom: the measure of their grammar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answering.questions.asked_for import AskedFor, asked_for
from retrieval.answering.questions.question_syntax import Parse, QuestionSyntax
from retrieval.answering.questions.question_words import QuestionWords
from retrieval.answering.sentences.evidence import Evidence
from retrieval.answering.sentences.outcomes import settles, tells_outcome
from retrieval.answering.sentences.roles import FILLED, OLD, fulfils, has_predicate, only_owns, without_predicate
from retrieval.answering.sentences.told_outright import told_outright
from retrieval.answering.sentences.who_it_is import asked_about, tells_age, tells_who
from retrieval.answering.sentences.yes_or_no import yes_or_no
from retrieval.schema import Question
from retrieval.search.words import stem, stems

_PARSED = 400  # characters of a sentence that the parser reads
_ON_TOPIC = 0.4  # of the question's words about a sentence that says just what is asked
_TOLD = 0.7  # nearness of the verb asked about, where another tells it


def with_roles(
    question: Question, syntax: QuestionSyntax, words: QuestionWords, evidence: Sequence[Evidence], parse: Parse
) -> list[Evidence]:
    """The same, with the measure `role`; for the few that may come first, since the parser takes its time."""
    found = _by_verbs(question, syntax, words, evidence, parse)
    if evidence and evidence[0].kind is AskedFor.AGE:
        return [_outright(e, tells_age(question.topic, e.text)) for e in found]
    name = asked_about(question.topic)
    if name is None or not evidence or evidence[0].kind is not AskedFor.DEFINITION:
        return found
    docs = parse([e.text[:_PARSED] for e in found])
    return [_outright(e, tells_who(name, doc)) for e, doc in zip(found, docs, strict=True)]


def _outright(e: Evidence, told: bool) -> Evidence:
    return replace(e, outright=True) if told and e.measures.context >= _ON_TOPIC else e


def _by_verbs(
    question: Question, syntax: QuestionSyntax, words: QuestionWords, evidence: Sequence[Evidence], parse: Parse
) -> list[Evidence]:
    if syntax.predicate is None:
        return _holding(question, syntax, evidence, parse)
    asked = stems(question.topic)
    texts = [e.text[:_PARSED] for e in evidence]
    told = [has_predicate(syntax, question.topic, text) for text in texts]
    docs = iter(parse([text for text, has in zip(texts, told, strict=True) if has]))
    verb = stem(question.topic[slice(*syntax.predicate)])
    share = words.weights.get(verb, 0.0) / (sum(words.weights.values()) or 1.0)
    found = []
    for e, has in zip(evidence, told, strict=True):
        if not has:
            without = _with_role(e, without_predicate(syntax), verb, share)
            asked_verb = question.topic[slice(*syntax.predicate)]
            told_so = e.kind is AskedFor.YES_NO and tells_outcome(asked_verb, e.text)
            found.append(_of_outcome(without, question, syntax, parse) if told_so else without)
            continue
        doc = next(docs)
        with_role = _with_role(e, fulfils(syntax, question.topic, asked, doc), verb, share)
        outright = with_role.measures.context >= _ON_TOPIC and (
            bool(yes_or_no(syntax, question.topic, doc, stems(e.passage.article.title)))
            if e.kind is AskedFor.YES_NO
            else told_outright(syntax, question.topic, asked, doc)
        )
        found.append(replace(with_role, outright=outright))
    return found


def _holding(question: Question, syntax: QuestionSyntax, evidence: Sequence[Evidence], parse: Parse) -> list[Evidence]:
    """Of a question for whoever holds a post: which sentences name somebody in it, and which tell of no such thing."""
    if asked_for(question.topic).kind is not AskedFor.PERSON or syntax.focus is None:
        return list(evidence)
    asked = stems(question.topic)
    docs = parse([e.text[:_PARSED] for e in evidence])
    return [
        replace(
            e,
            outright=e.measures.context >= _ON_TOPIC and told_outright(syntax, question.topic, asked, doc),
            measures=replace(e.measures, role=OLD) if only_owns(syntax, question.topic, e.text) else e.measures,
        )
        for e, doc in zip(evidence, docs, strict=True)
    ]


def _of_outcome(e: Evidence, question: Question, syntax: QuestionSyntax, parse: Parse) -> Evidence:
    """A sentence that tells what became of something: by another verb than was asked with, but that will do."""
    told = replace(e, measures=replace(e.measures, predicate=max(e.measures.predicate, _TOLD)))
    if syntax.subject is None:
        return told
    (doc,) = parse([e.text[:_PARSED]])
    return _outright(told, settles(question.topic[slice(*syntax.subject)], doc))


def _with_role(e: Evidence, role: float, verb: str, share: float) -> Evidence:
    """With a role; what has the part asked for tells what the verb says, be it by another ("built" for "made"), so
    that the verb's `share` of the question's words is covered."""
    m = replace(e.measures, role=role)
    if role < FILLED:
        return replace(e, measures=m)
    here = stems(e.text)
    near = here | stems(f"{e.passage.article.title} {e.passage.article.source or ''} {' '.join(e.before[-1:])}")
    told = replace(
        m,
        predicate=max(m.predicate, _TOLD),
        coverage=min(1.0, m.coverage + share * (verb not in here)),
        context=min(1.0, m.context + share * (verb not in near)),
    )
    return replace(e, measures=told)
