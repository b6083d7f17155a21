-- Those that the account made: what it may give others has become less.
DELETE FROM invitation_sites
WHERE invitation_id IN (SELECT invitation_id FROM invitations WHERE account_id = $account_id);
DELETE FROM invitations WHERE account_id = $account_id;
