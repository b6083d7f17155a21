"""The program as a later version will be, whose schema has more scripts: those in the folder SCRIPTS.

python -m tests.faults.newer serve ...
"""

import os
import sys
from pathlib import Path

from appliance import cli
from appliance.base import program
from appliance.storage import migrations

if __name__ == "__main__":
    later = Path(os.environ["SCRIPTS"])
    # By setattr, because mypy would have their very types.
    setattr(migrations, "sql_files", lambda: later)  # noqa: B010
    setattr(program, "command", lambda *words: [sys.executable, "-m", "tests.faults.newer", *words])  # noqa: B010
    cli.main()
