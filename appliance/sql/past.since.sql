SELECT since FROM fact_limits WHERE site_id = $site_id;
