"""From a request to the database: taking events, loading them, and the ledger of all that arrived."""
