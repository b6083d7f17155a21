-- The number after which batches are loaded from now on.
UPDATE meta SET batch = $batch;

-- What was sent since then is not sent again.
UPDATE mail_reports
SET sent_until = greatest(mail_reports.sent_until, sent.sent_until)
FROM (SELECT unnest($subscriptions::VARCHAR[]) AS subscription_id, unnest($sent::DATE[]) AS sent_until) AS sent
WHERE mail_reports.subscription_id = sent.subscription_id;
