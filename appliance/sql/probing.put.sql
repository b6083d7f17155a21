INSERT OR REPLACE INTO probes
VALUES ($site_id, $probed_at, $finding, $detail, $own_network, $was_there, $gone_since, $misses);
