"""The face of Toegangspeil: the command, and the few names integrators import."""

import anonymisation as anonymisation  # first of all: it tells numpy to keep to one thread
