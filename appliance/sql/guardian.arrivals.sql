SELECT site_id, last_received_at FROM arrivals;
