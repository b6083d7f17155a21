DELETE FROM invitation_sites
WHERE invitation_id IN (
    SELECT invitation_id FROM invitations WHERE invitation_id = $invitation_id AND account_id = $account_id
);
DELETE FROM invitations
WHERE invitation_id = $invitation_id AND account_id = $account_id
RETURNING role, email;
