"""Disclosure control: protect a release, then attack it as an outsider would."""
