"""What people answered: steps, bounds and means that tell no count, beside each other and beside earlier releases."""
