"""The home as a Dagster resource: settings by argument, opened per step, closed after it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from domain.errors import ToegangspeilError
from pipelines.house import House, open_house
from pipelines.outcomes import guarded
from storage.settings import read_settings


class Home(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where the installation lives; secrets stay in the keyring and are never part of a run's configuration."""

    path: str

    @contextmanager
    def open(self) -> Iterator[House]:
        """The opened home."""
        with open_house(read_settings(Path(self.path), os.environ), os.environ) as house:
            try:
                yield house
            except ToegangspeilError:
                raise
            except Exception as error:
                raise guarded(error) from None
