-- Of those who try at once it is gone for all but the first.
DELETE FROM invitation_sites WHERE invitation_id = $invitation_id;
DELETE FROM invitations WHERE invitation_id = $invitation_id;
