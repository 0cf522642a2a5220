"""Disclosure control: protect a release, then attack it as an outsider would."""

from anonymisation.disclosure.auditor import audit
from anonymisation.disclosure.protector import protect

__all__ = ["audit", "protect"]
