"""The home as a Dagster resource: opened from its path for `dagster dev`, or the one that a command already opened."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import dagster as dg

from domain.errors import ToegangspeilError
from pipelines.house import House, open_house
from pipelines.outcomes import guarded
from storage.settings import read_settings


class Opens(Protocol):
    """What an asset is given: something that opens the house for the length of a block."""

    def open(self) -> AbstractContextManager[House]: ...


class Home(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where the installation lives; secrets stay in the keyring and are never part of a run's configuration."""

    path: str

    @contextmanager
    def open(self) -> Iterator[House]:
        """The opened home, closed after the block."""
        with open_house(read_settings(Path(self.path), os.environ), os.environ) as house, _ours():
            yield house


@dataclass(frozen=True)
class OpenHome:
    """A house that is open already, so that its detector is loaded once for all runs of a command."""

    house: House = field(repr=False)

    @contextmanager
    def open(self) -> Iterator[House]:
        """The house as it is."""
        with _ours():
            yield self.house


@contextmanager
def _ours() -> Iterator[None]:
    """Only our own errors leave a step: Dagster stores what is raised, and a library's message could hold a value.

    `from None` in both: Dagster also stores what stood behind an error.
    """
    try:
        yield
    except ToegangspeilError as refusal:
        raise refusal from None
    except Exception as error:
        raise guarded(error) from None
