SELECT goal_id, name, kind, pattern, created_at FROM goals WHERE site_id = $site_id ORDER BY created_at, rowid;
