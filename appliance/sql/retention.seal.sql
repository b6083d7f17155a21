INSERT INTO sealed_days VALUES ($site_id, $start, $end, $refused_from, $refused_until, $facts_gone)
ON CONFLICT DO UPDATE SET
    refused_from = least(sealed_days.refused_from, excluded.refused_from),
    refused_until = greatest(sealed_days.refused_until, excluded.refused_until),
    facts_gone = sealed_days.facts_gone OR excluded.facts_gone;
