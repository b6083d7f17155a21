-- Sites whose snippet was there and is gone, since when; told from the second probe on.
SELECT site_id, gone_since FROM probes WHERE was_there AND misses >= 2;
