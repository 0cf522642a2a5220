"""The attacker: every way we know to learn something from what was published. The protector imports nothing of this."""
