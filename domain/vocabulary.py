"""The closed word lists of the product: who, what kind, which state. One word, one meaning; see GLOSSARY.md."""

from enum import StrEnum


class Role(StrEnum):
    """What a user may be; permissions per role are a table in register.permissions."""

    DATA_STEWARD = "data_steward"
    PRIVACY_OFFICER = "privacy_officer"
    PROCESEIGENAAR = "proceseigenaar"
    FG = "fg"
    CISO = "ciso"
    ANALYST = "analyst"
    MOVISIE = "movisie"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"


class ColumnClass(StrEnum):
    """How close a column brings a reader to a person."""

    DIRECT = "direct"  # names somebody; dropped or pseudonymised, never kept
    QUASI = "quasi"  # narrows down who it is; generalised or kept as a group
    SENSITIVE = "sensitive"  # art. 9 AVG, also a group
    MEASURE = "measure"  # what somebody answered
    TEXT = "text"  # free text: cleaned or dropped
    CONSENT = "consent"  # toestemming_<purpose>
    WEIGHT = "weight"
    ADMIN = "admin"  # says something of the delivery, not of a person


class ColumnType(StrEnum):
    """How values of a column are read."""

    IDENTIFIER = "identifier"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    CATEGORY = "category"
    SCALE = "scale"
    TAGS = "tags"  # several codes in one cell, divided by ; or |
    YESNO = "yesno"


class Treatment(StrEnum):
    """What a policy lets happen to a column."""

    DROP = "drop"
    KEEP = "keep"
    PSEUDONYMISE = "pseudonymise"
    GENERALISE = "generalise"
    CLEAN_TEXT = "clean_text"
    CONSENT = "consent"
    ROUND_WEIGHT = "round_weight"


class Kind(StrEnum):
    """The shape of an instrument: decides which marts it feeds."""

    SURVEY = "survey"  # a row is a person: counts, shares, means
    JOURNEYS = "journeys"  # a row is a step of a journey: labels and findings
    STEPS = "steps"  # schaduwreis: no people
    CONTRIBUTIONS = "contributions"  # gezamenlijke reis, dialoogtafel: ideas and wishes
    CARDS = "cards"  # ervaringenkaart: totals only
    STORIES = "stories"  # signification and themes: labels
    PANEL = "panel"  # klantenpanel: meerderheid-labels
    TRANSCRIPTS = "transcripts"  # cleaned text back to the own researcher only
    AGGREGATE = "aggregate"  # already counted elsewhere: known cells, never mixed into atoms


class MethodClass(StrEnum):
    """Movisie's three classes of instruments."""

    PEILEND = "peilend"
    VERDIEPEND = "verdiepend"
    STRUCTUREEL = "structureel"


class Steekproef(StrEnum):
    """Who was asked; intervals only for the first two."""

    ALLEN = "allen"
    ASELECT = "aselect"
    OPEN_LINK = "open_link"
    GERICHT = "gericht"


class LegalBasis(StrEnum):
    """The ground of art. 6 AVG on which the answers were asked."""

    WMO = "6_1_c_wmo_2_5_1"
    JEUGDWET = "6_1_c_jeugdwet_2_10"
    PUBLIC_TASK = "6_1_e"
    CONSENT = "6_1_a"


class Art9Ground(StrEnum):
    """The exit of art. 9 AVG on which health data are used; there is no default."""

    WMO_5_1_1 = "wmo_5_1_1"
    JEUGDWET_7_4_0 = "jeugdwet_7_4_0"
    STATISTICS = "uavg_24"
    EXPLICIT_CONSENT = "uitdrukkelijke_toestemming"


class RoleMovisie(StrEnum):
    """What Movisie is for this delivery under the AVG."""

    RECEIVER_OF_TABLES = "ontvanger_van_tabellen"
    PROCESSOR = "verwerker"
    JOINT_CONTROLLER = "gezamenlijk_verantwoordelijk"


class Audience(StrEnum):
    """For whom results may be visible; each includes the ones before it."""

    EIGEN = "eigen"
    MOVISIE = "movisie"
    DEELNEMERS = "deelnemers"
    OPENBAAR = "openbaar"


class Purpose(StrEnum):
    """What a resident may say yes or no to."""

    BENADEREN = "benaderen"
    DEELNAME = "deelname"
    OPNAME_AUDIO = "opname_audio"
    CITAAT_PUBLICEREN = "citaat_publiceren"
    HERCONTACT = "hercontact"
    DELEN_MOVISIE = "delen_movisie"


class BaseRule(StrEnum):
    """Who is in the base of a share."""

    ANSWERED = "answered"  # 'geen mening' and 'n.v.t.' are out of the base
    ALL_VALID = "all_valid"  # 'geen mening' counts in the base


class Direction(StrEnum):
    """Which end of a scale is the good one."""

    LOW_IS_GOOD = "low_is_good"
    HIGH_IS_GOOD = "high_is_good"
    NONE = "none"


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    SUPERSEDED = "superseded"


TOTAAL = "TOTAAL"
ONBEKEND = "onbekend"
"""The group of a breakdown for those whose group is not known."""
DOELGROEPEN = ("client", "vertegenwoordiger", "inwoner", "ouder", "jongere", "professional", "mantelzorger")
