"""A made-up shop with three months of visitors, for a first look; never the real data."""

from appliance import serving
from appliance.config import Config


def run(config: Config) -> None:
    serving.serve(config)
