-- Where a site's events may come from: a host's name, or *.shop.example for all below it. Empty: from anywhere.
ALTER TABLE sites ADD COLUMN allowed_hosts VARCHAR[] DEFAULT [];
-- Hosts that are left out, such as localhost.
ALTER TABLE sites ADD COLUMN excluded_hosts VARCHAR[] DEFAULT [];
