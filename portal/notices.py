"""What a page says after a form was handled: fixed sentences, chosen by name, so that nothing can be slipped in."""

from portal.speech import _

NOTICES = {
    "getekend": _("U hebt getekend. De beslissing staat in het logboek."),
    "klaargezet": _("De bijdrage staat klaar. Nu tekenen de privacy officer en de proceseigenaar."),
    "samengesteld": _("De uitgave wordt samengesteld. Hieronder ziet u hoe het gaat."),
    "teruggenomen": _("U hebt uw voorstel teruggenomen. De plekken staan weer op de nakijklijst."),
    "beeindigd": _("De regel is beëindigd. Bij de volgende aanlevering geldt hij niet meer."),
    "teruggestuurd": _("U hebt dit teruggestuurd. De opsteller ziet uw uitleg."),
    "ingetrokken": _("De bijdrage is ingetrokken. Uitgaven die erop wachtten, beginnen opnieuw."),
    "goedgekeurd": _("U hebt dit goedgekeurd. De beslissing staat in het logboek."),
    "afgewezen": _("U hebt deze uitgave afgewezen. Zij gaat niet door."),
    "aangeleverd": _("Uw bestanden zijn binnen. De verwerking begint vanzelf. Hieronder ziet u hoe het gaat."),
    "beslist": _("Uw beslissing is vastgelegd."),
    "ontvangen": _("Het verzoek is vastgelegd. U hebt een maand om te beslissen."),
    "gemeld": _("Het mogelijke datalek is gemeld. De klok van 72 uur loopt."),
    "afgemeld": _("U bent uitgelogd."),
    "verlopen": _("U was te lang weg. Log opnieuw in. Wat u invulde, is niet bewaard."),
    "opgeschreven": _("De tekst ligt nu bij de privacy officer."),
    "voorgesteld": _("Het voorstel is vastgelegd. Nu tekenen twee mensen."),
    "ingediend": _("De regels zijn ingediend. Een ander beslist erover."),
    "wachtwoord": _("Uw wachtwoord is bewaard. Zet nu ook een code aan."),
    "code": _("De code is bewaard. Voortaan vragen wij de code bij het inloggen."),
    "gemaakt": _("De gebruiker is gemaakt en logt in bij de organisatie."),
    "rollen": _("De rollen zijn veranderd. De gebruiker logt opnieuw in."),
    "zonder-code": _("De code is weggehaald. Vraag de gebruiker een nieuwe in te stellen."),
    "geblokkeerd": _("De gebruiker kan niet meer inloggen."),
    "stopgezet": _("De uitgave is ingetrokken. Niemand kan de bestanden nog ophalen."),
    "sleutel-ingetrokken": _("De sleutel is ingetrokken. Het programma komt er niet meer in."),
    "vernietigd": _("De gegevens zijn vernietigd. Ze zijn niet meer terug te halen."),
    "aangevraagd": _("De aanvraag is binnen. Een privacy officer van uw gemeente beslist."),
    "verstuurd": _("Wij hebben uw bericht ontvangen."),
}


def notice(name: str) -> str:
    """The sentence of this name; nothing for a name we do not know."""
    return NOTICES.get(name, "")
