"""Stock Presidio as our benchmarks and scores set it beside us: every recogniser it loads for Dutch by itself."""

import tldextract
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpEngine, SpacyNlpEngine

from anonymisation.engine_presidio import BlankDutch

FEW = ("DateRecognizer", "IbanRecognizer", "IpRecognizer", "PhoneRecognizer")
"""The least that could still be called Presidio."""
_ENTITIES = {"PERSON": "PERSON", "PLACE": "LOCATION", "ADDRESS": "LOCATION", "ORGANISATION": "ORGANIZATION"}


def stock_analyzer(*, model: str = "", few: bool = False) -> AnalyzerEngine:
    """Stock Presidio on a blank Dutch tokenizer (no Dutch model ships with it), or with a model of ours.

    `model` is a folder with a model of our kind. `few` keeps the recognisers of `FEW` only. No network: its e-mail and
    URL recognisers use the list of suffixes that is installed.
    """
    tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    engine = _with_model(model) if model else BlankDutch()
    registry = RecognizerRegistry(supported_languages=["nl"])
    registry.load_predefined_recognizers(languages=["nl"], nlp_engine=engine)
    if few:
        registry.recognizers = [one for one in registry.recognizers if type(one).__name__ in FEW]
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["nl"])


def _with_model(model: str) -> NlpEngine:
    from anonymisation.models.language import register_language

    register_language()
    engine = SpacyNlpEngine(
        [{"lang_code": "nl", "model_name": model}],
        NerModelConfiguration(model_to_presidio_entity_mapping=_ENTITIES, labels_to_ignore=["HEALTH", "AGE"]),
    )
    engine.load()
    return engine
