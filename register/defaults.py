"""What `init` puts in a new register: draft consent texts, in plain Dutch, for every purpose."""

from domain.vocabulary import Purpose
from register.actors import SYSTEM, Actor
from register.consent_texts import ConsentText, list_texts, save_text
from register.store import Register

TEXTS: dict[Purpose, str] = {
    Purpose.BENADEREN: "De gemeente mag mij vragen om mee te doen aan een onderzoek over mijn ervaringen.",
    Purpose.DEELNAME: (
        "Ik doe mee aan het onderzoek. De gemeente gebruikt mijn antwoorden om de toegang tot hulp te verbeteren. "
        "Niemand kan mij in de uitkomsten herkennen. Ik mag altijd stoppen; dat heeft geen gevolgen voor mijn hulp."
    ),
    Purpose.OPNAME_AUDIO: "Het gesprek mag worden opgenomen. De opname wordt gewist zodra het verslag klaar is.",
    Purpose.CITAAT_PUBLICEREN: "Precies de tekst hieronder mag worden gepubliceerd, zonder mijn naam.",
    Purpose.HERCONTACT: "De gemeente mag mij later nog eens benaderen over dit onderwerp.",
    Purpose.DELEN_MOVISIE: "Mijn verhaal mag, zonder mijn naam, worden gedeeld met Movisie.",
}


def save_default_texts(register: Register, *, by: Actor = SYSTEM) -> list[ConsentText]:
    """A draft text per purpose, for all gemeenten; only where there is none yet. An officer still has to approve."""
    there = {text.purpose for text in list_texts(register) if text.area is None}
    return [
        save_text(register, purpose, text, recipients=["Movisie"], by=by)
        for purpose, text in TEXTS.items()
        if purpose not in there
    ]
