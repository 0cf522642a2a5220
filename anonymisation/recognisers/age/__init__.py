"""Ages: a module per sort of sentence, the words they share in `words.py`, and what speaks against in `doubts.py`."""

from anonymisation.recognisers.age.recogniser import AgeRecogniser

__all__ = ["AgeRecogniser"]
