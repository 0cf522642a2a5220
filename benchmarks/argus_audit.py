"""Runs in the environment of pytauargus, never in ours: `python argus_audit.py FILE.jj` prints intervals as JSON."""

import json
import sys

from pytauargus import _tauargus

print(json.dumps([[row["cell"], row["min"], row["max"]] for row in _tauargus.audit_jj(sys.argv[1])]))
