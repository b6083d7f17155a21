"""Everything that a program has written down, to look for what must not be in it."""

from pathlib import Path

from appliance.base.paths import DataPaths
from appliance.storage.database import Database
from tests.programs import Program


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def said(program: Program) -> bytes:
    """On its standard output and error; only after its end, and once."""
    return "".join(pipe.read() for pipe in (program.process.stdout, program.process.stderr) if pipe).encode()


def in_tables(folder: Path) -> bytes:
    """Every row as text: in the file a value may be compressed."""
    database = Database(DataPaths(folder))
    cursor = database._cursor()
    tables = [name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    found = [cursor.execute(f"SELECT row::VARCHAR FROM {name} AS row").fetchall() for name in tables]
    database.close()
    return str(found).encode()
