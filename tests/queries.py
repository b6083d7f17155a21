"""A look into the tables, past the program's own queries. Times come out without a zone, in UTC."""

from typing import Any

from appliance.runtime import Runtime


def rows(program: Runtime, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return program.database._cursor().execute(sql, parameters).fetchall()


def state(program: Runtime) -> dict[str, list[str]]:
    """Everything that the tables hold, to see that a refused request changed nothing."""
    tables = [name for (name,) in rows(program, "SELECT table_name FROM duckdb_tables() WHERE NOT temporary")]
    return {name: sorted(str(row) for row in rows(program, f"SELECT * FROM {name}")) for name in tables}
