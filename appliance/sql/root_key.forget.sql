-- What nobody can read any more.
DELETE FROM root_key;
DELETE FROM two_factor;
DELETE FROM recovery_codes;
