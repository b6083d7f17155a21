SELECT site_id, refused_from, refused_until FROM sealed_days;
