INSERT OR REPLACE INTO readmissions VALUES ($site_id, $rules, $begun_at, $seq, $done);
