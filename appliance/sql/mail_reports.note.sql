-- One row, unless another run was there before.
UPDATE mail_reports
SET sent_until = $until
WHERE subscription_id = $subscription_id AND sent_until = $before
RETURNING subscription_id;
