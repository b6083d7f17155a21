SELECT probed_at, finding, detail, own_network, was_there, gone_since, misses FROM probes WHERE site_id = $site_id;
