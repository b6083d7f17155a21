-- The first UTC day that is still to be derived from raw_events; no row when there is none.
SELECT next_day FROM rebuild;
