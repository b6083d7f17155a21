DELETE FROM audit
WHERE entered_at < $kept_since OR entry_id <= (SELECT max(entry_id) FROM audit) - $most;
