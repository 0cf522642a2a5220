"""What a page says after a form was handled: fixed sentences, chosen by name, so that nothing can be slipped in."""

NOTICES = {
    "getekend": "U hebt getekend. De beslissing staat in het logboek.",
    "teruggestuurd": "U hebt dit teruggestuurd. De opsteller ziet uw uitleg.",
    "ingetrokken": "De bijdrage is ingetrokken. Uitgaven die erop wachtten, beginnen opnieuw.",
    "goedgekeurd": "U hebt dit goedgekeurd. De beslissing staat in het logboek.",
    "aangeleverd": "Uw bestanden zijn binnen. De verwerking begint vanzelf. Hieronder ziet u hoe het gaat.",
    "beslist": "Uw beslissing is vastgelegd.",
    "ontvangen": "Het verzoek is vastgelegd. U hebt een maand om te beslissen.",
    "gemeld": "Het mogelijke datalek is gemeld. De klok van 72 uur loopt.",
    "afgemeld": "U bent afgemeld.",
    "opgeschreven": "De tekst ligt nu bij de privacy officer.",
    "voorgesteld": "Het voorstel is vastgelegd. Nu tekenen twee mensen.",
    "ingediend": "De regels zijn ingediend. Een ander beslist erover.",
    "wachtwoord": "Uw wachtwoord is bewaard. Zet nu ook een code aan.",
    "code": "De code is bewaard. Voortaan vragen wij haar bij het inloggen.",
    "gemaakt": "De gebruiker is gemaakt en logt in bij de organisatie.",
    "rollen": "De rollen zijn veranderd. De gebruiker logt opnieuw in.",
    "zonder-code": "De code is weggehaald. Vraag de gebruiker een nieuwe in te stellen.",
    "geblokkeerd": "De gebruiker kan niet meer inloggen.",
    "stopgezet": "De uitgave is ingetrokken. Niemand kan de bestanden nog ophalen.",
    "verstuurd": "Wij hebben uw bericht ontvangen.",
}


def notice(name: str) -> str:
    """The sentence of this name; nothing for a name we do not know."""
    return NOTICES.get(name, "")
