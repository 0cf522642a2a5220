"""The face of Toegangspeil: the command, and the few names integrators import."""
