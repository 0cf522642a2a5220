"""Made-up open answers; some hold made-up names, phones and addresses so that cleaning can be seen."""

from random import Random

_FIRST = ("Aaltje", "Berend", "Fatima", "Willemijn", "Tjeerd", "Samira", "Gerrit-Jan", "Marisol", "Ibrahim", "Hennie")
_LAST = (
    "Bovenkamper", "van der Zwaluwhof", "El Marrouni", "Pietersdochter", "de Wittebol", "Kowalczynski", "Haverkorrel",
    "Ten Brinkhuis", "Oosterhuizer", "Tesfazgi",
)  # fmt: skip
_STREETS = ("Korenbloemdwarspad", "Zilverreigerplein", "Oude Turfhaven", "Kievitsbloemlaan", "Molenwiekstraat")
_PLAIN = (
    "Goed geholpen, vriendelijke mensen.",
    "Het duurde lang voordat ik iets hoorde.",
    "Ik moest mijn verhaal drie keer vertellen.",
    "De brief was moeilijk te begrijpen.",
    "Fijn dat er iemand thuis kwam om te praten.",
    "ik wist niet dat er een onafhankelijke cliëntondersteuner was",
    "De hulp past goed bij wat ik nodig heb.",
    "Meer tijd voor het gesprek zou helpen.",
    "De scootmobiel kwam pas na vier maanden.",
    "Het formulier op de website werkte niet.",
    "Niets dan lof voor de thuishulp.",
    "Graag een vast gezicht in plaats van steeds iemand anders.",
    "Ik werd niet teruggebeld, dat was jammer.",
    "Duidelijke uitleg en snel geregeld.",
    "Er werd goed geluisterd naar mij en mijn dochter.",
)
_PERSONAL = (
    "Mevrouw {last} van het wijkteam heeft mij goed geholpen.",
    "Graag terugbellen, mijn nummer is {phone}.",
    "{first} {last} kwam bij ons thuis op de {street} {number} en nam de tijd.",
    "mijn begeleidster {lower} is heel aardig",
    "U kunt mailen naar {mail}, dan leg ik het uit.",
    "Sinds {first} weg is bij de gemeente loopt het niet meer.",
    "Ik woon op {street} {number}, {postcode}, en de bus komt hier niet.",
    "Dhr. {last} zei dat ik bezwaar kon maken, zaaknummer Z-{case}.",
)
DOUBTFUL = (
    "Via Kompas kreeg ik snel antwoord.",
    "Bij Kroon moest ik lang wachten.",
    "Zonder Kompas was ik de weg kwijt geweest.",
    "Het was Lente die mij hielp met het formulier.",
    "Via Kompas kon ik met iemand praten.",
)
"""Answers about which the detector doubts: a name, or the name of a place to go to; one word more than once."""
FINDINGS = (
    "De bevestiging van de melding komt zo laat dat mensen opnieuw bellen.",
    "De brief met het besluit noemt drie regelingen en geen telefoonnummer.",
    "Een vast contactpersoon gaf rust in de weken voor het besluit.",
    "Aan het loket en in het wijkteam moet hetzelfde verhaal opnieuw worden verteld.",
    "Het gesprek thuis gaf ruimte om te zeggen wat echt nodig was.",
    "Niemand noemde de onafhankelijke cliëntondersteuner voor het gesprek.",
    "Het formulier vraagt om bewijs dat de gemeente zelf al heeft.",
    "Na de start van de hulp vroeg niemand meer of het paste.",
)


def person(random: Random) -> tuple[str, str]:
    """A made-up first name and surname."""
    return random.choice(_FIRST), random.choice(_LAST)


def phone(random: Random) -> str:
    """A made-up mobile number."""
    return f"06-{random.randint(11, 49)}{random.randint(100000, 999999)}"


def personal(random: Random) -> str:
    """A sentence with a made-up personal detail."""
    first, last = person(random)
    return random.choice(_PERSONAL).format(
        first=first,
        lower=first.lower(),
        last=last,
        phone=phone(random),
        street=random.choice(_STREETS),
        number=random.randint(1, 180),
        postcode=f"{random.randint(1000, 9999)} {''.join(random.choices('ABCDEGHJKLNPRTVWXZ', k=2))}",
        mail=f"{first.lower().replace('-', '')}.{last.split()[-1].lower()}@voorbeeldpost.example",
        case=random.randint(100000, 999999),
    )


def open_answer(random: Random, share: float = 0.35, personal_share: float = 0.12) -> str:
    """An open answer, or nothing: about a third writes something, and some of those write too much."""
    if random.random() >= share:
        return ""
    plain = random.choice(_PLAIN)
    if random.random() >= personal_share:
        return plain
    return f"{plain} {personal(random)}" if random.random() < 0.5 else personal(random)


def story(random: Random) -> tuple[str, str]:
    """Title and text of a made-up story."""
    sentences = random.sample(_PLAIN, 4)
    if random.random() < 0.4:
        sentences.insert(2, personal(random))
    return random.choice(("Van loket naar loket", "Eindelijk thuis", "Wachten", "Samen gezocht", "De brief")), " ".join(
        sentences
    )


def talk(random: Random) -> list[tuple[str, str]]:
    """Turns of a made-up interview."""
    first, last = person(random)
    return [
        ("Interviewer", "Kunt u vertellen hoe het begon?"),
        ("Inwoner", f"Ik ben {first} {last}. {random.choice(_PLAIN)}"),
        ("Interviewer", "En wat gebeurde er na de melding?"),
        ("Inwoner", f"{random.choice(_PLAIN)} {personal(random)}"),
        ("Interviewer", "Wat zou u anders willen?"),
        ("Inwoner", random.choice(FINDINGS)),
    ]
