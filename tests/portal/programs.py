"""Programs of a gemeente that call the service: a key from the administrator, as they get it."""

from small_home import OWN

from portal.house import House
from register import api_keys, users
from register.actors import Actor


def administrator(house: House) -> Actor:
    return users.authenticate(house.register, "beheerder", password="demo")


def new_key(house: House, area: str = OWN) -> str:
    return api_keys.issue(house.register, area, "proefprogramma", by=administrator(house))
