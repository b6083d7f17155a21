INSERT INTO site_access (site_id, account_id, role, given_at)
SELECT site_id, $account_id, $role, $given_at
FROM sites
WHERE site_id IN (SELECT unnest($site_ids::VARCHAR[])) AND owner_user_id <> $account_id
ON CONFLICT DO UPDATE SET role = CASE WHEN excluded.role = 'editor' THEN 'editor' ELSE site_access.role END;
