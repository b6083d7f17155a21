"""The program as a later version will be, whose schema has more scripts: those in the folder SCRIPTS.

python -m tests.faults.newer serve ...
"""

import os
from pathlib import Path

from appliance import cli
from appliance.storage import migrations

if __name__ == "__main__":
    later = Path(os.environ["SCRIPTS"])
    setattr(migrations, "sql_files", lambda: later)  # noqa: B010 -- mypy would have its very type
    cli.main()
