"""Made-up people, each with one role."""

from domain.vocabulary import Role
from register.actors import Actor, Grant

AREA, OTHER = "GM9001", "GM9002"


def person(name: str, role: Role, area: str | None = AREA) -> Actor:
    return Actor.of(name, Grant(role, area))


STEWARD = person("sanne", Role.DATA_STEWARD)
OFFICER = person("pieter", Role.PRIVACY_OFFICER)
EIGENAAR = person("elif", Role.PROCESEIGENAAR)
FG = person("frank", Role.FG)
ANALYST = person("anna", Role.ANALYST)
MOVISIE = person("mo", Role.MOVISIE, None)
OPERATOR = person("olga", Role.OPERATOR, None)
ADMIN = person("aad", Role.ADMINISTRATOR, None)
NATIONAL_OFFICER = person("nadia", Role.PRIVACY_OFFICER, None)
NATIONAL_OFFICER_2 = person("noor", Role.PRIVACY_OFFICER, None)
