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
from anonymisation.recognisers.ner import NerRecogniser
from anonymisation.recognisers.organisation import OrganisationRecogniser
from anonymisation.recognisers.person import PersonRecogniser
from anonymisation.recognisers.phone import PhoneRecogniser
from anonymisation.recognisers.place import PlaceRecogniser
from anonymisation.recognisers.postcode import PostcodeRecogniser
from anonymisation.recognisers.username import UsernameRecogniser
from anonymisation.spans import Recogniser

BY_RULE: tuple[type[Recogniser], ...] = (
    EmailRecogniser, UsernameRecogniser, IbanRecogniser, BsnRecogniser, CaseNumberRecogniser, PhoneRecogniser,
    LicensePlateRecogniser, DateRecogniser, PostcodeRecogniser,
)

BY_LIST = (AgeRecogniser, PersonRecogniser, AddressRecogniser, PlaceRecogniser, OrganisationRecogniser, HealthRecogniser, CapitalRecogniser)


def all_recognisers(ner: str, lists: Lists) -> list[Recogniser]:
    """Every recogniser, ready to use. Raises CannotCheck when the model is missing."""
    found: list[Recogniser] = [*(kind() for kind in BY_RULE), *(kind(lists) for kind in BY_LIST)]
    if ner != "none":
        from anonymisation.models import load_ner

        found.append(NerRecogniser(lists, load_ner(ner)))
    return found
