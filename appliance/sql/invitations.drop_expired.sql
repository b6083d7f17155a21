DELETE FROM invitation_sites
WHERE invitation_id IN (SELECT invitation_id FROM invitations WHERE expires_at <= $now);
DELETE FROM invitations WHERE expires_at <= $now;
