"""A look into the tables, past the program's own queries. Times come out without a zone, in UTC."""

from typing import Any

from appliance.runtime import Runtime


def rows(program: Runtime, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return program.database._cursor().execute(sql, parameters).fetchall()
