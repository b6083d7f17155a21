-- Up to which day each report by e-mail was sent.
SELECT coalesce(list(subscription_id), []), coalesce(list(sent_until), []) FROM mail_reports;
