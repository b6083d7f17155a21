SELECT site_id, day FROM dash_summary;
