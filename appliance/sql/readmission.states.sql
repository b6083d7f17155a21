SELECT site_id, rules, begun_at, seq, done FROM readmissions;
