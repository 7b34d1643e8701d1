""" "Is that true?": who denies or confirms, in the articles cited, what the last answer tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from retrieval.annotation.sentences import sentences
from retrieval.answering.abstaining import NOTHING_FOUND
from retrieval.answering.citations import cite
from retrieval.answering.questions.speech import SAY
from retrieval.answering.relative_days import with_days
from retrieval.schema import Answer, AnswerSentence, ArticleHead, Question, Stretch
from retrieval.search.words import content_words, stem, stems

_ASKED = re.compile(
    r"\W*(?:(?:and|but|so|ok|okay|hm+|wait|oh)\W+)*(?:"
    r"(?:is|was)\s+(?:that|this|it|all\s+that)\s+(?:(?:really|actually|still|even|all)\s+)?"
    r"(?:true|right|correct|so|accurate|certain|false|wrong|a\s+lie|a\s+fact|confirmed)"
    r"|(?:is|was)\s+(?:that|it)\s+really(?:\s+(?:true|so))?|really|are\s+you\s+sure(?:\s+(?:about|of)\s+(?:that|this|it))?"
    r"|(?:is|was|has)\s+(?:that|this|it)\s+(?:been\s+)?(?:denied|disputed|contested)"
    r"|(?:does|did|has)\s+any(?:one|body)\s+(?:deny|denied|dispute|disputed|confirm|confirmed|contradict|contradicted)\s+(?:that|this|it)"
    r")\W*",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\b(?:den(?:y|ies|ied)|disput(?:es?|ed)|reject(?:s|ed)?|contradict(?:s|ed)?|refut(?:es?|ed)|disagree[sd]?|confirm(?:s|ed)?"
    r"|admit(?:s|ted)?|acknowledg(?:es?|ed)|conced(?:es?|ed)|nonsense|untrue|not\s+true|a\s+lie|lied)\b",
    re.IGNORECASE,
)
_TAKEN_UP = re.compile(
    rf"(?:{_VERDICT.pattern})\s+(?:that|this|it)(?=\s*(?:[.,:;”\"]|$))|\bcalled\s+(?:that|this|it)\s", re.IGNORECASE
)
_FIGURE = re.compile(r"\d[\d.,]*\d|\d{2,}")
_SAYS = re.compile(rf"\b{SAY}\b")
_SHARED, _BEHIND, _SHOWN = 0.34, 2, 3  # of its words that are of the claim; sentences behind it; shown
_SHORTEST = 4  # words of a sentence that tells something

NOT_TOLD = f"{NOTHING_FOUND} Those cited do not say in so many words whether that is true."
ALSO_SAID = "Nobody confirms or denies it in so many words; this is what else is said on it."


def asks_whether_true(question: str) -> bool:
    """Whether a question asks if what the last answer tells is true."""
    return _ASKED.fullmatch(question) is not None


def truth_told(
    question: Question, answer: str, heads: Sequence[ArticleHead], text_of: Callable[[ArticleHead], str]
) -> Answer:
    """The sentences of these articles in which somebody denies or confirms what an `answer` has out of them, else
    those in which its figures come again; an abstention where there are none."""
    told = _bare(re.sub(r"\[[^\]]*\]", "", answer))
    verdicts: list[tuple[ArticleHead, Stretch]] = []
    others: list[tuple[ArticleHead, Stretch]] = []
    for head in heads:
        text = text_of(head)
        stretches = list(sentences(text))
        words = [text[s.start : s.end] for s in stretches]
        claims = [n for n, s in enumerate(words) if len(s.split()) >= _SHORTEST and _bare(s) in told]
        for n, sentence in enumerate(words):
            if n in claims or not claims:
                continue
            if _VERDICT.search(sentence):
                behind = any(0 < n - c <= _BEHIND for c in claims)
                taken_up = behind and _TAKEN_UP.search(sentence) is not None  # "Roe denied that."
                if taken_up or any(_on(sentence, words[c], behind=behind) for c in claims):
                    start = stretches[n - 1].start if taken_up and n - 1 not in claims else stretches[n].start
                    verdicts.append((head, Stretch(start, stretches[n].end)))
            elif _SAYS.search(sentence) and any(_same_figure(sentence, words[c]) for c in claims):
                others.append((head, stretches[n]))
    shown = (verdicts or others)[:_SHOWN]
    if not shown:
        return Answer(question, (), (), abstained=True, reason=NOT_TOLD)
    citations = tuple(cite(n, head, s, text_of(head)) for n, (head, s) in enumerate(shown, 1))
    lines = tuple(
        AnswerSentence(with_days(text_of(head), head.published, s, c.text), (c.n,))
        for c, (head, s) in zip(citations, shown, strict=True)
    )
    return Answer(question, lines, citations, notes=() if verdicts else (ALSO_SAID,))


def _on(sentence: str, claim: str, *, behind: bool) -> bool:
    """Whether enough of what a sentence denies or confirms is of a claim: two words at least, no names; of one right
    behind it, one word."""
    told = {stem(w) for w in content_words(_VERDICT.sub(" ", sentence)) if w[0].islower()}
    shared = told & stems(claim)
    return len(shared) >= (1 if behind else 2) and len(shared) >= _SHARED * len(told)


def _same_figure(sentence: str, claim: str) -> bool:
    return bool(set(_FIGURE.findall(sentence)) & set(_FIGURE.findall(claim))) and bool(
        {stem(w) for w in content_words(sentence) if w[0].islower()} & stems(claim)
    )


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
