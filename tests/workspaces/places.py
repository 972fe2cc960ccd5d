"""Where the example workspaces and the library's contracts are."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
LIBRARY = REPOSITORY / "data_contracts" / "definitions"
DEMO = REPOSITORY / "examples" / "demo"
NYC_FLIGHTS = REPOSITORY / "examples" / "nyc_flights"
AIRLINE_QUALITY = REPOSITORY / "examples" / "airline_quality"
BTS = REPOSITORY / "tests" / "workspaces" / "bts"
BTS_FILE = REPOSITORY.parent / "shared" / "data" / "bts_delay_cause_2024_2025.csv"
