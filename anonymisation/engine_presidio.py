"""The same recognisers behind Presidio's contract: an AnalyzerEngine for Dutch that holds nothing but them.

Imported only by who wants Presidio: its import costs more than a second, and the fast road does not need it.
"""

from typing import Any

import spacy
from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from anonymisation.engine import Detector
from anonymisation.spans import RULE_VERSION, Document, Found, Recogniser
from domain.errors import CannotCheck


class BlankDutch(NlpEngine):
    """Tokens of a blank Dutch pipeline: no model to download, no lemma, no tags."""

    def __init__(self) -> None:
        self._nlp: Any = None

    def load(self) -> None:
        """Make the tokenizer."""
        self._nlp = spacy.blank("nl")

    def is_loaded(self) -> bool:
        """True after `load`."""
        return self._nlp is not None

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Tokens only."""
        if self._nlp is None:
            self.load()
        doc = self._nlp.make_doc(text)
        words = [token.text for token in doc]
        return NlpArtifacts([], doc, [token.idx for token in doc], words, self, language)

    def process_batch(self, texts: Any, language: str, **_: Any) -> Any:
        """Tokens only, one text after the other."""
        return ((text, self.process_text(text, language)) for text in texts)

    def is_stopword(self, word: str, language: str) -> bool:
        """Context is weighed by our recognisers, not by Presidio."""
        return False

    def is_punct(self, word: str, language: str) -> bool:
        """True for punctuation."""
        return not any(c.isalnum() for c in word)

    def get_supported_entities(self) -> list[str]:
        """None of its own."""
        return []

    def get_supported_languages(self) -> list[str]:
        """Dutch."""
        return ["nl"]


class PresidioRecogniser(EntityRecognizer):
    """One of our recognisers as Presidio sees it."""

    def __init__(self, ours: Recogniser) -> None:
        self.ours = ours
        super().__init__(list(ours.labels), name=ours.name, supported_language="nl", version=RULE_VERSION)

    def load(self) -> None:
        """Nothing to load: the detector was built before."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
    ) -> list[RecognizerResult]:
        """Finds of this recogniser, in offsets of the given text."""
        doc = Document.of(text)
        return [_result(doc, found, self.ours.name) for found in self.ours.find(doc) if found.label in entities]


def build_analyzer(detector: Detector) -> AnalyzerEngine:
    """An AnalyzerEngine for Dutch with the detector's recognisers and no other.

    Raises CannotCheck when a label has no recogniser: Presidio itself would drop it without a word.
    """
    ours = [*detector.recognisers, *([detector.ner] if detector.ner else [])]
    registry = RecognizerRegistry(recognizers=[PresidioRecogniser(one) for one in ours], supported_languages=["nl"])
    return AnalyzerEngine(registry=registry, nlp_engine=BlankDutch(), supported_languages=["nl"])


def analyze(engine: AnalyzerEngine, text: str, labels: list[str]) -> list[RecognizerResult]:
    """`AnalyzerEngine.analyze` that refuses a label no recogniser knows."""
    known = {entity for recogniser in engine.registry.recognizers for entity in recogniser.supported_entities}
    if missing := sorted(set(labels) - known):
        raise CannotCheck(
            f"er is niets dat {', '.join(missing)} zoekt, dus er gaat niets door; haal het label weg of voeg een "
            "recogniser toe",
            on_screen="de zoekmachine mist een onderdeel, dus er gaat niets door; vraag de beheerder van de verwerking",
        )
    results: list[RecognizerResult] = engine.analyze(text, language="nl", entities=labels)
    return results


def _result(doc: Document, found: Found, name: str) -> RecognizerResult:
    start, end = doc.view.to_given(found.start, found.end)
    meta = {"recognizer_name": name, "cue": found.cue, "rule_version": RULE_VERSION}
    return RecognizerResult(found.label, start, end, found.score, recognition_metadata=meta)
