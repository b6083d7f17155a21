-- With whom the websites of $owner are shared.
SELECT account_id, site_id, name, role
FROM site_access
JOIN sites USING (site_id)
WHERE owner_user_id = $owner
ORDER BY name, site_id;
