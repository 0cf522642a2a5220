"""How runs are divided: by delivery up to the gate, by release after it."""

import dagster as dg

DELIVERIES = dg.DynamicPartitionsDefinition(name="delivery")
RELEASES = dg.DynamicPartitionsDefinition(name="release")
GROUP_SIZE = 50
