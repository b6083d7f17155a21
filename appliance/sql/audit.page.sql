SELECT entry_id, entered_at, action, account_id, email, site_id, site_name, detail
FROM audit
WHERE entry_id < $before
ORDER BY entry_id DESC
LIMIT $limit;
