-- What lets somebody in, and who that is: gone from a copy that is to leave the machine without it.
DROP TABLE backup;
DELETE FROM accounts;
DELETE FROM sessions;
DELETE FROM two_factor;
DELETE FROM recovery_codes;
DELETE FROM api_keys;
DELETE FROM shares;
DELETE FROM invitations;
DELETE FROM invitation_sites;
DELETE FROM site_access;
DELETE FROM audit;
DELETE FROM mail_server;
DELETE FROM mail_reports;
DELETE FROM webhooks;
DELETE FROM webhook_deliveries;
UPDATE imports SET begun_by = '';
DELETE FROM root_key;
