SELECT account_id, email, accounts.name, site_access.role, given_at
FROM site_access
JOIN accounts USING (account_id)
WHERE site_id = $site_id
ORDER BY email;
