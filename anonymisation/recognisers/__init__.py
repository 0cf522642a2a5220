"""One recogniser, one file. `all_recognisers` is the registry."""

from anonymisation.names import Lists
from anonymisation.recognisers.address import AddressRecogniser
from anonymisation.recognisers.age import AgeRecogniser
from anonymisation.recognisers.bsn import BsnRecogniser
from anonymisation.recognisers.capital import CapitalRecogniser
from anonymisation.recognisers.case_number import CaseNumberRecogniser
from anonymisation.recognisers.date import DateRecogniser
from anonymisation.recognisers.email import EmailRecogniser
from anonymisation.recognisers.health import HealthRecogniser
from anonymisation.recognisers.iban import IbanRecogniser
from anonymisation.recognisers.license_plate import LicensePlateRecogniser
from anonymisation.recognisers.named import NamedRecogniser
from anonymisation.recognisers.ner import NerRecogniser
from anonymisation.recognisers.organisation import OrganisationRecogniser
from anonymisation.recognisers.person import PersonRecogniser
from anonymisation.recognisers.phone import PhoneRecogniser
from anonymisation.recognisers.place import PlaceRecogniser
from anonymisation.recognisers.postcode import PostcodeRecogniser
from anonymisation.recognisers.spoken import SpokenNumberRecogniser
from anonymisation.recognisers.surname import SurnameRecogniser
from anonymisation.recognisers.username import UsernameRecogniser
from anonymisation.spans import Recogniser

BY_RULE: tuple[type[Recogniser], ...] = (
    EmailRecogniser,
    IbanRecogniser,
    BsnRecogniser,
    CaseNumberRecogniser,
    PhoneRecogniser,
    LicensePlateRecogniser,
    DateRecogniser,
    PostcodeRecogniser,
    SpokenNumberRecogniser,
)

BY_LIST = (
    UsernameRecogniser,
    AgeRecogniser,
    PersonRecogniser,
    SurnameRecogniser,
    NamedRecogniser,
    AddressRecogniser,
    PlaceRecogniser,
    OrganisationRecogniser,
    HealthRecogniser,
    CapitalRecogniser,
)


def by_rules(lists: Lists) -> list[Recogniser]:
    """Every recogniser that works by rule or list, ready to use."""
    return [*(kind() for kind in BY_RULE), *(kind(lists) for kind in BY_LIST)]


def by_model(backend: str, lists: Lists) -> NerRecogniser | None:
    """The trained name finder; None for "none". Raises CannotCheck when the model is missing."""
    if backend == "none":
        return None
    from anonymisation.models import load_ner

    return NerRecogniser(lists, load_ner(backend))
