"""SQL lives in `sql/*.sql`; the first line of each file says the grain."""

from functools import cache
from importlib.resources import files

import duckdb


@cache
def sql(name: str) -> str:
    """Text of one file in `warehouse/sql/`, by name without `.sql`."""
    return (files("warehouse") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def run(connection: duckdb.DuckDBPyConnection, name: str, **values: object) -> None:
    """Execute every statement of a file; `$name` in it is filled from `values`."""
    for statement in connection.extract_statements(sql(name)):
        wanted = {key: values[key] for key in statement.named_parameters}
        connection.execute(statement, wanted or None).fetchall()
