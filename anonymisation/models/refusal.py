"""What somebody hears when there is no name finder to read with."""

from domain.errors import CannotCheck


def no_finder(sentence: str) -> CannotCheck:
    """The sentence for who set it up; on a screen, whom to ask."""
    return CannotCheck(sentence, on_screen="het model dat namen zoekt werkt niet; vraag de beheerder van de verwerking")
