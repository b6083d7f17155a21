"""`python -m appliance`, and the entry point of the packaged program."""

from appliance.cli import main

main()
