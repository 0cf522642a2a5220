"""Who may do what: one table. `docs/reference/rollen.md` is made from it, and a test tries every cell."""

from dataclasses import dataclass
from enum import StrEnum

from domain.errors import NotAllowed
from domain.vocabulary import Role
from register.actors import Actor


class Act(StrEnum):
    """Everything that needs a person (or the product itself)."""

    USER_MANAGE = "user.manage"
    KEY_MANAGE = "key.manage"
    API_KEY_MANAGE = "api_key.manage"
    SYSTEM_NOTE = "system.note"
    WORK_ADD = "work.add"
    DELIVERY_RECORD = "delivery.record"
    QUARANTINE_GIVE_BACK = "quarantine.give_back"
    VERDICT_RECORD = "verdict.record"
    REVIEW_ADD = "review.add"
    REVIEW_DECIDE = "review.decide"
    RULE_PROPOSE = "rule.propose"
    RULE_APPROVE = "rule.approve"
    POLICY_SAVE = "policy.save"
    POLICY_SUBMIT = "policy.submit"
    POLICY_DECIDE = "policy.decide"
    ADVISE = "advice.give"
    ADVICE_ANSWER = "advice.answer"
    CONTRIBUTION_PREPARE = "contribution.prepare"
    CONTRIBUTION_RULES = "contribution.rules_followed"
    CONTRIBUTION_RELEASE = "contribution.we_release"
    CONTRIBUTION_RETURN = "contribution.return"
    CONTRIBUTION_WITHDRAW = "contribution.withdraw"
    RELEASE_PREPARE = "release.prepare"
    RELEASE_ATTACH = "release.attach"
    RELEASE_DECIDE = "release.decide"
    RELEASE_PUBLISH = "release.publish"
    RELEASE_WITHDRAW = "release.withdraw"
    RELEASE_DOWNLOAD = "release.download"
    MICRODATA_ASK = "microdata.ask"
    MICRODATA_DECIDE = "microdata.decide"
    LEAK_NOTE = "leak.note"
    LEAK_CLOSE = "leak.close"
    TEXT_SAVE = "consent_text.save"
    TEXT_DECIDE = "consent_text.decide"
    CONSENT_RECORD = "consent.record"
    REQUEST_RECEIVE = "request.receive"
    REQUEST_DECIDE = "request.decide"
    REQUEST_ENCLOSE = "request.enclose"
    REMOVAL_CARRY_OUT = "removal.carry_out"
    FINDING_WRITE = "finding.write"
    FINDING_DECIDE = "finding.decide"
    RETENTION_PROPOSE = "retention.propose"
    RETENTION_SIGN = "retention.sign"
    RETENTION_CARRY_OUT = "retention.carry_out"
    SEE_DELIVERIES = "see.deliveries"
    SEE_VAULT = "see.vault"
    SEE_MICRODATA = "see.microdata"
    SEE_COUNTS = "see.counts"
    SEE_PREVIEW = "see.preview"
    SEE_REVIEW = "see.review"
    SEE_CONSENT = "see.consent"
    SEE_FINDINGS = "see.findings"
    SEE_POLICY = "see.policy"
    SEE_EVIDENCE = "see.evidence"
    SEE_LEDGER = "see.ledger"
    SEE_RELEASE = "see.release"


class Reach(StrEnum):
    """How far a role carries for an act."""

    AREA = "area"  # every area the act touches; a national role covers all of them
    OWN = "own"  # a role for exactly this gemeente: nobody signs for another college
    ANY = "any"  # holding the role anywhere is enough


@dataclass(frozen=True)
class Permission:
    """Which roles may do an act, how far that carries, and what it is in plain Dutch."""

    roles: frozenset[Role]
    what: str
    reach: Reach = Reach.AREA
    system: bool = False


STEWARD, PO, EIGENAAR, FG, CISO = (
    Role.DATA_STEWARD, Role.PRIVACY_OFFICER, Role.PROCESEIGENAAR, Role.FG, Role.CISO,
)  # fmt: skip
ANALYST, MOVISIE, OPERATOR, ADMIN = Role.ANALYST, Role.MOVISIE, Role.OPERATOR, Role.ADMINISTRATOR


def _may(what: str, *roles: Role, reach: Reach = Reach.AREA, system: bool = False) -> Permission:
    return Permission(frozenset(roles), what, reach, system)


PERMISSIONS: dict[Act, Permission] = {
    Act.USER_MANAGE: _may("gebruikers en rollen beheren", ADMIN, system=True),
    Act.KEY_MANAGE: _may("sleutels maken, wisselen en bewaren", ADMIN, OPERATOR, system=True),
    Act.API_KEY_MANAGE: _may("sleutels voor de dienst uitgeven en intrekken", ADMIN),
    Act.SYSTEM_NOTE: _may("een gebeurtenis van de installatie vastleggen", ADMIN, OPERATOR, system=True),
    Act.WORK_ADD: _may("bestanden aanleveren", STEWARD, OPERATOR, system=True),
    Act.DELIVERY_RECORD: _may("vastleggen wat er met een aanlevering gebeurde", OPERATOR, system=True),
    Act.QUARANTINE_GIVE_BACK: _may("een geweigerde aanlevering terughalen", STEWARD, reach=Reach.OWN),
    Act.VERDICT_RECORD: _may("vastleggen wat de controle uitwees", OPERATOR, system=True),
    Act.REVIEW_ADD: _may("twijfelgevallen op de nakijklijst zetten", OPERATOR, system=True),
    Act.REVIEW_DECIDE: _may("de nakijklijst afwerken", PO),
    Act.RULE_PROPOSE: _may("een herkenningsregel voorstellen", PO, STEWARD),
    Act.RULE_APPROVE: _may("een herkenningsregel van een ander goedkeuren", PO),
    Act.POLICY_SAVE: _may("regels opstellen", STEWARD, PO, system=True),
    Act.POLICY_SUBMIT: _may("regels indienen", STEWARD, PO, system=True),
    Act.POLICY_DECIDE: _may("regels van een ander goedkeuren of terugsturen", PO),
    Act.ADVISE: _may("advies geven", FG, CISO),
    Act.ADVICE_ANSWER: _may("zeggen of een advies is gevolgd, en waarom", PO, EIGENAAR),
    Act.CONTRIBUTION_PREPARE: _may("een bijdrage klaarzetten", STEWARD, OPERATOR, system=True),
    Act.CONTRIBUTION_RULES: _may("van een bijdrage zeggen: regels gevolgd", PO, reach=Reach.OWN),
    Act.CONTRIBUTION_RELEASE: _may("van een bijdrage zeggen: wij geven vrij", EIGENAAR, reach=Reach.OWN),
    Act.CONTRIBUTION_RETURN: _may("een bijdrage terugsturen met een toelichting", PO, EIGENAAR, reach=Reach.OWN),
    Act.CONTRIBUTION_WITHDRAW: _may("een bijdrage intrekken", PO, EIGENAAR, reach=Reach.OWN),
    Act.RELEASE_PREPARE: _may("een uitgave klaarzetten en indienen", OPERATOR, ANALYST),
    Act.RELEASE_ATTACH: _may("beveiligde tabellen bij een uitgave voegen", OPERATOR, ANALYST, system=True),
    Act.RELEASE_DECIDE: _may("een uitgave van een ander goedkeuren, terugsturen of afwijzen", PO),
    Act.RELEASE_PUBLISH: _may("een goedgekeurde uitgave publiceren", OPERATOR, ANALYST, system=True),
    Act.RELEASE_WITHDRAW: _may("een uitgave intrekken", PO, EIGENAAR, OPERATOR),
    Act.RELEASE_DOWNLOAD: _may(
        "een uitgave ophalen", STEWARD, PO, EIGENAAR, FG, CISO, ANALYST, MOVISIE, OPERATOR, reach=Reach.ANY
    ),
    Act.MICRODATA_ASK: _may("rijen van de eigen gemeente voor onderzoek aanvragen", ANALYST, reach=Reach.OWN),
    Act.MICRODATA_DECIDE: _may("beslissen over rijen voor een onderzoeker", PO, reach=Reach.OWN),
    Act.LEAK_NOTE: _may(
        "een mogelijk datalek melden", PO, EIGENAAR, FG, CISO, OPERATOR, STEWARD, ANALYST, MOVISIE, reach=Reach.ANY
    ),
    Act.LEAK_CLOSE: _may("een mogelijk datalek afronden", PO, FG, CISO),
    Act.TEXT_SAVE: _may("een toestemmingstekst schrijven", STEWARD, PO, system=True),
    Act.TEXT_DECIDE: _may("een toestemmingstekst van een ander goedkeuren", PO),
    Act.CONSENT_RECORD: _may("toestemming, weigering of intrekking vastleggen", STEWARD, PO, OPERATOR, system=True),
    Act.REQUEST_RECEIVE: _may("een verzoek van een inwoner innemen", STEWARD, PO),
    Act.REQUEST_DECIDE: _may("beslissen op een verzoek van een inwoner", PO, reach=Reach.OWN),
    Act.REQUEST_ENCLOSE: _may("bij inzage de gegevens van één inwoner bijvoegen", PO, reach=Reach.OWN),
    Act.REMOVAL_CARRY_OUT: _may("een besloten verwijdering uitvoeren", OPERATOR, system=True),
    Act.FINDING_WRITE: _may("bevindingen en citaten schrijven", STEWARD),
    Act.FINDING_DECIDE: _may("bevindingen en citaten goedkeuren of terugsturen", PO),
    Act.RETENTION_PROPOSE: _may("vernietiging voorstellen", STEWARD, PO, OPERATOR, system=True),
    Act.RETENTION_SIGN: _may("een vernietiging tekenen", PO, EIGENAAR, reach=Reach.OWN),
    Act.RETENTION_CARRY_OUT: _may("een getekende vernietiging uitvoeren", OPERATOR, system=True),
    Act.SEE_DELIVERIES: _may("aanleveringen en redenen zien", STEWARD, PO, EIGENAAR, FG, CISO, OPERATOR, system=True),
    Act.SEE_VAULT: _may("de kluis openen voor de verwerking", OPERATOR, system=True),
    Act.SEE_MICRODATA: _may("gepseudonimiseerde rijen van de eigen gemeente zien", ANALYST, reach=Reach.OWN),
    Act.SEE_COUNTS: _may("echte aantallen zien", PO, EIGENAAR, OPERATOR, system=True),
    Act.SEE_PREVIEW: _may("een voorbeeld van een bijdrage zien", STEWARD, PO, EIGENAAR, FG, CISO, reach=Reach.OWN),
    Act.SEE_REVIEW: _may("de nakijklijst zien", PO),
    Act.SEE_CONSENT: _may("toestemmingen zien (zonder namen)", STEWARD, PO, FG, system=True),
    Act.SEE_FINDINGS: _may("bevindingen in voorbereiding zien", STEWARD, PO, system=True),
    Act.SEE_POLICY: _may("regels zien", STEWARD, PO, EIGENAAR, FG, CISO, ANALYST, OPERATOR, ADMIN, system=True),
    Act.SEE_EVIDENCE: _may("bewijsstukken van een uitgave zien", PO, EIGENAAR, FG, CISO, OPERATOR, system=True),
    Act.SEE_LEDGER: _may("het logboek zien en controleren", PO, EIGENAAR, FG, CISO, OPERATOR, ADMIN, system=True),
    Act.SEE_RELEASE: _may(
        "gepubliceerde uitkomsten zien",
        STEWARD, PO, EIGENAAR, FG, CISO, ANALYST, MOVISIE, OPERATOR,
        reach=Reach.ANY,
        system=True,
    ),
}  # fmt: skip
ROLE_WORDS = {
    Role.DATA_STEWARD: "data steward", Role.PRIVACY_OFFICER: "privacy officer", Role.PROCESEIGENAAR: "proceseigenaar",
    Role.FG: "FG", Role.CISO: "CISO", Role.ANALYST: "analist", Role.MOVISIE: "Movisie", Role.OPERATOR: "operator",
    Role.ADMINISTRATOR: "beheerder",
}  # fmt: skip
"""What a role is called in a sentence."""


def may(by: Actor, act: Act, *areas: str | None) -> bool:
    """Whether `by` may do `act` in every one of `areas` (None or nothing: nationally)."""
    permission = PERMISSIONS[act]
    if by.system:
        return permission.system
    held = [grant for grant in by.grants if grant.role in permission.roles]
    if permission.reach is Reach.ANY:
        return bool(held)
    wanted = areas or (None,)
    national = permission.reach is Reach.AREA and any(grant.area is None for grant in held)
    return national or all(area is not None and any(grant.area == area for grant in held) for area in wanted)


def check(by: Actor, act: Act, *areas: str | None) -> None:
    """Raise NotAllowed, with who can do it, unless `may`."""
    if may(by, act, *areas):
        return
    permission = PERMISSIONS[act]
    where = ", ".join(sorted({area or "landelijk" for area in areas})) or "landelijk"
    who = " of ".join(words for role, words in ROLE_WORDS.items() if role in permission.roles)
    own = " voor precies deze gemeente" if permission.reach is Reach.OWN else ""
    ask = f"vraag iemand met de rol {who}{own}"
    raise NotAllowed(
        f"{by.name} mag dit niet: {permission.what}, {where}; {ask}",
        on_screen=f"u mag dit niet: {permission.what}; {ask}",
    )


def seen_areas(by: Actor, act: Act) -> frozenset[str] | None:
    """Areas in which `by` may do `act`; None means all of them."""
    permission = PERMISSIONS[act]
    if by.system:
        return None if permission.system else frozenset()
    areas = by.areas(permission.roles)
    if areas is None and permission.reach is Reach.OWN:
        return frozenset(grant.area for grant in by.grants if grant.role in permission.roles and grant.area)
    return areas
