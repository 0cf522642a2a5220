"""The road as Dagster sees it. Its remarks about what is still new in Dagster are not for our users."""

import warnings

warnings.filterwarnings("ignore", message=".*currently in (beta|preview).*")  # before anything here imports dagster
