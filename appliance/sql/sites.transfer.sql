UPDATE sites SET owner_user_id = $heir WHERE site_id = $site_id AND owner_user_id = $owner;
-- Whoever owns it needs no access, and whom its former owner invited was not invited by the new one.
DELETE FROM site_access WHERE site_id = $site_id AND account_id = $heir;
DELETE FROM invitation_sites WHERE site_id = $site_id;
