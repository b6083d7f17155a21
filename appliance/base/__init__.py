"""What everything stands on: settings, clock, errors, time ranges, files, encryption."""
