"""How well a library answers a labelled set of questions: found, cited, verified, abstained, and how fast."""

from retrieval.evaluation.asked import Outcome, ask_all
from retrieval.evaluation.labelled import Labelled, read_labelled
from retrieval.evaluation.measures import Measures, measure

__all__ = ["Labelled", "Measures", "Outcome", "ask_all", "measure", "read_labelled"]
