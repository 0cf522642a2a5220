"""Where things live below TOEGANGSPEIL_HOME (design.md, 'Where things live')."""

from dataclasses import dataclass
from pathlib import Path

_FOLDERS = (
    "inbox", "quarantine", "vault", "pseudonymised/pending", "pseudonymised/checked",
    "published", "history", "codebooks", "keys", "dagster", "review",
)  # fmt: skip


@dataclass(frozen=True)
class Places:
    """Paths of one home; nothing is created until `create`."""

    home: Path

    @property
    def inbox(self) -> Path:
        return self.home / "inbox"

    @property
    def quarantine(self) -> Path:
        return self.home / "quarantine"

    @property
    def vault(self) -> Path:
        return self.home / "vault"

    @property
    def pending(self) -> Path:
        return self.home / "pseudonymised" / "pending"

    @property
    def checked(self) -> Path:
        return self.home / "pseudonymised" / "checked"

    @property
    def warehouse(self) -> Path:
        return self.home / "warehouse.duckdb"

    @property
    def published(self) -> Path:
        return self.home / "published"

    @property
    def history(self) -> Path:
        """What earlier releases printed; kept as long as releases are made."""
        return self.home / "history"

    @property
    def codebooks(self) -> Path:
        return self.home / "codebooks"

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    @property
    def dagster(self) -> Path:
        return self.home / "dagster"

    @property
    def review(self) -> Path:
        return self.home / "review"

    @property
    def settings(self) -> Path:
        return self.home / "toegangspeil.yaml"

    @property
    def register_url(self) -> str:
        """The register of this home, unless the settings name another."""
        return f"sqlite:///{self.home / 'register.db'}"

    @property
    def writer_lock(self) -> Path:
        """Held by whoever writes warehouse.duckdb or a release."""
        return self.home / ".writer.lock"

    @property
    def run_lock(self) -> Path:
        """Held by the one run that takes deliveries from the inbox."""
        return self.home / ".run.lock"

    @property
    def work_lock(self) -> Path:
        """Held by the one worker that does what was asked for on a screen."""
        return self.home / ".work.lock"

    def inbox_of(self, area: str) -> Path:
        return self.inbox / area

    def quarantine_of(self, area: str) -> Path:
        return self.quarantine / area

    def vault_of(self, area: str) -> Path:
        return self.vault / area

    def pending_of(self, area: str) -> Path:
        return self.pending / area

    def checked_of(self, area: str) -> Path:
        return self.checked / area

    def keys_of(self, area: str) -> Path:
        return self.keys / area

    def create(self) -> None:
        """Make every folder, closed to other users of the machine."""
        self.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in ("pseudonymised", *_FOLDERS):
            (self.home / name).mkdir(parents=True, exist_ok=True, mode=0o700)
