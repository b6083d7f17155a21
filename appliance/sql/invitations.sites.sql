-- As far as they still belong to who made the invitation.
SELECT invitation_id, site_id, name
FROM invitation_sites
JOIN invitations USING (invitation_id)
JOIN sites USING (site_id)
WHERE owner_user_id = account_id AND invitation_id IN (SELECT unnest($invitation_ids::VARCHAR[]))
ORDER BY name, site_id;
