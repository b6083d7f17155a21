"""Made-up visitors, to look around in before the first real one comes."""
