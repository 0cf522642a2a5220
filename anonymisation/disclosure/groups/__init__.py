"""How many people: which groups are too small, and which others close so that no sum gives these away."""
