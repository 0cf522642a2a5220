"""Refusals name the command that helps; whoever reads one on a screen has no command line and goes to a page."""

import re

from portal.upload_words import without_fields

_ASK = "via de beheerder van de verwerking"
PLACES = {
    "consent import": _ASK,
    "gemeenten import": _ASK,
    "run": _ASK,
    "init": _ASK,
    "status": "op de pagina Aanleveren",
    "export dictionary": "op de pagina Gegevens",
    "request list": "op de pagina Verzoeken",
    "microdata ask": "op de pagina Rijen voor onderzoek",
    "microdata list": "op de pagina Rijen voor onderzoek",
    "microdata key": "zoals op deze pagina staat",
    "policy list": "op de pagina Regels",
    "retention due": "op de pagina Bewaren",
    "consent-text list": "op de pagina Teksten",
    "release list": "op de pagina Uitgaven",
}
"""Where the same is done on a screen, or who does it; every command that a refusal may name."""
_COMMAND = re.compile(rf"(?:met:? )?'?toegangspeil ({'|'.join(PLACES)})(?: --[a-z]+(?: [A-Z]+)?)*'?")


def on_screen(text: str) -> str:
    """The sentence with a page, a question or a person to ask where it named a command or a field of delivery.yaml.

    Any other sentence stays the very same.
    """
    text = without_fields(text)
    return _COMMAND.sub(lambda command: PLACES[command[1]], text) if _COMMAND.search(text) else text
