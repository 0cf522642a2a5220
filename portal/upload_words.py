"""Refusals of a delivery name fields of delivery.yaml; who used the wizard never saw that file and goes to step 2."""

import re

_FIELDS = {
    "meting": "de naam of een dag van de meting",
    "doelgroepen": "wie er is gevraagd, of hoeveel mensen,",
    "legal_basis": "de grond waarop het is gevraagd",
    "art9_ground": "de grond voor gegevens over gezondheid, of de reden,",
    "notice": "de informatiebrief",
    "notice_date": "de datum van de brief",
    "recipients": "de ontvangers",
    "zichtbaar_voor": "voor wie de cijfers zichtbaar zijn",
}
_SAID = [
    (r"bestand (\d+) uit delivery\.yaml", r"bestand \1"),
    (
        r"haal (ze|hem) uit het bestand, of zet in delivery\.yaml bij 'columns' de naam uit het codeboek of bij "
        r"'leave_out' de kop",
        r"kies bij stap 2 wat het is, of laat \1 weg",
    ),
    (
        r"voeg toe, of zet in delivery\.yaml bij 'columns' welke kop daarbij hoort",
        "voeg toe, of kies bij stap 2 welke kolom dat is",
    ),
    (r"haal die uit het bestand, of zet de kop in delivery\.yaml bij 'leave_out'", "kies bij stap 2: niet lezen"),
    (
        r"Zet in delivery\.yaml bij 'codes' voor schaal '\w+' wat elk cijfer betekent",
        "Zeg bij stap 2 wat elk cijfer betekent",
    ),
    (
        r"met een waarde die niet in delivery\.yaml staat; verbeter de rijen of vul delivery\.yaml aan",
        "van een andere groep dan u koos; verbeter de rijen, of lever elke groep als eigen bestand aan",
    ),
    (r"'leave_out' in delivery\.yaml noemt een kolom", "u liet een kolom weg"),
    (r"haal die kop daar weg, anders", "kies bij stap 2 wat het is, anders"),
    (r"^delivery\.yaml: ", ""),
    (r"verbeter 'invited' of het bestand", "verbeter bij stap 2 hoeveel mensen zijn gevraagd, of het bestand"),
    (r"verbeter 'invited' of 'population'", "verbeter de aantallen"),
    (r"; verbeter 'meting'", "; verbeter de dagen"),
    (r"^'notice_date' ligt", "de datum van de brief ligt"),
    *((rf"^het veld '{field}' ontbreekt", f"{words} ontbreekt") for field, words in _FIELDS.items()),
    (r"; kijk in de handleiding bij 'Een aanlevering maken'", "; verbeter dat bij stap 2"),
]
_PATTERNS = [(re.compile(pattern), words) for pattern, words in _SAID]


def without_fields(text: str) -> str:
    """The sentence with the question of step 2 where it named a field; else the very same sentence."""
    if "delivery.yaml" not in text:
        return text
    for pattern, words in _PATTERNS:
        text = pattern.sub(words, text)
    return text
